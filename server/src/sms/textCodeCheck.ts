import type { TextCodePurpose } from '../textCodes'

/** Somebody asks for a text code. */
export interface AskedTextCode {
  /** In E.164. */
  phoneNumber: string
  purpose: TextCodePurpose
  /** Where the request comes from, if that is known. */
  address: string | undefined
  /** What the request has in `captcha`: the proof of a solved captcha, as its provider has made it. */
  captcha: string | undefined
}

/**
 * Decides whether a text code is sent, as by asking the provider of a captcha; false: the answer is
 * 403 `captcha-needed`. Where it rejects, none is sent either.
 */
export type TextCodeCheck = (asked: AskedTextCode) => Promise<boolean>

import type { TextCodePurpose } from '../textCodes'

/** A text code on its way to a phone. */
export interface SmsMessage {
  /** In E.164. */
  phoneNumber: string
  /** Six digits. */
  code: string
  purpose: TextCodePurpose
  /** How long the code can be used, in seconds. */
  expiresIn: number
}

/**
 * Sends a text code, by whatever provider. Resolves when the provider has accepted it. The backend
 * logs of an error its name, its code and its stack, but no message: some quote the number.
 */
export type SmsSender = (message: SmsMessage) => Promise<void>

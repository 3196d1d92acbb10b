import type { Auth } from '../auth/auth'
import type { TextCode, TokenState } from '../auth/types'

/** For which number, and for what. */
export interface SmsCodeRequest {
  phone: string
  /** `bind`: the number is to be added to the account of the session. `password`: for a new password. */
  purpose: 'login' | 'bind' | 'password'
  /** Proof of a solved captcha, for a backend that wants one. */
  captcha?: string | undefined
}

/**
 * What an app does before one of the package's forms has a code sent, such as showing a captcha.
 * @returns what the backend gets as `captcha`; `undefined`: the user has given up, and nothing is sent.
 */
export type BeforeTextCode = (
  asked: Pick<SmsCodeRequest, 'phone' | 'purpose'>,
) => Promise<string | undefined>

/** Both in seconds. */
export interface SentCode {
  /** How long to wait before the next code may be asked for. */
  resendAfter: number
  /** How long the code can be used. */
  expiresIn: number
}

/**
 * Has a code sent to the number by text message. The answer does not say whether the number is known.
 * @returns when to offer another one, and how long this one works.
 * @throws HttpError, with status 429 and `retryAfter` if there were too many, with 403 if the backend wants a
 * captcha, or another one; AuthError like `request`.
 * @example
 * import { requestSmsCode } from 'watchword/sign-in'
 *
 * const { resendAfter } = await requestSmsCode(auth, { phone: '13800138000', purpose: 'login' })
 */
export function requestSmsCode(
  auth: Pick<Auth, 'request'>,
  { phone, purpose, captcha }: SmsCodeRequest,
): Promise<SentCode> {
  return auth.request<SentCode>({
    url: '/auth/sms-codes',
    method: 'POST',
    data: { phone, purpose, captcha },
    // Only a number that is added is asked for in somebody's name.
    ...(purpose === 'bind' ? { interactive: false } : { credentials: 'omit' }),
  })
}

/** A new password, with the proof that the number is the user's. */
export interface PasswordChange extends TextCode {
  readonly password: string
}

/**
 * Sets the password of the number's account, ends its other sessions, and begins a session here, as
 * `auth.login` does: the open prompt is answered, and what waits is replayed.
 * @returns the new token state.
 * @throws AuthError like `auth.login`; `login_rejected` with status 422: the password is too short, too long
 * or too common.
 * @example
 * import { setPassword } from 'watchword/sign-in'
 *
 * const form = { phone: '13800138000', smsCode: '123456', password: 'three brown boxes' }
 * await setPassword(auth, form)
 */
export function setPassword(
  auth: Pick<Auth, 'login'>,
  { password, ...textCode }: PasswordChange,
): Promise<TokenState> {
  return auth.login({ ...textCode, newPassword: password })
}

import type { Challenge } from './challenge'

// Bundlers replace it, and drop the texts in production.
declare const process: { env: { NODE_ENV?: string } }

/** The permanent codes with what each says. `docs/errors.md` has a section for every one. */
export const messages = {
  login_failed: 'wx.login gave no login code',
  login_too_old: 'the login is too old for this',
  login_rejected: 'the backend refused the login',
  login_timeout: 'the login took too long',
  network: 'no answer from the backend',
  timeout: 'the request took too long',
  aborted: 'the request was aborted',
  signed_out: 'the user signed out',
  prompt_cancelled: 'the user declined the prompt',
  prompt_denied: "the user refused in WeChat's dialogue",
  prompt_unavailable: 'no prompt could be shown',
  still_challenged: 'the backend asks again for what was just given',
  press_again: 'the data expired; the button has to be pressed again',
  picture_refused: 'the backend does not take the picture',
  number_taken: 'the phone number belongs to another account',
  proof_needed: 'the phone number has to be proved by a text message',
  confirmation_needed: 'the user has to say whether the account is theirs',
  second_proof_needed: 'a text code alone does not prove the account',
  quota_exhausted: 'the quota for phone numbers is used up',
  not_permitted: 'this mini-program may not ask for it',
  privacy_refused: 'the user has not agreed to the privacy contract',
  unknown_challenge: 'the backend asks for a scheme unknown here',
  protocol: 'a call or an answer breaks the contract',
} as const

/** Why a request or a sign-in failed. Codes are permanent; `docs/errors.md` explains each. */
export type AuthErrorCode = keyof typeof messages

/** Which mistake in the app it is. The names are left in production. */
export const hints = {
  baseURL: 'baseURL must be an http(s) address without a query',
  address: 'the address is not under baseURL',
  data: 'data is not JSON',
  header: 'header is no object, or the name or the value of one of them cannot be sent',
  answer: 'the host gave no answer of the known shape',
  dialect: 'the dialect threw, or returned what is of no use',
  tokenState: 'the token state is malformed',
} as const

/** In an error of code `protocol`: which mistake it is. */
export type AuthErrorHint = keyof typeof hints

/** Whose a phone number seems to be, masked by the backend, for the question "is this account yours?". */
export interface AccountHint {
  /** E.g. `138****5678`. */
  readonly phone?: string
  /** E.g. `小*`. */
  readonly nickname?: string
  /** The year since which there has been the account. */
  readonly since?: string
}

interface AuthErrorDetails {
  /** Added to the message; never taken from an answer or from user data. */
  hint?: AuthErrorHint
  challenge?: Challenge | undefined
  account?: AccountHint | undefined
  status?: number | undefined
  requestId?: string | undefined
  /** Seconds, from `Retry-After`. */
  retryAfter?: number | undefined
  cause?: unknown
}

/** A message in production: the code and the page to read. */
export function pageOf(code: string, section: string, detail = ''): string {
  return `${code}: see watchword/docs/errors.md#${section}${detail && ` (${detail})`}`
}

// A condition: esbuild keeps texts that are named after a `return`.
function messageOf(code: AuthErrorCode, hint: AuthErrorDetails['hint']): string {
  return process.env.NODE_ENV === 'production'
    ? pageOf(code, code, hint)
    : `${code}: ${messages[code]}${hint ? ` (${hints[hint]})` : ''}`
}

/** Not enumerable: they stay out of logs and JSON. */
const HIDDEN = ['challenge', 'account', 'cause', 'problem']

/** Sets the members that have a value. */
function put(target: Error, members: object): void {
  for (const [name, value] of Object.entries(members) as [string, unknown][]) {
    const enumerable = !HIDDEN.includes(name)
    if (value !== undefined) Object.defineProperty(target, name, { value, enumerable })
  }
}

/**
 * Sign-in failed, or a call got no answer. `challenge`, `account` and `cause` are not enumerable, so that
 * they stay out of logs and JSON.
 * @example
 * import { AuthError } from 'watchword'
 *
 * const explain = (error: unknown) =>
 *   error instanceof AuthError ? `${error.code}, request ${error.requestId ?? 'not sent'}` : 'unknown'
 */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  /** Decide by this, not by the message. */
  readonly code: AuthErrorCode
  /** HTTP status of the answer that caused it. Missing without an answer. */
  declare readonly status?: number
  /** `X-Request-Id` of that answer. */
  declare readonly requestId?: string
  /** Seconds to wait before the next try, from `Retry-After`. */
  declare readonly retryAfter?: number
  /** The challenge that nobody answered. */
  declare readonly challenge?: Challenge
  /** With `confirmation_needed`. */
  declare readonly account?: AccountHint
  /** The underlying failure, e.g. what WeChat reported. */
  declare readonly cause?: unknown

  constructor(code: AuthErrorCode, details: AuthErrorDetails = {}) {
    const { hint, ...members } = details
    super(messageOf(code, hint))
    this.code = code
    put(this, members)
  }
}

/**
 * The backend answered with a status that is neither 2xx nor a challenge, and no dialect read more.
 * @example
 * import { HttpError } from 'watchword'
 *
 * try {
 *   await auth.request({ url: '/bookings', method: 'POST', data })
 * } catch (error) {
 *   if (!(error instanceof HttpError) || error.status !== 422) throw error
 *   uni.showToast({ title: '请检查填写的内容', icon: 'none' })
 * }
 */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  /** `X-Request-Id` of the answer. */
  declare readonly requestId?: string
  /** Seconds to wait before the next try, from `Retry-After`. */
  declare readonly retryAfter?: number
  /** The body, e.g. RFC 9457 problem details, without its token state. Not enumerable. */
  declare readonly problem?: unknown

  constructor(
    status: number,
    details: {
      problem?: unknown
      requestId?: string | undefined
      retryAfter?: number | undefined
    } = {},
  ) {
    super(`the backend answered ${status}`)
    this.status = status
    put(this, details)
  }
}

/**
 * The backend refused, and said why in its own words: the failure that a dialect has read.
 * @example
 * import { BackendError } from 'watchword'
 *
 * try {
 *   await auth.request({ url: '/bookings', method: 'POST', data })
 * } catch (error) {
 *   if (!(error instanceof BackendError)) throw error
 *   uni.showToast({ title: error.message, icon: 'none' })
 * }
 */
export class BackendError extends Error {
  override readonly name = 'BackendError'
  /** The backend's own code. */
  declare readonly code?: string | number
  /** HTTP status of the answer: 200, if the backend answers everything with it. */
  readonly status: number
  /** `X-Request-Id` of the answer. */
  declare readonly requestId?: string
  /** Seconds to wait before the next try, from `Retry-After`. */
  declare readonly retryAfter?: number
  /** The body. Not enumerable. */
  declare readonly problem?: unknown

  /** @param message as the backend words it */
  constructor(
    message: string,
    details: {
      status: number
      code?: string | number | undefined
      problem?: unknown
      requestId?: string | undefined
      retryAfter?: number | undefined
    },
  ) {
    super(message)
    const { status, ...members } = details
    this.status = status
    put(this, members)
  }
}

/** Why a request rejects. */
export type RequestError = AuthError | BackendError | HttpError

/**
 * Checks whether `error` is an {@link AuthError}, and whether it has this code, if you pass one.
 * @returns `true` if so; TypeScript then knows the type.
 * @example
 * import { isAuthError } from 'watchword'
 *
 * try {
 *   await auth.request({ url: '/bookings', method: 'POST', data })
 * } catch (error) {
 *   if (!isAuthError(error, 'prompt_cancelled')) throw error
 * }
 */
export function isAuthError(error: unknown, code?: AuthErrorCode): error is AuthError {
  // By name: the error may be from another copy of this package.
  if (!(error instanceof Error) || error.name !== 'AuthError') return false
  return code === undefined || (error as AuthError).code === code
}

import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { tokenStateOf } from './answer'

const kinds = {
  'malformed-body': [400, 'The body cannot be read.'],
  'unknown-app': [400, 'This backend serves no mini-program of this AppID.'],
  'login-required': [401, 'This needs a session.'],
  'invalid-token': [401, 'The access token is unknown or expired.'],
  'fresh-login-required': [401, 'This needs a login of the last minutes.'],
  'invalid-code': [401, 'WeChat refuses the login code.'],
  'invalid-credentials': [401, 'What was sent to sign in with is wrong, used or too late.'],
  'snapshot-user': [401, 'WeChat shows a snapshot of the page, whose user does not exist.'],
  challenged: [401, 'The user has something to give first.'],
  'push-refused': [403, 'The push cannot be verified.'],
  'captcha-needed': [403, 'A captcha has to be solved first.'],
  'phone-number-taken': [403, 'The phone number belongs to another account.'],
  'second-proof-needed': [403, 'The account has to be proved otherwise first.'],
  'not-found': [404, 'There is nothing here.'],
  'method-not-allowed': [405, 'This method is not served here.'],
  'confirmation-needed': [409, 'The user has to confirm that the account is theirs.'],
  'way-taken': [409, 'This WeChat user belongs to another account.'],
  'way-needed': [409, 'This way to sign in is the last one, or the one of this session.'],
  'session-key-expired': [
    409,
    'The data cannot be decrypted: log in and let the user press again.',
  ],
  'scan-over': [410, 'The code is over, or another phone has scanned it.'],
  'body-too-large': [413, 'The body is too large.'],
  'unsupported-media-type': [415, 'The body must be of another media type.'],
  'unsupported-picture': [
    415,
    'A picture must be a whole JPEG, PNG or WebP, not animated and not huge.',
  ],
  'invalid-body': [422, 'The body does not have the expected members.'],
  'foreign-watermark': [422, 'The data was made for another AppID.'],
  'phone-code-refused': [422, 'The code is refused.'],
  'way-refused': [422, 'WeChat refuses the code, or has made its user up.'],
  'too-many-requests': [429, 'There have been too many of these requests.'],
  'wechat-too-frequent': [429, 'WeChat finds this too frequent.'],
  internal: [500, 'Something went wrong here.'],
  'database-unavailable': [503, 'The database cannot be reached.'],
  overloaded: [503, 'There is too much to do at the moment.'],
  'sms-unavailable': [503, 'No text message can be sent.'],
  'wechat-unavailable': [503, 'WeChat cannot be reached.'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>

/** What can go wrong; the last part of a problem's `type`. */
export type ProblemKind = keyof typeof kinds

export const problemKinds = Object.keys(kinds) as ProblemKind[]

/** The status of the answer to a problem. */
export const statusOf = (kind: ProblemKind): ContentfulStatusCode => kinds[kind][0]

/** A faulty member of the body: its JSON pointer (RFC 6901) and the reason. */
export interface FieldError {
  pointer: string
  detail: string
}

interface ProblemExtras {
  headers?: Record<string, string>
  /** Extension members (RFC 9457 section 3.2). */
  challenges?: string
  errors?: FieldError[]
  account?: MaskedAccount
}

/** An account as somebody may see it who has yet to confirm that it is theirs. */
export interface MaskedAccount {
  phone: string
  nickname: string | null
  /** The year. */
  since: number
}

/** Thrown while a request is handled; becomes an answer of application/problem+json. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly extras: ProblemExtras = {},
  ) {
    super(kinds[kind][1])
  }
}

/**
 * A 401, or a 403, whose challenges name what is missing, in its header and in its body: answers to uploads
 * reach a mini-program without headers.
 */
export function unauthorized(kind: ProblemKind, challenges: string): Problem {
  return new Problem(kind, { challenges, headers: { 'WWW-Authenticate': challenges } })
}

/** The answer to a problem (RFC 9457), with the token state if the request has a session. */
export function problemAnswer(c: Context, { kind, extras }: Problem): Response {
  const [status, title] = kinds[kind]
  const { headers, ...members } = extras
  const body = { type: `/problems/${kind}`, title, status, ...members, ...tokenStateOf(c) }
  return c.body(JSON.stringify(body), status, {
    ...headers,
    'Content-Type': 'application/problem+json',
  })
}

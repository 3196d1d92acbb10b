import type { WireAnswer, WireCall } from '../../src/auth/platform'
import type { TokenState } from '../../src/auth/types'
import { bodyOf, lineOf } from '../support/host'

/** What a call says. */
export interface Call {
  /** `GET /bookings`, in the words of the contract whatever the dialect. */
  readonly line: string
  readonly url: string
  readonly authorization: string
  readonly replaced: string | undefined
  readonly body: unknown
}

export const callOf = (call: WireCall): Call => ({
  line: lineOf(call),
  url: call.url,
  authorization: call.header.authorization ?? '',
  replaced: call.header['replaces-token'],
  body: 'data' in call ? bodyOf(call.data) : undefined,
})

/** Whether it may bring a session. */
export const isLogin = ({ line, authorization }: Call) =>
  line === 'POST /auth/login' || line === 'POST /wx/refresh' || authorization.startsWith('WxLogin')

/** Whether it is a login with what only the user knows. */
export const isByUser = ({ line, body }: Call) =>
  line === 'POST /auth/login' && ('username' in Object(body) || 'smsCode' in Object(body))

/** What a 401 asks for, in the words of the contract. */
export function challengesIn({ headers, data }: WireAnswer): string {
  const { challenges } = Object(jsonOf(data)) as { challenges?: unknown }
  return String(Object(headers)['WWW-Authenticate'] ?? challenges)
}

/** Whether it is not the token that is refused, but what the user has typed. */
export const refusesCredentials = (answer: WireAnswer) =>
  challengesIn(answer).includes('invalid_credentials')

/** Whether it is a request of the app's. */
export const isOwn = ({ line }: Call) => !/ \/(auth|wx)\//.test(line)

/** The token state that an answer brings, if it is one. */
export function stateIn(data: unknown): TokenState | undefined {
  const { tokenState } = Object(jsonOf(data)) as { tokenState?: TokenState }
  return typeof tokenState?.accessToken === 'string' ? tokenState : undefined
}

/** Uploads are answered with a string. */
function jsonOf(data: unknown): unknown {
  return typeof data === 'string' && data !== '' ? JSON.parse(data) : data
}

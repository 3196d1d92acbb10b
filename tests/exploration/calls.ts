import type { TokenState } from '../../src/auth/types'
import type { Flight } from './phone'

/** Whether it may bring a session. */
export const isLogin = ({ line, authorization }: Flight) =>
  line === 'POST /auth/login' || line === 'POST /wx/refresh' || authorization.startsWith('WxLogin')

/** Whether it is a login with what only the user knows. */
export const isByUser = ({ line, body }: Flight) =>
  line === 'POST /auth/login' && Object(body).username !== undefined

/** Whether it is a request of the app's. */
export const isOwn = ({ line }: Flight) => !/ \/(auth|wx)\//.test(line)

/** The token state that an answer brings, if it is one. */
export function stateIn(data: unknown): TokenState | undefined {
  const body: unknown = typeof data === 'string' && data !== '' ? JSON.parse(data) : data
  const { tokenState } = Object(body) as { tokenState?: TokenState }
  return typeof tokenState?.accessToken === 'string' ? tokenState : undefined
}

import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { UserInfoPolicy } from '../config'
import type { Session, Sessions, TokenState } from '../sessions'

/** A way to sign in, as challenges name it to clients. */
export type SignInMethod = 'sms' | 'password' | 'scan' | 'wechat'

/** What a request knows on its way through the app. */
export interface AppEnv {
  Variables: {
    requestId: string
    /** The client's IP address. */
    address: string | undefined
    userInfoPolicy: UserInfoPolicy
    /** The ways to sign in that need no WeChat, for those who have no session. */
    methods: readonly SignInMethod[]
    session: Session | undefined
  }
}

/** The same behind `requires`, where the session is known. */
export interface SessionEnv {
  Variables: Omit<AppEnv['Variables'], 'requestId' | 'session'> & { session: Session }
}

/**
 * The envelope of a success: `{ data, tokenState }`, each if present; 204 without either.
 */
export function answer(c: Context, data?: unknown, status: ContentfulStatusCode = 200): Response {
  const body = { ...(data !== undefined && { data }), ...tokenStateOf(c) }
  return Object.keys(body).length > 0 ? c.json(body, status) : c.body(null, 204)
}

/** The answer after a change of the person: with the token state as it is now. */
export async function answerAfterChange(c: Context, sessions: Sessions): Promise<Response> {
  const { accessToken } = c.get('session') as Session
  c.set('session', await sessions.find(accessToken))
  return answer(c)
}

/**
 * The member `tokenState` of an answer, if the request has a current session. It is a credential:
 * no cache may keep an answer that has it.
 */
export function tokenStateOf(c: Context): { tokenState?: TokenState } {
  const session = c.get('session') as Session | undefined
  const tokenState = session?.tokenState()
  if (!tokenState) return {}
  c.header('Cache-Control', 'no-store')
  return { tokenState }
}

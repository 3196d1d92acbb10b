import type { Context, MiddlewareHandler } from 'hono'
import type { People } from '../people/people'
import type { Session, Sessions } from '../sessions'
import { WeChatError } from '../wechat/api'
import type { WeChat, WeChatLogin } from '../wechat/client'
import type { NoteUnionid } from '../wechat/unionidCheck'
import type { AppEnv } from './answer'
import { challenge } from './problem'

/** Anything visible; the real ones have 32 letters and digits. */
const codeForm = /^[\x21-\x7e]{1,512}$/
const realm = 'Bearer realm="watchword"'

/** What signing in needs. */
export interface Identification {
  wechat: WeChat
  people: People
  sessions: Sessions
}

/** Turns a login code into a session; a `Replaces-Token` of the request names the former one. */
export type LogIn = (c: Context<AppEnv>, code: string) => Promise<Session>

/**
 * Gives the login by code: of `POST /auth/login`, and of any request that brings its own.
 * It rejects with 401 when WeChat refuses the code, else with WeChatError.
 */
export function createLogIn({
  wechat,
  people,
  sessions,
  noteUnionid,
}: Identification & { noteUnionid: NoteUnionid }): LogIn {
  async function identify(login: WeChatLogin, replacedToken?: string): Promise<Session> {
    const session = await sessions.start(await people.signIn(login), replacedToken)
    // An account deleted in between leaves a user whom nobody knows: a new one.
    return session ?? identify(login, replacedToken)
  }

  return async (c, code) => {
    const login = await wechat.logIn(code).catch((error: unknown) => {
      throw error instanceof WeChatError && error.reason === 'refused' ? invalidCode() : error
    })
    noteUnionid('login', login.unionid)
    const session = await identify(login, c.req.header('Replaces-Token'))
    c.set('session', session)
    return session
  }
}

/**
 * Finds the session of a request before anything else is done with it. Credentials that are sent
 * are checked on public routes too: only so does a client learn that its token has died.
 */
export function authenticate(sessions: Sessions, logIn: LogIn): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const header = c.req.header('Authorization')
    if (header !== undefined) {
      const [, scheme = '', credentials = ''] = /^(\S*) *(.*)$/.exec(header) ?? []
      switch (scheme.toLowerCase()) {
        case 'wxlogin':
          if (!codeForm.test(credentials)) throw invalidCode()
          await logIn(c, credentials)
          break
        case 'bearer':
          c.set('session', await sessions.find(credentials))
          if (!c.get('session')) throw invalidToken()
          break
        default:
          throw loginRequired()
      }
    }
    await next()
  }
}

/** 401 for a request that needs a session and brought no credentials. */
export function loginRequired() {
  return challenge('login-required', `WxLogin, ${realm}`)
}

/** 401 for an access token that is unknown, expired or replaced (RFC 6750 section 3.1). */
export function invalidToken() {
  return challenge('invalid-token', `WxLogin, ${realm}, error="invalid_token"`)
}

function invalidCode() {
  return challenge('invalid-code', 'WxLogin error="invalid_code"')
}

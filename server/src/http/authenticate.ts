import type { Context, MiddlewareHandler } from 'hono'
import { freshness, type Session, type Sessions } from '../sessions'
import { WeChatError } from '../wechat/api'
import type { WeChat } from '../wechat/client'
import type { ObserveUnionid } from '../wechat/unionidCheck'
import type { AppEnv } from './answer'
import { authorizationOf } from './authorization'
import type { EventLog } from '../eventLog'
import type { Limits } from './limits'
import { inLanguageOf, reasonParam } from './language'
import { originOf } from './origin'
import { Problem, unauthorized } from './problem'

/** Anything visible; the real ones have 32 letters and digits. */
const loginCodeForm = /^[\x21-\x7e]{1,512}$/

const stepUp = 'error="insufficient_user_authentication"'

/** For whose account it is, a text code and a word have been given. */
const provedOtherwise = {
  zh: '这个账号很久没有验证过，请换一种方式再登录一次',
  en: 'This account was not confirmed for long: log in once more in another way',
}

const methodsOf = (c: Context) => (c as Context<AppEnv>).get('methods')

const withoutTextCode = (c: Context) => methodsOf(c).filter((method) => method !== 'sms')

/** It names the ways to sign in: clients of mini-programs, which need none, ignore the parameter. */
function bearerChallenge(c: Context, methods: readonly string[] = methodsOf(c)): string {
  const named = methods.length > 0 ? `, methods="${methods.join(' ')}"` : ''
  return `Bearer realm="watchword"${named}`
}

/** What a login needs. */
export interface LoginOptions {
  /** The mini-programs whose codes are taken, the one of codes that name none first. */
  appIds: readonly [string, ...string[]]
  wechat: WeChat
  sessions: Sessions
  observeUnionid: ObserveUnionid
  limits: Limits
  eventLog: EventLog
}

/**
 * Turns a login code of a mini-program, the first if not given, into a session; a `Replaces-Token`
 * of the request names the former one.
 */
export type LogIn = (c: Context<AppEnv>, loginCode: string, appId?: string) => Promise<Session>

/**
 * Logs in by code, for `POST /auth/login` and for any request that brings its own login code.
 * Rejects with 400 for an unknown mini-program, with 401 when WeChat refuses the code, with 429 above
 * the limit, else with WeChatError.
 */
export function createLogIn(options: LoginOptions): LogIn {
  const { appIds, wechat, sessions, observeUnionid, limits, eventLog } = options

  return async (c, loginCode, appId = appIds[0]) => {
    if (!appIds.includes(appId)) throw new Problem('unknown-app')
    await limits.countLogin(c.get('address'))
    const origin = originOf(c)
    const login = await wechat.logIn(appId, loginCode).catch(async (error: unknown) => {
      if (!(error instanceof WeChatError && error.reason === 'refused')) throw error
      const { address } = origin
      await eventLog.recordDenial({ kind: 'refused', about: 'login', address }, undefined)
      throw invalidCode()
    })
    observeUnionid(appId, 'login', login.unionid)
    const { openid: subject, unionid, sessionKey } = login
    const proved = { provider: 'wechat-mini-program', appId, subject, unionid, sessionKey } as const
    const session = await sessions.start(proved, {
      origin,
      replacedToken: c.req.header('Replaces-Token'),
      isLasting: false,
    })
    c.set('session', session)
    return session
  }
}

/**
 * Finds the session of a request before anything else happens. It checks credentials on public
 * routes too: only so does a client learn that its token has expired.
 */
export function authenticate(sessions: Sessions, logIn: LogIn): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const authorization = authorizationOf(c)
    if (authorization) {
      const { scheme, credentials } = authorization
      switch (scheme) {
        case 'wxlogin':
          if (!loginCodeForm.test(credentials)) throw invalidCode()
          await logIn(c, credentials)
          break
        case 'bearer':
          c.set('session', await sessions.find(credentials))
          if (!c.get('session')) throw invalidToken(c)
          break
        default:
          throw loginRequired(c)
      }
    }
    await next()
  }
}

/** 401 for a request that needs a session and brought no credentials. */
export function loginRequired(c: Context) {
  return unauthorized('login-required', `WxLogin, ${bearerChallenge(c)}`)
}

/** 401 for an access token that is unknown, expired or replaced (RFC 6750 section 3.1). */
export function invalidToken(c: Context) {
  return unauthorized('invalid-token', `WxLogin, ${bearerChallenge(c)}, error="invalid_token"`)
}

/**
 * Lets on who has logged in within the last `maxAge` seconds.
 * @throws Problem 401 (RFC 9470 section 3): the client logs in and sends the request once more. A login
 *   that is just made satisfies it
 */
export function requireFreshLogin(
  c: Context,
  { loginAge, phoneNumber }: Pick<Session, 'loginAge' | 'phoneNumber'>,
  maxAge = freshness,
): void {
  if (loginAge < maxAge) return
  // A text code would sign in somebody else, who has its number.
  const methods = phoneNumber === null ? withoutTextCode(c) : methodsOf(c)
  const step = `${stepUp}, max_age="${maxAge}"`
  throw unauthorized('fresh-login-required', `WxLogin, ${bearerChallenge(c, methods)}, ${step}`)
}

/**
 * 403 for a session that has only a text code and its user's word for whose account it is. It is alive,
 * but another login would do more: a challenge names the ways (RFC 9110 section 11.6.1).
 */
export function secondProofNeeded(c: Context) {
  const methods = withoutTextCode(c)
  const reason = reasonParam(inLanguageOf(c, provedOtherwise))
  const challenge = `${bearerChallenge(c, methods)}, ${stepUp}, ${reason}`
  return unauthorized('second-proof-needed', challenge)
}

const refusedCredentials = 'Bearer error="invalid_credentials"'

/**
 * 401 for what somebody signs in with, such as a number with a wrong password or text code: one answer
 * for all reasons, so that nobody learns who has an account.
 */
export function invalidCredentials() {
  return unauthorized('invalid-credentials', refusedCredentials)
}

/** 401 for the code of a snapshot of a page: nobody has agreed to anything. */
export function snapshotUser() {
  return unauthorized('snapshot-user', refusedCredentials)
}

function invalidCode() {
  return unauthorized('invalid-code', 'WxLogin error="invalid_code"')
}

import type { Context } from 'hono'
import type { EventLog } from '../eventLog'
import type { Session, Sessions } from '../sessions'
import { WeChatError } from '../wechat/api'
import type { WeChat } from '../wechat/client'
import type { OAuthApps, OAuthProvider } from '../wechat/signInConfig'
import type { AppEnv } from './answer'
import { invalidCredentials, snapshotUser } from './authenticate'
import type { Limits } from './limits'
import { originOf } from './origin'
import { Problem } from './problem'

/**
 * Signs in with the code of WeChat's OAuth. Rejects with 401 for a code that WeChat refuses, and for
 * one of a user who does not exist, and with 429 above the limit.
 */
export type OAuthLogIn = (
  c: Context<AppEnv>,
  credentials: { provider: OAuthProvider; code: string },
) => Promise<Session>

/** What such a login needs. */
export interface OAuthLogInOptions {
  apps: OAuthApps
  wechat: Pick<WeChat, 'userOf'>
  sessions: Sessions
  limits: Limits
  eventLog: EventLog
}

export function createOAuthLogIn(options: OAuthLogInOptions): OAuthLogIn {
  const { apps, wechat, sessions, limits, eventLog } = options

  return async (c, { provider, code }) => {
    const app = apps[provider]
    if (!app) {
      const errors = [{ pointer: '#/provider', detail: 'is not set up here' }]
      throw new Problem('invalid-body', { errors })
    }
    const origin = originOf(c)
    await limits.countLogin(origin.address)
    const recordRefusal = () =>
      eventLog.recordDenial(
        { kind: 'refused', about: provider, address: origin.address },
        undefined,
      )
    const user = await wechat.userOf(app, code).catch(async (error: unknown) => {
      if (!(error instanceof WeChatError && error.reason === 'refused')) throw error
      await recordRefusal()
      throw invalidCredentials()
    })
    if (user.is === 'snapshot') {
      await recordRefusal()
      throw snapshotUser()
    }
    const { openid: subject, unionid } = user
    const proved = { provider, appId: app.appId, subject, unionid }
    const replacedToken = c.req.header('Replaces-Token')
    const session = await sessions.start(proved, { origin, replacedToken, isLasting: true })
    c.set('session', session)
    return session
  }
}

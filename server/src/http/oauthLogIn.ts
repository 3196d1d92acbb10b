import type { Context } from 'hono'
import type { Session, Sessions } from '../sessions'
import type { OAuthProvider } from '../wechat/signInConfig'
import type { AppEnv } from './answer'
import { invalidCredentials, snapshotUser } from './authenticate'
import type { ProveOAuth } from './oauthProof'
import { originOf } from './origin'

/**
 * Signs in with the code of WeChat's OAuth. Rejects with 401 for a code that WeChat refuses, and for
 * one of a user who does not exist, and with 429 above the limit.
 */
export type OAuthLogIn = (
  c: Context<AppEnv>,
  credentials: { provider: OAuthProvider; code: string },
) => Promise<Session>

export function createOAuthLogIn(proveOAuth: ProveOAuth, sessions: Sessions): OAuthLogIn {
  return async (c, credentials) => {
    const origin = originOf(c)
    const proof = await proveOAuth(credentials, { address: origin.address })
    if (proof.is === 'refused') throw invalidCredentials()
    if (proof.is === 'snapshot') throw snapshotUser()
    const session = await sessions.start(proof.identity, {
      origin,
      replacedToken: c.req.header('Replaces-Token'),
      isLasting: true,
    })
    c.set('session', session)
    return session
  }
}

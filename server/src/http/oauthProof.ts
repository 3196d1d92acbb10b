import type { EventLog } from '../eventLog'
import type { ProvedIdentity } from '../people/identify'
import { WeChatError } from '../wechat/api'
import type { WeChat } from '../wechat/client'
import type { OAuthApps, OAuthProvider } from '../wechat/signInConfig'
import type { Limits } from './limits'
import { Problem } from './problem'

/** What a code of WeChat's OAuth says. */
export type OAuthProof =
  | { is: 'proved'; identity: ProvedIdentity }
  /** WeChat refuses the code. */
  | { is: 'refused' }
  /** WeChat has made the user up. */
  | { is: 'snapshot' }

/**
 * Exchanges a code for the user who has allowed it. Rejects with 422 for an app that is not set up,
 * with 429 above the limit, else with WeChatError.
 */
export type ProveOAuth = (
  credentials: { provider: OAuthProvider; code: string },
  by: { address: string | undefined; identityId?: string | undefined },
) => Promise<OAuthProof>

/** What an exchange needs. */
export interface ProveOAuthOptions {
  apps: OAuthApps
  wechat: Pick<WeChat, 'userOf'>
  limits: Limits
  eventLog: EventLog
}

export function createProveOAuth(options: ProveOAuthOptions): ProveOAuth {
  const { apps, wechat, limits, eventLog } = options

  return async ({ provider, code }, { address, identityId }) => {
    const app = apps[provider]
    if (!app) {
      const errors = [{ pointer: '#/provider', detail: 'is not set up here' }]
      throw new Problem('invalid-body', { errors })
    }
    await limits.countLogin(address)
    const user = await wechat.userOf(app, code).catch((error: unknown) => {
      if (!(error instanceof WeChatError && error.reason === 'refused')) throw error
      return { is: 'refused' } as const
    })
    if (user.is !== 'user') {
      const refusal = { kind: 'refused', about: provider, address } as const
      await eventLog.recordDenial(refusal, identityId)
      return user
    }
    const { openid: subject, unionid } = user
    return { is: 'proved', identity: { provider, appId: app.appId, subject, unionid } }
  }
}

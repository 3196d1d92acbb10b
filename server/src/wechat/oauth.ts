import { z } from 'zod'
import type { WeChatApi } from './api'
import { failure } from './errcodes'
import type { OAuthApp } from './signInConfig'

/** Who has allowed an app to know them. */
export type OAuthUser =
  | {
      is: 'user'
      openid: string
      /** Missing with `snsapi_base`, and unless the app is bound to an open platform account. */
      unionid?: string | undefined
    }
  /**
   * Nobody: WeChat's browser has shown a snapshot of a page that nobody had pressed anything on, and
   * made a user up (WeChat: 网页授权, is_snapshotuser).
   */
  | { is: 'snapshot' }

const grantAnswer = z.union([
  z.object({
    openid: z.string().min(1),
    unionid: z.string().min(1).optional(),
    is_snapshotuser: z.coerce.number().optional(),
  }),
  z.object({ errcode: z.number() }),
])

/**
 * Exchanges the code of WeChat's OAuth, the same for official accounts, websites and apps (WeChat:
 * 通过 code 获取 access_token). The token itself is of no use here. Rejects with WeChatError.
 */
export function createUserOf(api: WeChatApi) {
  return async ({ appId, appSecret }: OAuthApp, code: string): Promise<OAuthUser> => {
    const answer = await api({
      path: '/sns/oauth2/access_token',
      query: { appid: appId, secret: appSecret, code, grant_type: 'authorization_code' },
      answer: grantAnswer,
    })
    if ('errcode' in answer) throw failure(answer.errcode)
    if (answer.is_snapshotuser === 1) return { is: 'snapshot' }
    return { is: 'user', openid: answer.openid, unionid: answer.unionid }
  }
}

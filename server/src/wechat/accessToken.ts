import { z } from 'zod'
import type { WeChatApp } from '../config'
import { WeChatError, type WeChatApi } from './api'

/** WeChat renews a stable token 5 minutes before its end (WeChat: 获取稳定版接口调用凭据). */
const renewalMargin = 5 * 60_000
/** `force_refresh` works 20 times a day (same page). */
const forceInterval = (24 * 60 * 60_000) / 20

const tokenAnswer = z.object({
  access_token: z.string().min(1).optional(),
  expires_in: z.number().optional(),
  errcode: z.number().optional(),
})

/** The credential of one app at WeChat's API, shared by all requests. */
export interface WeChatAccessToken {
  /** The token, fetched when none is good for another 5 minutes. */
  get(): Promise<string>
  /** A token other than `refused`, which WeChat has just answered 40001 or 42001 to. */
  replace(refused: string): Promise<string>
}

/**
 * Keeps one stable token: however many requests need it, one fetch is under way.
 * Its promises reject with WeChatError.
 */
export function createWeChatAccessToken(
  api: WeChatApi,
  { appId, appSecret }: WeChatApp,
  now: () => number,
): WeChatAccessToken {
  let current: { token: string; renewAt: number } | undefined
  let underWay: Promise<string> | undefined
  let forcedAt = -Infinity

  async function fetchToken(force: boolean): Promise<string> {
    const answer = await api({
      path: '/cgi-bin/stable_token',
      body: {
        grant_type: 'client_credential',
        appid: appId,
        secret: appSecret,
        ...(force && { force_refresh: true }),
      },
      answer: tokenAnswer,
    })
    if (!answer.access_token) {
      throw new WeChatError('unavailable', { ...(answer.errcode && { errcode: answer.errcode }) })
    }
    const life = (answer.expires_in ?? 0) * 1000
    current = { token: answer.access_token, renewAt: now() + life - renewalMargin }
    return current.token
  }

  async function fetchOther(refused: string): Promise<string> {
    const token = await fetchToken(false)
    if (token !== refused || now() - forcedAt < forceInterval) return token
    forcedAt = now()
    return fetchToken(true)
  }

  function once(fetching: () => Promise<string>): Promise<string> {
    underWay ??= fetching().finally(() => (underWay = undefined))
    return underWay
  }

  return {
    async get() {
      return current && now() < current.renewAt ? current.token : once(() => fetchToken(false))
    },
    async replace(refused) {
      return current && current.token !== refused ? current.token : once(() => fetchOther(refused))
    },
  }
}

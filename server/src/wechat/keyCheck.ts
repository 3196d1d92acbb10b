import { userKey, type Counters } from '../limits/counters'
import type { RateLimit } from '../limits/rateLimit'
import type { Logger } from '../log'
import type { AppUser, WeChat } from './client'

const limit: RateLimit = { count: 1, seconds: 60 }

/** `closing` is aborted when the backend closes. */
export interface KeyCheckOptions {
  wechat: WeChat
  counters: Counters
  log: Logger
  closing: AbortSignal
}

/** Returns at once, whatever WeChat does, and never throws. */
export type ReportUnopened = (owner: AppUser, newestKey: string | undefined) => void

/**
 * Logs for the operator what the client must not learn when submitted data could not be opened:
 * with a live session key, the data is forged or broken. It asks WeChat once a minute about a
 * user, so that no user can make the backend call WeChat at will; what cannot be opened
 * meanwhile is not logged, nor is anything once the backend closes.
 */
export function createKeyCheck(options: KeyCheckOptions): ReportUnopened {
  const { wechat, counters, log, closing } = options

  async function check(owner: AppUser, key: string | undefined): Promise<void> {
    const counted = await counters.count(`keyChecks ${userKey(owner.subject)}`, limit)
    if (counted.is === 'above') return
    const isKeyLive =
      key !== undefined && (await wechat.isSessionKeyLive(owner, key).catch(() => 'unknown'))
    if (!closing.aborted) log.info({ isKeyLive }, 'submitted data could not be opened')
  }

  return (owner, newestKey) => {
    check(owner, newestKey).catch((error: unknown) => {
      if (!closing.aborted) log.error({ error }, 'failed')
    })
  }
}

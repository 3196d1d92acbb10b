import type { Logger } from '../log'
import type { WeChat } from './client'

/** Whose key it is. */
interface KeyOwner {
  identityId: string
  /** The openid. */
  subject: string
}

/** `closing` is aborted when the backend closes. */
export interface KeyCheckOptions {
  wechat: WeChat
  log: Logger
  closing: AbortSignal
}

/** Returns at once, whatever WeChat does, and never throws. */
export type ReportUnopened = (owner: KeyOwner, newestKey: string | undefined) => void

/**
 * Logs for the operator what the client must not learn when submitted data could not be opened:
 * with a live session key, the data is forged or broken. It asks WeChat about one key of an
 * identity at a time, so that no user can make the backend call WeChat at will; what cannot be
 * opened meanwhile is not logged, nor is anything once the backend closes.
 */
export function createKeyCheck({ wechat, log, closing }: KeyCheckOptions): ReportUnopened {
  const underWay = new Set<string>()

  async function check(openid: string, key: string | undefined): Promise<void> {
    const isKeyLive =
      key !== undefined && (await wechat.isSessionKeyLive(openid, key).catch(() => 'unknown'))
    if (!closing.aborted) log.info({ isKeyLive }, 'submitted data could not be opened')
  }

  return ({ identityId, subject }, newestKey) => {
    if (underWay.has(identityId)) return
    underWay.add(identityId)
    void check(subject, newestKey).finally(() => underWay.delete(identityId))
  }
}

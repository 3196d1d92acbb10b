import type { Logger } from '../log'
import type { Watermark } from '../wechat/openData'
import { Problem } from './problem'

/**
 * How old data may be, in ms. A phone number is for one press: its code lives 5 minutes, a client
 * sends either form of it at once, and clocks differ. Of user info WeChat does not say for how long
 * it returns the same, and an app may have asked for it before its form was filled in.
 */
const lives = { phoneNumber: 10 * 60_000, userInfo: 24 * 60 * 60_000 }

/** Data by how long it may be submitted, see `lives`. */
export type OpenDataKind = keyof typeof lives

/**
 * Lets data pass that was made for the app `appId` and not too long ago.
 * @throws Problem 422 for data of another app, 409 for old data: with it the client logs in and
 *   asks the user again
 */
export type CheckWatermark = (kind: OpenDataKind, appId: string, made: Watermark) => void

/** `now` is in ms since 1970. */
export function createWatermarkCheck(now: () => number, log: Logger): CheckWatermark {
  return (kind, appId, { appid, timestamp }) => {
    if (appid !== appId) throw new Problem('foreign-watermark')
    const age = now() - timestamp * 1000
    if (age <= lives[kind]) return
    // One for everybody means that the clock of this machine is fast.
    log.info({ kind, minutes: Math.round(age / 60_000) }, 'submitted data is too old')
    throw new Problem('session-key-expired')
  }
}

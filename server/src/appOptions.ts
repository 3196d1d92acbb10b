import type { ServerConfig } from './config'
import type { Database } from './db/database'
import type { Logger } from './log'
import type { Answered } from './metrics'
import type { NumberSince } from './people/numberSince'
import type { SmsSender } from './sms/smsSender'
import type { TextCodeCheck } from './sms/textCodeCheck'
import type { WeChatCallObserved } from './wechat/api'

/** What the app runs on. */
export interface AppOptions {
  config: Pick<
    ServerConfig,
    | 'wechat'
    | 'wechatPush'
    | 'sessionKeySecrets'
    | 'tokenTtl'
    | 'sessionIdleDays'
    | 'userInfoPolicy'
    | 'phoneJoin'
    | 'phoneProofDays'
    | 'limits'
    | 'trustProxy'
    | 'eventsDays'
  > & {
    /** Where the backend is reached, without a slash at its end. */
    publicUrl: string
  }
  database: Database
  log: Logger
  /** Called with every request that was answered. */
  observe?: ((answered: Answered) => void) | undefined
  /** Called with every call of WeChat that has ended. */
  observeWeChat?: ((call: WeChatCallObserved) => void) | undefined
  /** Sends text codes; without it, nobody can sign in by phone number. */
  sendSms?: SmsSender | undefined
  /** Decides whether a text code is sent, as by a captcha. */
  checkTextCode?: TextCodeCheck | undefined
  /** Asks the carriers whether a number that was proved long ago has changed hands since. */
  numberSince?: NumberSince | undefined
  /** The clock, in ms since 1970; tests set it. */
  now?: () => number
  /** Aborted when the backend begins to close: what waits for something to happen is answered. */
  draining?: AbortSignal
  /** Aborted when the backend closes: calls of WeChat are cut off, nothing is begun or logged. */
  closing?: AbortSignal
}

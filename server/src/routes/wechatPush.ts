import { Hono, type Context } from 'hono'
import type { AppEnv } from '../http/answer'
import { readBytes } from '../http/body'
import { Problem } from '../http/problem'
import type { Logger } from '../log'
import type { Withdraw } from '../people/withdraw'
import { withdrawalOf } from '../wechat/pushEvent'
import type { PushFault, PushReader } from '../wechat/pushReader'

/** The largest message taken, in bytes: WeChat's are far smaller. */
const maxSize = 64 * 1024

/** What the route works with. */
export interface WeChatPushOptions {
  reader: PushReader
  withdraw: Withdraw
  log: Logger
}

/**
 * `/wechat/push`, where WeChat's message push reports what users take back. WeChat repeats a message
 * three times that is not answered `success` within 5 s, also where it was handled all the same.
 */
export function wechatPushRoutes({ reader, withdraw, log }: WeChatPushOptions) {
  const provider = 'wechat-mini-program'

  /** The reason is for the operator: whoever asks must not learn how far they have come. */
  function refuse(c: Context<AppEnv>, fault: PushFault): Problem {
    log.warn({ requestId: c.get('requestId'), fault }, 'a push was refused')
    return new Problem('push-refused')
  }

  return new Hono<AppEnv>()
    .get('/wechat/push', (c) => {
      const query = c.req.query()
      const fault = reader.faultOfCheck(query)
      if (fault) throw refuse(c, fault)
      return c.text(query.echostr ?? '')
    })

    .post('/wechat/push', async (c) => {
      const read = reader.read(c.req.query(), await readBytes(c, maxSize))
      if (read.kind === 'refused') throw refuse(c, read.fault)
      const { message, appId } = read
      const withdrawal = withdrawalOf(message)
      if (withdrawal) {
        const { id, openid: subject, taken } = withdrawal
        await withdraw(id, { provider, appId, subject }, taken)
      }
      const requestId = c.get('requestId')
      log.info({ requestId, event: message.Event, isHandled: !!withdrawal }, 'WeChat has pushed')
      return c.text('success')
    })
}

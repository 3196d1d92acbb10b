import type { MiddlewareHandler } from 'hono'
import type { EventLog } from '../eventLog'
import { userKey, type Counters } from '../limits/counters'
import type { LimitName, LimitsConfig } from '../limits/rateLimit'
import type { Session } from '../sessions'
import type { SessionEnv } from './answer'
import { networkOf } from './network'
import { Problem } from './problem'

interface Sender {
  address: string | undefined
  identityId?: string
}

/** What is counted by the user who does it. */
type OwnLimit = Exclude<LimitName, 'logins'>

/** The limits of requests. Only what has one is counted: each costs a call of the database. */
export interface Limits {
  /**
   * Counts a login from an address.
   * @throws Problem 429
   */
  countLogin(address: string | undefined): Promise<void>
  /**
   * Counts what the session's user does, whether or not they begin a new account.
   * @throws Problem 429
   */
  countOwn(name: OwnLimit, session: Session, address: string | undefined): Promise<void>
}

export function createLimits(
  config: LimitsConfig,
  { counters, eventLog }: { counters: Counters; eventLog: EventLog },
): Limits {
  async function count(name: LimitName, key: string, { address, identityId }: Sender) {
    const limit = config[name]
    const counted = limit && (await counters.count(`${name} ${key}`, limit))
    if (counted?.is !== 'above') return
    // Once in its time: more requests must not fill the table.
    if (counted.isFirst) {
      await eventLog.recordDenial({ kind: 'limited', about: name, address }, identityId)
    }
    throw new Problem('too-many-requests', { headers: { 'Retry-After': String(counted.seconds) } })
  }

  return {
    // Without sockets, as in tests of an app, there is one address.
    countLogin: (address) => count('logins', networkOf(address ?? 'unknown'), { address }),
    countOwn: (name, { identityId, subject }, address) =>
      count(name, userKey(subject), { address, identityId }),
  }
}

/** Behind `requires`: a request of a session that is above the limit is answered 429. */
export function limited(limits: Limits, name: OwnLimit): MiddlewareHandler<SessionEnv> {
  return async (c, next) => {
    await limits.countOwn(name, c.get('session'), c.get('address'))
    await next()
  }
}

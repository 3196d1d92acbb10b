import type { MiddlewareHandler } from 'hono'
import type { EventLog } from '../eventLog'
import type { KeyedHash } from '../keyedHash'
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
type OwnLimit = 'phoneCodes' | 'scanned' | 'uploads' | 'bookings'

/** The limits of requests. Only what has one is counted: each costs a call of the database. */
export interface Limits {
  /**
   * Counts a login from an address.
   * @throws Problem 429
   */
  countLogin(address: string | undefined): Promise<void>
  /**
   * Counts a code to scan for a browser at an address.
   * @throws Problem 429
   */
  countScan(address: string | undefined): Promise<void>
  /**
   * Counts what the session's user does, whether or not they begin a new account.
   * @throws Problem 429
   */
  countOwn(name: OwnLimit, session: Session, address: string | undefined): Promise<void>
  /**
   * Counts that an address asks for a text code.
   * @throws Problem 429
   */
  countAskedCode(address: string | undefined): Promise<void>
  /**
   * Counts a text code to the number, in E.164, that is to be sent.
   * @throws Problem 429
   */
  countTextCode(phoneNumber: string, address: string | undefined): Promise<void>
  /**
   * Counts a text code or a password for the number that is tried.
   * @throws Problem 429
   */
  countTry(
    what: 'textCode' | 'password',
    phoneNumber: string,
    address: string | undefined,
  ): Promise<void>
}

export interface LimitsOptions {
  counters: Counters
  eventLog: EventLog
  /** Numbers are counted by their hash: most of those that are asked for are nobody's here. */
  numberHash: KeyedHash
}

export function createLimits(
  config: LimitsConfig,
  { counters, eventLog, numberHash }: LimitsOptions,
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

  // Without sockets, as in tests of an app, there is one address.
  const networkOfSender = (address: string | undefined) => networkOf(address ?? 'unknown')

  return {
    countLogin: (address) => count('logins', networkOfSender(address), { address }),
    countScan: (address) => count('scans', networkOfSender(address), { address }),
    countOwn: (name, { identityId, subject }, address) =>
      count(name, userKey(subject), { address, identityId }),

    countAskedCode: (address) => count('smsAddress', networkOfSender(address), { address }),

    // A number that has to wait uses up nothing of all.
    async countTextCode(phoneNumber, address) {
      const number = numberHash.of(phoneNumber)
      await count('smsResend', number, { address })
      await count('smsNumber', number, { address })
      await count('sms', '', { address })
    },

    async countTry(what, phoneNumber, address) {
      const number = numberHash.of(phoneNumber)
      await count('numberTries', `${number} ${networkOfSender(address)}`, { address })
      if (what === 'password') await count('passwordTries', number, { address })
    },
  }
}

/** Behind `requires`: a request of a session that is above the limit is answered 429. */
export function limited(limits: Limits, name: OwnLimit): MiddlewareHandler<SessionEnv> {
  return async (c, next) => {
    await limits.countOwn(name, c.get('session'), c.get('address'))
    await next()
  }
}

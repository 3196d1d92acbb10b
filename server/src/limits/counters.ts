import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { clearExpired } from '../db/clearExpired'
import type { Database } from '../db/database'
import { counters } from '../db/schema'
import { onlyRow } from '../people/rows'
import type { RateLimit } from './rateLimit'

const expiring = { table: counters, id: counters.key, time: counters.expiresAt }
/** How many expired counters a new one clears away: more than it adds, but few. */
const clearedPerCounter = 10

/** Where a count is; `seconds` from the end of its time, `isFirst` for the first one above. */
export type Counted = { is: 'within' } | { is: 'above'; seconds: number; isFirst: boolean }

/**
 * Names a user in the key of a count: by a hash of the openid, as the count outlives the account.
 * By the identity, everything would begin anew for those who delete theirs and log in again.
 */
export function userKey(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url')
}

/** Counts in the database, which all processes share. */
export interface Counters {
  /**
   * Counts once more under `key`. Not to be called within a transaction: that would take the count
   * back if it failed, and wait for ever for the one connection of PGlite.
   */
  count(key: string, limit: RateLimit): Promise<Counted>
}

/**
 * One statement counts, so that of many at once exactly `limit.count` are within the limit. Not
 * rate-limiter-flexible, whose Drizzle limiter does the same: it has no clock of ours, and its timer
 * deletes all that has expired at once.
 */
export function createCounters(database: Database, now: () => number): Counters {
  return {
    async count(key, limit) {
      const time = now()
      const at = new Date(time)
      const expiresAt = new Date(time + limit.seconds * 1000)
      const isOver = sql`${counters.expiresAt} <= ${at.toISOString()}::timestamptz`
      const { count, expiresAt: end } = onlyRow(
        await database
          .insert(counters)
          .values({ key, count: 1, expiresAt })
          .onConflictDoUpdate({
            target: counters.key,
            set: {
              count: sql`case when ${isOver} then 1 else ${counters.count} + 1 end`,
              expiresAt: sql`case when ${isOver} then excluded.expires_at else ${counters.expiresAt} end`,
            },
          })
          .returning(),
      )
      if (count === 1) await clearExpired(database, expiring, at, clearedPerCounter)
      if (count <= limit.count) return { is: 'within' }
      const seconds = Math.max(1, Math.ceil((end.getTime() - time) / 1000))
      return { is: 'above', seconds, isFirst: count === limit.count + 1 }
    },
  }
}

import { inArray, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './database'

/** A table whose rows are of use until a time. */
interface Expiring {
  table: PgTable
  id: PgColumn
  time: PgColumn
}

/**
 * Deletes up to `most` rows whose time is before `time`, the oldest first, but none that another
 * transaction holds: it waits for nobody. It runs when it is awaited, or as a part of a statement.
 */
export function clearExpired(
  tx: Database,
  { table, id, time: column }: Expiring,
  time: Date,
  most: number,
) {
  // A plan that is made once, for any time, uses the index because of the order and the plain limit.
  const expired = sql`(
    select ${id} from ${table} where ${column} < ${sql.param(time, column)}
    order by ${column} limit ${sql.raw(String(most))} for update skip locked
  )`
  return tx.delete(table).where(inArray(id, expired))
}

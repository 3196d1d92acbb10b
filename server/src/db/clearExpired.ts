import { inArray, lt } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './database'

/** A table whose rows are of use until a time. */
interface Expiring {
  table: PgTable
  id: PgColumn
  time: PgColumn
}

/**
 * Deletes up to `most` rows whose time is before `time`, but none that another transaction holds: it
 * waits for nobody.
 */
export async function clearExpired(
  tx: Database,
  { table, id, time: column }: Expiring,
  time: Date,
  most: number,
): Promise<void> {
  const expired = tx
    .select({ id })
    .from(table)
    .where(lt(column, time))
    .limit(most)
    .for('update', { skipLocked: true })
  await tx.delete(table).where(inArray(id, expired))
}

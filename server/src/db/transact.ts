import { DrizzleQueryError } from 'drizzle-orm'
import type { Database } from './database'

/** How often PostgreSQL may end one piece of work for the sake of others. */
const attempts = 5
/** serialization_failure and deadlock_detected (PostgreSQL, appendix A). */
const endedForOthers = ['40001', '40P01']

/**
 * Runs `work` in a transaction, READ COMMITTED as is PostgreSQL's default; once more where
 * PostgreSQL has ended it because of another transaction. `work` must do nothing outside `tx`.
 */
export async function transact<T>(
  database: Database,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(work)
    } catch (error) {
      if (attempt === attempts || !isEndedForOthers(error)) throw error
    }
  }
}

function isEndedForOthers(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof Error && 'code' in cause && endedForOthers.includes(String(cause.code))
}

import type { DatabaseOptions, OpenDatabase } from './database'
import { openPglite } from './pglite'
import { openPostgres } from './postgres'

/**
 * Opens the database and applies the migrations; of several processes that begin at once, one after
 * the other does.
 * @throws DirectoryInUseError when another process has PGlite's directory open, and the error of
 *   PostgreSQL or the system when it cannot be reached
 */
export function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { databaseUrl } = options
  return databaseUrl === undefined ? openPglite(options) : openPostgres({ ...options, databaseUrl })
}

import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import type { Database } from './database'

/** Where drizzle-kit writes them. */
export const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url))

/** Tells this connection's migrations whose identities those are that have no app yet. */
export async function setMigratedApp(connection: Database, appId: string): Promise<void> {
  await connection.execute(sql`select set_config('watchword.app_id', ${appId}, false)`)
}

import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { lockDirectory } from './lock'

/** The database, or a transaction on it, in the dialect of PostgreSQL. */
export type Database = PgDatabase<PgQueryResultHKT>

/** An open database; `close` writes everything out and lets the next process have it. */
export interface OpenDatabase {
  database: Database
  close(): Promise<void>
}

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url))

/**
 * Opens the database in a directory, made when missing, and applies the migrations.
 * Committed data survives the death of the process. PGlite runs without fsync: a power failure
 * may cost the last transactions.
 * @throws DirectoryInUseError when another process has it open
 */
export async function openDatabase(dataDir: string): Promise<OpenDatabase> {
  await mkdir(dataDir, { recursive: true })
  const unlock = await lockDirectory(dataDir)
  try {
    const client = await openCluster(join(dataDir, 'postgres'))
    const database = await migrated(client)
    return {
      database,
      close: async () => {
        await client.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** Applies the migrations to a PGlite and returns the database on it. */
export async function migrated(client: PGlite): Promise<Database> {
  const database = drizzle({ client })
  await migrate(database, { migrationsFolder })
  return database
}

/** A cluster is made beside its place and moved there whole: a kill in between leaves no half. */
async function openCluster(directory: string): Promise<PGlite> {
  const exists = await stat(directory).then(Boolean, () => false)
  if (!exists) {
    const draft = `${directory}.draft`
    await rm(draft, { recursive: true, force: true })
    const client = await PGlite.create(draft)
    await client.close()
    await rename(draft, directory)
  }
  return PGlite.create(directory)
}

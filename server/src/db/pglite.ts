import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type { Pool } from 'pg'
import { lockDirectory } from './lock'
import { migrationsFolder, setMigratedApp } from './migrations'
import { createPglitePool } from './pgliteConnection'
import { makePrivateDirectory, PrivateFiles } from './privateFiles'
import type { DatabaseOptions, OpenDatabase } from './database'

/**
 * PostgreSQL inside this process, on a directory that no other process may have open. Committed
 * data survives the death of the process. It runs without fsync: a power failure may cost the last
 * transactions.
 * @throws DirectoryInUseError
 */
export async function openPglite({
  dataDir,
  appId,
}: Pick<DatabaseOptions, 'dataDir' | 'appId'>): Promise<OpenDatabase> {
  await makePrivateDirectory(dataDir)
  const unlock = await lockDirectory(dataDir)
  try {
    const client = await openCluster(join(dataDir, 'postgres'))
    const pool = await migrated(client, appId)
    return {
      database: drizzle({ client: pool }),
      close: async () => {
        await pool.end()
        await client.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** Applies the migrations to a PGlite and returns its one connection, as a pool. */
export async function migrated(client: PGlite, appId: string): Promise<Pool> {
  const pool = createPglitePool(client)
  const database = drizzle({ client: pool })
  await setMigratedApp(database, appId)
  await migrate(database, { migrationsFolder })
  return pool
}

/** A cluster is made beside its place and moved there whole: a kill in between leaves no half. */
async function openCluster(directory: string): Promise<PGlite> {
  const exists = await stat(directory).then(Boolean, () => false)
  if (!exists) {
    const draft = `${directory}.draft`
    await rm(draft, { recursive: true, force: true })
    await makePrivateDirectory(draft)
    const client = await createPglite(draft)
    await client.close()
    await rename(draft, directory)
  }
  return createPglite(directory)
}

function createPglite(directory: string): Promise<PGlite> {
  return PGlite.create({ fs: new PrivateFiles(directory) })
}

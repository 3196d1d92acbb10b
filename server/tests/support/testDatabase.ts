import { randomBytes } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Client, type Pool } from 'pg'
import { inject } from 'vitest'
import type { Database } from '../../src/db/database'
import { migrated } from '../../src/db/pglite'
import { openPool } from '../../src/db/postgres'
import { createLogger } from '../../src/log'
import { giveBackMutatedPool, takeMutatedPool } from './mutatedPool'
import { appId } from './people'

/** What runs statements outside transactions. */
interface DatabaseClient {
  query(config: string | { text: string }, ...rest: unknown[]): Promise<unknown>
}

/** Making the tables takes seconds: each takes over those of the last. */
let openedPool: Promise<Pool> | undefined

const isMutated = process.env.MUTATED !== undefined

/**
 * Empty tables: in memory, or in a database of their own on the PostgreSQL of the tests. They are to be
 * given back emptied.
 */
export async function takeTestDatabase(): Promise<{ client: DatabaseClient; database: Database }> {
  const pool = await (isMutated ? takeMutatedPool() : (openedPool ??= openTestPool()))
  return { client: pool as DatabaseClient, database: drizzle({ client: pool }) }
}

export function giveBackTestDatabase(): void {
  if (isMutated) giveBackMutatedPool()
}

async function openTestPool(): Promise<Pool> {
  const databaseUrl = await createDatabase()
  if (databaseUrl === undefined) return migrated(await PGlite.create(), appId)
  return openPool({ databaseUrl, dataDir: '', appId, log: createLogger('silent') })
}

/** An empty database on the PostgreSQL of the tests; undefined where PGlite is tested. */
export async function createDatabase(): Promise<string | undefined> {
  const postgresUrl = inject('postgresUrl')
  if (postgresUrl === undefined) return undefined
  const name = `watchword_${randomBytes(6).toString('hex')}`
  const client = new Client(postgresUrl)
  await client.connect()
  try {
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  return Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).href
}

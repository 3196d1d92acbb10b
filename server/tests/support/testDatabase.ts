import { randomBytes } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { Database } from '../../src/db/database'
import { migrated } from '../../src/db/pglite'
import { openPool } from '../../src/db/postgres'
import { createLogger } from '../../src/log'
import { appId } from './people'

/** What runs statements outside transactions. */
interface DatabaseClient {
  query(config: string | { text: string }, ...rest: unknown[]): Promise<unknown>
}

/** Empty tables: in memory, or in a database of their own on the PostgreSQL of the tests. */
export async function openTestDatabase(): Promise<{ client: DatabaseClient; database: Database }> {
  const databaseUrl = await createDatabase()
  if (databaseUrl === undefined) {
    const client = await PGlite.create()
    return { client: client as DatabaseClient, database: await migrated(client, appId) }
  }
  const log = createLogger('silent')
  const pool = await openPool({ databaseUrl, dataDir: '', appId, log })
  return { client: pool as DatabaseClient, database: drizzle({ client: pool }) }
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

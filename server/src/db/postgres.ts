import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Pool, type PoolConfig } from 'pg'
import { surviveLostConnections } from './lostConnections'
import { migrationsFolder, setMigratedApp } from './migrations'
import type { DatabaseOptions, OpenDatabase } from './database'

/** How long a request waits for a connection, in ms. */
const connectLimit = 5000
/** How long one statement may take, waiting for locks included, in ms. */
const statementLimit = 10_000
/** How long a process waits for the migrations of another one, and for its own, in ms. */
const migrationLimit = 300_000
/** Any number that nobody else locks in this database. */
const migrationLock = 0x77_61_74_63

type PostgresOptions = DatabaseOptions & { databaseUrl: string }

/** A pool of connections to PostgreSQL, which many processes may use at once. */
export async function openPostgres(options: PostgresOptions): Promise<OpenDatabase> {
  const pool = await openPool(options)
  return {
    database: drizzle({ client: pool }),
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}

/** The pool, once all migrations have been applied. */
export async function openPool({
  databaseUrl,
  databasePool = 10,
  appId,
  log,
}: PostgresOptions): Promise<Pool> {
  const connection = {
    connectionString: databaseUrl,
    connectionTimeoutMillis: connectLimit,
    application_name: 'watchword',
    keepAlive: true,
  }
  await applyMigrations({ ...connection, statement_timeout: migrationLimit }, appId)
  const pool = new Pool({
    ...connection,
    max: databasePool,
    statement_timeout: statementLimit,
    idle_in_transaction_session_timeout: statementLimit,
  })
  surviveLostConnections(pool)
  // Of a connection that nobody uses: the server has ended it. The pool opens another one.
  pool.on('error', (error) => log.warn({ error }, 'an idle connection to the database has ended'))
  return pool
}

/** On a connection of its own, whose lock PostgreSQL drops with it, whatever happens. */
async function applyMigrations(connection: PoolConfig, appId: string): Promise<void> {
  const pool = new Pool({ ...connection, max: 1 })
  pool.on('error', () => undefined)
  try {
    const database = drizzle({ client: pool })
    await pool.query('select pg_advisory_lock($1)', [migrationLock])
    await setMigratedApp(database, appId)
    await migrate(database, { migrationsFolder })
  } finally {
    await pool.end()
  }
}

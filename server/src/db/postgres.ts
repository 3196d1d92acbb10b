import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Pool, type PoolConfig } from 'pg'
import { socketWithin, surviveLostConnections } from './lostConnections'
import { migrationsFolder, setMigratedApp } from './migrations'
import type { DatabaseOptions, OpenDatabase } from './database'

/** How long a request waits for a connection, in ms. */
const connectLimit = 5000
/** How long one statement may take, waiting for locks included, in ms. */
const statementLimit = 10_000
/**
 * How long a connection may be silent, in ms. PostgreSQL itself says something before: it ends what
 * takes too long, and the pool ends idle connections after 10 s.
 */
const silenceLimit = statementLimit + 2000
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
    stream: () => socketWithin(silenceLimit),
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
    await connect(pool)
    await pool.query('select pg_advisory_lock($1)', [migrationLock])
    await setMigratedApp(database, appId)
    await migrate(database, { migrationsFolder })
  } finally {
    await pool.end()
  }
}

/** Names the variable: `connect ECONNREFUSED` alone could be about anything. */
async function connect(pool: Pool): Promise<void> {
  try {
    const client = await pool.connect()
    client.release()
  } catch (error) {
    throw new Error(`DATABASE_URL: ${faultOf(error)}`, { cause: error })
  }
}

/** Where a name has several addresses, Node's error for them all has a code and no message. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}

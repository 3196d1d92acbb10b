import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { Logger } from '../log'

/** The database, or a transaction on it, in the dialect of PostgreSQL. */
export type Database = PgDatabase<PgQueryResultHKT>

/** An open database; `close` lets what is under way end, and the next process have it. */
export interface OpenDatabase {
  database: Database
  /** How its connections are used; undefined where there are none, as with PGlite. */
  pool?: () => PoolState
  close(): Promise<void>
}

/** How many connections there are, how many of them nobody uses, and who waits for one. */
export interface PoolState {
  total: number
  idle: number
  waiting: number
}

/** Where the database is, and whose data it holds. */
export interface DatabaseOptions {
  /** PostgreSQL's address; without it, PGlite keeps the database in `dataDir`. */
  databaseUrl?: string | undefined
  /** How many connections to PostgreSQL this process may have. */
  databasePool?: number | undefined
  /** Made when missing. */
  dataDir: string
  /** The app of identities that were stored before there could be several. */
  appId: string
  log: Logger
}

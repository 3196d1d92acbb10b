// The database of `npm run mutate`, where one thread runs the tests on one mutant after the other.
import { PGlite } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import { inject } from 'vitest'
import { migrated } from '../../src/db/pglite'
import { createPglitePool } from '../../src/db/pgliteConnection'
import { appId } from './people'

/** One connection to it, until it is retired. */
interface Connection {
  pool: Pool
  mutant: unknown
  /** Whether who has had it has emptied the tables. */
  isEmptied: boolean
  retire(): void
}

/** Kept where it stays when the modules are loaded anew. */
const kept = globalThis as { mutatedDatabase?: Promise<PGlite>; mutatedConnection?: Connection }

/**
 * The connection of a mutant to the tables, which are empty. Whatever the last mutant has prepared, left
 * open or still does ends with its own, so that it changes nothing for the next.
 */
export async function takeMutatedPool(): Promise<Pool> {
  const mutant = (inject as (key: string) => unknown)('activeMutant')
  const last = kept.mutatedConnection
  const isOwn = last?.mutant === mutant && last?.isEmptied === true
  const connection = isOwn ? last : await connect(mutant, last)
  connection.isEmptied = false
  return connection.pool
}

/** To be called when the tables are empty again. */
export function giveBackMutatedPool(): void {
  if (kept.mutatedConnection) kept.mutatedConnection.isEmptied = true
}

async function connect(mutant: unknown, last: Connection | undefined): Promise<Connection> {
  last?.retire()
  const pglite = await (kept.mutatedDatabase ??= openMutatedDatabase())
  let isRetired = false
  const unlessRetired = <T>(work: () => Promise<T>) =>
    isRetired ? Promise.reject(new Error('the connection was of another mutant')) : work()
  const pool = createPglitePool({
    exec: (...given) => unlessRetired(() => pglite.exec(...given)),
    execProtocolRawStream: (...given) =>
      unlessRetired(() => pglite.execProtocolRawStream(...given)),
  })
  if (last?.isEmptied === false) await pool.query(truncation)
  const retire = () => void (isRetired = true)
  return (kept.mutatedConnection = { pool, mutant, isEmptied: true, retire })
}

const truncation = `do $$ begin
  execute (select 'truncate ' || string_agg(format('%I', tablename), ', ')
    from pg_tables where schemaname = 'public');
end $$`

async function openMutatedDatabase(): Promise<PGlite> {
  const pglite = await PGlite.create()
  await (await migrated(pglite, appId)).end()
  return pglite
}

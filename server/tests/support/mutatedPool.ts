// The database of `npm run mutate`, where one thread runs the tests on one mutant after the other.
import { PGlite } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import { migrated } from '../../src/db/pglite'
import { createPglitePool } from '../../src/db/pgliteConnection'
import { appId } from './people'

/** Kept where it stays when the modules are loaded anew. */
interface Kept {
  mutatedDatabase?: Promise<PGlite>
  retireMutatedPool?: () => void
}
const kept = globalThis as Kept

/**
 * A connection of its own to the same tables, emptied. Whatever the last mutant has prepared, left open
 * or still does ends with its connection, so that it changes nothing for the next.
 */
export async function takeMutatedPool(): Promise<Pool> {
  kept.retireMutatedPool?.()
  const pglite = await (kept.mutatedDatabase ??= openMutatedDatabase())
  let isRetired = false
  kept.retireMutatedPool = () => void (isRetired = true)
  const unlessRetired = <T>(work: () => Promise<T>) =>
    isRetired ? Promise.reject(new Error('the connection was of another mutant')) : work()
  const pool = createPglitePool({
    exec: (...given) => unlessRetired(() => pglite.exec(...given)),
    execProtocolRawStream: (...given) =>
      unlessRetired(() => pglite.execProtocolRawStream(...given)),
  })
  await pool.query(emptied)
  return pool
}

const emptied = `do $$ begin
  execute (select 'truncate ' || string_agg(format('%I', tablename), ', ')
    from pg_tables where schemaname = 'public');
end $$`

async function openMutatedDatabase(): Promise<PGlite> {
  const pglite = await PGlite.create()
  await (await migrated(pglite, appId)).end()
  return pglite
}

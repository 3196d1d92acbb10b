import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPglitePool } from '../src/db/pgliteConnection'

let pglite: PGlite
let pool: Pool
beforeAll(async () => {
  pglite = await PGlite.create()
  pool = createPglitePool(pglite)
  await pool.query('create table visits (id int primary key, note text)')
})
afterAll(async () => {
  await pool.end()
  await pglite.close()
})

const note = (id: number) => ({
  name: 'note',
  text: 'select note from visits where id = $1',
  values: [id],
})

async function onConnection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

describe('a connection of node-postgres to PGlite', () => {
  it('answers queries that wait for each other in their order', async () => {
    const asked = Array.from({ length: 50 }, (_, id) => pool.query('select $1::int as id', [id]))
    const answers = await Promise.all(asked)
    expect(answers.map(({ rows }) => (rows as { id: number }[])[0]!.id)).toEqual(
      asked.map((_, id) => id),
    )
  })

  it('has a statement with a name parsed once', async () => {
    await Promise.all([pool.query(note(1)), pool.query(note(2)), pool.query(note(3))])
    const { rows } = await pool.query(
      `select (generic_plans + custom_plans)::int as runs from pg_prepared_statements where name = 'note'`,
    )
    expect(rows).toEqual([{ runs: 3 }])
  })

  it('reports what PostgreSQL refuses, with its code, and goes on', async () => {
    const twice = 'insert into visits values (1, $1), (1, $1)'
    await expect(pool.query(twice, ['a'])).rejects.toMatchObject({
      code: '23505',
      constraint: 'visits_pkey',
    })
    await expect(pool.query('select nothing')).rejects.toMatchObject({ code: '42703' })
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('brings an answer of several megabytes whole', async () => {
    const { rows } = await pool.query(`select repeat('口令', 1000000) as text`)
    expect((rows as { text: string }[])[0]!.text).toBe('口令'.repeat(1_000_000))
  })

  it('is a new session after one that was given up in the middle of a transaction', async () => {
    const client = await pool.connect()
    await client.query('begin')
    await client.query(`insert into visits values (7, 'given up')`)
    await client.query(note(7))
    client.release(new Error('given up'))
    expect((await pool.query(note(7))).rows).toEqual([])
  })

  it('rolls back what a transaction has not committed', async () => {
    await onConnection(async (client) => {
      await client.query('begin')
      await client.query(`insert into visits values (8, 'taken back')`)
      await client.query('rollback')
    })
    expect((await pool.query(note(8))).rows).toEqual([])
  })

  it('ends queries with an error once PGlite has closed', async () => {
    const closing = await PGlite.create()
    const other = createPglitePool(closing)
    await other.query('select 1')
    await closing.close()
    await expect(other.query('select 1')).rejects.toThrow()
    await other.end()
  })
})

describe('a PGlite that fails', () => {
  let failing: PGlite
  beforeAll(async () => {
    failing = await PGlite.create()
  })
  afterAll(() => failing.close())

  /** A pool of it, and what makes it fail. */
  function openFailing() {
    let isBroken = false
    const other = createPglitePool({
      exec: (query) => failing.exec(query),
      execProtocolRawStream: async (...message) => {
        if (isBroken) throw new Error('out of memory')
        return failing.execProtocolRawStream(...message)
      },
    })
    const setBroken = (next: boolean) => void (isBroken = next)
    return { other, database: drizzle({ client: other }), setBroken }
  }

  it('ends a transaction with an error, and nothing else', async () => {
    const { other, database, setBroken } = openFailing()
    const transaction = database.transaction(async (tx) => {
      await tx.execute('select 1')
      setBroken(true)
      await tx.execute('select 1')
    })
    await expect(transaction).rejects.toThrow()
    setBroken(false)
    expect(await database.transaction((tx) => tx.execute('select 1'))).toBeDefined()
    await other.end()
  })

  it('does not lose its only connection to a transaction that cannot begin', async () => {
    const { other, database, setBroken } = openFailing()
    await other.query('select 1')
    setBroken(true)
    await expect(database.transaction((tx) => tx.execute('select 1'))).rejects.toThrow()
    setBroken(false)
    expect((await other.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await other.end()
  })
})

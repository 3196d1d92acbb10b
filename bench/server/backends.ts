// Backends under measurement: each a process of its own, on a database that has its sessions.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openPglite } from '../../server/src/db/pglite'
import { openPool } from '../../server/src/db/postgres'
import { createLogger } from '../../server/src/log'
import type { OwnPostgres } from '../../server/tests/support/postgres'
import type { ServerProcess, ServerProgram } from '../../server/tests/support/serverProcess'
import { seedStatements } from './seed'

/** Where a part of the measurement runs. */
export interface Place {
  postgres: OwnPostgres
  program: ServerProgram
}

/** A database with sessions. */
export interface Seeded {
  sessions: number
  /** What tells a backend where it is. */
  env: Record<string, string>
  /** Of PostgreSQL. */
  url?: string
  remove(): Promise<void>
}

const appId = 'bench'

export async function seedPostgres(postgres: OwnPostgres, sessions: number): Promise<Seeded> {
  const name = `bench_${sessions}_${randomBytes(4).toString('hex')}`
  const client = new Client(postgres.url)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  const log = createLogger('silent')
  await (await openPool({ databaseUrl: url, dataDir: '', appId, log })).end()
  const seeding = new Client(url)
  await seeding.connect()
  try {
    for (const statement of seedStatements(sessions)) await seeding.query(statement)
  } finally {
    await seeding.end()
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'watchword-bench-'))
  return {
    sessions,
    url,
    env: { DATABASE_URL: url, DATA_DIR: dataDir },
    remove: () => rm(dataDir, { recursive: true }),
  }
}

export async function seedPglite(sessions: number): Promise<Seeded> {
  const dataDir = await mkdtemp(join(tmpdir(), 'watchword-bench-'))
  const { database, close } = await openPglite({ dataDir, appId })
  for (const statement of seedStatements(sessions)) await database.execute(statement)
  await close()
  return {
    sessions,
    env: { DATA_DIR: dataDir },
    remove: () => rm(dataDir, { recursive: true }),
  }
}

/** A backend on the database, whose WeChat is at `wechatUrl`. */
export function launchBackend(
  program: ServerProgram,
  { env }: Pick<Seeded, 'env'>,
  { wechatUrl = 'http://127.0.0.1:1', options = [] as string[] } = {},
): Promise<ServerProcess> {
  const more = {
    PORT: '0',
    TRUST_PROXY: '1',
    WECHAT_API_BASE: wechatUrl,
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: 'a-secret',
    WECHAT_TIMEOUT: '60000',
    SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
  }
  return program.launch({ ...env, ...more }, options)
}

import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { getTableName, sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { createApp } from '../../src/app'
import type { PhoneJoin, UserInfoPolicy } from '../../src/config'
import { avatars, bookings, coupons, identities, people, sessions } from '../../src/db/schema'
import { createLogger } from '../../src/log'
import type { TokenState } from '../../src/sessions'
import { readAnswer, type Answer } from './answers'
import { dayInChina } from './days'
import { startFakeWeChat } from './fakeWeChat'
import { appId, loginReply, type Person } from './people'
import { openTestDatabase } from './testDatabase'

// Making a database takes seconds; on a busy machine, many.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// To optimise PGlite's WebAssembly, V8 takes seconds in each process: more than the tests gain.
setFlagsFromString('--liftoff-only')

export { readAnswer, type Answer }

interface Sending {
  token?: string | undefined
  json?: unknown
  form?: FormData
  headers?: Record<string, string>
}

export const appSecret = 'a-secret-of-the-app'
/** As long as a hang: no test depends on how fast WeChat's scripted servers are. */
export const wechatTimeout = 60_000

interface TestBackendOptions {
  userInfoPolicy?: UserInfoPolicy
  phoneJoin?: PhoneJoin
  publicUrl?: string
}

/** Making the tables takes seconds: each backend takes over those of the last, emptied. */
let openedDatabase: ReturnType<typeof openTestDatabase> | undefined

const tables = [people, identities, sessions, bookings, coupons, avatars]

/**
 * The app on a database in memory, with WeChat's servers scripted, and a clock. One is open at a
 * time.
 */
export type TestBackend = Awaited<ReturnType<typeof openTestBackend>>

export async function openTestBackend({
  userInfoPolicy = 'unionid',
  phoneJoin = 'button',
  publicUrl = 'http://localhost',
}: TestBackendOptions = {}) {
  const wechat = await startFakeWeChat()
  const dataDir = await mkdtemp(join(tmpdir(), 'watchword-'))
  const { client, database } = await (openedDatabase ??= openTestDatabase())
  const log: string[] = []
  const lines = new EventEmitter()
  let time = Date.UTC(2026, 0, 1)
  const app = createApp({
    config: {
      wechat: { apiBase: wechat.url, appId, appSecret, timeout: wechatTimeout },
      sessionKeySecret: randomBytes(32),
      tokenTtl: 7200,
      userInfoPolicy,
      phoneJoin,
      publicUrl,
      dataDir,
    },
    database,
    log: createLogger('debug', {
      write(line) {
        log.push(line)
        lines.emit((JSON.parse(line) as { msg: string }).msg)
      },
    }),
    now: () => time,
  })

  async function send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const { token, json, form, headers } = sending
    const response = await app.request(path, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: form }),
    })
    return readAnswer(response)
  }

  /** A login code that WeChat takes as the person's, once. */
  function loginCode(person: Person): string {
    const code = randomBytes(16).toString('hex')
    wechat.script(`login ${code}`, loginReply(person))
    return code
  }

  return {
    app,
    database,
    wechat,
    log,
    send,
    loginCode,
    /** Lets time pass, in seconds. */
    pass: (seconds: number) => void (time += seconds * 1000),
    now: () => time,
    /** The next line of the log that says so. */
    logged: (msg: string) => once(lines, msg),
    /** The day in China so many days from now. */
    day: (days: number) => dayInChina(time, days),

    /**
     * Sends what makes the backend call WeChat, and lets the time limit of that call pass without a
     * reply.
     */
    async unanswered(key: string, sending: () => Promise<Answer>): Promise<Answer> {
      const call = wechat.hold(key)
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      try {
        const answer = sending()
        await call.arrived
        vi.advanceTimersByTime(wechatTimeout)
        return await answer
      } finally {
        vi.useRealTimers()
      }
    },

    /** Lets something happen just before the next statement outside transactions that begins so. */
    before(statement: string, happen: () => Promise<unknown>) {
      const query = client.query.bind(client)
      const spy = vi.spyOn(client, 'query').mockImplementation(async (config, ...rest) => {
        const text = typeof config === 'string' ? config : config.text
        if (text.startsWith(statement)) {
          spy.mockRestore()
          await happen()
        }
        return query(config, ...rest)
      })
    },

    /** Lets something happen just before the next transaction. */
    beforeTransaction(happen: () => Promise<unknown>) {
      const transaction = database.transaction.bind(database)
      const spy = vi.spyOn(database, 'transaction').mockImplementation(async (work) => {
        spy.mockRestore()
        await happen()
        return transaction(work)
      })
    },

    /** Logs the person in and returns the token state. */
    async signIn(person: Person, headers: Record<string, string> = {}): Promise<TokenState> {
      const json = { code: loginCode(person) }
      return stateOf(await send('POST', '/auth/login', { json, headers }))
    },

    /** How many rows each table has. */
    async rows(): Promise<Record<string, number>> {
      const counts = tables.map(async (table) => [
        getTableName(table),
        await database.$count(table),
      ])
      return Object.fromEntries(await Promise.all(counts)) as Record<string, number>
    },

    dataDir,
    /** The names of the pictures' files. */
    pictures: () => readdir(join(dataDir, 'avatars')).catch(() => [] as string[]),

    /** Ends the test file; the script must have been followed to its end. */
    async close() {
      await wechat.close()
      await database.execute(sql`truncate ${sql.join(tables, sql`, `)}`)
      await rm(dataDir, { recursive: true })
      expect(wechat.faults()).toEqual([])
    },
  }
}

/** The token state of an answer that must have one. */
export function stateOf({ status, body }: Answer): TokenState {
  if (!body.tokenState) throw new Error(`an answer of ${status} without a token state`)
  return body.tokenState
}

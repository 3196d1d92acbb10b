import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { getTableName, isNotNull, sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { createApp } from '../../src/app'
import type { AppOptions } from '../../src/appOptions'
import type { PhoneJoin, UserInfoPolicy, WeChatApp, WeChatPushConfig } from '../../src/config'
import type { TrustProxy } from '../../src/http/clientAddress'
import { noLimits, type LimitsConfig } from '../../src/limits/rateLimit'
import {
  avatars,
  bookings,
  counters,
  coupons,
  events,
  identities,
  people,
  pushEvents,
  scans,
  sessions,
  textCodes,
} from '../../src/db/schema'
import { createLogger } from '../../src/log'
import type { SmsMessage, SmsSender } from '../../src/sms/smsSender'
import type { TokenState } from '../../src/sessions'
import type { OAuthApps, ScanCodeConfig } from '../../src/wechat/signInConfig'
import { readAnswer, type Answer } from './answers'
import { clock } from './clock'
import { dayInChina } from './days'
import { startFakeWeChat } from './fakeWeChat'
import { appId, loginReply, type Person } from './people'
import { giveBackTestDatabase, takeTestDatabase } from './testDatabase'

// To optimise PGlite's WebAssembly, V8 takes seconds in each process: more than the tests gain.
setFlagsFromString('--liftoff-only')

export { readAnswer, type Answer }

interface Sending {
  token?: string | undefined
  json?: unknown
  form?: FormData
  headers?: Record<string, string>
  /** The address that the request comes from; without a socket if not given. */
  from?: string
}

export const appSecret = 'a-secret-of-the-app'
/** As long as a hang: no test depends on how fast WeChat's scripted servers are. */
export const wechatTimeout = 60_000

interface TestBackendOptions {
  userInfoPolicy?: UserInfoPolicy
  /** `button` if not given; undefined lets a text code prove the number. */
  phoneJoin?: PhoneJoin | undefined
  publicUrl?: string
  tokenTtl?: number
  limits?: Partial<LimitsConfig>
  trustProxy?: TrustProxy
  /** How many apps on one database take the requests in turn; one if not given. */
  instances?: number
  wechatPush?: WeChatPushConfig
  /** Beside the app of `appId`. */
  otherApps?: WeChatApp[]
  /** Sends text codes into an inbox unless false. */
  sms?: boolean | SmsSender
  checkTextCode?: AppOptions['checkTextCode']
  numberSince?: AppOptions['numberSince']
  scanCode?: ScanCodeConfig | undefined
  oauthApps?: OAuthApps
  draining?: AbortSignal
}

/** Those that hold what is somebody's. */
const tables = [people, identities, sessions, bookings, coupons, avatars]

/**
 * The app on a database in memory, with WeChat's servers scripted, and a clock. One is open at a
 * time.
 */
export type TestBackend = Awaited<ReturnType<typeof openTestBackend>>

export async function openTestBackend({
  userInfoPolicy = 'unionid',
  publicUrl = 'http://localhost',
  wechatPush,
  tokenTtl = 7200,
  limits,
  trustProxy = { is: 'nobody' },
  instances = 1,
  otherApps = [],
  sms = true,
  checkTextCode,
  numberSince,
  scanCode,
  oauthApps,
  draining,
  ...others
}: TestBackendOptions = {}) {
  const phoneJoin = 'phoneJoin' in others ? others.phoneJoin : 'button'
  const wechat = await startFakeWeChat()
  const { client, database } = await takeTestDatabase()
  const log: string[] = []
  const inbox: SmsMessage[] = []
  const keep: SmsSender = (message) => Promise.resolve(void inbox.push(message))
  const lines = new EventEmitter()
  let time = Date.UTC(2026, 0, 1)
  clock.now = () => time
  const options: AppOptions = {
    config: {
      wechat: {
        apiBase: wechat.url,
        apps: [{ appId, appSecret }, ...otherApps],
        timeout: wechatTimeout,
        concurrency: 64,
        scanCode,
        oauthApps,
      },
      wechatPush,
      sessionKeySecrets: [randomBytes(32)],
      tokenTtl,
      sessionIdleDays: 30,
      userInfoPolicy,
      phoneJoin,
      phoneProofDays: 90,
      limits: { ...noLimits, ...limits },
      trustProxy,
      eventsDays: 180,
      publicUrl,
    },
    database,
    log: createLogger('debug', {
      write(line) {
        log.push(line)
        lines.emit((JSON.parse(line) as { msg: string }).msg)
      },
    }),
    now: clock.now,
    ...{ checkTextCode, numberSince },
    ...(draining && { draining }),
    ...(sms && { sendSms: sms === true ? keep : sms }),
  }
  const apps = Array.from({ length: instances }, () => createApp(options))
  const app = apps[0]!
  let turn = 0

  async function send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const { token, json, form, headers, from } = sending
    const init = {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: form }),
    }
    const env = from === undefined ? {} : { incoming: { socket: { remoteAddress: from } } }
    const response = await apps[turn++ % apps.length]!.request(path, init, env)
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
    /** The same backend after a restart that serves other apps beside the first. */
    serving: (others: WeChatApp[]) => {
      const apps = [{ appId, appSecret }, ...others] as const
      const wechatConfig = { ...options.config.wechat, apps }
      return createApp({ ...options, config: { ...options.config, wechat: wechatConfig } })
    },
    database,
    wechat,
    log,
    send,
    /** The text messages that were sent. */
    inbox,

    /** Asks for a text code and returns it. */
    async textCode(phone: string, purpose: 'login' | 'bind' | 'password' = 'login') {
      const { status } = await send('POST', '/auth/sms-codes', { json: { phone, purpose } })
      const message = inbox.at(-1)
      if (status !== 202 || !message) throw new Error(`no text code: ${status}`)
      return message.code
    },

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

    /** How many rows each table has that holds what is somebody's. */
    async rows(): Promise<Record<string, number>> {
      const counts = tables.map(async (table) => {
        return [getTableName(table), await database.$count(table)] as const
      })
      // The event of a deletion, which is nobody's, stays.
      const ofSomebody = await database.$count(events, isNotNull(events.personId))
      return { ...Object.fromEntries(await Promise.all(counts)), events: ofSomebody }
    },

    /** Ends the test file; the script must have been followed to its end. */
    async close() {
      clock.now = Date.now
      await wechat.close()
      const emptied = [...tables, counters, events, pushEvents, scans, textCodes]
      await database.execute(sql`truncate ${sql.join(emptied, sql`, `)}`)
      giveBackTestDatabase()
      expect(wechat.faults()).toEqual([])
    },
  }
}

/** The token state of an answer that must have one. */
export function stateOf({ status, body }: Answer): TokenState {
  if (!body.tokenState) throw new Error(`an answer of ${status} without a token state`)
  return body.tokenState
}

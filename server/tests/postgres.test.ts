// What only several processes on one PostgreSQL can show; all other tests run on it, too.
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { readConfig } from '../src/readConfig'
import { startServer, type RunningServer } from '../src/server'
import { readAnswer, stateOf, type Answer } from './support/backend'
import { startFakeWeChat, type FakeWeChat } from './support/fakeWeChat'
import {
  appId,
  loginReply,
  makePerson,
  makePhoneNumber,
  sealedPhone,
  sealedUserInfo,
  type Person,
} from './support/people'
import { createDatabase } from './support/testDatabase'

describe.runIf(inject('postgresUrl'))('several processes on one PostgreSQL', () => {
  let wechat: FakeWeChat
  let databaseUrl: string
  let servers: RunningServer[]
  let log: string[]
  beforeEach(async () => {
    wechat = await startFakeWeChat()
    databaseUrl = (await createDatabase())!
    log = []
    servers = await Promise.all(Array.from({ length: 3 }, start))
  })
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.close()))
    await wechat.close()
    expect(wechat.faults()).toEqual([])
  })

  function start(): Promise<RunningServer> {
    const config = readConfig({
      PORT: '0',
      DATABASE_URL: databaseUrl,
      WECHAT_API_BASE: wechat.url,
      WECHAT_APP_ID: appId,
      WECHAT_APP_SECRET: 'a-secret',
      WECHAT_TIMEOUT: '60000',
      SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
      PHONE_JOIN: 'button',
    })
    return startServer(config, { logDestination: { write: (line) => void log.push(line) } })
  }

  /** Each request goes to the next process, as behind a balancer. */
  let turn = 0
  async function send(path: string, body: object | undefined, token?: string): Promise<Answer> {
    const { url } = servers[turn++ % servers.length]!
    const headers = {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    }
    const init = body && { method: 'POST', body: JSON.stringify(body) }
    return readAnswer(await fetch(url + path, { ...init, headers }))
  }

  let codes = 0
  async function signIn(person: Person): Promise<string> {
    const code = `code-${codes++}`
    wechat.script(`login ${code}`, loginReply(person))
    return stateOf(await send('/auth/login', { code })).accessToken
  }

  const people = (count: number) => Array.from({ length: count }, () => makePerson())
  async function count(table: string): Promise<number> {
    const client = new Client(databaseUrl)
    await client.connect()
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`)
    await client.end()
    return Number(rows[0]!.count)
  }

  it('make its tables once, when they begin on an empty one at once', async () => {
    expect(await count('drizzle.__drizzle_migrations')).toBeGreaterThan(3)
    expect(await count('people')).toBe(0)
  })

  it('know a session that another one has begun', async () => {
    const token = await signIn(makePerson())
    const answers = await Promise.all(servers.map(() => send('/me', undefined, token)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('make one person of a user whose first logins come at once', async () => {
    const person = makePerson()
    const relative = { ...makePerson(), unionid: person.unionid! }
    await Promise.all([person, relative, person, relative, person, relative].map(signIn))
    expect(await count('identities')).toBe(2)
    expect(await count('people')).toBe(1)
  })

  it('join people crosswise, by number and by unionid at once, and nobody waits for ever', async () => {
    const pairs = Array.from({ length: 12 }, () => people(2) as [Person, Person])
    const joins = pairs.map(async ([one, other]) => {
      const unknown = { openid: other.openid, sessionKey: other.sessionKey }
      const [first, second] = await Promise.all([signIn(one), signIn(unknown)])
      const [a, b] = [makePhoneNumber(), makePhoneNumber()]
      await send('/auth/phone-number', sealedPhone(one, a), first)
      await send('/auth/phone-number', sealedPhone(unknown, b), second)
      const answers = await Promise.all([
        send('/auth/phone-number', sealedPhone(one, b), first),
        send('/auth/phone-number', sealedPhone(unknown, a), second),
        send('/auth/user-info', sealedUserInfo(unknown, one.unionid), second),
      ])
      return answers.map(({ status }) => status)
    })
    for (const statuses of await Promise.all(joins)) expect(statuses).toEqual([200, 200, 200])
    expect(await count('people')).toBe(pairs.length)
    expect(await count('identities')).toBe(2 * pairs.length)
  })

  it('answer on when PostgreSQL has ended their connections', async () => {
    const token = await signIn(makePerson())
    const client = new Client(databaseUrl)
    await client.connect()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await client.end()
    await expect.poll(async () => (await send('/me', undefined, token)).status).toBe(200)
    expect(log.join('')).not.toContain(databaseUrl)
  })
})

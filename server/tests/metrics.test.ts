import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../src/readConfig'
import { startServer, type RunningServer } from '../src/server'
import { startFakeWeChat, type FakeWeChat } from './support/fakeWeChat'
import { appId, loginReply, makePerson } from './support/people'
import { createDatabase } from './support/testDatabase'

let dataDir: string
let server: RunningServer
let wechat: FakeWeChat
let databaseUrl: string | undefined
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'watchword-'))
  wechat = await startFakeWeChat()
  databaseUrl = await createDatabase()
  const config = readConfig({
    PORT: '0',
    METRICS_PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    WECHAT_API_BASE: wechat.url,
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: 'a-secret',
    SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
    LOG_LEVEL: 'silent',
  })
  server = await startServer(config)
})
afterAll(async () => {
  await server.close()
  await wechat.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function readMetrics(): Promise<string[]> {
  const response = await fetch(server.metricsUrl!)
  expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/)
  return (await response.text()).split('\n')
}

it('Prometheus reads requests by route, never by address, and the process', async () => {
  for (const path of ['/services', '/services', '/me', '/avatars/one', '/avatars/other', '/no/1'])
    await fetch(server.url + path)
  const lines = await readMetrics()
  const count = (method: string, route: string, status: number) =>
    `http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`
  expect(lines.filter((line) => line.startsWith('http_request_duration_seconds_count'))).toEqual([
    `${count('GET', '/services', 200)} 2`,
    `${count('GET', '/me', 401)} 1`,
    `${count('GET', '/avatars/:name', 404)} 2`,
    `${count('GET', 'none', 404)} 1`,
  ])
  expect(lines.find((line) => line.startsWith('http_connections '))).toMatch(/ [1-9]$/)
  expect(lines.find((line) => line.startsWith('process_resident_memory_bytes '))).toBeDefined()
})

it('Prometheus reads calls of WeChat by path and outcome, and no secret of them', async () => {
  const person = makePerson()
  wechat.script('login code-of-one', loginReply(person))
  wechat.script('login code-of-other', { errcode: 40029 })
  wechat.script('login code-of-third', 'garbage')
  for (const code of ['code-of-one', 'code-of-other', 'code-of-third']) {
    const init = { method: 'POST', body: JSON.stringify({ code }) }
    const headers = { 'Content-Type': 'application/json' }
    await fetch(`${server.url}/auth/login`, { ...init, headers })
  }
  const lines = (await readMetrics()).filter((line) => line.startsWith('wechat_'))
  const count = (outcome: string) =>
    `wechat_request_duration_seconds_count{api="/sns/jscode2session",outcome="${outcome}"} 1`
  expect(lines.filter((line) => line.includes('_count'))).toEqual([
    count('ok'),
    count('40029'),
    count('failed'),
  ])
  const secrets = ['code-of', 'a-secret', person.openid, person.sessionKey, person.unionid!]
  expect(secrets.filter((secret) => lines.join('\n').includes(secret))).toEqual([])
})

it('Prometheus reads the connections to the database, where there are any', async () => {
  const lines = (await readMetrics()).filter((line) => line.startsWith('database_'))
  expect(lines.map((line) => line.replace(/\d+$/, 'n'))).toEqual(
    databaseUrl === undefined
      ? []
      : ['database_connections n', 'database_connections_idle n', 'database_connections_waiting n'],
  )
  if (databaseUrl !== undefined) {
    const [total = 0, idle, waiting] = lines.map((line) => Number(line.split(' ')[1]))
    expect(total).toBeGreaterThan(0)
    // No request is under way.
    expect([idle, waiting]).toEqual([total, 0])
  }
})

it('metrics have an address of their own, which serves nothing else', async () => {
  const { origin, hostname } = new URL(server.metricsUrl!)
  expect(hostname).toBe('127.0.0.1')
  expect(origin).not.toBe(server.url)
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
  expect((await fetch(`${origin}/services`)).status).toBe(404)
})

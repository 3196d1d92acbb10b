import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../src/config'
import { startServer, type RunningServer } from '../src/server'
import { appId } from './support/people'
import { createDatabase } from './support/testDatabase'

let dataDir: string
let server: RunningServer
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'watchword-'))
  const config = readConfig({
    PORT: '0',
    METRICS_PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: await createDatabase(),
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: 'a-secret',
    SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
    LOG_LEVEL: 'silent',
  })
  server = await startServer(config)
})
afterAll(async () => {
  await server.close()
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

it('metrics have an address of their own, which serves nothing else', async () => {
  const { origin, hostname } = new URL(server.metricsUrl!)
  expect(hostname).toBe('127.0.0.1')
  expect(origin).not.toBe(server.url)
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
  expect((await fetch(`${origin}/services`)).status).toBe(404)
})

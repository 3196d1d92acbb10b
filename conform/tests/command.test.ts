import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askByCommand, askByHttp, CannotRun, exitCodeOf, runChecks } from '../src'
import { readCommand } from '../src/options'
import { openReference, routes, type Reference } from './support/reference'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'watchword-conform-'))
const servers: Server[] = []
let reference: Reference

beforeAll(async () => {
  reference = await openReference()
})
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function conform(...args: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/typescript.mjs', 'conform/src/main.ts', ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
  )
  const closed = once(child, 'close') as Promise<[number]>
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    closed,
  ])
  return { code, output, complaint }
}

it('over real HTTP, finds the reference backend as the contract wants it, and writes JUnit', async () => {
  const { getRequestListener } = await import('@hono/node-server')
  const listener = getRequestListener(reference.appUnder('unionid').fetch)
  const url = await serve((request, response) => void listener(request, response))
  const junit = join(folder, 'good.xml')
  const { code, output, complaint } = await conform(
    url,
    '--wechat',
    reference.wechatUrl,
    '--junit',
    junit,
  )
  expect({ code, complaint }).toEqual({ code: 0, complaint: '' })
  expect(output).toMatch(/^ {2}✓ a login code works once +#401$/m)
  expect(output).toMatch(/^ {2}– a replaced session ends after 60 s.* add --patience 61$/m)
  expect(output).toMatch(/^\d+ passed, 0 failed, 13 skipped$/m)
  expect(readFileSync(junit, 'utf8')).toMatch(
    /<testsuites .* failures="0" errors="0" skipped="13">/,
  )
})

it('names what the contract wants, what came and the section, without secrets', async () => {
  const secret = { openid: 'o-secret', contact: '13900001234' }
  const url = await serve((request, response) => {
    request.resume()
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ tokenState: { accessToken: 'secret-token', ...secret } }))
  })
  const junit = join(folder, 'bad.xml')
  const { code, output } = await conform(url, '--wechat', reference.wechatUrl, '--junit', junit)
  expect(code).toBe(1)
  expect(output).toMatch(
    /^✗ login\/single-use {2}docs\/protocol\.md#401\n +the contract wants {2}the second login with a code: 401 with .*\n +what came +POST \/auth\/login → 200; .*<hidden>/m,
  )
  const xml = readFileSync(junit, 'utf8')
  expect(xml).toContain('<failure message="the second login with a code: 401 with')
  for (const written of [output, xml]) {
    expect(written).not.toMatch(/o-secret|secret-token|13900001234/)
  }
})

it('cannot run where nobody listens: exit code 2 and one line', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  const { code, complaint } = await conform(
    `http://127.0.0.1:${port}`,
    '--wechat',
    reference.wechatUrl,
  )
  expect(complaint).toBe('nobody answers GET /services: ECONNREFUSED\n')
  expect(code).toBe(2)
})

it('says in one line that it cannot write JUnit', async () => {
  const url = await serve((_, response) => void response.end('{}'))
  const junit = join(folder, 'missing', 'junit.xml')
  const from = ['--wechat', reference.wechatUrl]
  const { code, complaint } = await conform(url, ...from, '--junit', junit)
  expect(complaint).toMatch(/^--junit: ENOENT: .*\n$/)
  expect(code).toBe(2)
})

it('cannot run where nobody issues login codes', async () => {
  const url = await serve((_, response) => void response.end('{}'))
  const ask = askByHttp('http://127.0.0.1:1', 1000)
  await expect(runChecks({ baseUrl: url, routes, ask, run: 'none' })).rejects.toThrow(CannotRun)
})

it.each([
  [[], /^npm run conform -- <address/],
  [['localhost:8080'], /^the address of the backend must be such as/],
  [
    ['http://a.example', '--skip', 'lgoin'],
    /^--skip: no area and no check is lgoin. The areas: guest, login, /,
  ],
  [['http://a.example', '--phone-route', 'POST bookings'], /^--phone-route must be a route/],
  [['http://a.example', '--phone-route', 'POST /a {'], /^--phone-route: \{ is not JSON/],
  [['http://a.example', '--session-route', 'none'], /^--session-route is needed/],
  [['http://a.example', '--patience', 'long'], /^--patience must be a whole number/],
  [
    ['http://a.example', '--wechat', 'http://b.example', '--codes-url', 'http://c.example'],
    /^one of/,
  ],
  [['http://a.example', '--what'], /^Unknown option '--what'. npm run conform -- --help/],
  [['http://a.example/api?x=1'], /^the address of the backend must be such as/],
  [['http://a.example', '--phone-route', 'POST', '/a'], /^put options .* nothing reads \/a\./],
])('refuses the arguments %j', (args, message) => {
  expect(() => readCommand(args)).toThrow(message)
})

describe('a command of one’s own', () => {
  const ask = (script: string) =>
    askByCommand(`"${process.execPath}" -e "${script}"`, 60_000)('login-code', { person: 'lin' })

  it.each([
    ['a code', 'console.log(process.argv.slice(1).join())', { code: 'login-code,lin' }],
    ['JSON', 'console.log(JSON.stringify({ code: [7].join() }))', { code: '7' }],
  ])('prints %s', async (_, script, reply) => {
    expect(await ask(script)).toEqual(reply)
  })

  it.each([
    ['ends with a status other than 0', 'process.exit(3)'],
    ['prints nothing', ''],
    ['prints half a JSON text', `console.log('{')`],
  ])('that %s issues no login codes: nothing can be checked', async (_, script) => {
    await expect(ask(script)).rejects.toThrow(CannotRun)
  })
})

it('reads a route with its method and a body', () => {
  const command = readCommand(['http://a.example/api/', '--phone-route', 'POST /orders {"item":1}'])
  expect(command).toMatchObject({
    options: {
      baseUrl: 'http://a.example/api',
      routes: { phone: { method: 'POST', path: '/orders', json: { item: 1 } }, both: undefined },
    },
  })
})

it('does not blame a backend that limits its logins', async () => {
  const results = await runChecks({
    ...{ baseUrl: 'http://limits.example', routes, run: 'limited' },
    ask: askByHttp(`${reference.wechatUrl}/_control`, 60_000),
    fetch: (url) => {
      const isLogin = String(url).endsWith('/auth/login')
      const init = { status: isLogin ? 429 : 200, headers: { 'Retry-After': '60' } }
      return Promise.resolve(Response.json({}, init))
    },
  })
  const away = results.find(({ id }) => id === 'limits/wechat-away')
  expect(away?.outcome).toEqual({
    is: 'blocked',
    reason: expect.stringMatching(/^the backend limits logins, try later: /) as string,
  })
})

describe('a request that is not answered', () => {
  const wechat = () => askByHttp(`${reference.wechatUrl}/_control`, 60_000)
  const answer = () => Response.json({})

  it('is waited for no longer than the time limit, and reported', async () => {
    const results = await runChecks({
      ...{ baseUrl: 'http://slow.example', routes, ask: wechat(), run: 'slow', timeLimit: 20 },
      fetch: (url, init) =>
        String(url).endsWith('/services')
          ? Promise.resolve(answer())
          : new Promise((_, reject) => {
              const signal = init!.signal!
              signal.addEventListener('abort', () => reject(signal.reason as Error))
            }),
    })
    const guest = results.find(({ id }) => id === 'guest/login-required')
    expect(guest?.outcome).toEqual({
      is: 'failed',
      wants: 'an answer to GET /me within 0.02 s',
      came: 'none',
    })
  })

  it('ends the run if it is the first one', async () => {
    const url = await serve(() => {})
    const options = { baseUrl: url, routes, ask: wechat(), run: 'silent', timeLimit: 20 }
    await expect(runChecks(options)).rejects.toThrow(
      new CannotRun('nobody answers GET /services within 0.02 s'),
    )
  })

  it('fails its check if the backend ends at it, and the rest cannot be checked', async () => {
    let asked = 0
    const results = await runChecks({
      ...{ baseUrl: 'http://crashes.example', routes, ask: wechat(), run: 'crash' },
      fetch() {
        asked += 1
        if (asked === 1) return Promise.resolve(answer())
        const code = asked === 2 ? 'ECONNRESET' : 'ECONNREFUSED'
        const cause = Object.assign(new Error(), { code })
        return Promise.reject(new TypeError('fetch failed', { cause }))
      },
    })
    const outcomes = results.map(({ outcome }) => outcome)
    expect(outcomes).toContainEqual({
      is: 'failed',
      wants: expect.stringMatching(/^an answer to GET /) as string,
      came: 'the connection was closed without one (ECONNRESET)',
    })
    expect(outcomes).toContainEqual({
      is: 'blocked',
      reason: 'nobody answers any more: POST /auth/login: ECONNREFUSED',
    })
    expect(exitCodeOf(results)).toBe(1)
  })
})

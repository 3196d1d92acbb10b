import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type SimulatorServer } from '../../src'
import type { MiniProgram } from '../../src/host/miniProgram'
import type { MiniProgramOptions } from '../../src/host/miniProgramOptions'
import type { RequestRecord, TokenRecord } from '../../src/record'
import type { HostMessage, Outcome } from '../../src/wire'
import { fixtureApp, readBody, serveHttp } from '../support/fixture'

const token = 'kN3mQ8vXw2ZbYt7LpRcS5hDfGjA1eUoI9x4'

const inHeader = (state: object) => Buffer.from(JSON.stringify(state)).toString('base64url')

let server: SimulatorServer
let backend: { url: string; close(): Promise<void> }
/** `POST /auth/logout Bearer …` and so on, as they arrive. */
let heard: string[]
let tokenState: Record<string, unknown>
let logoutStatus: number

beforeAll(async () => {
  server = await startServer({ dist: fixtureApp })
  backend = await serveHttp((request, response) => {
    void readBody(request).then(() => {
      const { method, url, headers } = request
      heard.push(`${method} ${url} ${headers.authorization ?? '-'}`)
      if (/\/auth\/(logout|account)$/.test(url ?? '')) return response.writeHead(logoutStatus).end()
      if (url?.startsWith('/elsewhere')) return response.end('{}')
      if (url === '/header') {
        return response.writeHead(200, { 'Token-State': inHeader(tokenState) }).end('1')
      }
      const isBinary = url?.endsWith('/picture')
      response.setHeader('content-type', isBinary ? 'image/png' : 'application/json')
      response.end(isBinary ? Buffer.from([0xff, 0xd8]) : JSON.stringify({ data: 1, tokenState }))
    })
  })
})
afterAll(async () => {
  await server.close()
  await backend.close()
})
beforeEach(() => {
  heard = []
  tokenState = { accessToken: token, expiresIn: 7200 }
  logoutStatus = 204
})

/** A mini-program whose page is this test. */
function open(options: MiniProgramOptions = {}) {
  const miniProgram = server.openMiniProgram(options)
  const said: HostMessage[] = []
  const waiting = new Map<string, (outcome: Outcome) => void>()
  miniProgram.connect((message) => {
    said.push(message)
    if (message.type === 'done') waiting.get(message.id)?.(message.outcome)
  })
  let calls = 0
  const request = (path: string, header: Record<string, string> = {}, text?: string) =>
    new Promise<Outcome>((resolve) => {
      const id = `r${(calls += 1)}`
      waiting.set(id, resolve)
      const method = text === undefined ? 'GET' : 'POST'
      const call = { api: 'request', method, url: backend.url + path, header } as const
      const body = text === undefined ? {} : { body: { text } }
      const http = { ...call, ...body, responseType: 'text', timeout: 5_000 } as const
      miniProgram.receive({ type: 'http', id, call: http })
    })
  const ask = (api: string) =>
    new Promise<Outcome>((resolve) => {
      const id = `a${(calls += 1)}`
      waiting.set(id, resolve)
      miniProgram.receive({ type: 'wechat', id, call: { api, options: {} } })
    })
  return { miniProgram, said, request, ask, close: () => server.closeMiniProgram(miniProgram) }
}

const requestsOf = (miniProgram: MiniProgram) => miniProgram.requests as RequestRecord[]
const lastToken = (miniProgram: MiniProgram) =>
  miniProgram.records.filter((record): record is TokenRecord => record.kind === 'token').at(-1)

describe('records', () => {
  it('hold bodies, headers and times of an exchange, and no secret', async () => {
    const { miniProgram, request, close } = open()
    await request(
      '/bookings?code=0f3aKd1wXz',
      { Authorization: `Bearer ${token}` },
      JSON.stringify({ name: '林小舟', phone: '15400001234' }),
    )
    const [record] = requestsOf(miniProgram)
    expect(record).toMatchObject({
      kind: 'request',
      method: 'POST',
      status: 200,
      errMsg: 'request:ok',
      requestBody: '{"name":"林小舟","phone":"154****1234"}',
    })
    const { queuedAt, sentAt, headersAt, endedAt } = record!
    const times = [queuedAt, sentAt, headersAt, endedAt]
    expect(times.toSorted()).toEqual(times)
    expect(JSON.stringify(miniProgram.records)).not.toMatch(
      new RegExp(`${token}|0f3aKd1wXz|15400001234`),
    )
    close()
  })

  it('leave out bodies that are no text', async () => {
    const { miniProgram, request, close } = open()
    await request('/picture')
    expect(requestsOf(miniProgram)[0]).not.toHaveProperty('responseBody')
    close()
  })

  it('are sent to the page, again whenever they have grown, where a workbench watches', async () => {
    const watched = open({ isWatched: true })
    await watched.request('/services')
    const records = watched.said.flatMap((message) =>
      message.type === 'record' && message.record.kind === 'request' ? [message.record] : [],
    )
    expect(new Set(records.map(({ id }) => id)).size).toBe(1)
    expect(records.length).toBeGreaterThan(3)
    expect(records.at(-1)).toMatchObject({ status: 200, errMsg: 'request:ok' })
    watched.close()
    const alone = open()
    await alone.request('/services')
    expect(alone.said.map(({ type }) => type)).toEqual(['headers', 'done'])
    alone.close()
  })

  it('tell when a dialogue was drawn, and how it was answered', async () => {
    const { miniProgram, ask, close } = open()
    await ask('showModal')
    expect(miniProgram.records.at(-1)).toMatchObject({
      kind: 'wechat',
      shownAt: expect.any(Number),
    })
    expect(miniProgram.records.at(-1)).not.toHaveProperty('endedAt')
    miniProgram.receive({ type: 'answered', api: 'showModal', errMsg: 'showModal:ok' })
    expect(miniProgram.records.at(-1)).toMatchObject({
      errMsg: 'showModal:ok',
      endedAt: expect.any(Number),
    })
    close()
  })

  it('hold no secret of an error or of a refused address either', async () => {
    const { miniProgram, request, close } = open()
    const [message, stack] = [`refused: Bearer ${token}`, `at login (Bearer ${token})`]
    miniProgram.receive({ type: 'problem', problem: { type: 'error', message, stack } })
    const rejected = JSON.stringify({ data: { accessToken: token }, code: '0f3aKd1wXz' })
    miniProgram.receive({ type: 'problem', problem: { type: 'error', message: rejected } })
    await request(`x:/?code=0f3aKd1wXz&token=${token}`)
    expect(JSON.stringify(miniProgram.records)).not.toMatch(new RegExp(`${token}|0f3aKd1wXz`))
    close()
  })

  it("hold the app's life and its problems", () => {
    const problems: unknown[] = []
    const { miniProgram, close } = open({ onProblem: (problem) => problems.push(problem) })
    miniProgram.receive({ type: 'life', event: 'page', route: 'pages/home/home' })
    const problem = { type: 'error', message: 'TypeError: x is undefined' } as const
    miniProgram.receive({ type: 'problem', problem })
    expect(miniProgram.records).toMatchObject([
      { kind: 'life', event: 'page', route: 'pages/home/home' },
      { kind: 'problem', ...problem },
    ])
    expect(problems).toEqual([problem])
    close()
  })
})

describe('the network', () => {
  const network = { latency: 0, jitter: 0, offline: false, failNext: 0 }

  it('fails as a phone without one, and tells the app so, while offline', async () => {
    const { miniProgram, said, request, ask, close } = open()
    await miniProgram.control({ type: 'network', network: { ...network, offline: true } })
    expect(await request('/services')).toEqual({
      kind: 'fail',
      errMsg:
        'request:fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED',
      errno: 600001,
    })
    expect(await ask('getNetworkType')).toEqual({ kind: 'ok', result: { networkType: 'none' } })
    await miniProgram.control({ type: 'network', network })
    expect(await request('/services')).toMatchObject({ kind: 'ok' })
    expect(await ask('getNetworkType')).toEqual({ kind: 'ok', result: { networkType: 'wifi' } })
    expect(heard).toEqual(['GET /services -'])
    const changes = said.filter(({ type }) => type === 'network')
    expect(changes).toEqual([
      { type: 'network', isConnected: false },
      { type: 'network', isConnected: true },
    ])
    expect(requestsOf(miniProgram)[0]).toMatchObject({ interference: 'offline' })
    close()
  })

  it('breaks the next requests, as many as were asked for', async () => {
    const { miniProgram, request, close } = open({ network: { ...network, failNext: 2 } })
    const outcomes = [await request('/a'), await request('/b'), await request('/c')]
    expect(outcomes.map(({ kind }) => kind)).toEqual(['fail', 'fail', 'ok'])
    expect(heard).toEqual(['GET /c -'])
    expect(requestsOf(miniProgram).map(({ interference }) => interference)).toEqual([
      'failed',
      'failed',
      undefined,
    ])
    close()
  })

  it('holds each request back for the latency, and lets it be aborted meanwhile', async () => {
    const { miniProgram, request, close } = open({ network: { ...network, latency: 40 } })
    await request('/a')
    const [{ sentAt, headersAt }] = requestsOf(miniProgram) as [RequestRecord]
    expect(headersAt! - sentAt!).toBeGreaterThanOrEqual(39)
    await miniProgram.control({ type: 'network', network: { ...network, latency: 60_000 } })
    const aborted = request('/b')
    miniProgram.receive({ type: 'abort', id: 'r2' })
    expect(await aborted).toEqual({ kind: 'fail', errMsg: 'request:fail abort' })
    expect(heard).toEqual(['GET /a -'])
    close()
  })

  it('answers 401 to all but the session endpoints, when the backend is to refuse always', async () => {
    const { miniProgram, request, close } = open({ alwaysUnauthorised: true })
    expect(await request('/services')).toMatchObject({ kind: 'ok', result: { statusCode: 401 } })
    expect(await request('/auth/login', {}, '{}')).toMatchObject({ result: { statusCode: 200 } })
    await miniProgram.control({ type: 'unauthorised', always: false })
    expect(await request('/services')).toMatchObject({ result: { statusCode: 200 } })
    expect(heard).toEqual(['POST /auth/login -', 'GET /services -'])
    expect(requestsOf(miniProgram)[0]).toMatchObject({ status: 401, interference: 'unauthorised' })
    close()
  })
})

describe('the token', () => {
  it('is ended at the backend, below the prefix that the session endpoints have', async () => {
    const { miniProgram, request, close } = open()
    await expect(miniProgram.control({ type: 'killToken' })).rejects.toThrow(
      'no token has been seen yet',
    )
    await request('/v1/auth/login', {}, '{}')
    await miniProgram.control({ type: 'killToken' })
    expect(heard.at(-1)).toBe(`POST /v1/auth/logout Bearer ${token}`)
    expect(lastToken(miniProgram)).toMatchObject({ tokenState: null })
    close()
  })

  it('is dead already where the backend answers 401; any other refusal is reported', async () => {
    const { miniProgram, request, close } = open({ backend: `${backend.url}/api` })
    await request('/services')
    logoutStatus = 401
    await miniProgram.control({ type: 'killToken' })
    expect(heard.at(-1)).toBe(`POST /api/auth/logout Bearer ${token}`)
    await request('/services')
    logoutStatus = 500
    await expect(miniProgram.control({ type: 'killToken' })).rejects.toThrow('answered 500')
    close()
  })

  it('is known from the header too, and its state is shown without it', async () => {
    const { miniProgram, request, close } = open()
    await request('/header')
    const { tokenState: shown, expiresAt } = lastToken(miniProgram)!
    expect(shown).toEqual({
      accessToken: expect.stringMatching(/^<[0-9a-f]{8}>$/),
      expiresIn: 7200,
    })
    expect(expiresAt! - Date.now()).toBeGreaterThan(7_100_000)
    close()
  })

  it('expires: the client learns of it in time, and the backend ends it then', async () => {
    const { miniProgram, request, close } = open()
    await request('/services')
    await miniProgram.control({ type: 'expireToken', after: 300 })
    expect(await request('/services')).toMatchObject({
      result: {
        data: { text: JSON.stringify({ data: 1, tokenState: { ...tokenState, expiresIn: 1 } }) },
      },
    })
    expect(await request('/header')).toMatchObject({
      result: { header: { 'Token-State': inHeader({ ...tokenState, expiresIn: 1 }) } },
    })
    await expect.poll(() => heard.at(-1)).toBe(`POST /auth/logout Bearer ${token}`)
    close()
  })

  it('is sent to nobody but its issuer', async () => {
    const { miniProgram, request, close } = open()
    await request('/elsewhere/auth/check')
    await request('/v1/auth/login', {}, '{}')
    await miniProgram.control({ type: 'killToken' })
    expect(heard.at(-1)).toBe(`POST /v1/auth/logout Bearer ${token}`)
    close()
  })

  it('alone expires: one that took its place lives on', async () => {
    const { miniProgram, request, close } = open()
    await request('/services')
    await miniProgram.control({ type: 'expireToken', after: 100 })
    tokenState = { accessToken: `${token}-renewed`, expiresIn: 7200 }
    await request('/services')
    await expect.poll(() => heard.at(-1)).toBe(`POST /auth/logout Bearer ${token}`)
    expect(lastToken(miniProgram)!.tokenState).toMatchObject({ expiresIn: 7200 })
    close()
  })

  it('that was signed out has nothing left to expire', async () => {
    const problems: unknown[] = []
    const { miniProgram, request, close } = open({ onProblem: (problem) => problems.push(problem) })
    await request('/services')
    await miniProgram.control({ type: 'expireToken', after: 50 })
    await request('/auth/account', { Authorization: `Bearer ${token}` }, '')
    expect(lastToken(miniProgram)).toMatchObject({ tokenState: null })
    await request('/elsewhere')
    expect(problems).toEqual([])
    close()
  })

  it('is forgotten once the app has signed out', async () => {
    const { miniProgram, request, close } = open()
    await request('/auth/login', {}, '{}')
    await request('/auth/logout', { Authorization: `Bearer ${token}` }, '')
    expect(lastToken(miniProgram)).toMatchObject({ tokenState: null })
    await expect(miniProgram.control({ type: 'killToken' })).rejects.toThrow(
      'no token has been seen',
    )
    close()
  })
})

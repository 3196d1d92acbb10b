import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBackendAccounts } from '../../src/host/backendAccounts'
import { connectStandIn, watchServerCalls, type StandIn } from '../../src/host/standIn'
import type { ServerRecord } from '../../src/record'
import { createWechat } from '../../src/wechat'
import { readBody, serveHttp } from '../support/fixture'
import { appId, appSecret } from '../wechat/standIn'

const wechat = createWechat({ appId, appSecret })
let address: string
let standIn: StandIn
let backend: { url: string; close(): Promise<void> }
let heard: string[]
let loginAnswer: { status: number; body: object }

beforeAll(async () => {
  address = await wechat.start()
  standIn = connectStandIn(address)
  backend = await serveHttp((request, response) => {
    void readBody(request).then((body) => {
      const { code } = JSON.parse(body) as { code: string }
      heard.push(`${request.url} ${request.headers.authorization ?? '-'} ${code.length > 20}`)
      const isLogin = request.url === '/auth/login'
      response.writeHead(isLogin ? loginAnswer.status : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isLogin ? loginAnswer.body : {}))
    })
  })
})
afterAll(async () => {
  await wechat.close()
  await backend.close()
})
beforeEach(() => {
  heard = []
  loginAnswer = { status: 200, body: { tokenState: { accessToken: 'of-another-phone' } } }
})

const login = '/auth/login - true'
const phoneNumber = '/auth/phone-number Bearer of-another-phone true'

describe('a person', () => {
  it.each([
    ['new', []],
    ['withoutUnionid', []],
    ['known', [login]],
    ['phoneBound', [login, phoneNumber]],
    ['signedInElsewhere', [login, phoneNumber]],
  ] as const)('who is %s has done on another phone %j', async (kind, deeds) => {
    await createBackendAccounts(backend.url, standIn)({ person: 'lin', kind })
    expect(heard).toEqual(deeds)
  })

  it('is made known once; who is signed in elsewhere signs in anew each time', async () => {
    const prepareAccount = createBackendAccounts(backend.url, standIn)
    for (let starts = 0; starts < 2; starts += 1)
      await prepareAccount({ person: 'lin', kind: 'known' })
    expect(heard).toEqual([login])
    const kind = 'signedInElsewhere'
    for (let starts = 0; starts < 2; starts += 1) await prepareAccount({ person: 'lin', kind })
    expect(heard.slice(1)).toEqual([login, phoneNumber, login, phoneNumber])
  })

  it('is not taken for known when the backend refuses, and the reason names no secret', async () => {
    const prepareAccount = createBackendAccounts(backend.url, standIn)
    loginAnswer = { status: 503, body: {} }
    const refused = prepareAccount({ person: 'lin', kind: 'known' })
    await expect(refused).rejects.toThrow(`the backend answered 503: ${backend.url}/auth/login`)
    loginAnswer = { status: 200, body: { data: 1 } }
    await expect(prepareAccount({ person: 'lin', kind: 'known' })).rejects.toThrow(
      'returned no token state',
    )
    loginAnswer = { status: 200, body: { tokenState: { accessToken: 'of-another-phone' } } }
    await prepareAccount({ person: 'lin', kind: 'known' })
    expect(heard).toEqual([login, login, login])
  })

  it('cannot be known where there is no backend, no stand-in, or nobody listens', async () => {
    const known = { person: 'lin', kind: 'known' } as const
    await expect(createBackendAccounts(undefined, standIn)(known)).rejects.toThrow('--backend')
    await expect(createBackendAccounts(backend.url, undefined)(known)).rejects.toThrow(
      'no stand-in',
    )
    await expect(createBackendAccounts('http://127.0.0.1:9', standIn)(known)).rejects.toThrow(
      'the backend does not answer: http://127.0.0.1:9/auth/login',
    )
  })
})

describe("calls to WeChat's servers", () => {
  it('are reported at their end, with whom they were about and how they ended', async () => {
    const calls: { call: ServerRecord; person: string | undefined }[] = []
    const watch = watchServerCalls(address, (call, person) => void calls.push({ call, person }))
    const { code } = await standIn.loginCode('lin')
    const search = new URLSearchParams({
      appid: appId,
      secret: appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    })
    const exchange = () => fetch(`${address}/sns/jscode2session?${search}`)
    // Until the stream is open, calls pass unseen.
    await expect
      .poll(async () => {
        await fetch(`${address}/cgi-bin/stable_token`)
        return calls.length
      })
      .toBeGreaterThan(0)
    await exchange()
    await exchange()
    const ends = () => calls.map(({ call, person }) => [call.endpoint, person, call.errcode])
    await expect
      .poll(() => ends().slice(-2))
      .toEqual([
        ['jscode2session', 'lin', 0],
        ['jscode2session', undefined, 40163],
      ])
    const { call } = calls.at(-1)!
    expect(call).toMatchObject({ kind: 'server', id: expect.stringMatching(/^w\d+$/) })
    expect(call.endedAt).toBeGreaterThanOrEqual(call.startedAt)
    expect(JSON.stringify(calls)).not.toContain(code)
    watch.stop()
  })
})

it('the calls of the backend are followed again after their answer has ended', async () => {
  let asked = 0
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    answer.write(`data: {"endpoint":"jscode2session","asked":${(asked += 1)}}\n\n`)
    if (asked === 1) answer.destroy()
  })
  await new Promise<void>((isReady) => server.listen(0, '127.0.0.1', isReady))
  const { port } = server.address() as AddressInfo
  const seen: unknown[] = []
  const watch = watchServerCalls(`http://127.0.0.1:${port}`, (call) => void seen.push(call))
  await expect
    .poll(() => seen, { timeout: 60_000 })
    .toContainEqual(expect.objectContaining({ asked: 2 }))
  watch.stop()
  server.closeAllConnections()
  await new Promise((isClosed) => server.close(isClosed))
})

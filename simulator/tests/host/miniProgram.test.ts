import { describe, expect, it } from 'vitest'
import { createScriptedSide, type ScriptedAnswer } from '../../src/host/answers'
import type { MiniProgram } from '../../src/host/miniProgram'
import type { RequestRecord, WechatRecord } from '../../src/record'
import { token, useHost } from './host'

const host = useHost()
const requestsOf = (miniProgram: MiniProgram) => miniProgram.requests as RequestRecord[]

describe('records', () => {
  it('hold bodies, headers and times of an exchange, and no secret', async () => {
    const { miniProgram, request, close } = host.open()
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
    const { miniProgram, request, close } = host.open()
    await request('/picture')
    expect(requestsOf(miniProgram)[0]).not.toHaveProperty('responseBody')
    close()
  })

  it('are sent to the page, again whenever they have grown, where a workbench watches', async () => {
    const watched = host.open({ isWatched: true })
    await watched.request('/services')
    const records = watched.said.flatMap((message) =>
      message.type === 'record' && message.record.kind === 'request' ? [message.record] : [],
    )
    expect(new Set(records.map(({ id }) => id)).size).toBe(1)
    expect(records.length).toBeGreaterThan(3)
    expect(records.at(-1)).toMatchObject({ status: 200, errMsg: 'request:ok' })
    watched.close()
    const alone = host.open()
    await alone.request('/services')
    expect(alone.said.map(({ type }) => type)).toEqual(['headers', 'done'])
    alone.close()
  })

  it('tell when a dialogue was drawn, and how it was answered', async () => {
    const { miniProgram, ask, close } = host.open()
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

  it('hold one mark for a login code and for the request that carries it', async () => {
    const code = '0Qk7vT2mXz9LrBc4HdWn8JsYe1UaPf5g'
    const { miniProgram, ask, request, close } = host.open({
      side: { answer: () => Promise.resolve({ code }), next: () => 'unknown' },
    })
    await ask('login')
    await request('/wx/session', {}, JSON.stringify({ jsCode: code }))
    const login = miniProgram.records.find(
      (record): record is WechatRecord => record.kind === 'wechat',
    )
    const [session] = requestsOf(miniProgram)
    expect(login!.code).toMatch(/^<[\da-f]{8}>$/)
    expect(session!.requestBody).toBe(JSON.stringify({ jsCode: login!.code }))
    expect(JSON.stringify(miniProgram.records)).not.toContain(code)
    close()
  })

  it('hold no secret of an error or of a refused address either', async () => {
    const { miniProgram, request, close } = host.open()
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
    const { miniProgram, close } = host.open({ onProblem: (problem) => problems.push(problem) })
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

  it('fails as on a phone without a network, and notifies the app, while offline', async () => {
    const { miniProgram, said, request, ask, close } = host.open()
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
    expect(host.heard).toEqual(['GET /services -'])
    const changes = said.filter(({ type }) => type === 'network')
    expect(changes).toEqual([
      { type: 'network', isConnected: false },
      { type: 'network', isConnected: true },
    ])
    expect(requestsOf(miniProgram)[0]).toMatchObject({ interference: 'offline' })
    close()
  })

  it('breaks the next requests, as many as were asked for', async () => {
    const { miniProgram, request, close } = host.open({ network: { ...network, failNext: 2 } })
    const outcomes = [await request('/a'), await request('/b'), await request('/c')]
    expect(outcomes.map(({ kind }) => kind)).toEqual(['fail', 'fail', 'ok'])
    expect(host.heard).toEqual(['GET /c -'])
    expect(requestsOf(miniProgram).map(({ interference }) => interference)).toEqual([
      'failed',
      'failed',
      undefined,
    ])
    close()
  })

  it('holds each request back for the latency, and lets it be aborted meanwhile', async () => {
    const { miniProgram, request, close } = host.open({ network: { ...network, latency: 40 } })
    await request('/a')
    const [{ sentAt, headersAt }] = requestsOf(miniProgram) as [RequestRecord]
    expect(headersAt! - sentAt!).toBeGreaterThanOrEqual(39)
    await miniProgram.control({ type: 'network', network: { ...network, latency: 60_000 } })
    const aborted = request('/b')
    miniProgram.receive({ type: 'abort', id: 'r2' })
    expect(await aborted).toEqual({ kind: 'fail', errMsg: 'request:fail abort' })
    expect(host.heard).toEqual(['GET /a -'])
    close()
  })

  it('answers 401 to all but the session endpoints, when the backend is to refuse always', async () => {
    const { miniProgram, request, close } = host.open({ alwaysUnauthorised: true })
    expect(await request('/services')).toMatchObject({ kind: 'ok', result: { statusCode: 401 } })
    expect(await request('/auth/login', {}, '{}')).toMatchObject({ result: { statusCode: 200 } })
    await miniProgram.control({ type: 'unauthorised', always: false })
    expect(await request('/services')).toMatchObject({ result: { statusCode: 200 } })
    expect(host.heard).toEqual(['POST /auth/login -', 'GET /services -'])
    expect(requestsOf(miniProgram)[0]).toMatchObject({ status: 401, interference: 'unauthorised' })
    close()
  })
})

it.each<[string, ScriptedAnswer | undefined, boolean]>([
  ['none', undefined, true],
  ['allow', 'allow', true],
  ['refuse', 'refuse', false],
  ['ask', 'ask', false],
  ['a failure', { fail: 'no permission' }, false],
  ['a function', () => 'allow', false],
  ['a list that begins with a refusal', ['refuse', 'allow'], false],
])(
  'whether the terms are agreed to at the start, where the script answers them with %s',
  (_, answer, isAgreed) => {
    const side = createScriptedSide(answer && { requirePrivacyAuthorize: answer })
    const { miniProgram, close } = host.open({ side })
    expect(miniProgram.boot().isPrivacyAgreed).toBe(isAgreed)
    close()
  },
)

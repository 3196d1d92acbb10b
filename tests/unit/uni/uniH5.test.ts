// @vitest-environment happy-dom
// uni-app's own runtime for browsers, on an XMLHttpRequest written by hand.
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Platform, WireCall } from '../../../src/auth/platform'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'

class FakeXHR {
  static sent: FakeXHR[] = []
  headers: [string, string][] = []
  body: unknown
  isAborted = false
  status = 0
  responseText = ''
  onload = () => {}
  onabort: (() => void) | null = null

  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers.push([name, value])
  }
  send(body: unknown) {
    this.body = body
    FakeXHR.sent.push(this)
  }
  abort() {
    this.isAborted = true
    this.onabort?.()
  }
  getAllResponseHeaders() {
    return 'x-request-id: r1\r\n'
  }
  answer(status: number, text: string) {
    Object.assign(this, { status, responseText: text })
    this.onload()
  }
}

const REQUEST: WireCall = {
  type: 'request',
  url: 'https://api.example.com/a',
  method: 'POST',
  header: {},
  timeout: 5_000,
}

let runtime: UniRuntime
let platform: Platform

beforeAll(async () => {
  // happy-dom has no canvas, and the runtime asks for one while it is loaded.
  HTMLCanvasElement.prototype.getContext = (() => ({})) as never
  runtime = await import('@dcloudio/uni-h5/dist/uni-h5.es.js')
})

beforeEach(async () => {
  FakeXHR.sent = []
  vi.stubEnv('UNI_PLATFORM', 'h5')
  vi.stubGlobal('XMLHttpRequest', FakeXHR)
  vi.stubGlobal('__uniConfig', { networkTimeout: { request: 60_000 } })
  vi.stubGlobal('uni', runtime)
  vi.resetModules()
  platform = (await import('../../../src/uni/uniPlatform')).uniPlatform()
})

afterEach(() => {
  vi.useRealTimers()
  runtime.removeInterceptor('request')
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

describe('an interceptor in a browser', () => {
  it('that takes its time: the request is answered', async () => {
    runtime.addInterceptor('request', { invoke: async (options: object) => options })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    await flush()
    FakeXHR.sent[0]!.answer(200, '{"a":1}')
    await flush()
    const headers = { 'x-request-id': 'r1' }
    expect(outcome.value).toEqual({ status: 200, headers, data: { a: 1 } })
  })

  it('that takes its time: the request can be aborted, before it goes out too', async () => {
    runtime.addInterceptor('request', { invoke: async (options: object) => options })
    const tasks = [platform.send(REQUEST), platform.send(REQUEST)]
    const outcomes = tasks.map(({ answer }) => outcomeOf(answer))
    tasks[0]!.abort()
    await flush()
    tasks[1]!.abort()
    await flush()
    expect(FakeXHR.sent.map(({ isAborted }) => isAborted)).toEqual([true, true])
    for (const { error } of outcomes) expect(error).toMatchObject({ kind: 'network' })
  })

  it.each([
    ['false', () => false],
    ['false, later', async () => false],
    ['a rejection', () => Promise.reject(new Error('not signed'))],
  ])('that stops the request by %s: it fails', async (_name, invoke) => {
    runtime.addInterceptor('request', { invoke })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    await flush()
    expect(FakeXHR.sent).toEqual([])
    expect(outcome.error).toMatchObject({ kind: 'network' })
  })
})

describe('an interceptor of the answer, in a browser', () => {
  const heard: string[] = []

  async function send() {
    heard.length = 0
    platform.onInterference!((detail) => heard.push(detail))
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    await flush()
    FakeXHR.sent[0]!.answer(401, '{"code":401}')
    await flush()
    return outcome
  }

  it('may give the data alone on, later: the client reads what the browser said', async () => {
    runtime.addInterceptor('request', { success: async ({ data }: { data: unknown }) => data })
    expect(await send()).toMatchObject({ value: { status: 401, data: { code: 401 } } })
    expect(heard).toEqual([])
  })

  it('may swallow it by false: the call ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    runtime.addInterceptor('request', { success: () => false })
    const outcome = await send()
    expect(outcome.is).toBe('pending')
    vi.advanceTimersByTime(3_000)
    vi.useRealTimers()
    await flush()
    expect(outcome).toMatchObject({ value: { status: 401 } })
  })

  it('that hides the task is reported', async () => {
    runtime.addInterceptor('request', { returnValue: () => ({ hidden: true }) })
    expect(await send()).toMatchObject({ value: { status: 401 } })
    expect(heard).toEqual(['request task'])
  })
})

describe('a content type in lower case, in a browser', () => {
  it.each<[string, string, unknown, string]>([
    ['of JSON', 'application/json', '{"a":"1 2"}', '{"a":"1 2"}'],
    ['of a form', 'application/x-www-form-urlencoded', { a: '1 2' }, 'a=1%202'],
  ])('%s decides on the body, and goes out alone', (_name, type, data, body) => {
    platform.send({ ...REQUEST, header: { 'content-type': type }, data }).answer.catch(() => {})
    expect(FakeXHR.sent).toMatchObject([{ headers: [['content-type', type]], body }])
  })
})

describe('two tabs', () => {
  it('reports what the other has stored, under the key by which it was stored', () => {
    const keys: (string | null)[] = []
    platform.onStored?.((key) => keys.push(key))
    platform.setItem('watchword:a', 'v')
    expect(keys).toEqual([])
    // What browsers fire in the other tabs (HTML: the storage event).
    const [stored] = Object.keys(localStorage)
    window.dispatchEvent(new StorageEvent('storage', { key: stored! }))
    window.dispatchEvent(new StorageEvent('storage', { key: null }))
    expect(keys).toEqual(['watchword:a', null])
    platform.removeItem('watchword:a')
  })
})

// WeChat as uni-app shows it: ten requests at once, the others wait in the order in which they came
// (WeChat: 网络 › 使用限制 › 并发限制). What answers, and when, is the caller's.

/** A call that has reached the wire. */
export interface Call {
  /** `GET /bookings`, without the backend's address. */
  line: string
  header: Record<string, string>
  data: unknown
}

export interface Reply {
  status: number
  data: unknown
  header?: Record<string, string>
  /** ms until it arrives; 0: in a microtask. */
  latency: number
}

export interface FakeUniOptions {
  /** A timer on the clock that the measurement runs on. */
  after(ms: number, callback: () => void): unknown
  /** `undefined`: there never is an answer. */
  answer(call: Call): Reply | undefined
  /** How many requests are on the wire at once; WeChat's ten if not given. */
  limit?: number
  /** ms that `wx.login` takes. */
  loginLatency?: number
}

interface RequestOptions {
  url: string
  method?: string
  header?: Record<string, string>
  data?: unknown
  success?: (result: object) => void
  fail?: (failure: object) => void
  complete?: (result: object) => void
}

interface Callbacks {
  success?: (result: object) => void
}

export const BASE = 'https://api.example.com/v1'

const WECHAT_LIMIT = 10

export type FakeUni = ReturnType<typeof createFakeUni>

export function createFakeUni(options: FakeUniOptions) {
  const { after, answer, limit = WECHAT_LIMIT, loginLatency = 0 } = options
  const storage = new Map<string, unknown>()
  const queued: (() => void)[] = []
  let next = 0
  let onWire = 0
  /** Most requests that were on the wire at once. */
  let most = 0
  /** Requests that the app gave up. */
  let aborted = 0

  function later(ms: number, work: () => void): void {
    if (ms > 0) after(ms, work)
    else void Promise.resolve().then(work)
  }

  function takePlace(send: () => void): void {
    onWire++
    if (onWire > most) most = onWire
    send()
  }

  function leavePlace(): void {
    onWire--
    if (next === queued.length) return
    const send = queued[next]!
    queued[next++] = idle
    if (next === queued.length) queued.length = next = 0
    takePlace(send)
  }

  function request(given: RequestOptions) {
    let state: 'queued' | 'onWire' | 'over' = 'queued'
    const end = (settle: () => void) => {
      if (state === 'over') return
      const had = state
      state = 'over'
      if (had === 'onWire') leavePlace()
      settle()
    }
    const send = () => {
      if (state === 'over') return leavePlace()
      state = 'onWire'
      const reply = answer(callOf(given))
      if (reply) later(reply.latency, () => end(() => succeed(given, resultOf(reply))))
    }
    if (onWire < limit) takePlace(send)
    else queued.push(send)
    return {
      abort: () =>
        end(() => {
          aborted++
          fail(given)
        }),
      onHeadersReceived() {},
      offHeadersReceived() {},
    }
  }

  const uni = {
    request,
    login: ({ success }: Callbacks) => later(loginLatency, () => success?.({ code: 'code' })),
    checkSession: ({ success }: Callbacks) => later(0, () => success?.({})),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
    setStorage: ({ key, data }: { key: string; data: unknown }) => void storage.set(key, data),
    removeStorageSync: (key: string) => void storage.delete(key),
    onAppShow() {},
    onAppHide() {},
    showToast() {},
    // wafer2-client-sdk listens for its tunnel when it is loaded.
    onSocketOpen() {},
    onSocketMessage() {},
    onSocketClose() {},
    onSocketError() {},
  }

  return {
    uni,
    storage,
    get most() {
      return most
    },
    get aborted() {
      return aborted
    },
  }
}

function idle(): void {}

function callOf({ url, method = 'GET', header = {}, data }: RequestOptions): Call {
  return { line: `${method} ${url.slice(BASE.length)}`, header, data }
}

/** Headers as nginx and a framework set them; a new object each time, as at real hosts: libraries write into it. */
function resultOf({ status, data, header }: Reply): object {
  const sent = {
    Date: 'Thu, 01 Jan 2026 00:00:00 GMT',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': '148',
    Connection: 'keep-alive',
    'Cache-Control': 'no-store',
    Server: 'nginx',
    'X-Request-Id': '01J0000000000000000000000A',
    ...header,
  }
  return { statusCode: status, data, header: sent, cookies: [], errMsg: 'request:ok' }
}

function succeed({ success, complete }: RequestOptions, result: object): void {
  success?.(result)
  complete?.(result)
}

function fail(options: RequestOptions): void {
  const failure = { errMsg: 'request:fail abort' }
  options.fail?.(failure)
  options.complete?.(failure)
}

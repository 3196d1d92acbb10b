// WeChat as uni-app shows it, answering in a microtask.

export const BASE = 'https://api.example.com/v1'

const ALIVE = 'alive'

interface RequestOptions {
  url: string
  header?: Record<string, string>
  success?: (result: object) => void
  complete?: (result: object) => void
}

interface LoginOptions {
  success: (result: { code: string }) => void
}

/** What the fake host counts, and how it may be asked to behave. */
export const host = {
  /** Requests, logins not among them. */
  requests: 0,
  logins: 0,
  /** Whether requests are left without an answer; logins and logouts are not. */
  isSilent: false,
  storage: new Map<string, unknown>(),
}

/** A token state as the backend sends it; `alive` is the token that it takes. */
export function stateOf(accessToken: string) {
  return { accessToken, expiresIn: 7200, version: 1, uid: 'u1' }
}

/** Stores a session for `createAuth`; the key goes into its options. */
export function storeSession(key: string, accessToken = ALIVE): string {
  host.storage.set(key, JSON.stringify({ state: stateOf(accessToken), at: Date.now() }))
  return key
}

const header = {
  Date: 'Thu, 01 Jan 2026 00:00:00 GMT',
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': '148',
  Connection: 'keep-alive',
  'Cache-Control': 'no-store',
  Server: 'nginx',
  'X-Request-Id': '01J0000000000000000000000A',
}

/** A new one each time, as at real hosts: libraries write into it. */
function answerOf({ url, header: sent }: RequestOptions): object {
  if (url.endsWith('/auth/login')) {
    host.logins++
    return resultOf(200, { tokenState: stateOf(ALIVE) })
  }
  if (url.endsWith('/auth/logout')) return resultOf(204, '')
  host.requests++
  // One of the libraries spells it in lower case.
  const authorization = sent?.authorization ?? sent?.Authorization
  if (authorization !== `Bearer ${ALIVE}`) return resultOf(401, { title: 'Unauthorized' })
  const booking = { id: 'b1', date: '2026-01-01', place: 'Shanghai', price: 12_800, paid: false }
  return resultOf(200, { code: 0, data: { items: [booking], next: null } })
}

function resultOf(statusCode: number, data: unknown): object {
  return { statusCode, data, header: { ...header }, cookies: [], errMsg: 'request:ok' }
}

const task = { abort() {}, onHeadersReceived() {}, offHeadersReceived() {} }

const uni = {
  request(options: RequestOptions) {
    if (host.isSilent && !options.url.includes('/auth/')) return task
    void Promise.resolve().then(() => {
      const result = answerOf(options)
      options.success?.(result)
      options.complete?.(result)
    })
    return task
  },
  login: ({ success }: LoginOptions) =>
    void Promise.resolve().then(() => success({ code: 'code' })),
  checkSession: ({ success }: { success: () => void }) => void Promise.resolve().then(success),
  getStorageSync: (key: string) => host.storage.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => void host.storage.set(key, value),
  removeStorageSync: (key: string) => void host.storage.delete(key),
  onAppShow() {},
  onAppHide() {},
}

const pages = [{ route: 'pages/home/home' }, { route: 'pages/booking/booking' }]

Object.assign(globalThis, { uni, getCurrentPages: () => pages.slice() })

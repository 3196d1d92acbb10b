import type { Call, Reply } from './fakeUni'

/** ms: the exchange of a login code, or of a refresh token. */
const LOGIN_LATENCY = 80

export interface BackendOptions {
  /** Which tokens are good: the newest, as where a login ends the session before it; or all that it issued. */
  keeps: 'newest' | 'all'
  /** ms that an answer takes. Default: 20–200, by the seed. */
  latency?: (path: string, attempt: number) => number
  seed?: number
  /** Whether a login fails that arrives now. */
  loginFails?: () => boolean
  /** What a request gets that has a good token. Default: what it asked for. */
  refuses?: 'everyToken' | 'withoutPhoneNumber'
}

/** Takes logins in every wire form that the contenders speak, and counts. */
export interface Backend {
  answer(call: Call): Reply
  /** A token that it takes. */
  issue(): string
  /** Everything that arrived, logins among it. */
  readonly calls: number
  /** Of them, those that asked for a token. */
  readonly logins: number
  /** Whether a request arrived for this path, and with a token that was good. */
  arrived(path: string): 'no' | 'withoutToken' | 'withToken'
}

/** Of wafer2, and of a backend with two tokens. */
const OTHER_LOGINS = new Set(['GET /auth/login', 'POST /auth/refreshToken'])

export function createBackend(options: BackendOptions): Backend {
  const { keeps, seed = 1, loginFails = () => false, refuses } = options
  const latency = options.latency ?? latencyBy(seed)
  const good = new Set<string>()
  const attempts = new Map<string, number>()
  const arrivals = new Map<string, boolean>()
  let issued = 0
  let calls = 0
  let logins = 0

  function issue(): string {
    if (keeps === 'newest') good.clear()
    const token = `t${++issued}`
    good.add(token)
    return token
  }

  /** @param isContract as docs/protocol.md has it; else in the way of both others at once */
  function answerLogin(isContract: boolean): Reply {
    logins++
    if (loginFails()) return { status: 500, data: { code: 500 }, latency: LOGIN_LATENCY }
    const token = issue()
    const data = isContract ? { tokenState: tokenStateOf(token) } : tokensOf(token)
    return { status: 200, data, latency: LOGIN_LATENCY }
  }

  function answer({ line, header }: Call): Reply {
    calls++
    const isContract = line === 'POST /auth/login'
    if (isContract || OTHER_LOGINS.has(line)) return answerLogin(isContract)
    const path = line.slice(line.indexOf(' ') + 1)
    const attempt = attempts.get(path) ?? 0
    attempts.set(path, attempt + 1)
    const ms = latency(path, attempt)
    if (path === '/auth/logout') return { status: 204, data: '', latency: ms }
    const credential = credentialOf(header)
    if (credential.startsWith('WxLogin ')) return answerCarried(ms)
    const isGood = good.has(credential)
    arrivals.set(path, isGood)
    if (!isGood || refuses === 'everyToken') return refusal('WxLogin', ms)
    if (refuses === 'withoutPhoneNumber') return refusal('getPhoneNumber', ms)
    return { status: 200, data: page(), latency: ms }
  }

  /** A request that brings its login: it takes as long as both. */
  function answerCarried(ms: number): Reply {
    const { status, data, latency } = answerLogin(true)
    return { status, data: { data: page(), ...(data as object) }, latency: ms + latency }
  }

  return {
    answer,
    issue,
    get calls() {
      return calls
    },
    get logins() {
      return logins
    },
    arrived(path) {
      const isGood = arrivals.get(path)
      return isGood === undefined ? 'no' : isGood ? 'withToken' : 'withoutToken'
    },
  }
}

/** One of the libraries spells it in lower case; wafer2-client-sdk has a header of its own. */
export function credentialOf(header: Record<string, string>): string {
  const given = header.authorization ?? header.Authorization ?? header['X-WX-Skey'] ?? ''
  return given.replace(/^Bearer /, '')
}

function refusal(challenge: string, latency: number): Reply {
  const header = { 'WWW-Authenticate': challenge }
  return { status: 401, data: { code: 401, title: 'Unauthorized' }, header, latency }
}

export function page() {
  const booking = { id: 'b1', date: '2026-01-01', place: 'Shanghai', price: 12_800, paid: false }
  return { code: 0, data: { items: [booking], next: null } }
}

function tokenStateOf(accessToken: string) {
  return { accessToken, expiresIn: 7200, version: 1, uid: 'u1' }
}

function tokensOf(accessToken: string) {
  const data = { accessToken, refreshToken: 'r1', skey: accessToken, userinfo: { uid: 'u1' } }
  return { code: 0, data }
}

/**
 * 20–200 ms. The same for the same request whoever sends it, and in whatever order: every contender
 * meets the same network.
 */
export function latencyBy(seed: number): (path: string, attempt: number) => number {
  return (path, attempt) => {
    let hash = Math.imul(seed, 0x9e3779b1) ^ Math.imul(attempt + 1, 0x85ebca6b)
    for (let index = 0; index < path.length; index++) {
      hash = Math.imul(hash ^ path.charCodeAt(index), 0x01000193)
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
    return 20 + (((hash ^ (hash >>> 15)) >>> 0) % 181)
  }
}

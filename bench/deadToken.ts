import { createAuth } from '../src/createAuth'
import type { Platform, WireTask } from '../src/auth/platform'
import { BASE, createHost, type FakeHost } from '../tests/support/host'
import { KEY, stateOf } from '../tests/support/client'

export const SEEDS = [1, 2, 3, 4, 5]

/** ms on the virtual clock; whatever has not settled by then never will. */
const PATIENCE = 600_000

export interface DeadTokenOptions {
  /** How many requests are made at once. */
  size: number
  seed: number
  /** How many of them the client lets on the wire; its own default if not given. */
  window?: number | undefined
  /** How many the host lets on the wire; WeChat's ten if not given. */
  hostLimit?: number | undefined
}

/** What became of requests that were made at once on a dead token. */
export interface DeadTokenRun {
  sent: number
  logins: number
  failed: number
  /** Never settled. */
  hung: number
  /** Most calls that were on the wire at once. */
  most: number
  /** ms until the last one was answered, or failed. */
  elapsed: number
  loginTimedOut: boolean
}

/** The answers take 20–200 ms, the login 80 ms, on a clock that moves only on request. */
export async function runOnDeadToken(options: DeadTokenOptions): Promise<DeadTokenRun> {
  const { size, seed, window, hostLimit } = options
  const host = createHost(hostLimit === undefined ? {} : { limit: hostLimit })
  const random = randomFrom(seed)
  host.storage.set(KEY, JSON.stringify({ state: stateOf('dead'), at: host.clock.now() }))
  host.serve = ({ line, authorization }) => {
    if (line === 'POST /auth/login') {
      return { status: 200, data: { tokenState: stateOf('alive') }, latency: 80 }
    }
    const status = authorization === 'Bearer alive' ? 200 : 401
    return { status, data: { data: line }, latency: 20 + Math.floor(random() * 180) }
  }
  const watched = watchLogins(host)
  const auth = createAuth({
    baseURL: BASE,
    platform: watched.platform,
    ...(window === undefined ? {} : { concurrency: window }),
  })
  const begin = host.clock.now()
  let last = begin
  let settled = 0
  let failed = 0
  for (let index = 0; index < size; index++) {
    auth
      .request(`/item/${index}`)
      .catch(() => void failed++)
      .finally(() => {
        settled++
        last = host.clock.now()
      })
  }
  await host.clock.advance(PATIENCE)
  const { logins, most } = host
  const { loginTimedOut } = watched
  const hung = size - settled
  return {
    sent: host.sent.length,
    logins,
    failed,
    hung,
    most,
    elapsed: last - begin,
    loginTimedOut,
  }
}

/** The client aborts a login's call only when its time is up. */
function watchLogins({ platform }: FakeHost): { platform: Platform; loginTimedOut: boolean } {
  const watched = {
    loginTimedOut: false,
    platform: {
      ...platform,
      send(call): WireTask {
        const task = platform.send(call)
        if (!call.url.endsWith('/auth/login')) return task
        const abort = () => {
          watched.loginTimedOut = true
          task.abort()
        }
        return { answer: task.answer, abort }
      },
    } satisfies Platform,
  }
  return watched
}

/** `5`, or `3–7` where the runs differ. */
export function rangeOf(runs: DeadTokenRun[], pick: (run: DeadTokenRun) => number): string {
  const values = runs.map(pick)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low === high ? `${low}` : `${low}–${high}`
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

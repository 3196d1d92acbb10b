import type { Platform } from './platform'
import type { AuthError } from './errors'
import { timeLimit } from './wire'

/** ms */
const FIRST = 1_000
const LONGEST = 30_000

/** Whether a login may start by itself. `closed`: not yet, as the last one failed with `error`. */
export type BackoffState = { is: 'open' } | { is: 'closed'; error: AuthError }

/** The wait after a failed login: 1 s, doubling to 30 s, and no less than any `Retry-After` said. */
export interface Backoff {
  readonly state: BackoffState
  /** A login failed: closes it, for longer than the last time. */
  fail(error: AuthError): void
  /** A login succeeded, or the user signed out: opens it. */
  clear(): void
}

export function createBackoff(platform: Pick<Platform, 'after'>): Backoff {
  let state: BackoffState = { is: 'open' }
  let wait = 0
  /** Each runs to its end: a failure later on does not shorten what the backend asked for. */
  const timers = new Set<() => void>()

  return {
    get state() {
      return state
    },
    fail(error) {
      wait = Math.min(wait * 2 || FIRST, LONGEST)
      state = { is: 'closed', error }
      const ms = Math.max(wait, (error.retryAfter ?? 0) * 1000)
      const stop = platform.after(timeLimit(ms, wait), () => {
        timers.delete(stop)
        if (timers.size === 0) state = { is: 'open' }
      })
      timers.add(stop)
    },
    clear() {
      for (const stop of timers) stop()
      timers.clear()
      wait = 0
      state = { is: 'open' }
    },
  }
}

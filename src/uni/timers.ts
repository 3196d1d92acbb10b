import type { Platform } from '../auth/platform'

// Every host has these two; the types of uni-app leave them out.
declare function setTimeout(callback: () => void, ms: number): unknown
declare function clearTimeout(timer: unknown): void

/** A clock and timers, in ms. */
export type Timers = Pick<Platform, 'now' | 'after'>

/** Those of the host. */
export const timers: Timers = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

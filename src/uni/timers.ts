import type { Platform } from '../auth/platform'

// Every host has these two; the types of uni-app leave them out.
declare function setTimeout(callback: () => void, ms: number): unknown
declare function clearTimeout(timer: unknown): void

/** The host's wall clock and timers, in ms. */
export const timers: Pick<Platform, 'now' | 'after'> = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

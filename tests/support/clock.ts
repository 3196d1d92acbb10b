/** A clock that stands still until it is moved. */
export interface Clock {
  now(): number
  after(ms: number, callback: () => void): () => void
  /** Moves on by `ms`, firing what falls due, in order; settles promises in between. */
  advance(ms: number): Promise<void>
  /** Sets the wall clock without firing anything, as a user does in the settings. */
  set(now: number): void
  /** ms that went by since the start, whatever the wall clock was set to. */
  readonly elapsed: number
  /** How many timers are waiting. */
  readonly pending: number
  /** ms until the next of them; `undefined`: none waits. */
  readonly next: number | undefined
}

interface Timer {
  at: number
  callback: () => void
}

/** Lets every promise that can settle do so. */
export function flush(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export function createClock(start = Date.UTC(2026, 0, 1)): Clock {
  const timers = new Set<Timer>()
  let wall = start
  let elapsed = 0

  return {
    now: () => wall,
    after(ms, callback) {
      const timer = { at: elapsed + ms, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      const end = elapsed + ms
      await flush()
      for (;;) {
        const [next] = [...timers].sort((a, b) => a.at - b.at)
        if (!next || next.at > end) break
        wall += next.at - elapsed
        elapsed = next.at
        timers.delete(next)
        next.callback()
        await flush()
      }
      wall += end - elapsed
      elapsed = end
      await flush()
    },
    set(now) {
      wall = now
    },
    get elapsed() {
      return elapsed
    },
    get pending() {
      return timers.size
    },
    get next() {
      if (timers.size === 0) return undefined
      return Math.min(...[...timers].map(({ at }) => at)) - elapsed
    },
  }
}

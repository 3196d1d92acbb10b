import { setMaxListeners } from 'node:events'

/** A number of places that calls take one after the other. */
export interface Places {
  /** Resolves when there is a place, which `leave` frees; rejects when `signal` aborts before. */
  take(signal: AbortSignal): Promise<void>
  leave(): void
}

/** As many wait for a place as may. */
export class TooManyWaitingError extends Error {
  override readonly name = 'TooManyWaitingError'
  constructor() {
    super('too many wait for a place')
  }
}

/**
 * Those who wait get a place in the order in which they came. Where `mostWaiting` do, `take` rejects
 * with TooManyWaitingError.
 */
export function createPlaces(count: number, mostWaiting = Infinity): Places {
  let free = count
  const waiting = new Set<() => void>()
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (free > 0) {
        free--
        return
      }
      if (waiting.size >= mostWaiting) throw new TooManyWaitingError()
      // Each who waits listens: Node would call more than ten a leak.
      setMaxListeners(0, signal)
      await new Promise<void>((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(enter)
          reject(signal.reason as Error)
        }
        const enter = () => {
          waiting.delete(enter)
          signal.removeEventListener('abort', giveUp)
          resolve()
        }
        waiting.add(enter)
        signal.addEventListener('abort', giveUp, { once: true })
      })
    },
    leave() {
      const [next] = waiting
      if (next) next()
      else free++
    },
  }
}

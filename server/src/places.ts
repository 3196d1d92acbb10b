/** A number of places that calls take one after the other. */
export interface Places {
  /** Resolves when there is a place, which `leave` frees; rejects when `signal` aborts before. */
  take(signal: AbortSignal): Promise<void>
  leave(): void
}

/** Those who wait get a place in the order in which they came. */
export function createPlaces(count: number): Places {
  let free = count
  const waiting = new Set<() => void>()
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (free > 0) {
        free--
        return
      }
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

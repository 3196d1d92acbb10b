import type { Caller } from './framework'

/** What the app's components and pages have sent to the view. */
export interface UpdateCount {
  /** Calls of `setData`. */
  calls: number
  /** What they were given, as JSON in UTF-8. */
  bytes: number
}

/** Counts what is sent to the view. */
export interface Updates {
  /** Counts the calls of this instance from now on. */
  watch(caller: Caller): void
  count(): UpdateCount
  reset(): void
}

const encoder = new TextEncoder()

const sizeOf = (changes: unknown) => {
  try {
    return encoder.encode(JSON.stringify(changes) ?? '').length
  } catch {
    // Circular: WeChat could not send it either.
    return 0
  }
}

/** Begins with nothing. */
export function createUpdates(): Updates {
  let counted: UpdateCount = { calls: 0, bytes: 0 }
  return {
    watch(caller) {
      const { setData } = caller
      caller.setData = function (this: Caller, changes, ...rest) {
        counted.calls += 1
        counted.bytes += sizeOf(changes)
        return setData.call(this, changes, ...rest)
      }
    },
    count: () => ({ ...counted }),
    reset: () => void (counted = { calls: 0, bytes: 0 }),
  }
}

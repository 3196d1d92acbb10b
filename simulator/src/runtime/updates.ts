import type { Caller } from './caller'

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

/** WeChat: setData › 单次设置的数据, in bytes. */
const limit = 1024 * 1024

/** What WeChat remarks on: a value that cannot be sent, and too much at once. */
function* remarksOn(changes: unknown, bytes: number): Generator<string> {
  for (const [name, value] of Object.entries((changes ?? {}) as object)) {
    if (value === undefined) yield `Setting data field "${name}" to undefined is invalid.`
  }
  if (bytes > limit)
    yield `setData was given ${Math.round(bytes / 1024)} kB, and may be given 1,024 kB at once`
}

/** Begins with nothing. */
export function createUpdates(): Updates {
  let counted: UpdateCount = { calls: 0, bytes: 0 }
  return {
    watch(caller) {
      const { setData } = caller
      caller.setData = function (this: Caller, changes, ...rest) {
        const bytes = sizeOf(changes)
        counted.calls += 1
        counted.bytes += bytes
        for (const remark of remarksOn(changes, bytes)) console.warn(`${this._$.is}: ${remark}`)
        return setData.call(this, changes, ...rest)
      }
    },
    count: () => ({ ...counted }),
    reset: () => void (counted = { calls: 0, bytes: 0 }),
  }
}

import type { Endpoint } from './faults'

/** One call of a backend to WeChat's servers. Times are ms since 1970. */
export interface ServerCall {
  id: string
  endpoint: Endpoint
  /** Whom it is about, as far as it was about somebody the stand-in knows. */
  person?: string
  startedAt: number
  endedAt?: number
  /** 0: WeChat did what was asked. Absent while under way, or where nothing was answered. */
  errcode?: number
}

/** A call that is being answered. */
export interface OpenCall {
  isAbout(person: string): void
  /** Without a code, the connection was dropped. */
  end(errcode?: number): void
}

/** Reports the calls to WeChat's servers to its listeners; keeps none. */
export interface CallLog {
  begin(endpoint: Endpoint): OpenCall
  /** `listener` is called at the end of each call. Returns how to stop. */
  listen(listener: (call: ServerCall) => void): () => void
}

export function createCallLog(now: () => number): CallLog {
  const listeners = new Set<(call: ServerCall) => void>()
  let begun = 0
  return {
    begin(endpoint) {
      const call: ServerCall = { id: `w${(begun += 1)}`, endpoint, startedAt: now() }
      return {
        isAbout: (person) => void (call.person = person),
        end(errcode) {
          call.endedAt = now()
          if (errcode !== undefined) call.errcode = errcode
          for (const listener of listeners) listener(call)
        },
      }
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

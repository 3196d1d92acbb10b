import { timers } from './timers'

/** Why a call of the host gave no result; `errMsg` and `errno` are the host's own. */
export interface HostFailure {
  kind: 'failed' | 'timeout'
  errMsg: string
  errno?: number
}

interface Callbacks {
  success(result: unknown): void
  fail(failure: unknown): void
}

/**
 * Makes one call of the host that answers by callbacks, e.g.
 * `callHost((callbacks) => uni.getSetting(callbacks), 3000)`.
 * @param limit in ms; hosts have been seen never to call back.
 * @returns what `success` was given: hosts differ, so nothing is promised of it.
 * @throws HostFailure, also when the call is missing on this host or throws.
 */
export function callHost(call: (callbacks: Callbacks) => unknown, limit: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(limit, () =>
      reject({ kind: 'timeout', errMsg: `no answer in ${limit} ms` } satisfies HostFailure),
    )
    const fail = (failure: unknown) => {
      cancel()
      reject(readFailure(failure))
    }
    try {
      call({
        success(result) {
          cancel()
          resolve(result)
        },
        fail,
      })
    } catch (error) {
      fail(error)
    }
  })
}

function readFailure(failure: unknown): HostFailure {
  if (failure instanceof Error) return { kind: 'failed', errMsg: failure.message }
  const { errMsg, errno } = { ...(failure as { errMsg?: unknown; errno?: unknown } | null) }
  return {
    kind: 'failed',
    errMsg: typeof errMsg === 'string' ? errMsg : '',
    ...(typeof errno === 'number' ? { errno } : {}),
  }
}

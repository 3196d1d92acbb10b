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
 * `callHost((callbacks) => uni.getSetting(callbacks), 3000)`. Only the first answer counts, and none
 * after the limit.
 * @param limit in ms; hosts have been seen never to call back.
 * @param read receives the argument of `success`, still within the host's callback, and returns what
 * the promise resolves with. It must not throw.
 * @returns what `success` was given: hosts differ, so nothing is promised of it.
 * @throws HostFailure, also when the call is missing on this host, throws, or returns a promise that
 * rejects.
 */
export function callHost(
  call: (callbacks: Callbacks) => unknown,
  limit: number,
  read = (result: unknown): unknown => result,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isAwaited = true
    const end = (settle: () => void) => {
      if (!isAwaited) return
      isAwaited = false
      cancel()
      settle()
    }
    const cancel = timers.after(limit, () =>
      end(() => reject({ kind: 'timeout', errMsg: 'no answer' } satisfies HostFailure)),
    )
    const fail = (failure: unknown) =>
      end(() => reject({ kind: 'failed', ...readFailure(failure) } satisfies HostFailure))
    try {
      watch(call({ success: (result) => end(() => resolve(read(result))), fail }), fail)
    } catch (error) {
      fail(error)
    }
  })
}

/** Makes one call of the host, and goes on without it. Whether the host did it within 10 s; never rejects. */
export const tryHost = (call: Parameters<typeof callHost>[0]): Promise<boolean> =>
  callHost(call, 10_000).then(
    () => true,
    () => false,
  )

/** A failure as far as it can be read: hosts have been seen to give nothing, texts, other types. */
export function readFailure(failure: unknown): Pick<HostFailure, 'errMsg' | 'errno'> {
  if (typeof failure === 'string') return { errMsg: failure }
  if (failure instanceof Error) return { errMsg: failure.message }
  const { errMsg, errno } = { ...(failure as { errMsg?: unknown; errno?: unknown } | null) }
  return {
    errMsg: typeof errMsg === 'string' ? errMsg : '',
    ...(typeof errno === 'number' ? { errno } : {}),
  }
}

/**
 * An interceptor (uni.addInterceptor) whose `invoke` returns a promise makes uni-app return one too, of
 * what the call would have given: the task comes later, or a rejection that is nobody else's
 * (invokeApi() in uni-mp-weixin's dist/uni.api.esm.js and in uni-h5's dist/uni-h5.es.js).
 */
export function watch(
  given: unknown,
  fail: (failure: unknown) => void,
  take: (given: unknown) => void = () => {},
): void {
  if (isPromise(given)) Promise.resolve(given).then(take, fail)
}

export function isPromise(given: unknown): given is PromiseLike<unknown> & object {
  return typeof (given as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function'
}

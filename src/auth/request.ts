import { createDispatch, type DispatchOptions } from './dispatch'
import { AuthError } from './errors'
import { NOTHING } from './nextStep'
import { createRun, type Run } from './run'
import { takeSnapshot, type Call, type Snapshot } from './snapshot'
import type { AbortSignalLike, AuthTask, FlowOptions } from './types'

interface RequesterOptions extends DispatchOptions {
  baseURL: string
  pages: () => readonly unknown[]
}

/** Attach, send, route a 401, replay. */
export interface Requester {
  start<T>(call: Call): AuthTask<T>
  /** As `start`, of what is no request of the app's. */
  startOther(
    snapshot: Snapshot,
    options: Pick<FlowOptions, 'interactive' | 'signal'>,
  ): AuthTask<unknown>
  /** Settles every request that waits or runs. */
  cancelAll(error: AuthError): void
}

export function createRequester(options: RequesterOptions): Requester {
  const { baseURL, pages } = options
  const running = new Set<Run>()
  const { enqueue, cancel } = createDispatch(options)

  function listen(run: Run, signal: AbortSignalLike): void {
    const abort = () => cancel(run, new AuthError('aborted'))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    run.forget = () => signal.removeEventListener('abort', abort)
  }

  /** Apart from its making, lest the function hold what was only needed for that. */
  function abortable<T>(promise: Promise<T>, run: Run | undefined): AuthTask<T> {
    const task = promise as AuthTask<T>
    task.abort = () => run && cancel(run, new AuthError('aborted'))
    return task
  }

  function begin<T>(
    { interactive, signal }: Pick<Call, 'interactive' | 'signal'>,
    snapshotOf: () => Snapshot,
  ): AuthTask<T> {
    let run: Run | undefined
    const promise = new Promise<T>((resolve, reject) => {
      const snapshot = snapshotOf()
      run = createRun(running, interactive, snapshot, pages(), resolve as Run['resolve'], reject)
      if (signal) listen(run, signal)
      enqueue(run, NOTHING)
    })
    return abortable(promise, run)
  }

  return {
    start: (call) => begin(call, () => takeSnapshot(baseURL, call)),
    startOther: (snapshot, options) => begin(options, () => snapshot),

    cancelAll(error) {
      const all = [...running]
      // At once: one by one, the set would be rebuilt as it shrinks.
      running.clear()
      for (const run of all) cancel(run, error)
    },
  }
}

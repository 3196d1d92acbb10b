import { NetworkFailure } from './exchange'

/** One request, upload or download on its way through WeChat's limit. */
export interface NetworkJob<Result> {
  id: string
  /** Makes the exchange; rejects with the signal's reason once that is aborted. */
  run(signal: AbortSignal): Promise<Result>
}

/** WeChat's limit: ten at once for requests, uploads and downloads together, first in, first out. */
export interface NetworkQueue {
  /** Resolves or rejects as the job does, or rejects with `NetworkFailure` (abort, interrupted). */
  add<Result>(job: NetworkJob<Result>): Promise<Result>
  abort(id: string): void
  /** Sets whether the app is in the foreground; some seconds after it is not, all is interrupted. */
  setVisible(visible: boolean): void
  /** Aborts everything. */
  close(): void
}

/** `limit` exchanges at once; `interruptAfter` is in ms (5 s on phones). */
export function createNetworkQueue({ limit = 10, interruptAfter = 5_000 } = {}): NetworkQueue {
  interface Entry {
    id: string
    start(): void
    controller: AbortController
  }
  const waiting: Entry[] = []
  const running = new Set<Entry>()
  let interrupted = false
  let timer: NodeJS.Timeout | undefined

  const next = () => {
    while (running.size < limit) {
      const entry = waiting.shift()
      if (!entry) return
      running.add(entry)
      entry.start()
    }
  }
  const stop = (entry: Entry, failure: NetworkFailure) => {
    const place = waiting.indexOf(entry)
    if (place >= 0) waiting.splice(place, 1)
    entry.controller.abort(failure)
  }
  const stopAll = (failure: () => NetworkFailure) => {
    for (const entry of [...waiting, ...running]) stop(entry, failure())
  }
  const interruption = () => new NetworkFailure('interrupted', 600003)

  return {
    add: (job) =>
      new Promise((resolve, reject) => {
        if (interrupted) return reject(interruption())
        const controller = new AbortController()
        const { signal } = controller
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        const entry: Entry = {
          id: job.id,
          controller,
          start: () =>
            void job
              .run(signal)
              .then(resolve, reject)
              .finally(() => {
                running.delete(entry)
                next()
              }),
        }
        waiting.push(entry)
        next()
      }),
    abort(id) {
      const entry = [...waiting, ...running].find((candidate) => candidate.id === id)
      if (entry) stop(entry, new NetworkFailure('abort'))
    },
    setVisible(visible) {
      clearTimeout(timer)
      interrupted = false
      if (visible) return
      timer = setTimeout(() => {
        interrupted = true
        stopAll(interruption)
      }, interruptAfter)
    },
    close() {
      clearTimeout(timer)
      stopAll(() => new NetworkFailure('abort'))
    },
  }
}

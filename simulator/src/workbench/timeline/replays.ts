import type { RequestRecord } from '../../record'

/**
 * Which request sends which one again: a request is a replay of the earliest answered 401 with the
 * same method, address and body that had ended when it was made. Each one is replayed once, each
 * replay has one original. `requests` by the time they were made; the answer maps the index of a
 * replay to that of its original.
 */
export function pairReplays(requests: readonly RequestRecord[]): Map<number, number> {
  const waiting = new Map<string, { index: number; endedAt: number }[]>()
  const originals = new Map<number, number>()
  requests.forEach((request, index) => {
    if (isLoginOrLogout(request.url)) return
    const key = JSON.stringify([request.method, request.url, request.requestBody])
    const queue = waiting.get(key) ?? []
    const first = queue[0]
    if (first && first.endedAt <= request.queuedAt) {
      originals.set(index, first.index)
      queue.shift()
    }
    if (request.status === 401 && request.endedAt !== undefined) {
      insert(queue, { index, endedAt: request.endedAt })
    }
    waiting.set(key, queue)
  })
  return originals
}

/** A login is made anew, with a new code; it is never one sent again. */
const isLoginOrLogout = (url: string) => /\/auth\/(login|logout)$/.test(url.split('?')[0]!)

/** Keeps the queue in the order of endings; nearly always at its end. */
function insert<Waiting extends { endedAt: number }>(queue: Waiting[], entry: Waiting): void {
  let at = queue.length
  while (at > 0 && queue[at - 1]!.endedAt > entry.endedAt) at--
  queue.splice(at, 0, entry)
}

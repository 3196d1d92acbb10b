import type { RequestRecord } from '../../record'
import { challengesOf, demandsOf } from './challenges'

/** When the person gave what they were asked for, or declined. */
export interface PersonReply {
  how: 'gave' | 'declined'
  /** ms since 1970 */
  at: number
}

/**
 * Which request sends which one again: a request is a replay of the earliest answered 401 with the
 * same method, address and body that had ended when it was made. Each one is replayed once, each
 * replay has one original. A 401 that asks the person is replayed only after they gave something: what
 * comes without is a press of its own, and gives the 401 up that they declined. `requests` by the time
 * they were made; the answer maps the index of a replay to that of its original.
 */
export function pairReplays(
  requests: readonly RequestRecord[],
  replies: readonly PersonReply[],
): Map<number, number> {
  const isAsking = (index: number) =>
    demandsOf(challengesOf(requests[index]!)).some((demand) => demand.startsWith('get'))
  const hasReplied = (how: PersonReply['how'], from: number, to: number) =>
    replies.some((reply) => reply.how === how && from <= reply.at && reply.at <= to)
  const waiting = new Map<string, { index: number; endedAt: number }[]>()
  const originals = new Map<number, number>()
  requests.forEach((request, index) => {
    if (isLoginOrLogout(request.url)) return
    const key = JSON.stringify([request.method, request.url, request.requestBody])
    const queue = waiting.get(key) ?? []
    let first = queue[0]
    if (first && isAsking(first.index) && !hasReplied('gave', first.endedAt, request.queuedAt)) {
      if (hasReplied('declined', first.endedAt, request.queuedAt)) queue.shift()
      first = undefined
    }
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

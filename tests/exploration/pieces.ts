import type { WireAnswer } from '../../src/auth/platform'
import type { Flight } from './phone'
import { bytesOf, isStreamed } from './stream'

/** What the host has handed over of an answer that has not ended. */
const begun = new WeakMap<Flight, number>()

export const hasBegun = (flight: Flight) => begun.has(flight)

/** The host hands over what comes next: in any order, whatever the answer is. */
export function handOver(flight: Flight, answer: WireAnswer, what: 'head' | 'piece'): void {
  const count = begun.get(flight) ?? 0
  begun.set(flight, what === 'head' ? count : count + 1)
  if (what === 'head') flight.stream?.head(answer)
  else flight.stream?.piece(`${flight.line}#${count}`)
}

/** The answer at its end: with the body as a whole where the host has handed over no piece. */
export function ended(flight: Flight, answer: WireAnswer): WireAnswer {
  if (!isStreamed(answer)) return answer
  return { ...answer, data: begun.get(flight) ? undefined : bytesOf(`${flight.line}#whole`) }
}

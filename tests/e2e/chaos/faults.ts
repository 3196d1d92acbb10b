// What goes wrong between the app and its backend, and how often.
import { createChance } from './chance'

/** What becomes of one request and its answer; times are in ms, shares from 0 to 1. */
export type Fault =
  /** The connection is reset, and the backend hears nothing of it. */
  | { is: 'unsent' }
  /** The backend gets half of the request, and the connection is reset. */
  | { is: 'halfSent' }
  /** The backend does it, and the connection is reset in place of the answer. */
  | { is: 'unanswered' }
  /** Others overtake the request, or its answer. */
  | { is: 'late'; request: number; answer: number }
  /** Sent twice, at once or one after the other, and answered once. */
  | { is: 'twice'; atOnce: boolean; answer: 'first' | 'second' }
  /** So much of the body arrives, and the answer ends as if that were all. */
  | { is: 'cut'; share: number }
  /** So much of the body arrives, and the connection is reset. */
  | { is: 'broken'; share: number }

export type FaultKind = Fault['is']

export const faultKinds: readonly FaultKind[] = [
  'unsent',
  'halfSent',
  'unanswered',
  'late',
  'twice',
  'cut',
  'broken',
]

/** Chooses what becomes of the `nth` request (0 is the first) of a line such as `POST /bookings`. */
export type FaultChoice = (line: string, nth: number) => Fault | undefined

/** Longer than the client waits for the answer to a request that carries a login, 3 s. */
const veryLate = 3300

/**
 * As a seed has it, the session's own weather: from none to a fault in most requests. The choice does
 * not depend on the order in which different requests arrive, which differs each time.
 */
export function chooseBySeed(seed: string): FaultChoice {
  const probability = createChance(`weather of ${seed}`).oneOf([0, 0.15, 0.3, 0.45, 0.6])
  return (line, nth): Fault | undefined => {
    const chance = createChance(`${seed}, ${line}, ${nth}`)
    if (!chance.isLikely(probability)) return undefined
    const is = chance.oneOf(faultKinds)
    switch (is) {
      case 'late': {
        const by = chance.isLikely(0.05) ? veryLate : chance.whole(20, 600)
        return chance.isLikely(0.5)
          ? { is, request: by, answer: 0 }
          : { is, request: 0, answer: by }
      }
      case 'twice':
        return { is, atOnce: chance.isLikely(0.5), answer: chance.oneOf(['first', 'second']) }
      case 'cut':
      case 'broken':
        return { is, share: chance.next() }
      default:
        return { is }
    }
  }
}

import type { TokenState } from '../../src/auth/types'

/** A token state as the client has to hold it. */
export interface Held {
  sid: unknown
  uid: string | undefined
  token: string
  version: number | undefined
  /** Order of sending of what has brought it. */
  seq: number
  /** ms since 1970; from then on the client renews it before it sends it. */
  expiresAt: number
}

/** @param now ms since 1970 */
export function heldOf(state: TokenState, seq: number, now: number): Held {
  const { sid, uid, accessToken, version, expiresIn = Infinity } = state
  const expiresAt = now + (expiresIn > 30 ? expiresIn - 30 : expiresIn) * 1000
  return { sid, uid, token: accessToken, version, seq, expiresAt }
}

/** What is held after an answer: the newer of the two, if they are of the same session. */
export function renewed(held: Held | null, next: Held): Held | null {
  if (!held || next.sid !== held.sid) return held
  const [a, b] = [next.version, held.version]
  const isNewer = a !== undefined && b !== undefined && a !== b ? a > b : next.seq > held.seq
  return isNewer ? next : held
}

/** What a client has stored. */
interface Marks {
  state?: TokenState
  /** ms since 1970, when it came. */
  at?: number
  signedOut?: boolean
  byUser?: boolean
}

export const marksIn = (stored: string | undefined) => JSON.parse(stored ?? '{}') as Marks

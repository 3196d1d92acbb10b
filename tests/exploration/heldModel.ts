import type { TokenState } from '../../src/auth/types'
import type { Flight, Phone } from './phone'

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

/** The session that is held, and what may renew it. */
export interface Holding {
  readonly held: Held | null
  /** @param at ms since 1970, when it came; now, if nothing is said */
  begin(state: TokenState | null, at?: number): void
  end(): void
  /** Which session this is a token of, if it is the one held; nothing else is renewed by what is sent with it. */
  sessionOf(token: string): number | undefined
  /** An answer brings this: the newer of the two is held, if they are of the same session. */
  renew(state: TokenState, flight: Pick<Flight, 'seq' | 'line'>, session: number | undefined): void
  /** What the client holds, where only that knows. */
  follow(state: TokenState): void
  isExpired(): boolean
}

export function createHolding(phone: () => Pick<Phone, 'clock'>): Holding {
  let held: Held | null = null
  let session = 0
  let tokens = new Set<string>()
  const now = () => phone().clock.now()

  return {
    get held() {
      return held
    },
    begin(state, at = now()) {
      // All that is sent with its token is sent later.
      held = state && heldOf(state, -Infinity, at)
      session++
      tokens = new Set(held ? [held.token] : [])
    },
    end: () => void (held = null),
    sessionOf: (token) => (tokens.has(token) ? session : undefined),
    renew(state, { seq, line }, ofSession) {
      if (!held || ofSession !== session) return
      const { expiresAt } = held
      held = newer(held, heldOf(state, seq, now()))
      tokens.add(held.token)
      // The sending of a flow counts from when its headers were wanted: whether it is the later one is unknown.
      if (line.includes('/flow-')) held.expiresAt = Math.min(held.expiresAt, expiresAt)
    },
    follow: (state) => void (held = heldOf(state, Infinity, now())),
    isExpired: () => held !== null && now() >= held.expiresAt,
  }
}

/** @param at ms since 1970, when it came */
function heldOf(state: TokenState, seq: number, at: number): Held {
  const { sid, uid, accessToken, version, expiresIn = Infinity } = state
  const expiresAt = at + (expiresIn > 30 ? expiresIn - 30 : expiresIn) * 1000
  return { sid, uid, token: accessToken, version, seq, expiresAt }
}

function newer(held: Held, next: Held): Held {
  if (next.sid !== held.sid) return held
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

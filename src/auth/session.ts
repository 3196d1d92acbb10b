import type { Platform } from '../platform/platform'
import { isExpired, parseTokenState, supersedes, type HeldState } from './tokenState'
import type { AuthWarning, TokenState } from './types'

/** When a request was sent: `epoch` counts sessions, `seq` counts requests. */
export interface SentAt {
  epoch: number
  seq: number
}

/** Who holds the token: memory and storage, which answers may renew it, and what ends it. */
export interface Session {
  readonly state: TokenState | null
  readonly token: string | undefined
  readonly signedOut: boolean
  /** How often the user signed out: whatever began before the last time is to be dropped. */
  readonly signOuts: number
  /** Whether the token is known to be expired. */
  readonly expired: boolean
  /** Marks a sending; later ones have a higher `seq`. */
  mark(): SentAt
  isCurrent(sent: SentAt): boolean
  /** Checks what an answer brought; reports what is malformed. */
  check(tokenState: unknown): TokenState | undefined
  /** A login's outcome: begins a new session and ends the state *signed out*. */
  begin(state: TokenState, sent: SentAt): void
  /** An ordinary answer's token state: taken unless it is older than what is held. */
  renew(tokenState: unknown, sent: SentAt): void
  /** The backend refuses this user: the session is over, the user did not sign out. */
  end(): void
  /** The user signed out: nothing but that mark stays. */
  signOut(): void
}

/** Anything larger was not written here. */
const LARGEST_STORED = 65_536

/** ms in which answers that say the same are neither stored nor told again. */
const REFRESH = 10_000

interface SessionOptions {
  platform: Platform
  storageKey: string
  /** Seconds. */
  margin: number
  warn: (code: AuthWarning['code'], message: string) => void
  changed: () => void
}

export function createSession(options: SessionOptions): Session {
  const { platform, storageKey, margin, warn, changed } = options
  let { held, signedOut } = restore()
  let epoch = 0
  let seq = 0
  let signOuts = 0
  let storedAt = -Infinity

  function restore(): { held: HeldState | null; signedOut: boolean } {
    try {
      const text = platform.getItem(storageKey)
      if (typeof text === 'string' && text.length <= LARGEST_STORED) {
        const stored = JSON.parse(text) as { state?: unknown; at?: unknown; signedOut?: unknown }
        const parsed = parseTokenState(stored.state)
        if (parsed && typeof stored.at === 'number') {
          return { held: { state: parsed.state, at: stored.at, seq: 0 }, signedOut: false }
        }
        return { held: null, signedOut: stored.signedOut === true }
      }
    } catch {
      // A damaged or foreign value, or storage that throws: no session yet.
    }
    return { held: null, signedOut: false }
  }

  function persist(): void {
    try {
      if (!held && !signedOut) return platform.removeItem(storageKey)
      const stored = held ? { state: held.state, at: held.at } : { signedOut }
      platform.setItem(storageKey, JSON.stringify(stored))
    } catch {
      warn('storage_failed', 'Storage refused; the session lives in memory until the app ends.')
      try {
        if (!held) platform.removeItem(storageKey)
      } catch {
        // Said already.
      }
    }
  }

  function hold(next: HeldState | null): void {
    held = next
    storedAt = platform.now()
    persist()
    changed()
  }

  function check(tokenState: unknown): TokenState | undefined {
    if (tokenState === undefined) return undefined
    const parsed = parseTokenState(tokenState)
    if (!parsed) {
      warn('malformed_token_state', 'An answer carried a malformed token state; it was ignored.')
    } else if (parsed.dropped.length > 0) {
      warn(
        'secret_dropped',
        `Secrets do not belong in a token state: ${parsed.dropped.join(', ')}.`,
      )
    }
    return parsed?.state
  }

  return {
    get state() {
      return held && held.state
    },
    get token() {
      return held?.state.accessToken
    },
    get signedOut() {
      return signedOut
    },
    get signOuts() {
      return signOuts
    },
    get expired() {
      return held !== null && isExpired(held, platform.now(), margin)
    },
    mark: () => ({ epoch, seq: ++seq }),
    isCurrent: (sent) => sent.epoch === epoch,

    check,

    begin(state, sent) {
      epoch++
      signedOut = false
      hold({ state, at: platform.now(), seq: sent.seq })
    },

    renew(tokenState, sent) {
      if (!held || sent.epoch !== epoch) return
      const state = check(tokenState)
      const next = state && { state, at: platform.now(), seq: sent.seq }
      if (!next || !supersedes(next, held)) return
      const isSame = JSON.stringify(next.state) === JSON.stringify(held.state)
      if (!isSame || next.at >= storedAt + REFRESH) hold(next)
      else held = { ...next, state: held.state }
    },

    end() {
      epoch++
      hold(null)
    },

    signOut() {
      epoch++
      signOuts++
      signedOut = true
      hold(null)
    },
  }
}

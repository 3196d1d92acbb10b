import type { Platform } from './platform'
import type { Changes } from './changes'
import { AuthError } from './errors'
import { createStored } from './stored'
import { isExpired, parseTokenState, supersedes, type HeldState } from './tokenState'
import type { TokenState } from './types'

/** A moment: the sending of a request, or what came before it. */
export interface Stamp {
  /** Counts the sendings. */
  readonly seq: number
  /** Counts the sessions; each has its own token states. */
  readonly epoch: number
  /** Counts how often the user has signed out. */
  readonly signOuts: number
}

/** What a session began with. */
export interface Origin {
  /** Whether the backend has the session key of the newest login code. */
  hasKey: boolean
  /**
   * Whether the user gave credentials where a silent login was possible: that would perhaps bring another
   * person.
   */
  byUser: boolean
}

/** Whether another tab may have emptied the storage: so may the app, with all else that it has stored. */
export type EmptyStorage = 'counts' | 'does not count'

/** Who holds the token: memory and storage, which answers may renew it, and what ends it. */
export interface Session {
  readonly state: TokenState | null
  readonly token: string | undefined
  readonly signedOut: boolean
  /** Whether the token is known to be expired. */
  readonly expired: boolean
  /** Whether the backend has taken or issued the token within the last minute. */
  readonly proven: boolean
  /** Whether the backend has refused the token that is held. */
  readonly refused: boolean
  /** Whether a token is held that is neither refused nor expired, as far as is known. */
  readonly alive: boolean
  /** Whether a login code was issued whose session key the backend of this session has not got. */
  readonly keyReplaced: boolean
  /** Whether the session, or the last one that ended, began `byUser`. */
  readonly byUser: boolean
  /** This moment; reading it changes nothing. */
  readonly now: Stamp
  /** The stamp of a sending: later ones have a higher `seq`. */
  stampSending(): Stamp
  /** Whether the session of that moment is still the current one. */
  isCurrent(stamp: Stamp): boolean
  /** Whether the user has signed out since. */
  signedOutSince(stamp: Stamp): boolean
  /** @throws AuthError `signed_out`: the user has signed out since. */
  checkSignedIn(since: Stamp): void
  /** Checks what an answer brought; reports what is malformed. */
  check(tokenState: unknown): TokenState | undefined
  /** A login's outcome: begins a new session and ends the state *signed out*. */
  begin(state: TokenState, stamp: Stamp, origin: Origin): void
  /** An ordinary answer's token state: taken unless it is older than what is held. */
  renew(tokenState: unknown, stamp: Stamp): void
  /** The backend took the token of this sending, perhaps before it refused the token to another. */
  prove(stamp: Stamp): void
  /** The backend refused this token: it is not counted on any more, if it is still the one held. */
  refuse(token: string): void
  /** A login code was issued: whether the backend will get its session key has to be seen. */
  replaceKey(): void
  /** Looks whether another tab has stored another token, or none, and follows it. */
  takeStored(empty: EmptyStorage): boolean
  /** The backend refuses this user, who did not sign out: the session is over, if there is one. */
  end(): void
  /** The user signed out: nothing but that mark stays. */
  signOut(): void
}

/** ms in which answers that say the same are neither stored nor reported again. */
const REFRESH = 10_000

/** ms for which a token that was taken counts as alive. */
const PROOF = 60_000

/** `unknown`: not tried of late; `seq` of the last sending before the refusal was known. */
type Standing = { is: 'unknown' } | { is: 'proven'; at: number } | { is: 'refused'; seq: number }

interface SessionOptions {
  platform: Platform
  storageKey: string
  /** Seconds. */
  margin: number
  changes: Changes
  /** Follows what another tab has stored: it is not to be written over by what comes by itself. */
  lookElsewhere: (empty: EmptyStorage) => void
}

export function createSession(options: SessionOptions): Session {
  const { platform, storageKey, margin, changes, lookElsewhere } = options
  const stored = createStored(platform, storageKey, changes)
  let { held, signedOut, keyReplaced, byUser } = stored.read()
  let standing: Standing = { is: 'unknown' }
  let now: Stamp = { seq: 0, epoch: 0, signOuts: 0 }
  let storedAt = -Infinity

  function persist(): void {
    stored.write({ held, signedOut, keyReplaced, byUser })
  }

  function hold(next: HeldState | null): void {
    held = next
    storedAt = platform.now()
    persist()
    changes.note()
  }

  function check(tokenState: unknown): TokenState | undefined {
    if (tokenState === undefined) return undefined
    const parsed = parseTokenState(tokenState)
    if (parsed.is === 'malformed') {
      changes.warn('malformed_token_state', parsed.detail)
      return undefined
    }
    if (parsed.dropped.length > 0) changes.warn('secret_dropped', parsed.dropped.join(', '))
    return parsed.state
  }

  /** In one turn: a warned listener may sign out, and nothing is held after that. */
  function renew(tokenState: unknown, { seq, epoch }: Stamp): void {
    if (!held || epoch !== now.epoch) return
    const state = check(tokenState)
    const next = state && { state, at: platform.now(), seq }
    if (!next || !supersedes(next, held)) return
    if (next.state.accessToken !== held.state.accessToken) standing = { is: 'unknown' }
    const isSame = JSON.stringify(next.state) === JSON.stringify(held.state)
    if (isSame && next.at < storedAt + REFRESH) return void (held = { ...next, state: held.state })
    lookElsewhere('does not count')
    if (epoch === now.epoch) hold(next)
  }

  function nextEpoch(): void {
    now = { ...now, epoch: now.epoch + 1 }
    standing = { is: 'unknown' }
  }

  function signedOutSince(stamp: Stamp): boolean {
    return stamp.signOuts !== now.signOuts
  }

  /** The wall clock may be set back, which must not make a proof last. */
  function isRecent(at: number): boolean {
    return Math.abs(platform.now() - at) < PROOF
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
    get expired() {
      return held !== null && isExpired(held, platform.now(), margin)
    },
    get alive() {
      return held !== null && !isExpired(held, platform.now(), margin) && standing.is !== 'refused'
    },
    get proven() {
      return standing.is === 'proven' && isRecent(standing.at)
    },
    get refused() {
      return standing.is === 'refused'
    },
    get keyReplaced() {
      return keyReplaced
    },
    get byUser() {
      return byUser
    },
    get now() {
      return now
    },
    // Not spread: it is made for every sending.
    stampSending: () => (now = { seq: now.seq + 1, epoch: now.epoch, signOuts: now.signOuts }),
    isCurrent: (stamp) => stamp.epoch === now.epoch,
    signedOutSince,
    checkSignedIn(since) {
      if (signedOutSince(since)) throw new AuthError('signed_out')
    },

    check,

    begin(state, stamp, origin) {
      nextEpoch()
      signedOut = false
      keyReplaced = !origin.hasKey
      byUser = origin.byUser
      standing = { is: 'proven', at: platform.now() }
      hold({ state, at: platform.now(), seq: stamp.seq })
    },

    renew(tokenState, stamp) {
      if (tokenState === undefined) return
      // A listener that is warned of what it carries may sign out.
      changes.turn(() => renew(tokenState, stamp))
    },

    prove(stamp) {
      if (stamp.epoch !== now.epoch || !held) return
      const isLate = standing.is === 'refused' && stamp.seq <= standing.seq
      if (!isLate) standing = { is: 'proven', at: platform.now() }
    },

    refuse(token) {
      if (held?.state.accessToken === token) standing = { is: 'refused', seq: now.seq }
    },

    replaceKey() {
      if (keyReplaced || !held) return
      keyReplaced = true
      persist()
    },

    takeStored(empty) {
      if (!stored.isChanged()) return false
      const found = stored.read()
      const isEmpty = !found.held && !found.signedOut
      if (isEmpty && empty === 'does not count') return false
      const isSame = found.held?.state.accessToken === held?.state.accessToken
      if (isSame && found.signedOut === signedOut) return false
      nextEpoch()
      if (found.signedOut) now = { ...now, signOuts: now.signOuts + 1 }
      ;({ held, signedOut, keyReplaced, byUser } = found)
      changes.note()
      return true
    },

    end() {
      if (!held) return
      nextEpoch()
      hold(null)
    },

    signOut() {
      nextEpoch()
      now = { ...now, signOuts: now.signOuts + 1 }
      signedOut = true
      byUser = false
      hold(null)
    },
  }
}

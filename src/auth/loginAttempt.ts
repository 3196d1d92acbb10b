import type { AuthError } from './errors'
import type { Stamp } from './session'
import type { TokenState } from './types'
import { createDeferred, type Deferred } from './wire'

/** ms: how long requests wait for `wx.login`, and for a request that carries a login. */
export const PATIENCE = 3_000

/** How the next login goes. */
export type Way =
  | { by: 'request' }
  | { by: 'post' }
  /** With a code that no backend has looked at: the request that had it does not count. */
  | { by: 'unusedCode'; code: string; at: number }

/** Where a try to log in is. */
export type AttemptState =
  /** This state is being changed for a new one until `over`; `wx.login` comes if the backend refuses that. */
  | {
      is: 'refreshing'
      session: TokenState
      patience: Deferred<TokenState | undefined>
      over?: Promise<unknown>
    }
  /**
   * `wx.login` was called, or waits for a press to be over. `patience`: ends as the attempt does, or
   * before it, without a session, when requests need not wait any longer. `stop` ends the time for that.
   */
  | { is: 'issuing'; by: Carrier; patience: Deferred<TokenState | undefined>; stop: () => void }
  /** As `issuing`, for so long that requests go as a guest's meanwhile. */
  | { is: 'silent' }
  /** The code goes with a request (`Authorization: WxLogin <code>`). */
  | { is: 'carried'; code: string }
  /** The code, or other credentials, are on the wire in a login. */
  | { is: 'exchanging' }
  /**
   * As `carried`, for so long that the others log in anew. The session that the answer brings is
   * taken all the same, unless there is a newer one by then.
   */
  | { is: 'late' }
  /** As `late`, and there is a newer session: the one that the answer brings is not taken. */
  | { is: 'overtaken' }
  /** It has ended. */
  | { is: 'over' }
  /** The user has signed out: a token that it brings is revoked. */
  | { is: 'discarded' }

/** What takes the code to the backend. */
export type Carrier = { is: 'post' } | { is: 'request'; code: Deferred<string | undefined> }

/** What leads from one to the other. */
export interface AttemptTransitions {
  refreshing: 'issuing' | 'over' | 'discarded'
  issuing: 'issuing' | 'silent' | 'carried' | 'exchanging' | 'over' | 'discarded'
  silent: 'exchanging' | 'over' | 'discarded'
  carried: 'late' | 'over' | 'discarded'
  exchanging: 'issuing' | 'over' | 'discarded'
  late: 'overtaken' | 'over' | 'discarded'
  overtaken: 'over' | 'discarded'
  over: never
  discarded: never
}

/** One try to log in. */
export interface Attempt {
  readonly state: AttemptState
  /** Before it. */
  readonly began: Stamp
  /** Its end. `undefined`: it brought no session, and nobody an error: log in anew. */
  readonly end: Deferred<TokenState | undefined>
  /** Whether the backend has looked at the credentials, and does not take them. */
  isRefused?: boolean
  /** Why it has failed, if it was the user's own: of no concern to what has waited for it. */
  refusal?: AuthError
}

/** What an attempt begins with. */
export type Opening =
  | { is: 'code'; by: Carrier }
  | { is: 'refresh'; session: TokenState }
  /** The user's own: nothing is asked of `wx.login`. */
  | { is: 'credentials' }

export function createAttempt(began: Stamp, opening: Opening): Attempt {
  const end = createDeferred<TokenState | undefined>()
  return { state: openingState(end, opening), began, end }
}

function openingState(end: Attempt['end'], opening: Opening): AttemptState {
  switch (opening.is) {
    case 'code':
      return issuing(patienceOf(end), opening.by)
    case 'refresh':
      return { is: 'refreshing', session: opening.session, patience: patienceOf(end) }
    case 'credentials':
      return { is: 'exchanging' }
  }
}

/** Ends as the attempt with this end does, or before it. */
export function patienceOf(end: Attempt['end']): Deferred<TokenState | undefined> {
  const patience = createDeferred<TokenState | undefined>()
  end.promise.then(patience.resolve, patience.reject)
  return patience
}

/** The state of an attempt that asks `wx.login`, at first or again. */
export function issuing(
  patience: Deferred<TokenState | undefined>,
  by: Carrier,
): Extract<AttemptState, { is: 'issuing' }> {
  return { is: 'issuing', by, patience, stop: () => {} }
}

/** Whether no other may begin. */
export function isUnderWay({ state }: Attempt): boolean {
  switch (state.is) {
    case 'refreshing':
    case 'issuing':
    case 'silent':
    case 'carried':
    case 'exchanging':
      return true
    case 'late':
    case 'overtaken':
    case 'over':
    case 'discarded':
      return false
  }
}

/** Moves an attempt on from its state. */
export function transition<From extends AttemptState>(
  attempt: Attempt,
  from: From,
  to: Extract<AttemptState, { is: AttemptTransitions[From['is']] }>,
): void {
  const next: AttemptState = to
  if (from.is === 'issuing' && next.is !== 'issuing') from.stop()
  ;(attempt as { state: AttemptState }).state = next
}

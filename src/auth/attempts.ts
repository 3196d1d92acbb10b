import { createBackground } from './background'
import { createBackoff, type Backoff } from './backoff'
import { createCarriedLogin, type CarriedLogin } from './carriedLogin'
import type { Changes } from './changes'
import type { AuthError } from './errors'
import { createAttempt, isUnderWay, transition, type Attempt, type Opening } from './loginAttempt'
import {
  createLoginSteps,
  type Given,
  type LoginSteps,
  type LoginStepsOptions,
  type Silence,
} from './loginSteps'
import type { Origin, Stamp } from './session'
import type { TokenState } from './types'
import { createDeferred } from './wire'

/** Whether a login is under way: one at a time. */
export type LoginState = { is: 'idle' } | { is: 'underWay'; attempt: Attempt }

/** The tries to log in: at most one is under way, others may still bring a session. */
export interface Attempts {
  readonly state: LoginState
  readonly backoff: Backoff
  readonly canRefresh: LoginSteps['canRefresh']
  start(begins: Opening, given?: Given): Attempt
  /** Makes a request carry the next login, which is due; `undefined` where it may not. */
  carry(): CarriedLogin | undefined
  /** Begins a session, whichever way it was got; what is late brings none any more. */
  begin(tokenState: TokenState, stamp: Stamp, origin: Origin): void
  /** What is under way ends with this; a session that it brings is revoked. */
  giveWay(outcome: TokenState | undefined): void
  /** The user signed out: a session that any of them brings is revoked. */
  discard(error: AuthError): void
}

export interface AttemptsOptions extends LoginStepsOptions {
  changes: Changes
  /** Whether the backend may know `Authorization: WxLogin`. */
  carries: boolean
  /** Called within the turn that begins a session. */
  signedIn: () => void
}

const NOTHING: Given = { is: 'nothing' }

export function createAttempts(options: AttemptsOptions, silence: Silence): Attempts {
  const { platform, session, codes, calls, changes, signedIn } = options
  const { hasSilent, unable } = silence
  const throughBackground = createBackground(platform)
  const backoff = createBackoff(platform)
  /** Those whose request may still bring a session, wanted or not. */
  const late = new Set<Attempt>()
  let state: LoginState = { is: 'idle' }
  let mayCarry = options.carries
  const steps = createLoginSteps(options, silence, take)

  function start(begins: Opening, given = NOTHING): Attempt {
    const attempt = createAttempt(session.now, begins)
    state = { is: 'underWay', attempt }
    steps.limitPatience(attempt)
    const work = () => steps.perform(attempt, given)
    const isWanted = () => isUnderWay(attempt)
    // What the user gave is good for one try.
    const working = given.is === 'nothing' ? throughBackground(work, isWanted) : work()
    working.catch((error: AuthError) => fail(attempt, given, error))
    return attempt
  }

  /** The attempt ends; if it was the one under way, another may begin. */
  function end(attempt: Attempt, to: 'over' | 'discarded'): void {
    const { state: from } = attempt
    if (from.is === 'over' || from.is === 'discarded') return
    if (from.is === 'late' || from.is === 'overtaken') late.delete(attempt)
    else state = { is: 'idle' }
    transition(attempt, from, { is: to })
  }

  /** There is a newer session than they would bring. */
  function overtakeLate(): void {
    for (const attempt of late) {
      const { state } = attempt
      if (state.is === 'late') transition(attempt, state, { is: 'overtaken' })
    }
  }

  function begin(tokenState: TokenState, stamp: Stamp, origin: Origin): void {
    changes.turn(() => {
      overtakeLate()
      backoff.clear()
      session.begin(tokenState, stamp, origin)
      signedIn()
    })
  }

  /** Takes the session that a login has brought. */
  function take(attempt: Attempt, tokenState: TokenState, stamp: Stamp, origin: Origin): void {
    const { is } = attempt.state
    if (is === 'over') return
    if (is === 'overtaken') return end(attempt, 'over')
    if (is === 'discarded') return void calls.revoke(tokenState)
    begin(tokenState, stamp, { ...origin, byUser: origin.byUser && hasSilent })
    // Only now: a listener that logs in joins it, and one that signs out discards it.
    end(attempt, 'over')
    attempt.end.resolve(tokenState)
  }

  function fail(attempt: Attempt, given: Given, error: AuthError): void {
    if (!isUnderWay(attempt)) return
    // What a user mistypes says nothing of the session, nor of the next silent login.
    if (given.is === 'nothing' && error !== unable) failSilently(attempt, error)
    end(attempt, 'over')
    if (given.is === 'nothing') return attempt.end.reject(error)
    attempt.refusal = error
    attempt.end.resolve(undefined)
  }

  function failSilently(attempt: Attempt, error: AuthError): void {
    changes.turn(() => {
      backoff.fail(error)
      // A request's late answer may have brought a session meanwhile.
      const isOfThisSession = session.isCurrent(attempt.began) && !session.byUser
      if (attempt.isRefused && isOfThisSession) session.end()
    })
  }

  /** A session that the one under way brings is revoked. */
  function interrupt(settle: (end: Attempt['end']) => void): void {
    if (state.is !== 'underWay') return
    const { attempt } = state
    end(attempt, 'discarded')
    settle(attempt.end)
  }

  return {
    get state() {
      return state
    },
    backoff,
    canRefresh: steps.canRefresh,
    start,
    begin,
    giveWay: (outcome) => interrupt((end) => end.resolve(outcome)),

    carry() {
      if (!mayCarry || steps.way.by !== 'request') return undefined
      const code = createDeferred<string | undefined>()
      const attempt = start({ is: 'code', by: { is: 'request', code } })
      return createCarriedLogin(platform, session, attempt, code, {
        take: (attempt, tokenState, stamp, given) =>
          take(attempt, tokenState, stamp, { hasKey: codes.exchanged(given), byUser: false }),
        passOn(attempt, from, to, next) {
          steps.way = next
          state = { is: 'idle' }
          transition(attempt, from, { is: to })
          if (to === 'late') late.add(attempt)
          attempt.end.resolve(undefined)
        },
        end: (attempt) => end(attempt, 'over'),
        refused: () => (mayCarry = false),
      })
    },

    discard(error) {
      backoff.clear()
      for (const attempt of [...late]) end(attempt, 'discarded')
      interrupt((end) => end.reject(error))
    },
  }
}

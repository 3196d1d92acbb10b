import type { Platform } from './platform'
import { createBackground } from './background'
import { createBackoff, type BackoffState } from './backoff'
import { createCarriedLogin, type CarriedLogin } from './carriedLogin'
import type { Changes } from './changes'
import type { Credentials } from './dialect'
import { AuthError } from './errors'
import {
  createAttempt,
  isUnderWay,
  transition,
  type Attempt,
  type AttemptState,
  type Opening,
} from './loginAttempt'
import type { LoginCalls } from './loginCalls'
import type { LoginCodes } from './loginCode'
import { createLoginSteps, type Given } from './loginSteps'
import type { Origin, Session, Stamp } from './session'
import type { ButtonDetail, TokenState } from './types'
import { createDeferred } from './wire'

/** Whether a login is under way: one at a time. */
export type LoginState = { is: 'idle' } | { is: 'underWay'; attempt: Attempt }

const NOTHING: Given = { is: 'nothing' }
const BY_POST: Opening = { is: 'code', by: { is: 'post' } }

/** One login at a time, and when the next may start. */
export interface Logins {
  readonly state: LoginState
  /** Set where only the user can bring a session: no silent login, and nothing to refresh. */
  readonly impossible: AuthError | undefined
  /** Whether only the user can begin a session: there is no silent login, or the last was no silent one. */
  readonly isForUser: boolean
  /** Whether a login needs the phone number: requests without a session are a guest's. */
  readonly needsUser: boolean
  /** Whether the next may start by itself. */
  readonly backoff: BackoffState
  /** Makes a request carry the next login; `undefined` where it may not. */
  carry(): CarriedLogin | undefined
  /**
   * Starts a login, or joins the one under way; does not heed the backoff. One with credentials takes
   * the place of what is under way.
   */
  login(credentials?: Credentials): Promise<TokenState>
  /** As `login` with credentials, with a login code and what a phone number button gave. */
  loginWith(detail: ButtonDetail): Promise<TokenState>
  /** Begins a session that was got elsewhere, and ends what is under way. */
  adopt(state: TokenState): void
  /**
   * Like `loginWhenDue`, whatever the backoff says, but resolves with `undefined` as soon as requests
   * need not wait any longer: after 3 s without a code, or once another attempt takes over.
   */
  wait(): Promise<TokenState | undefined>
  /**
   * Refreshes the token state if it can be, else logs in; joins what is under way. Starts nothing
   * before the wait after a failed login is over.
   */
  loginWhenDue(): Promise<TokenState>
  /**
   * Makes sure that the refused token is no longer the current one, by a login if need be.
   * Where none is possible the token is dropped, unless another tab has stored another one: `stored`.
   * @param logIn starts or joins a login
   */
  replace(
    refused: string | undefined,
    logIn: () => Promise<TokenState>,
  ): Promise<'replaced' | 'stored'>
  /** Whether another tab has begun or ended a session; it is this tab's, too. */
  follow(): boolean
  /** The user signed out: what is in flight is discarded, the tokens it brings are revoked. */
  discard(error: AuthError): void
  /** Tells the backend to forget a token, for 5 s at most. Never rejects. */
  revoke(state: TokenState): Promise<void>
}

interface LoginsOptions {
  platform: Platform
  session: Session
  codes: LoginCodes
  calls: LoginCalls
  changes: Changes
  needsUser: boolean
  /** Whether the backend may know `Authorization: WxLogin`. */
  carries: boolean
  /** Called within the turn that begins a session. */
  signedIn: () => void
  /** Called within the turn that ends a session which only the user can follow by another. */
  sessionEnded: () => void
}

/** Whether requests go as a guest's after this login error: the login could not be made. */
export function allowsGuests(error: AuthError): boolean {
  return error.code === 'login_failed' || error.code === 'login_timeout' || error.status === 503
}

export function createLogins(options: LoginsOptions): Logins {
  const { platform, session, codes, calls, changes, needsUser, signedIn, sessionEnded } = options
  const throughBackground = createBackground(platform)
  const backoff = createBackoff(platform)
  /** Those whose request may still bring a session, wanted or not. */
  const late = new Set<Attempt>()
  /** Why the user's own have failed: of no concern to what has waited for them. */
  const refusals = new WeakMap<Attempt, AuthError>()
  const hasSilent = platform.login !== undefined && !needsUser
  const unable = new AuthError('login_failed')
  let state: LoginState = { is: 'idle' }
  let mayCarry = options.carries
  const steps = createLoginSteps({ platform, session, codes, calls, unable, isSilent, take })

  /** Whether a login may begin by itself: it brings the person whose session it was, or the first. */
  function isSilent(): boolean {
    return hasSilent && !session.byUser
  }

  function impossible(): AuthError | undefined {
    return isSilent() || steps.canRefresh(session.state) ? undefined : unable
  }

  /** How a login begins that nobody has asked for: the held state may be changed for a new one. */
  function opening(): Opening {
    const held = session.state
    if (steps.canRefresh(held)) return { is: 'refresh', session: held }
    if (!isSilent()) throw unable
    return BY_POST
  }

  /** How a login begins that the user or the app has asked for. */
  function openingAsked(): Opening {
    if (!hasSilent) throw unable
    return BY_POST
  }

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
    const from = attempt.state
    switch (from.is) {
      case 'refreshing':
      case 'issuing':
      case 'silent':
      case 'carried':
      case 'exchanging':
        state = { is: 'idle' }
        return transition(attempt, from, { is: to })
      case 'late':
      case 'overtaken':
        late.delete(attempt)
        return transition(attempt, from, { is: to })
      default:
        from satisfies Extract<AttemptState, { is: 'over' | 'discarded' }>
    }
  }

  /** Takes the session that a login has brought. */
  function take(attempt: Attempt, tokenState: TokenState, stamp: Stamp, origin: Origin): void {
    switch (attempt.state.is) {
      case 'over':
        return
      case 'overtaken':
        return end(attempt, 'over')
      case 'discarded':
        return void calls.revoke(tokenState)
      case 'refreshing':
      case 'issuing':
      case 'silent':
      case 'carried':
      case 'exchanging':
      case 'late':
        changes.turn(() => {
          overtakeLate()
          backoff.clear()
          session.begin(tokenState, stamp, { ...origin, byUser: origin.byUser && hasSilent })
          signedIn()
        })
        // Only now: a listener that logs in joins it, and one that signs out discards it.
        end(attempt, 'over')
        attempt.end.resolve(tokenState)
    }
  }

  /** There is a newer session than they would bring. */
  function overtakeLate(): void {
    for (const attempt of late) {
      const { state } = attempt
      if (state.is === 'late') transition(attempt, state, { is: 'overtaken' })
    }
  }

  function fail(attempt: Attempt, given: Given, error: AuthError): void {
    if (!isUnderWay(attempt)) return
    // What a user mistypes says nothing of the session, nor of the next silent login.
    if (given.is === 'nothing' && error !== unable) failSilently(attempt, error)
    end(attempt, 'over')
    if (given.is === 'nothing') return attempt.end.reject(error)
    refusals.set(attempt, error)
    attempt.end.resolve(undefined)
  }

  function failSilently(attempt: Attempt, error: AuthError): void {
    changes.turn(() => {
      backoff.fail(error)
      // A request's late answer may have brought a session meanwhile.
      const isOfThisSession = session.isCurrent(attempt.began) && !session.byUser
      if (steps.isRefusal(error) && isOfThisSession) session.end()
    })
  }

  function startOrJoin(begins: () => Opening): Attempt {
    return state.is === 'underWay' ? state.attempt : start(begins())
  }

  async function login(begins: () => Opening): Promise<TokenState> {
    const called = session.now
    for (;;) {
      const tokenState = await startOrJoin(begins).end.promise
      session.checkSignedIn(called)
      if (tokenState) return tokenState
    }
  }

  /** Of the user: what is under way gives way, and what waits for it waits for this one. */
  async function loginBy(begins: Opening, given: Given): Promise<TokenState> {
    const called = session.now
    giveWay(undefined)
    return endOf(start(begins, given), called)
  }

  async function endOf(attempt: Attempt, called: Stamp): Promise<TokenState> {
    const tokenState = await attempt.end.promise
    session.checkSignedIn(called)
    const refusal = refusals.get(attempt)
    if (refusal) throw refusal
    if (tokenState) return tokenState
    // Another one has taken its place, and may fail: a silent login would perhaps bring another person.
    return state.is === 'underWay' ? endOf(state.attempt, called) : login(opening)
  }

  /** What is under way ends with this; a session that it brings is revoked. */
  function giveWay(outcome: TokenState | undefined): void {
    if (state.is !== 'underWay') return
    const { attempt } = state
    end(attempt, 'discarded')
    attempt.end.resolve(outcome)
  }

  function follow(): boolean {
    return changes.turn(() => {
      if (!session.takeStored()) return false
      if (session.token !== undefined) signedIn()
      else sessionEnded()
      return true
    })
  }

  return {
    get state() {
      return state
    },
    follow,
    get impossible() {
      return impossible()
    },
    get isForUser() {
      return platform.login === undefined || session.byUser
    },
    needsUser,
    get backoff() {
      return backoff.state
    },

    login: async (credentials) =>
      credentials === undefined
        ? login(openingAsked)
        : loginBy({ is: 'credentials' }, { is: 'credentials', credentials }),

    loginWith: (detail) => loginBy(BY_POST, { is: 'phoneNumber', detail }),

    adopt(tokenState) {
      changes.turn(() => {
        overtakeLate()
        backoff.clear()
        session.begin(tokenState, session.stampSending(), { hasKey: false, byUser: false })
        signedIn()
      })
      giveWay(tokenState)
    },

    async wait() {
      const attempt = startOrJoin(opening)
      const { state } = attempt
      return 'patience' in state ? state.patience.promise : attempt.end.promise
    },

    revoke: calls.revoke,

    carry() {
      const isDue = state.is === 'idle' && backoff.state.is === 'open'
      if (!isDue || !mayCarry || steps.way.by !== 'request') return undefined
      const code = createDeferred<string | undefined>()
      return createCarriedLogin({
        platform,
        session,
        attempt: start({ is: 'code', by: { is: 'request', code } }),
        code,
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

    async loginWhenDue() {
      if (state.is === 'idle' && backoff.state.is === 'closed') throw backoff.state.error
      return login(opening)
    },

    async replace(refused, logIn) {
      if (refused !== undefined) session.refuse(refused)
      const isReplaced = () => session.token !== undefined && session.token !== refused
      if (state.is === 'underWay' && !(isReplaced() && !session.refused)) {
        const { attempt } = state
        await attempt.end.promise
        if (!refusals.has(attempt)) return 'replaced'
      }
      if (session.signedOut) throw new AuthError('signed_out')
      if (isReplaced()) return 'replaced'
      try {
        if (impossible()) throw unable
        await logIn()
        return 'replaced'
      } catch (error) {
        if (error !== unable) throw error
        if (follow()) return 'stored'
        changes.turn(() => {
          session.end()
          sessionEnded()
        })
        throw error
      }
    },

    discard(error) {
      backoff.clear()
      for (const attempt of [...late]) end(attempt, 'discarded')
      if (state.is !== 'underWay') return
      const { attempt } = state
      end(attempt, 'discarded')
      attempt.end.reject(error)
    },
  }
}

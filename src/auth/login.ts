import { createAttempts, type AttemptsOptions, type LoginState } from './attempts'
import type { BackoffState } from './backoff'
import type { CarriedLogin } from './carriedLogin'
import type { Credentials } from './dialect'
import { AuthError } from './errors'
import type { Attempt, Opening } from './loginAttempt'
import type { Given } from './loginSteps'
import type { EmptyStorage, Stamp } from './session'
import type { ButtonDetail, TokenState } from './types'

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
  /** Makes a request carry the next login, which is due; `undefined` where it may not. */
  carry(): CarriedLogin | undefined
  /**
   * Starts a login, or joins the one under way; does not heed the backoff. One with credentials takes
   * the place of a login under way, and waits for a refresh.
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
  follow(empty?: EmptyStorage): boolean
  /** The user signed out: what is in flight is discarded, the tokens it brings are revoked. */
  discard(error: AuthError): void
}

interface LoginsOptions extends AttemptsOptions {
  needsUser: boolean
  /** Called within the turn that ends a session which only the user can follow by another. */
  sessionEnded: () => void
  /** Called within the turn that finds that the user has signed out in another tab. */
  signedOutElsewhere: () => void
}

const BY_POST: Opening = { is: 'code', by: { is: 'post' } }

/** Whether requests go as a guest's after this login error: the login could not be made. */
export function allowsGuests(error: AuthError): boolean {
  return error.code === 'login_failed' || error.code === 'login_timeout' || error.status === 503
}

export function createLogins(options: LoginsOptions): Logins {
  const { platform, session, changes, needsUser } = options
  const { signedIn, sessionEnded, signedOutElsewhere } = options
  const hasSilent = platform.login !== undefined && !needsUser
  const unable = new AuthError('login_failed')
  const attempts = createAttempts(options, { hasSilent, isSilent, unable })
  const { backoff, start, giveWay } = attempts

  /** Whether a login may begin by itself: it brings the person whose session it was, or the first. */
  function isSilent(): boolean {
    return hasSilent && !session.byUser
  }

  function impossible(): AuthError | undefined {
    return isSilent() || attempts.canRefresh(session.state) ? undefined : unable
  }

  /** How a login begins that nobody has asked for: the held state may be changed for a new one. */
  function opening(): Opening {
    const held = session.state
    if (attempts.canRefresh(held)) return { is: 'refresh', session: held }
    if (!isSilent()) throw unable
    return BY_POST
  }

  /** How a login begins that the user or the app has asked for. */
  function openingAsked(): Opening {
    if (!hasSilent) throw unable
    return BY_POST
  }

  function startOrJoin(begins: () => Opening): Attempt {
    const { state } = attempts
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

  function refreshUnderWay() {
    const { state } = attempts
    if (state.is !== 'underWay' || state.attempt.state.is !== 'refreshing') return undefined
    return state.attempt.state
  }

  /**
   * Of the user: what is under way gives way, and what waits for it waits for this one. Only a refresh is not
   * given up: it has spent what it began with, and the session has to stay if this login is refused.
   */
  async function loginBy(begins: Opening, given: Given): Promise<TokenState> {
    const called = session.now
    const refreshed = refreshUnderWay()?.over
    if (refreshed) {
      await refreshed
      session.checkSignedIn(called)
    }
    giveWay(undefined)
    return endOf(start(begins, given), called)
  }

  async function endOf(attempt: Attempt, called: Stamp): Promise<TokenState> {
    const tokenState = await attempt.end.promise
    session.checkSignedIn(called)
    if (attempt.refusal) throw attempt.refusal
    if (tokenState) return tokenState
    // Another one has taken its place, and may fail: a silent login would perhaps bring another person.
    const { state } = attempts
    return state.is === 'underWay' ? endOf(state.attempt, called) : login(opening)
  }

  /** A refresh under way would bring back the person before. One of the same person's may be the newer one. */
  function leaveRefreshOfAnother(tokenState: TokenState): void {
    const uid = refreshUnderWay()?.session.uid
    const isAnother = uid !== undefined && tokenState.uid !== undefined && uid !== tokenState.uid
    if (isAnother) giveWay(tokenState)
  }

  function follow(empty: EmptyStorage = 'counts'): boolean {
    return changes.turn(() => {
      const { signedOut } = session
      if (!session.takeStored(empty)) return false
      if (session.state) {
        leaveRefreshOfAnother(session.state)
        signedIn()
      } else if (session.signedOut && !signedOut) signedOutElsewhere()
      else sessionEnded()
      return true
    })
  }

  return {
    get state() {
      return attempts.state
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
      attempts.begin(tokenState, session.stampSending(), { hasKey: false, byUser: false })
      giveWay(tokenState)
    },

    async wait() {
      const attempt = startOrJoin(opening)
      const { state } = attempt
      return 'patience' in state ? state.patience.promise : attempt.end.promise
    },

    carry: attempts.carry,

    async loginWhenDue() {
      if (attempts.state.is === 'idle' && backoff.state.is === 'closed') throw backoff.state.error
      return login(opening)
    },

    async replace(refused, logIn) {
      if (refused !== undefined) session.refuse(refused)
      const isReplaced = () => session.token !== undefined && session.token !== refused
      try {
        const { state } = attempts
        if (state.is === 'underWay' && !(isReplaced() && !session.refused)) {
          const { attempt } = state
          await attempt.end.promise
          if (!attempt.refusal) return 'replaced'
        }
        if (session.signedOut) throw new AuthError('signed_out')
        if (isReplaced()) return 'replaced'
        if (impossible()) throw unable
        await logIn()
        return 'replaced'
      } catch (error) {
        // The app has adopted another one meanwhile, or another tab has begun one.
        if (isReplaced()) return error === unable ? 'stored' : 'replaced'
        if (error !== unable) throw error
        if (follow()) return 'stored'
        changes.turn(() => {
          session.end()
          sessionEnded()
        })
        throw error
      }
    },

    discard: attempts.discard,
  }
}

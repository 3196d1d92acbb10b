import type { Platform } from './platform'
import { isSuccess } from './answer'
import { createBackground } from './background'
import { authError } from './backend'
import { createBackoff, type BackoffState } from './backoff'
import { createCarriedLogin, type CarriedLogin } from './carriedLogin'
import type { Changes } from './changes'
import { AuthError } from './errors'
import {
  createAttempt,
  issuing,
  isUnderWay,
  lead,
  PATIENCE,
  type Attempt,
  type AttemptState,
  type Carrier,
  type Way,
} from './loginAttempt'
import type { LoginCalls } from './loginCalls'
import type { LoginCodes } from './loginCode'
import type { Session, Stamp } from './session'
import type { TokenState } from './types'
import { createDeferred } from './wire'

/** ms, a minute less than WeChat allows (WeChat: wx.login). */
const CODE_LIFE = 240_000

/** Whether a login is under way: one at a time. */
export type LoginState =
  /** This host has no silent login. */
  { is: 'impossible'; error: AuthError } | { is: 'idle' } | { is: 'underWay'; attempt: Attempt }

/** One login at a time, and when the next may start. */
export interface Logins {
  readonly state: LoginState
  /** Whether the next may start by itself. */
  readonly backoff: BackoffState
  /** Makes a request carry the next login; `undefined` where it may not. */
  carry(): CarriedLogin | undefined
  /** Starts a login, or joins the one under way; does not heed the backoff. */
  login(): Promise<TokenState>
  /** As `login`, but over as soon as requests need not wait: then, or handed over, `undefined`. */
  wait(): Promise<TokenState | undefined>
  /** As `login`, but does not start one before the wait after a failed login is over. */
  loginWhenDue(): Promise<TokenState>
  /**
   * Makes sure that the refused token is no longer the current one, by a login if need be.
   * Where none is possible the token is dropped, unless another tab has stored another one: `stored`.
   * @param logIn how to
   */
  replace(
    refused: string | undefined,
    logIn: () => Promise<TokenState>,
  ): Promise<'replaced' | 'stored'>
  /** The user signed out: what is in flight is discarded, the tokens it brings are revoked. */
  discard(error: AuthError): void
  /** Tells the backend to forget a token, for 5 s at most. Never rejects. */
  revoke(token: string): Promise<void>
}

interface LoginsOptions {
  platform: Platform
  session: Session
  codes: LoginCodes
  calls: LoginCalls
  changes: Changes
  /** Called within the turn that begins a session. */
  signedIn: () => void
}

/** Whether requests go as a guest's after this login error: the login could not be made. */
export function allowsGuests(error: AuthError): boolean {
  return error.code === 'login_failed' || error.code === 'login_timeout' || error.status === 503
}

export function createLogins(options: LoginsOptions): Logins {
  const { platform, session, codes, calls, changes, signedIn } = options
  const throughBackground = createBackground(platform)
  const backoff = createBackoff(platform)
  /** Those whose request may still bring a session. */
  const late = new Set<Attempt>()
  let state: LoginState = platform.login
    ? { is: 'idle' }
    : { is: 'impossible', error: new AuthError('login_failed') }
  let way: Way = { by: 'request' }
  /** Whether the backend may know `Authorization: WxLogin`. */
  let mayCarry = true

  function start(by: Carrier): Attempt {
    const attempt = createAttempt(session.now, by)
    state = { is: 'underWay', attempt }
    limitPatience(attempt)
    throughBackground(
      () => perform(attempt),
      () => isUnderWay(attempt),
    ).catch((error: AuthError) => fail(attempt, error))
    return attempt
  }

  /** Nobody is to wait long for `wx.login`. */
  function limitPatience(attempt: Attempt): void {
    if (attempt.state.is !== 'issuing') return
    attempt.state.stop = platform.after(PATIENCE, () => {
      if (attempt.state.is !== 'issuing') return
      const { by, patience } = attempt.state
      lead(attempt, attempt.state, { is: 'silent' })
      if (by.is === 'request') by.code.resolve(undefined)
      patience.resolve(undefined)
    })
  }

  /** From `wx.login` to the exchange, or to the request that carries the code. */
  async function perform(attempt: Attempt): Promise<void> {
    // The second time, after the background.
    if (attempt.state.is === 'exchanging') {
      lead(attempt, attempt.state, issuing(attempt.end, { is: 'post' }))
      limitPatience(attempt)
    }
    const code = await nextCode(attempt)
    const { state } = attempt
    if (state.is !== 'issuing' && state.is !== 'silent') return
    if (state.is === 'silent' || state.by.is === 'post') return exchange(attempt, state, code)
    lead(attempt, state, { is: 'carried', code })
    state.by.code.resolve(code)
  }

  async function nextCode(attempt: Attempt): Promise<string> {
    const taken = way
    way = { by: 'request' }
    const age = taken.by === 'unusedCode' ? platform.now() - taken.at : -1
    if (taken.by === 'unusedCode' && age >= 0 && age < CODE_LIFE) return taken.code
    return codes.issue(() => isUnderWay(attempt))
  }

  async function exchange(
    attempt: Attempt,
    from: Extract<AttemptState, { is: 'issuing' | 'silent' }>,
    code: string,
  ): Promise<void> {
    lead(attempt, from, { is: 'exchanging' })
    const stamp = session.stampSending()
    const answer = await calls.exchange(code, session.token)
    const tokenState = session.check(answer.tokenState)
    if (!isSuccess(answer)) throw authError('login_rejected', answer)
    if (!tokenState) throw authError('protocol', answer)
    take(attempt, tokenState, stamp, code)
  }

  /** The attempt ends; if it was the one under way, another may begin. */
  function end(attempt: Attempt, to: 'over' | 'discarded'): void {
    const from = attempt.state
    switch (from.is) {
      case 'issuing':
      case 'silent':
      case 'carried':
      case 'exchanging':
        state = { is: 'idle' }
        return lead(attempt, from, { is: to })
      case 'late':
        late.delete(attempt)
        return lead(attempt, from, { is: to })
      default:
        from satisfies Extract<AttemptState, { is: 'over' | 'discarded' }>
    }
  }

  /** Takes the session that a login has brought. */
  function take(attempt: Attempt, tokenState: TokenState, stamp: Stamp, code: string): void {
    const hasKey = codes.exchanged(code)
    switch (attempt.state.is) {
      case 'over':
        return
      case 'discarded':
        return void calls.revoke(tokenState.accessToken)
      case 'issuing':
      case 'silent':
      case 'carried':
      case 'exchanging':
      case 'late':
        changes.turn(() => {
          for (const other of [...late]) end(other, 'over')
          backoff.clear()
          session.begin(tokenState, stamp, hasKey)
          signedIn()
        })
        // Only now: a listener that logs in joins it, and one that signs out discards it.
        end(attempt, 'over')
        attempt.end.resolve(tokenState)
    }
  }

  function fail(attempt: Attempt, error: AuthError): void {
    if (!isUnderWay(attempt)) return
    const isRefusal = error.status === 400 || error.status === 401 || error.status === 403
    changes.turn(() => {
      backoff.fail(error)
      // A request's late answer may have brought a session meanwhile.
      if (isRefusal && session.isCurrent(attempt.began)) session.end()
    })
    end(attempt, 'over')
    attempt.end.reject(error)
  }

  function startOrJoin(): Attempt {
    switch (state.is) {
      case 'impossible':
        throw state.error
      case 'idle':
        return start({ is: 'post' })
      case 'underWay':
        return state.attempt
    }
  }

  async function login(): Promise<TokenState> {
    const called = session.now
    for (;;) {
      const tokenState = await startOrJoin().end.promise
      session.checkSignedIn(called)
      if (tokenState) return tokenState
    }
  }

  return {
    get state() {
      return state
    },
    get backoff() {
      return backoff.state
    },
    login,

    async wait() {
      const attempt = startOrJoin()
      return attempt.state.is === 'issuing' ? attempt.state.patience.promise : attempt.end.promise
    },

    revoke: calls.revoke,

    carry() {
      const isDue = state.is === 'idle' && backoff.state.is === 'open'
      if (!isDue || !mayCarry || way.by !== 'request') return undefined
      const code = createDeferred<string | undefined>()
      return createCarriedLogin({
        platform,
        session,
        attempt: start({ is: 'request', code }),
        code,
        take,
        passOn(attempt, from, to, next) {
          way = next
          state = { is: 'idle' }
          lead(attempt, from, { is: to })
          if (to === 'late') late.add(attempt)
          attempt.end.resolve(undefined)
        },
        end: (attempt) => end(attempt, 'over'),
        refused: () => (mayCarry = false),
      })
    },

    async loginWhenDue() {
      if (state.is === 'idle' && backoff.state.is === 'closed') throw backoff.state.error
      return login()
    },

    async replace(refused, logIn) {
      if (refused !== undefined) session.refuse(refused)
      const isReplaced = session.token !== undefined && session.token !== refused
      if (state.is === 'underWay' && !(isReplaced && !session.refused)) {
        await state.attempt.end.promise
        return 'replaced'
      }
      if (session.signedOut) throw new AuthError('signed_out')
      if (isReplaced) return 'replaced'
      if (state.is !== 'impossible') {
        await logIn()
        return 'replaced'
      }
      if (session.takeStored()) return 'stored'
      session.end()
      throw state.error
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

import type { Platform } from '../platform/platform'
import type { Answer } from './answer'
import { createBackground } from './background'
import { httpError, isSuccess, type Backend } from './backend'
import { findChallenge } from './challenge'
import { AuthError } from './errors'
import type { LoginCodes } from './loginCode'
import type { SentAt, Session } from './session'
import type { AuthEndpoints, AuthWarning, TokenState } from './types'
import { createDeferred, type Deferred } from './wire'

const PILOT_LIMIT = 3_000
/** A minute less than WeChat gives (WeChat: wx.login). */
const CODE_LIFE = 240_000
const REVOKE_LIMIT = 5_000
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 30_000
/** Longer timers fire at once. */
const LONGEST_TIMER = 0x7fffffff

/** A first request that carries its own login (`Authorization: WxLogin <code>`). */
export interface Pilot {
  /** Rejects when there is none; the login has then failed. */
  code(): Promise<string>
  sent(): void
  /** Takes the session its answer brought. `undefined`: there was no answer. */
  landed(answer: Answer | undefined): void
}

/** One login at a time, and when the next may start. */
export interface Logins {
  /** Settles when the login under way is over; `undefined`: none is. */
  readonly underWay: Promise<TokenState | undefined> | undefined
  /** The last login's error while another may not start by itself yet. */
  readonly blocked: AuthError | undefined
  /** Makes the caller's request carry the login; `undefined` where it may not. */
  pilot(): Pilot | undefined
  /** Starts a login, or joins the one under way; does not look at `blocked`. */
  login(): Promise<TokenState>
  /** Makes sure that the refused token is no longer the current one: logs in, once for all. */
  replace(refused: string | undefined): Promise<void>
  /** The user signed out: a login in flight is discarded, its token will be revoked. */
  discard(error: AuthError): void
  /** Tells the backend to forget a token, for 5 s at most. Never rejects. */
  revoke(token: string): Promise<void>
}

interface LoginsOptions {
  platform: Platform
  session: Session
  codes: LoginCodes
  backend: Backend
  endpoints: AuthEndpoints
  /** ms */
  timeout: number
  warn: (code: AuthWarning['code'], message: string) => void
}

type Flight = Deferred<TokenState | undefined>

/** Whether requests go as a guest's after this login error: the login could not be made. */
export function allowsGuests(error: AuthError): boolean {
  return error.code === 'login_failed' || error.code === 'login_timeout' || error.status === 503
}

export function createLogins(options: LoginsOptions): Logins {
  const { platform, session, codes, backend, endpoints, timeout, warn } = options

  const canLogIn = platform.login !== undefined
  const throughBackground = createBackground(platform)
  let flight: Flight | undefined

  let blocked: AuthError | undefined
  let wait = 0
  let unblock = () => {}

  /** Set: the next login is not carried by a request, and may use this code while it lives. */
  let byPost: { code: string | undefined; at: number } | undefined
  let knowsScheme = true

  function succeed(mine: Flight, state: TokenState, sent: SentAt): void {
    session.begin(state, sent)
    clearBlock()
    if (flight === mine) flight = undefined
    mine.resolve(state)
  }

  function clearBlock(): void {
    unblock()
    blocked = undefined
    wait = 0
  }

  function fail(mine: Flight, error: AuthError, began: SentAt): void {
    if (flight !== mine) return
    flight = undefined
    const isRefusal = error.status === 400 || error.status === 401 || error.status === 403
    // A first request's late answer may have brought a session meanwhile.
    if (isRefusal && session.isCurrent(began)) session.end()
    unblock()
    blocked = error
    wait = Math.min(wait * 2 || FIRST_WAIT, LONGEST_WAIT)
    const until = Math.max(wait, (error.retryAfter ?? 0) * 1000)
    unblock = platform.after(Math.min(until, LONGEST_TIMER), () => {
      blocked = undefined
    })
    mine.reject(error)
  }

  /** The pilot brought no session: whoever waits logs in by `POST`. */
  function handOver(mine: Flight, code?: string): void {
    if (flight !== mine) return
    flight = undefined
    byPost = { code, at: platform.now() }
    mine.resolve(undefined)
  }

  async function exchange(mine: Flight): Promise<void> {
    const age = byPost ? platform.now() - byPost.at : 0
    const unused = age >= 0 && age < CODE_LIFE ? byPost?.code : undefined
    byPost = undefined
    const code = unused ?? (await codes.issue())
    if (flight !== mine) return
    const sent = session.mark()
    const old = session.token
    const answer = await backend.call({
      url: endpoints.login,
      method: 'POST',
      body: { code },
      header: old === undefined ? {} : { 'Replaces-Token': old },
      timeout,
    })
    const state = session.check(answer.tokenState)
    if (isSuccess(answer) && state) {
      codes.exchanged(code)
      if (flight === mine) return succeed(mine, state, sent)
      return revoke(state.accessToken)
    }
    const { status, requestId, retryAfter } = answer
    const cause = httpError(answer)
    const kind = isSuccess(answer) ? 'protocol' : 'login_rejected'
    throw new AuthError(kind, { status, requestId, retryAfter, cause })
  }

  function start(): Flight {
    const mine: Flight = (flight = createDeferred())
    const began = session.mark()
    const attempt = throughBackground(
      () => exchange(mine),
      () => canLogIn && flight === mine,
    )
    attempt.catch((error: AuthError) => fail(mine, error, began))
    return mine
  }

  async function login(): Promise<TokenState> {
    for (;;) {
      const state = await (flight ?? start()).promise
      if (state) return state
    }
  }

  async function revoke(token: string): Promise<void> {
    try {
      const call = { url: endpoints.logout, method: 'POST', token, timeout: REVOKE_LIMIT } as const
      const answer = await backend.call(call)
      if (isSuccess(answer) || answer.status === 401) return
    } catch {
      // Said below.
    }
    warn('logout_not_told', 'The backend was not told of the logout; the token ends by itself.')
  }

  function createPilot(mine: Flight): Pilot {
    const signOutsBefore = session.signOuts
    let code: string | undefined
    let sent = session.mark()
    let stop = () => {}
    return {
      async code() {
        try {
          return (code = await throughBackground(codes.issue, () => flight === mine))
        } catch (error) {
          fail(mine, error as AuthError, sent)
          throw error
        }
      },
      sent() {
        sent = session.mark()
        stop = platform.after(PILOT_LIMIT, () => handOver(mine))
      },
      landed(answer) {
        stop()
        const state = session.check(answer?.tokenState)
        if (state) {
          codes.exchanged(code)
          if (session.isCurrent(sent)) succeed(mine, state, sent)
          else if (session.signOuts !== signOutsBefore) void revoke(state.accessToken)
          return
        }
        const isRefused = answer?.status === 401
        if (isRefused && !findChallenge(answer.challenges, 'WxLogin')) knowsScheme = false
        handOver(mine, isRefused && !knowsScheme ? code : undefined)
      },
    }
  }

  return {
    get underWay() {
      return flight?.promise
    },
    get blocked() {
      return blocked
    },
    login,
    revoke,

    pilot() {
      if (flight || blocked || byPost || !knowsScheme || !canLogIn) return undefined
      return createPilot((flight = createDeferred()))
    },

    async replace(refused) {
      if (flight) await flight.promise
      else if (session.signedOut) throw new AuthError('signed_out')
      else if (session.token !== undefined && session.token !== refused) return
      else if (blocked) throw blocked
      else await login()
    },

    discard(error) {
      const mine = flight
      flight = undefined
      clearBlock()
      mine?.reject(error)
    },
  }
}

import type { WireAnswer } from '../../src/auth/platform'
import type { Auth } from '../../src/auth/auth'
import type { TokenState } from '../../src/auth/types'
import type { Wait } from './app'
import { isByUser, isLogin, refusesCredentials, stateIn } from './calls'
import { createHolding, marksIn } from './heldModel'
import type { CodeCall, Flight, Phone } from './phone'
import { createUnderWay } from './underWay'

/** The session that the client has to hold: docs/guarantees.md in as few words as can be. */
export interface SessionModel {
  readonly signedOut: boolean
  /** Whether only the user can begin a session. */
  readonly isForUser: boolean
  sent(flight: Flight): void
  askedForCode(call: CodeCall): void
  /** `wx.login` calls back. */
  gaveCode(call: CodeCall, code: string): void
  answered(flight: Flight, answer: WireAnswer): void
  /** The app or its user has called `logout()`. */
  loggedOut(): void
  /** The app has called `adopt()` with this. */
  adopted(state: TokenState): void
  /** What they do is consent to sign in: it ends at a logout. */
  consented(): void
  /** The app starts, on what is stored. */
  started(stored: string | undefined): void
  /** The client finds what another tab has stored. */
  found(stored: string | undefined): void
  /** The app has gone away: a login that this interrupts is made once more. */
  hidden(): void
  /** Of an answer on its way through the client, only that knows whether it came before what happens now. */
  blur(): void
  /** Logins and refreshes that count, and are not over. */
  underWay(): number
  /** Whether a login may begin now, by itself or as the app or its user has asked for it. */
  mayLogIn(by: 'refresh' | 'code', asked: Wait['logsIn']): boolean
  /** What is wrong with the client now that everything that can happen has happened. */
  faults(auth: Pick<Auth, 'tokenState' | 'signedOut'>): string[]
}

/** What was so when a call went out. */
interface Sending {
  sid: unknown
  /** The session whose token it goes with, if that was the one held. */
  session: number | undefined
}

/** ms: after a failed login none begins by itself, at first for so long. */
const BACKOFF = 1_000

export function createSessionModel(
  phone: () => Pick<Phone, 'clock' | 'flights' | 'codeCalls' | 'encrypts'>,
  hasWxLogin: boolean,
): SessionModel {
  const underWay = createUnderWay(phone)
  const holding = createHolding(phone)
  let signedOut = false
  let byUser = false
  let hasConsent = false
  /** The client may find that there is no session any more. */
  let mayEnd = false
  /** Of the session before. */
  let wasByUser = false
  let isBlurred = false
  let wasHidden = false
  /** When a login that nobody had asked for was answered with a failure, in ms since the app started. */
  let failedAt = -Infinity
  /** The token that a refresh has brought since it was looked last. */
  let refreshed: string | undefined
  const sendings = new Map<Flight, Sending>()
  /** The session during which `wx.login` was called for a code. */
  const codeSids = new Map<unknown, unknown>()
  /** Tokens that have to be revoked. */
  const owed = new Set<string>()
  const revoked = new Set<string>()
  const refused = new Set<string>()

  function begin(state: TokenState, isUsers: boolean): void {
    underWay.overtakeLate()
    holding.begin(state)
    signedOut = false
    wasByUser = byUser
    byUser = isUsers && hasWxLogin
    mayEnd = false
    failedAt = -Infinity
  }

  const age = (at: number) => phone().clock.elapsed - at

  /** It may have been revoked as soon as it came. */
  function owe(token: string | undefined): void {
    if (token !== undefined && !revoked.has(token)) owed.add(token)
  }

  /** What is stored is what is so. */
  function take(stored: string | undefined): void {
    const { state, at = 0, ...marks } = marksIn(stored)
    holding.begin(state ?? null, at)
    signedOut = marks.signedOut === true
    byUser = marks.byUser === true
    mayEnd = false
  }

  function answeredLogin(flight: Flight, status: number, state: TokenState | undefined): void {
    const { held } = holding
    const sending = sendings.get(flight)!
    if (underWay.isGivenUp(flight)) return owe(state?.accessToken)
    // It leads to a login.
    if (flight.line === 'POST /wx/refresh' && !state && held) refused.add(held.token)
    if (underWay.isOvertaken(flight)) return
    if (state) {
      wasHidden &&= flight.authorization.startsWith('WxLogin')
      const isRefresh = flight.line === 'POST /wx/refresh'
      if (isRefresh) refreshed = state.accessToken
      return begin(state, isRefresh ? byUser : isByUser(flight))
    }
    const isRefusal = status === 400 || status === 401 || status === 403
    if (flight.line !== 'POST /auth/login' || isByUser(flight)) return
    failedAt = phone().clock.elapsed
    if (!isRefusal || byUser) return
    if (!held || sending.sid !== held.sid) return
    // A press may have held wx.login back; a code may be left over from an earlier session.
    const isSure = !phone().encrypts && codeSids.get(Object(flight.body).code) === held.sid
    if (isSure) holding.end()
    else mayEnd = true
  }

  return {
    get signedOut() {
      return signedOut
    },
    get isForUser() {
      return byUser || !hasWxLogin
    },
    sent(flight) {
      const { held } = holding
      if (isByUser(flight)) underWay.giveUpOthers(flight)
      const [, token = ''] = flight.authorization.split(' ')
      sendings.set(flight, { sid: held?.sid, session: holding.sessionOf(token) })
      if (flight.line !== 'POST /auth/logout') return
      owed.delete(token)
      revoked.add(token)
      // A login by the user came before the client had taken the session that an answer had brought.
      if (held?.token === token) [isBlurred, mayEnd, byUser] = [true, true, wasByUser]
    },
    askedForCode: (call) => void codeSids.set(call, holding.held?.sid),
    gaveCode: (call, code) => void codeSids.set(code, codeSids.get(call)),

    answered(flight, answer) {
      const { status, data } = answer
      const state = stateIn(data)
      if (isLogin(flight)) return answeredLogin(flight, status, state)
      const [scheme, token = ''] = flight.authorization.split(' ')
      // A guest's 401 beside a dead token calls for a login, though the clock be set back before that begins.
      if (scheme === '' && status === 401 && holding.isExpired())
        refused.add(String(holding.held?.token))
      if (scheme !== 'Bearer' || flight.line === 'POST /auth/logout') return
      if (status === 401 && !state && !refusesCredentials(answer)) {
        refused.add(token)
        if (byUser || !hasWxLogin) mayEnd = true
      }
      if (state) holding.renew(state, flight, sendings.get(flight)?.session)
    },

    loggedOut() {
      if (holding.held && !mayEnd) owe(holding.held.token)
      holding.end()
      ;[signedOut, byUser, hasConsent, mayEnd] = [true, false, false, false]
      failedAt = -Infinity
      underWay.giveUpAll()
    },
    adopted(state) {
      underWay.giveUpOthers()
      begin(state, false)
    },
    consented: () => void (hasConsent = true),

    started(stored) {
      take(stored)
      hasConsent = wasHidden = false
      failedAt = -Infinity
      owed.clear()
      revoked.clear()
    },
    found(stored) {
      const { held } = holding
      const { state, signedOut: isOut = false } = marksIn(stored)
      if (state?.accessToken === held?.token && isOut === signedOut) return
      // An empty storage does not count beside an answer that brings a token.
      if (!state && !isOut) return void (isBlurred = mayEnd = true)
      // What a refresh has brought in this moment is newer, unless another person has come.
      const isRefreshed = refreshed !== undefined && refreshed === held?.token
      if (isRefreshed && !isOut && (!state || state.uid === held?.uid)) return
      if (isOut && !signedOut) {
        hasConsent = false
        underWay.giveUpAll()
      }
      if (held && state && state.uid !== held.uid) underWay.giveUpRefresh()
      // What storage has refused to forget comes back as another tab's.
      revoked.delete(String(state?.accessToken))
      wasByUser = byUser
      take(stored)
    },
    hidden: () => void (wasHidden = true),
    blur() {
      isBlurred = true
      // A failure counts for nothing if another login had taken its place by then.
      failedAt = -Infinity
    },

    underWay: underWay.count,
    mayLogIn(by, asked) {
      if (signedOut) return hasConsent
      if (asked === 'always' || wasHidden) return true
      if (asked === 'never' && age(failedAt) < BACKOFF) return false
      if (by === 'code' && byUser) return false
      // A session that was revoked as it came has left the one before, which may be dead.
      if (mayEnd) return true
      const { held } = holding
      if (!held) return by === 'code'
      return refused.has(held.token) || holding.isExpired()
    },

    faults({ tokenState, signedOut: isOut }) {
      const faults: string[] = []
      refreshed = undefined
      const isGone = tokenState === null
      if (isBlurred || (isGone && mayEnd)) {
        const { held } = holding
        const isSame = tokenState?.accessToken === held?.token
        if (isBlurred && !isSame && !isGone) byUser = wasByUser
        if (isGone) holding.end()
        else if (!isSame || tokenState.version !== held?.version) holding.follow(tokenState)
        signedOut = isOut
        isBlurred = false
      }
      if (isOut !== signedOut) faults.push(`signedOut is ${isOut}, not ${signedOut}`)
      const { held } = holding
      const [has, should] = [tokenState?.accessToken, held?.token]
      if (has !== should) faults.push(`the client holds ${has}, not ${should}`)
      else if (tokenState?.version !== held?.version)
        faults.push(`the state has version ${tokenState?.version}, not ${held?.version}`)
      for (const token of owed) faults.push(`${token} is not revoked`)
      if (has !== undefined && revoked.has(has))
        faults.push(`the client holds ${has}, which it has revoked`)
      return faults
    },
  }
}

import { isLogin, isOwn, type Call } from './calls'
import type { CodeCall, Phone } from './phone'

/** What may end that for which the app waits. */
export type Cause =
  /** A call got no answer. */
  | 'lost'
  /** The client has given one up. */
  | 'givenUp'
  /** It was answered with a failure or a challenge; `busy`: with 429 or 5xx. */
  | 'refused'
  | 'busy'
  /** With what breaks the contract. */
  | 'malformed'
  /** `wx.login` has failed, or takes too long. */
  | 'noCode'
  | 'lateCode'
  /** Only the user can log in. */
  | 'forUser'
  | 'newSession'
  /** The backend has taken what the user has given, though it may forget it. */
  | 'given'
  | 'signedOut'
  | 'declined'

/** Of what the app waits for. */
interface Concerned {
  readonly causes: Set<Cause>
  /** Of a request: its line on the wire. */
  readonly request?: { line: string }
}

/** Of a call; `login`: of a login without one; `all`: of whatever the app waits for. */
type Scope = Call | 'login' | 'all'

/** What has happened that may explain an end. */
export interface Causes {
  /** To those that it concerns: a login concerns all, another call its request, or all but requests. */
  note(cause: Cause, of: Scope): void
  /** What has happened before it begins, and may end it at once. */
  noteIn(begun: Concerned): void
  /** The client has done all that came of it. */
  settled(): void
  forget(): void
}

/**
 * ms: a failed login counts for what begins within this time. One that the background has interrupted waits up
 * to a minute for the app to return, and the longest wait after a failure is 30 s.
 */
const COUNTS = 92_000

/** ms */
const LOGIN_LIMIT = 10_000

/** Whether the client has not waited for this `wx.login`. */
export const isLate = ({ askedAt }: CodeCall, { clock }: Pick<Phone, 'clock'>) =>
  clock.elapsed - askedAt >= LOGIN_LIMIT

interface Noted {
  cause: Cause
  of: Scope
  at: number
}

/**
 * @param open what is waited for, and what has ended since the last look
 * @param elapsed ms since the app started
 */
export function createCauses(open: () => readonly Concerned[], elapsed: () => number): Causes {
  let ofLogins: Noted[] = []
  let unsettled: Noted[] = []

  return {
    note(cause, of) {
      const noted = { cause, of, at: elapsed() }
      unsettled.push(noted)
      if (of === 'login' || (of !== 'all' && isLogin(of))) ofLogins.push(noted)
      for (const wait of open()) if (concerns(of, wait)) wait.causes.add(cause)
    },
    noteIn(begun) {
      ofLogins = ofLogins.filter(({ at }) => elapsed() - at <= COUNTS)
      for (const { cause, of } of [...ofLogins, ...unsettled])
        if (concerns(of, begun)) begun.causes.add(cause)
    },
    settled: () => void (unsettled = []),
    forget: () => void (ofLogins = unsettled = []),
  }
}

function concerns(of: Scope, { request }: Concerned): boolean {
  if (typeof of === 'string' || isLogin(of)) return true
  return request ? request.line === of.line : !isOwn(of)
}

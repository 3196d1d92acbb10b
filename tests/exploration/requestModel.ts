import type { WireAnswer } from '../../src/auth/platform'
import type { PromptKind } from '../../src/auth/types'
import { challengesIn, stateIn } from './calls'
import type { Flight } from './phone'
import { createStreamModel, type StreamModel } from './stream'

/** Why a request is sent again. */
type Cause = 'first' | 'login' | PromptKind

/** What a request of the app's may do, and how it may end. */
export interface RequestModel {
  /** Whether its last answer asks the user for this. */
  waitsFor(kind: PromptKind): boolean
  /** Returns what is wrong with that. */
  sent(flight: Flight): string[]
  answered(flight: Flight, answer: WireAnswer): void
  /** Another tab has stored a token, which may be as dead as the last one. */
  foundToken(): void
  /** A token is revoked. */
  revoked(token: string): void
  /** The session is over, and what was asked in its name is asked anew. */
  sessionEnded(): void
  readonly last: WireAnswer | undefined
  readonly stream: StreamModel
}

/** @param isForUser whether only the user can begin a session */
export function createRequestModel(isForUser: () => boolean): RequestModel {
  /** How often it has been sent for what. */
  const spent = new Map<Cause, number>()
  /** What it may be sent for next. */
  let due: Cause[] = ['first']
  let last: WireAnswer | undefined
  const stream = createStreamModel()
  /** What its last answer was given to. */
  let answered = ''
  /** How many tokens it may try after the first. */
  let tokens = 1
  /** Where no token was to be had, it goes once as a guest's, and once when the user was asked. */
  let [wasGuest, isAsked] = [false, false]

  /** What has to happen before it is sent again. */
  function causesOf({ authorization }: Flight, answer: WireAnswer): Cause[] {
    const { status } = answer
    const isCarried = authorization.startsWith('WxLogin')
    if (isCarried && (status === 400 || status === 403)) return ['login']
    if (status !== 401) return []
    const named = challengesIn(answer)
    const kinds = (['getUserInfo', 'getPhoneNumber'] as const).filter((one) => named.includes(one))
    if (kinds.length > 0 && authorization !== '') return kinds
    return ['login']
  }

  function isSpent(cause: Cause): boolean {
    const most = cause === 'login' ? tokens + Number(wasGuest) + Number(isAsked) : 1
    return (spent.get(cause) ?? 0) >= most
  }

  return {
    stream,
    waitsFor: (kind) => due.includes(kind),
    sent({ line, authorization }) {
      wasGuest ||= authorization === '' && answered.startsWith('Bearer')
      const causes = due
      due = []
      if (causes.length === 0) return [`${line} is sent again for nothing`]
      const faults = causes.filter(isSpent).map((cause) => `${line} is sent again for ${cause}`)
      for (const cause of causes) spent.set(cause, (spent.get(cause) ?? 0) + 1)
      return [...faults, ...stream.sent(line)]
    },
    answered(flight, answer) {
      last = answer
      stream.ended(answer)
      isAsked ||= isForUser()
      answered = flight.authorization
      due = causesOf(flight, answer)
    },
    foundToken: () => void tokens++,
    revoked(token) {
      // The login that it has carried has come too late: what was asked in that name was not asked.
      if (answered.startsWith('WxLogin') && stateIn(last?.data)?.accessToken === token)
        due = ['login']
    },
    sessionEnded() {
      if (!due.some((cause) => cause.startsWith('get'))) return
      spent.clear()
      due = ['first']
    },
    get last() {
      return last
    },
  }
}

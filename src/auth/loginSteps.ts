import type { Platform } from './platform'
import { isSuccess, type Answer } from './answer'
import { authError } from './backend'
import type { Credentials } from './dialect'
import type { AuthError } from './errors'
import {
  issuing,
  isUnderWay,
  transition,
  PATIENCE,
  patienceOf,
  type Attempt,
  type Way,
} from './loginAttempt'
import type { LoginCalls } from './loginCalls'
import type { LoginCodes } from './loginCode'
import type { EmptyStorage, Origin, Session, Stamp } from './session'
import type { ButtonDetail, TokenState } from './types'

/** ms, a minute less than WeChat allows (WeChat: wx.login). */
const CODE_LIFE = 240_000

/** What a login is made of beside the code of `wx.login`. */
export type Given =
  | { is: 'nothing' }
  /** The detail of a phone number button. */
  | { is: 'phoneNumber'; detail: ButtonDetail }
  /** Credentials of the user, who needs no code. */
  | { is: 'credentials'; credentials: Credentials }

/** What an attempt does, one after the other. */
export interface LoginSteps {
  /** How the next attempt's code goes. */
  way: Way
  /** Whether this state can be changed for a new one. */
  canRefresh(held: TokenState | null): held is TokenState
  /** From `wx.login` to the exchange, or to the request that carries the code. @throws AuthError */
  perform(attempt: Attempt, given: Given): Promise<void>
  /** Nobody is to wait long for `wx.login`. */
  limitPatience(attempt: Attempt): void
}

export interface LoginStepsOptions {
  platform: Platform
  session: Session
  codes: LoginCodes
  calls: LoginCalls
  /** Follows what another tab has stored, if it has. */
  lookElsewhere: (empty: EmptyStorage) => void
}

/** Whether logins are silent, and what one ends with that is not. */
export interface Silence {
  /** Whether there are silent logins at all. */
  hasSilent: boolean
  /** Whether one may begin now. */
  isSilent: () => boolean
  /** Of a login that the user has to make. */
  unable: AuthError
}

/** @param take what a session is handed to that a login has brought */
export function createLoginSteps(
  { platform, session, codes, calls, lookElsewhere }: LoginStepsOptions,
  { unable, isSilent }: Silence,
  take: (attempt: Attempt, tokenState: TokenState, stamp: Stamp, origin: Origin) => void,
): LoginSteps {
  /** Whose refresh the backend has refused. */
  let spent: TokenState | null = null

  function limitPatience(attempt: Attempt): void {
    if (attempt.state.is !== 'issuing') return
    attempt.state.stop = platform.after(PATIENCE, () => {
      if (attempt.state.is !== 'issuing') return
      const { by, patience } = attempt.state
      transition(attempt, attempt.state, { is: 'silent' })
      if (by.is === 'request') by.code.resolve(undefined)
      patience.resolve(undefined)
    })
  }

  async function perform(attempt: Attempt, given: Given): Promise<void> {
    if (given.is === 'credentials') return exchange(attempt, given.credentials)
    if (attempt.state.is === 'refreshing') {
      const refreshed = refresh(attempt, attempt.state.session)
      attempt.state.over = Promise.race([refreshed, attempt.end.promise]).catch(() => {})
      if ((await refreshed) === 'over') return
      if (attempt.state.is !== 'refreshing') return
      if (!isSilent()) throw unable
      transition(attempt, attempt.state, issuing(attempt.state.patience, { is: 'post' }))
      limitPatience(attempt)
    }
    // The second time, after the background.
    if (attempt.state.is === 'exchanging') {
      transition(attempt, attempt.state, issuing(patienceOf(attempt.end), { is: 'post' }))
      limitPatience(attempt)
    }
    const code = await nextCode(attempt)
    const { state } = attempt
    if (state.is !== 'issuing' && state.is !== 'silent') return
    if (state.is === 'silent' || state.by.is === 'post') {
      const phoneNumber = given.is === 'phoneNumber' && { phoneNumber: given.detail }
      transition(attempt, state, { is: 'exchanging' })
      return exchange(attempt, { code, ...phoneNumber }, code)
    }
    transition(attempt, state, { is: 'carried', code })
    state.by.code.resolve(code)
  }

  async function nextCode(attempt: Attempt): Promise<string> {
    const taken = steps.way
    steps.way = { by: 'request' }
    const age = taken.by === 'unusedCode' ? platform.now() - taken.at : -1
    if (taken.by === 'unusedCode' && age >= 0 && age < CODE_LIFE) return taken.code
    return codes.issue(() => isUnderWay(attempt))
  }

  /** Changes a state for a new one; `refused`: the backend does not. @throws AuthError */
  async function refresh(attempt: Attempt, held: TokenState): Promise<'over' | 'refused'> {
    const stamp = session.stampSending()
    const answer = await calls.refresh(held)
    const brought = answer && isSuccess(answer) ? Object(answer.tokenState) : {}
    // Flags and claims that the answer does not repeat stay.
    const next = session.check({ ...held, ...(brought as object) })
    const isNew = next !== undefined && next.accessToken !== held.accessToken
    lookElsewhere(isNew ? 'does not count' : 'counts')
    const isUndecided = answer?.means === 'failure' && answer.isTemporary
    if (isUndecided) throw authError('login_rejected', answer)
    if (!isNew) {
      spent = held
      return 'refused'
    }
    take(attempt, next, stamp, { hasKey: !session.keyReplaced, byUser: session.byUser })
    return 'over'
  }

  /** @param code of `wx.login`, among the credentials */
  async function exchange(attempt: Attempt, credentials: Credentials, code?: string) {
    const stamp = session.stampSending()
    const answer = await calls.exchange(credentials, session.state)
    const tokenState = session.check(answer.tokenState)
    if (!isSuccess(answer)) {
      attempt.isRefused = isRefusal(answer)
      throw authError('login_rejected', answer)
    }
    if (!tokenState) throw authError('protocol', answer)
    take(attempt, tokenState, stamp, {
      hasKey: code !== undefined && codes.exchanged(code),
      byUser: code === undefined,
    })
  }

  const steps: LoginSteps = {
    way: { by: 'request' },
    canRefresh: (held): held is TokenState =>
      held !== null && held !== spent && calls.canRefresh(held),
    perform,
    limitPatience,
  }
  return steps
}

/** Whether the backend has looked at the credentials, and does not take them. */
function isRefusal({ means, status, isTemporary, code, message }: Answer): boolean {
  const isWorded = code !== undefined || message !== undefined
  const says = isWorded || status === 400 || status === 401 || status === 403
  return means === 'unauthorized' || (says && !isTemporary)
}

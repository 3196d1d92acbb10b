import type { Platform } from './platform'
import type { Answer } from './answer'
import { findChallenge } from './challenge'
import {
  isUnderWay,
  transition,
  PATIENCE,
  type Attempt,
  type AttemptState,
  type Way,
} from './loginAttempt'
import type { Session, Stamp } from './session'
import type { TokenState } from './types'
import type { Deferred } from './wire'

/** A login on its way with a request (`Authorization: WxLogin <code>`). */
export interface CarriedLogin {
  /** `undefined`: the request is not to carry it any more. Rejects when the login has failed. */
  readonly code: Promise<string | undefined>
  /** Another login may have taken its place since there is a code. */
  readonly isUnderWay: boolean
  /** The request is given up before it was sent: the login goes on without it. */
  leave(): void
  sent(stamp: Stamp): void
  /** Takes the session that the request's answer brought. `undefined`: there was no answer. */
  answered(answer: Answer | undefined): void
}

type Carried = Extract<AttemptState, { is: 'carried' }>

/** What becomes of the attempt. */
interface Outcomes {
  take(attempt: Attempt, tokenState: TokenState, stamp: Stamp, code: string): void
  /** The request brought no session, or none so far: what waits logs in as `next` says. */
  passOn(attempt: Attempt, from: Carried, to: 'late' | 'over', next: Way): void
  end(attempt: Attempt): void
  /** The backend does not know the scheme. */
  refused(): void
}

export function createCarriedLogin(
  platform: Platform,
  session: Pick<Session, 'check'>,
  attempt: Attempt,
  code: Deferred<string | undefined>,
  { take, passOn, end, refused }: Outcomes,
): CarriedLogin {
  let given = ''
  let stamp = attempt.began
  let stop = () => {}
  // Also without a code: a login with credentials takes its place.
  attempt.end.promise.then(() => code.resolve(undefined), code.reject)

  const unused = (one: string): Way => ({ by: 'unusedCode', code: one, at: platform.now() })

  return {
    code: code.promise,
    get isUnderWay() {
      return isUnderWay(attempt)
    },

    leave() {
      const { state } = attempt
      switch (state.is) {
        case 'issuing':
          return transition(attempt, state, { ...state, by: { is: 'post' } })
        case 'carried':
          return passOn(attempt, state, 'over', unused(state.code))
        default:
          state satisfies Extract<
            AttemptState,
            {
              is:
                'refreshing' | 'silent' | 'exchanging' | 'late' | 'overtaken' | 'over' | 'discarded'
            }
          >
      }
    },

    sent(at) {
      const { state } = attempt
      if (state.is !== 'carried') return
      stamp = at
      given = state.code
      stop = platform.after(PATIENCE, () => {
        if (attempt.state.is === 'carried') passOn(attempt, attempt.state, 'late', { by: 'post' })
      })
    },

    answered(answer) {
      stop()
      const tokenState = session.check(answer?.tokenState)
      if (tokenState) return take(attempt, tokenState, stamp, given)
      const isRefused = answer !== undefined && refusesScheme(answer)
      if (isRefused) refused()
      const { state } = attempt
      if (state.is === 'late' || state.is === 'overtaken') return end(attempt)
      if (state.is !== 'carried') return
      // A 401 alone says that nobody has looked at the code.
      const isUnused = isRefused && answer.status === 401
      passOn(attempt, state, 'over', isUnused ? unused(state.code) : { by: 'post' })
    },
  }
}

/**
 * Whether the backend may have refused the scheme itself, and not performed the request: 401 that
 * does not name it, or 400 or 403, to a request with nothing else to be said against it.
 */
export function refusesScheme({ status, challenges }: Answer): boolean {
  return (
    status === 400 || status === 403 || (status === 401 && !findChallenge(challenges, 'WxLogin'))
  )
}

import { isSuccess } from './answer'
import { failureOf, type Backend } from './backend'
import { AuthError } from './errors'
import type { Logins } from './login'
import type { Session } from './session'
import type { TokenState } from './types'
import { createDeferred, type Deferred } from './wire'

/** Where the check is. */
export type CheckState =
  | { is: 'idle' }
  /** The backend is being asked: new requests wait for that. */
  | { is: 'checking'; check: Check }
  /** It has answered 401, or there was no token: requests wait for the login, if for anything. */
  | { is: 'loggingIn'; check: Check }

interface Check {
  /** `over`: it has ended, or the user has signed out. */
  fate: 'current' | 'over'
  /** The backend has answered, or has not in time. */
  asked: Deferred<void>
  end: Deferred<TokenState>
}

/** Asks the backend whether the token still works, once for all who ask. */
export interface Verifier {
  readonly state: CheckState
  verify(): Promise<TokenState>
  /** The user signed out. */
  discard(error: AuthError): void
}

interface VerifierOptions {
  session: Session
  logins: Logins
  backend: Backend
  /** ms */
  timeout: number
}

export function createVerifier(options: VerifierOptions): Verifier {
  const { session, logins, backend, timeout } = options
  let state: CheckState = { is: 'idle' }

  /** Nobody waits for the backend's answer any more. */
  function goOn(check: Check): void {
    if (check.fate === 'current') state = { is: 'loggingIn', check }
    check.asked.resolve()
  }

  async function run(check: Check): Promise<TokenState> {
    if (session.signedOut) throw new AuthError('signed_out')
    const began = session.now
    // One that another takes the place of is followed by that.
    while (logins.state.is === 'underWay') {
      goOn(check)
      const brought = await logins.state.attempt.end.promise
      session.checkSignedIn(began)
      // One with credentials that fails leaves the session as it is, to be asked about.
      if (brought) return brought
    }
    const { state: held } = session
    if (held === null) {
      goOn(check)
      return logins.loginWhenDue()
    }
    const sent = session.stampSending()
    const answer = await backend.say('tokenState', held, { timeout })
    session.checkSignedIn(began)
    // A backend that cannot say: as good as what the client knows.
    if (!answer) return session.expired ? logins.loginWhenDue() : held
    session.renew(answer.tokenState, sent)
    session.checkSignedIn(began)
    if (answer.means === 'unauthorized') {
      const login = logins.replace(held.accessToken, logins.loginWhenDue)
      goOn(check)
      await login
    } else if (!isSuccess(answer)) throw failureOf(answer)
    else session.prove(sent)
    session.checkSignedIn(began)
    return session.state ?? logins.loginWhenDue()
  }

  function end(check: Check): void {
    if (check.fate === 'over') return
    check.fate = 'over'
    state = { is: 'idle' }
    check.asked.resolve()
  }

  return {
    get state() {
      return state
    },
    verify() {
      if (state.is !== 'idle') return state.check.end.promise
      const check: Check = { fate: 'current', asked: createDeferred(), end: createDeferred() }
      state = { is: 'checking', check }
      run(check)
        .finally(() => end(check))
        .then(check.end.resolve, check.end.reject)
      return check.end.promise
    },
    discard(error) {
      if (state.is === 'idle') return
      const { check } = state
      end(check)
      check.end.reject(error)
    },
  }
}

import { isSuccess } from './answer'
import { httpError, type Backend } from './backend'
import { AuthError } from './errors'
import type { Logins } from './login'
import type { Session } from './session'
import type { AuthEndpoints, TokenState } from './types'
import { createDeferred, type Deferred } from './wire'

/** Whether the token is being checked; new requests wait for that. */
export type CheckState = { is: 'idle' } | { is: 'checking'; end: Deferred<TokenState> }

/** Asks the backend whether the token still works, once for all who ask. */
export interface Verifier {
  readonly state: CheckState
  verify(): Promise<TokenState>
  /** Waits for the end of the check under way. `undefined`: it has failed, or there is none. */
  wait(): Promise<TokenState | undefined>
  /** The user signed out. */
  discard(error: AuthError): void
}

interface VerifierOptions {
  session: Session
  logins: Logins
  backend: Backend
  endpoints: AuthEndpoints
  /** ms */
  timeout: number
}

export function createVerifier(options: VerifierOptions): Verifier {
  const { session, logins, backend, endpoints, timeout } = options
  let state: CheckState = { is: 'idle' }

  async function check(): Promise<TokenState> {
    if (session.signedOut) throw new AuthError('signed_out')
    const began = session.now
    const { token } = session
    if (token === undefined || logins.state.is === 'underWay') return logins.loginWhenDue()
    const sent = session.stampSending()
    const call = { url: endpoints.tokenState, method: 'GET', token, timeout } as const
    const answer = await backend.call(call)
    session.checkSignedIn(began)
    session.renew(answer.tokenState, sent)
    session.checkSignedIn(began)
    if (answer.status === 401) await logins.replace(token, logins.loginWhenDue)
    else if (!isSuccess(answer)) throw httpError(answer)
    else session.prove(sent)
    session.checkSignedIn(began)
    return session.state ?? logins.loginWhenDue()
  }

  return {
    get state() {
      return state
    },
    verify() {
      if (state.is === 'checking') return state.end.promise
      const end = createDeferred<TokenState>()
      const mine: CheckState = { is: 'checking', end }
      state = mine
      const over = () => {
        // Unless the user has signed out, and another is under way.
        if (state === mine) state = { is: 'idle' }
      }
      check().finally(over).then(end.resolve, end.reject)
      return end.promise
    },
    async wait() {
      if (state.is !== 'checking') return undefined
      return state.end.promise.catch(() => undefined)
    },
    discard(error) {
      if (state.is !== 'checking') return
      const { end } = state
      state = { is: 'idle' }
      end.reject(error)
    },
  }
}

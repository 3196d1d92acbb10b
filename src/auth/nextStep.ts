import type { CarriedLogin } from './carriedLogin'
import type { AuthError } from './errors'
import { allowsGuests, type Logins } from './login'
import type { Session } from './session'
import type { Verifier } from './verify'

/** In whose name a request goes. */
export type Credential =
  | { is: 'guest' }
  /** A guest, as the login could not be made. */
  | { is: 'stranded'; error: AuthError }
  | { is: 'token'; token: string }
  /** Its own login, which it carries. */
  | { is: 'carried'; login: CarriedLogin; code: string }

/** What a request does that has a place on the wire. */
export type Step =
  | { do: 'send'; credential: Credential }
  /** Waits for the code of a login, and is sent with it. */
  | { do: 'carry'; login: CarriedLogin }
  /** Gives its place up. `until` resolves with what was issued meanwhile, if anything. */
  | { do: 'wait'; until: Promise<unknown> }
  | { do: 'fail'; error: AuthError }

const GUEST: Step = { do: 'send', credential: { is: 'guest' } }

/**
 * Makes the decision of each request.
 * @returns a function of two facts. `mayCarry`: the request may carry a login. `isFresh`: a token was
 * issued for it a moment ago.
 */
export function createNextStep(session: Session, logins: Logins, verifier: Verifier) {
  function strand(error: AuthError): Step {
    if (!allowsGuests(error)) return { do: 'fail', error }
    return { do: 'send', credential: { is: 'stranded', error } }
  }

  function withoutToken(mayCarry: boolean): Step {
    const { state, backoff } = logins
    if (state.is === 'impossible') return strand(state.error)
    if (backoff.is === 'closed') return strand(backoff.error)
    const login = mayCarry ? logins.carry() : undefined
    return login ? { do: 'carry', login } : { do: 'wait', until: logins.wait() }
  }

  return function nextStep(mayCarry: boolean, isFresh: boolean): Step {
    if (verifier.state.is === 'checking') return { do: 'wait', until: verifier.wait() }
    const { state } = logins
    const isSilent = state.is === 'underWay' && state.attempt.state.is === 'silent'
    if (state.is === 'underWay' && !isSilent) return { do: 'wait', until: logins.wait() }
    if (session.signedOut) return GUEST
    const { token } = session
    if (token === undefined) return isSilent ? GUEST : withoutToken(mayCarry)
    // A token that was just issued is tried, however short its life; so is one without successor.
    const isDead = session.expired && !isFresh && state.is !== 'impossible'
    if (!isDead && !(isSilent && session.refused)) {
      return { do: 'send', credential: { is: 'token', token } }
    }
    return isSilent ? GUEST : withoutToken(false)
  }
}

export function authorizationOf(credential: Credential): string | undefined {
  switch (credential.is) {
    case 'guest':
    case 'stranded':
      return undefined
    case 'token':
      return `Bearer ${credential.token}`
    case 'carried':
      return `WxLogin ${credential.code}`
  }
}

import type { CarriedLogin } from './carriedLogin'
import type { AuthError } from './errors'
import { allowsGuests, type Logins } from './login'
import type { Session } from './session'
import type { TokenState } from './types'
import type { Verifier } from './verify'

/** In whose name a request goes. */
export type Credential =
  | { is: 'guest' }
  /** A guest, as the login could not be made. */
  | { is: 'stranded'; error: AuthError }
  | { is: 'token'; token: string }
  /** Its own login, which it carries. */
  | { is: 'carried'; login: CarriedLogin; code: string }

/** What a request knows of the login that it has waited for. */
export type Brings =
  | { is: 'nothing' }
  /** A token was issued a moment ago. */
  | { is: 'freshToken' }
  /** Its token was refused, and no other was to be had. */
  | { is: 'failure'; error: AuthError }

export const NOTHING: Brings = { is: 'nothing' }
export const FRESH: Brings = { is: 'freshToken' }

/** What a request does that has a place on the wire. */
export type Step =
  | { do: 'send'; credential: Credential }
  /** Waits for the code of a login, and is sent with it. */
  | { do: 'carry'; login: CarriedLogin }
  /** Gives its place up. */
  | { do: 'wait'; until: Promise<Brings> }
  | { do: 'fail'; error: AuthError }

const GUEST: Step = { do: 'send', credential: { is: 'guest' } }

/**
 * Makes the function that decides what a request does once it has a place. `mayCarry`: whether it may
 * carry a login.
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
    return login ? { do: 'carry', login } : waitFor(logins.wait())
  }

  return function nextStep(mayCarry: boolean, brings: Brings): Step {
    const check = verifier.state
    if (check.is === 'checking') return waitFor(check.check.asked.promise)
    const { state } = logins
    const isSilent = state.is === 'underWay' && state.attempt.state.is === 'silent'
    if (state.is === 'underWay' && !isSilent) return waitFor(logins.wait())
    if (session.signedOut) return GUEST
    const { token, refused } = session
    if (brings.is === 'failure' && (token === undefined || refused)) return strand(brings.error)
    if (token === undefined) return isSilent ? GUEST : withoutToken(mayCarry)
    // A token that was just issued is tried, however short its life; so is one without successor.
    const isTried = brings.is === 'freshToken' || state.is === 'impossible'
    const isDead = session.expired && !isTried
    if (!isDead && !(isSilent && refused)) {
      return { do: 'send', credential: { is: 'token', token } }
    }
    return isSilent ? GUEST : withoutToken(false)
  }
}

function waitFor(issued: Promise<TokenState | void>): Step {
  return { do: 'wait', until: issued.then((state) => (state ? FRESH : NOTHING)) }
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

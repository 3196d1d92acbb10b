import type { CarriedLogin } from './carriedLogin'
import type { Credential } from './credential'
import type { AuthError } from './errors'
import { allowsGuests, type Logins } from './login'
import type { Session } from './session'
import type { TokenState } from './types'
import type { Verifier } from './verify'

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

export const GUEST: Step = { do: 'send', credential: { is: 'guest' } }

/**
 * Makes the function that decides what a request does once it has a place. `mayCarry`: whether it may
 * carry a login.
 */
export function createNextStep(session: Session, logins: Logins, verifier: Verifier) {
  /** Without a token, and with none to be had. */
  function strand(error: AuthError): Step {
    if (logins.needsUser) return GUEST
    if (!allowsGuests(error)) return { do: 'fail', error }
    return { do: 'send', credential: { is: 'stranded', error } }
  }

  function withoutToken(mayCarry: boolean): Step {
    const { impossible, backoff } = logins
    if (impossible) return strand(impossible)
    if (backoff.is === 'closed') return strand(backoff.error)
    const login = mayCarry ? logins.carry() : undefined
    return login ? { do: 'carry', login } : waitFor(logins.wait())
  }

  return function nextStep(mayCarry: boolean, brings: Brings): Step {
    const { state: verifying } = verifier
    if (verifying.is === 'checking') return waitFor(verifying.check.asked.promise)
    const { state: login } = logins
    const isSilent = login.is === 'underWay' && login.attempt.state.is === 'silent'
    if (login.is === 'underWay' && !isSilent) return waitFor(logins.wait())
    if (session.signedOut) return GUEST
    const { state, refused } = session
    if (brings.is === 'failure' && (state === null || refused)) return strand(brings.error)
    if (state === null) return isSilent ? GUEST : withoutToken(mayCarry)
    // A token that was just issued is tried, however short its life; so is one without successor.
    const isTried = brings.is === 'freshToken' || logins.impossible !== undefined
    const isDead = session.expired && !isTried
    if (!isDead && !(isSilent && refused)) {
      return { do: 'send', credential: { is: 'token', state } }
    }
    return isSilent ? GUEST : withoutToken(false)
  }
}

function waitFor(issued: Promise<TokenState | void>): Step {
  return { do: 'wait', until: issued.then((state) => (state ? FRESH : NOTHING)) }
}

import type { Platform, WireAnswer } from './platform'
import { readAnswer, type Answer } from './answer'
import { AuthError } from './errors'
import { authorizationOf, type Credential } from './nextStep'
import type { Session, Stamp } from './session'
import { wireCall, type Snapshot } from './snapshot'
import type { AuthOptions } from './types'
import { transmit } from './wire'

/** One sending of a request. */
export interface Transfer {
  snapshot: Snapshot
  credential: Credential
  sent: Stamp
  /** Whether the request is still to have its answer, with what that says of the session. */
  isWanted(): boolean
  /** The answer, after the session has taken what is its own. */
  answered(answer: Answer): void
  failed(error: AuthError): void
}

/** Gives a way to bring requests to the backend, which returns how to abort that. */
export function createTransfer(
  platform: Platform,
  session: Session,
  readTokenState: AuthOptions['readTokenState'],
) {
  /** What the answer says of the session. */
  function record({ credential, sent, isWanted }: Transfer, answer: Answer): void {
    switch (credential.is) {
      case 'carried':
        return credential.login.answered(answer)
      case 'token':
        if (!isWanted()) return
        if (answer.status !== 401) session.prove(sent)
        return session.renew(answer.tokenState, sent)
      default:
        credential satisfies Extract<Credential, { is: 'guest' | 'stranded' }>
    }
  }

  return function transfer(given: Transfer): () => void {
    const { snapshot, credential } = given
    const failed = (error: AuthError) => {
      if (credential.is === 'carried') credential.login.answered(undefined)
      given.failed(error)
    }
    const answered = (raw: WireAnswer) => {
      let answer: Answer
      try {
        answer = readAnswer(raw, platform.now(), readTokenState)
      } catch (cause) {
        return failed(new AuthError('protocol', { hint: 'answer', cause }))
      }
      record(given, answer)
      given.answered(answer)
    }
    return transmit(platform, wireCall(snapshot, authorizationOf(credential)), answered, failed)
  }
}

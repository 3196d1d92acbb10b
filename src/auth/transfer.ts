import type { Platform, WireAnswer, WireCall } from './platform'
import type { Answer } from './answer'
import type { Backend } from './backend'
import type { Changes } from './changes'
import type { Credential } from './credential'
import type { Session, Stamp } from './session'
import { AuthError } from './errors'
import { wireCall, type Snapshot } from './snapshot'
import { createStream } from './stream'
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
  backend: Pick<Backend, 'headerOf' | 'read'>,
  changes: Pick<Changes, 'warn'>,
) {
  let isOverwritten = false

  /** An interceptor of the app may have written into what the host was given. */
  function checkSent(call: WireCall, added: Readonly<Record<string, string>>): void {
    const name = Object.keys(call.header).find((one) => {
      const own = added[one.toLowerCase()]
      return own !== undefined && call.header[one] !== own
    })
    if (isOverwritten || name === undefined) return
    isOverwritten = true
    changes.warn('interceptor_interferes', `${name} header`)
  }

  /** What the answer says of the session. */
  function record({ credential, sent, isWanted }: Transfer, answer: Answer): void {
    switch (credential.is) {
      case 'carried':
        return credential.login.answered(answer)
      case 'token':
        if (!isWanted()) return
        if (answer.means !== 'unauthorized') session.prove(sent)
        return session.renew(answer.tokenState, sent)
      default:
        credential satisfies Extract<Credential, { is: 'guest' | 'stranded' }>
    }
  }

  return function transfer(given: Transfer): () => void {
    const { snapshot, credential } = given
    const stream = snapshot.onChunk && createStream(deliver)

    function deliver(chunk: ArrayBuffer): void {
      if (!given.isWanted()) return
      try {
        snapshot.onChunk?.(chunk)
      } catch (cause) {
        throw new AuthError('aborted', { cause })
      }
    }
    const failed = (error: AuthError) => {
      if (credential.is === 'carried') credential.login.answered(undefined)
      given.failed(error)
    }
    let added: Readonly<Record<string, string>>
    const answered = (raw: WireAnswer) => {
      checkSent(call, added)
      let answer: Answer
      try {
        const whole = stream?.end(raw) ?? raw
        const { type, url } = snapshot.call
        const file = type === 'download' ? 'downloaded' : undefined
        answer =
          snapshot.read?.(whole) ??
          backend.read('request', url, whole, stream?.isStreamed ? 'streamed' : file)
      } catch (error) {
        return failed(error as AuthError)
      }
      record(given, answer)
      given.answered(answer)
    }
    let call: WireCall
    try {
      added = backend.headerOf(credential)
      call = wireCall(snapshot, added)
      if (stream && call.type === 'request') call.stream = stream
    } catch (error) {
      failed(error as AuthError)
      return () => {}
    }
    return snapshot.transmit
      ? snapshot.transmit(call, answered, failed)
      : transmit(platform, call, answered, failed)
  }
}

import { readAnswer, type Answer } from './answer'
import type { Backend } from './backend'
import type { Challenge } from './challenge'
import type { Platform } from './platform'
import type { Requester } from './request'
import type { Session } from './session'
import { snapshotOutside, type Snapshot, type Transmit } from './snapshot'
import { isKnown } from './tokenState'
import type { AuthTask, EnsureOptions, PromptKind, TokenState } from './types'

/** Seconds: an older login is too old for a number that is proved by a text code (docs/protocol.md). */
const FRESH = 600

interface EnsureParts {
  platform: Pick<Platform, 'login'>
  session: Pick<Session, 'state'>
  backend: Pick<Backend, 'own' | 'read'>
  requester: Pick<Requester, 'startOther'>
  baseURL: string
  /** ms, of the call that asks for the token state. */
  timeout: number
}

/** Sends nothing. */
const succeed: Transmit = (_call, answered) => {
  answered({ status: 204, headers: {}, data: undefined })
  return () => {}
}

/**
 * Asks for the token state, in a request of its own. What is missing there counts as that request's
 * challenge, so that all goes on as if the app had made it.
 */
export function createEnsure(parts: EnsureParts) {
  const { platform, session, backend, requester, baseURL, timeout } = parts

  return (kind: PromptKind, { reason }: EnsureOptions = {}): AuthTask<void> => {
    if (isKnown(kind, session.state)) return Object.assign(Promise.resolve(), { abort() {} })

    const withReason = ({ scheme, params }: Challenge): Challenge => ({
      scheme,
      params: { ...(reason && { reason }), ...params },
    })

    // Outside of WeChat a number is typed: who has to log in for that does so before the form, not after it.
    const isTyped = kind === 'getPhoneNumber' && platform.login === undefined

    function judge(answer: Answer): Answer {
      const state = answer.tokenState ?? session.state
      const isGiven = answer.means === 'success'
      if (isGiven && isKnown(kind, state as TokenState | null)) return answer
      if (answer.means === 'failure') return answer
      // A login that is too old to type a number with is of no concern where there is one.
      if (isTyped && isKnown(kind, (answer.tokenState ?? null) as TokenState | null))
        return { ...answer, means: 'success', status: 200 }
      const missing: Challenge = { scheme: kind === 'login' ? 'Bearer' : kind, params: {} }
      const challenges = (isGiven ? [missing] : answer.challenges).map(withReason)
      return { ...answer, means: 'unauthorized', status: 401, challenges }
    }

    const call = backend.own('tokenState', { timeout }, ...(isTyped ? [FRESH] : []))
    const snapshot: Snapshot = call
      ? {
          call,
          mayCarryLogin: true,
          read: (answer) => judge(backend.read('tokenState', call.url, answer)),
        }
      : {
          // A backend that cannot say: what is held counts.
          ...snapshotOutside(baseURL, succeed),
          read: (answer) => judge(readAnswer(answer, 0, undefined, 'tokenState', baseURL)),
        }
    return requester.startOther(snapshot, {}) as AuthTask<void>
  }
}

import {
  AuthError,
  BackendError,
  HttpError,
  isAuthError,
  type AuthErrorCode,
} from '../../src/auth/errors'
import type { TokenState } from '../../src/auth/types'
import type { Wait } from './app'
import type { Cause } from './causes'
import type { RequestModel } from './requestModel'

/**
 * Why this is no end of it that docs/client.md knows, if so.
 * @param held tokens, since the last look
 */
export function faultOf(wait: Wait, held: ReadonlySet<string>): string | undefined {
  const { name, is, error, value, request, isSignedOut } = wait
  if (is === 'pending') return undefined
  const isEnded = isAuthError(error, 'signed_out') || name.includes('/flow-')
  if (isSignedOut && !isEnded) return `${name} ends with ${String(error)} after a logout`
  if (is === 'resolved')
    return request ? faultOfValue(name, value, request.model) : faultOfState(wait, held)
  if (error instanceof HttpError || error instanceof BackendError) {
    const { status } = error
    const isSaid = !request || request.model.last?.status === status
    return isSaid ? undefined : `${name} rejects with ${status}, which no answer said`
  }
  if (!(error instanceof AuthError)) return `${name} rejects with ${String(error)}`
  return isExplained(wait, error.code)
    ? undefined
    : `${name} rejects with ${error.code}, for nothing`
}

/** A login and a check resolve with the token state that is held then. */
function faultOfState({ name, value }: Wait, held: ReadonlySet<string>): string | undefined {
  if (!name.startsWith('login') && name !== 'verify') return undefined
  const { accessToken } = value as TokenState
  return held.has(accessToken)
    ? undefined
    : `${name} resolves with ${accessToken}, which is not held`
}

const CAUSES: Partial<Record<AuthErrorCode, readonly Cause[]>> = {
  network: ['lost', 'busy'],
  timeout: ['givenUp'],
  signed_out: ['signedOut', 'newSession'],
  prompt_cancelled: ['declined'],
  login_failed: ['noCode', 'forUser'],
  login_timeout: ['lateCode'],
  login_rejected: ['refused'],
  still_challenged: ['refused', 'malformed', 'given', 'newSession'],
  press_again: ['refused', 'newSession'],
  proof_needed: ['refused'],
}

function isExplained({ name, causes, isAborted }: Wait, code: AuthErrorCode): boolean {
  switch (code) {
    case 'protocol':
      return name === 'adopt malformed' || causes.has('malformed')
    case 'aborted':
      return isAborted
    case 'prompt_denied':
      return name.startsWith('submit ')
    case 'prompt_unavailable':
      return name.includes('/quiet-')
    default:
      return (CAUSES[code] ?? []).some((cause) => causes.has(cause))
  }
}

function faultOfValue(name: string, value: unknown, { last, stream }: RequestModel) {
  if (stream.isOpen) {
    const isRight = value === undefined && stream.isWhole
    return isRight ? undefined : `${name} resolves with ${String(value)}, or without a piece`
  }
  const { status, data } = last ?? {}
  const body = Object(typeof data === 'string' && data !== '' ? JSON.parse(data) : data)
  const said = name.startsWith('DOWNLOAD') ? body : body.data
  const isFlow = name.includes('/flow-')
  const isRight = isFlow
    ? value === status
    : status === 200 && JSON.stringify(value) === JSON.stringify(said)
  return isRight ? undefined : `${name} resolves with ${JSON.stringify(value)}`
}

import { AuthError, BackendError, HttpError, isAuthError } from '../../src/auth/errors'
import type { Wait } from './app'
import type { RequestModel } from './requestModel'

/** Why this is no end of it that docs/client.md knows, if so. */
export function faultOf(wait: Wait): string | undefined {
  const { name, is, error, value, request, isSignedOut } = wait
  if (is === 'pending') return undefined
  const isEnded = isAuthError(error, 'signed_out') || name.includes('/flow-')
  if (isSignedOut && !isEnded) return `${name} ends with ${String(error)} after a logout`
  if (is === 'resolved') return request && faultOfValue(name, value, request.model)
  if (error instanceof HttpError || error instanceof BackendError) {
    const { status } = error
    const isSaid = !request || request.model.last?.status === status
    return isSaid ? undefined : `${name} rejects with ${status}, which no answer said`
  }
  if (!(error instanceof AuthError)) return `${name} rejects with ${String(error)}`
  if (error.code === 'aborted' && !wait.isAborted) return `${name} was aborted by nobody`
  return undefined
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

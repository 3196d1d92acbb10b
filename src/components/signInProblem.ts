import { isAuthError, type AuthErrorCode, type Failure } from '../auth/errors'
import type { useAuthTexts } from '../locale/texts'
import { filledIn, type useSignInTexts } from '../locale/signInTexts'
import type { CredentialName, CredentialTask } from './credentialFields'

type Texts = ReturnType<typeof useSignInTexts>['value']
type StandardTexts = ReturnType<typeof useAuthTexts>['value']

/** A failure to sign in, as far as it is to be said. */
export interface SignInFailure {
  code?: AuthErrorCode | undefined
  status?: number | undefined
  /** Seconds. */
  retryAfter?: number | undefined
  /** In the backend's own words. */
  message?: string | undefined
}

/** What a form says, and at which field; without one, above its button. */
export interface Problem {
  field?: CredentialName | undefined
  text: string
}

/** Messages of a dialect are for users; all others are for developers. */
export function failureIn(error: Failure): SignInFailure {
  const { status, retryAfter } = error
  const code = isAuthError(error) ? error.code : undefined
  const message = error.name === 'BackendError' && error.message ? error.message : undefined
  return { code, status, retryAfter, message }
}

/** Why no text code was sent: about the number, or said at the code. */
export function sendingProblem(
  error: Failure,
  texts: Texts,
  standard: StandardTexts,
): { field: 'phone' | 'code'; text: string } {
  const failure = failureIn(error)
  const isBadNumber = failure.status === 400 || failure.status === 422
  if (isBadNumber) return { field: 'phone', text: failure.message ?? texts.phoneInvalid }
  return { field: 'code', text: generalText(failure, texts, standard) }
}

/** Why the backend did not take what was submitted. */
export function submitProblem(
  failure: SignInFailure,
  task: CredentialTask,
  texts: Texts,
  standard: StandardTexts,
): Problem {
  const { code, status, message } = failure
  if (message || code !== 'login_rejected' || status === 429)
    return { text: generalText(failure, texts, standard) }
  switch (task) {
    case 'sms':
    case 'bind':
      return { field: 'code', text: texts.codeRejected }
    case 'password':
      return { field: 'password', text: texts.passwordRejected }
    case 'newPassword':
      return status === 422
        ? { field: 'newPassword', text: texts.newPasswordRefused }
        : { field: 'code', text: texts.codeRejected }
  }
}

function generalText(failure: SignInFailure, texts: Texts, standard: StandardTexts): string {
  const { code, status, retryAfter, message } = failure
  if (message) return message
  if (retryAfter !== undefined) return filledIn(texts.waitFor, { seconds: retryAfter })
  if (status === 429) return texts.tooMany
  return standard.errors[code ?? 'protocol']
}

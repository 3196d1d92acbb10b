import {
  isAuthError,
  type AccountHint,
  type AuthErrorCode,
  type RequestError,
} from '../auth/errors'
import type { useAuthTexts } from '../locale/texts'
import { filledIn, type useSignInTexts } from '../locale/signInTexts'
import { isPassing } from '../signIn/passing'
import type { CredentialName, CredentialTask } from './credentialFields'

/** Seconds that are worth counting: limits of a day have some, too. */
const COUNTED = 600

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
  /** With `confirmation_needed`. */
  account?: AccountHint | undefined
}

/** What a form says, and at which field; without one, above its button. */
export interface Problem {
  field?: CredentialName | undefined
  text: string
}

/** Messages of a dialect are for users; all others are for developers. */
export function failureIn(error: RequestError): SignInFailure {
  const { status, retryAfter } = error
  const { code, account } = isAuthError(error) ? error : {}
  const message = error.name === 'BackendError' && error.message ? error.message : undefined
  return { code, status, retryAfter, message, account }
}

/** Why no text code was sent: about the number, or said at the code. */
export function sendingProblem(
  error: RequestError,
  texts: Texts,
  standard: StandardTexts,
): { field: 'phone' | 'code'; text: string } {
  const failure = failureIn(error)
  const isBadNumber = failure.status === 400 || failure.status === 422
  if (isBadNumber) return { field: 'phone', text: failure.message ?? texts.phoneInvalid }
  const wantsCaptcha = failure.status === 403 && !failure.message
  const text = wantsCaptcha ? texts.captchaRejected : generalText(failure, texts, standard)
  return { field: 'code', text }
}

/** Why the backend did not take what was submitted. */
export function submitProblem(
  failure: SignInFailure,
  task: CredentialTask,
  texts: Texts,
  standard: StandardTexts,
): Problem {
  const { code, status, message } = failure
  if (message || code !== 'login_rejected' || isPassing(failure))
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

/** Why a phone could not look at a code on another screen, or answer it. */
export function scanProblem(failure: SignInFailure, texts: Texts, standard: StandardTexts): string {
  const hasDeclined = failure.code === 'prompt_cancelled'
  return hasDeclined ? texts.loginFirst : generalText(failure, texts, standard)
}

function generalText(failure: SignInFailure, texts: Texts, standard: StandardTexts): string {
  const { code, status, retryAfter, message } = failure
  if (message) return message
  if (retryAfter !== undefined && retryAfter <= COUNTED)
    return filledIn(texts.waitFor, { seconds: retryAfter })
  if (status === 429 || retryAfter !== undefined) return texts.tooMany
  if (isPassing(failure)) return standard.errors[code === 'timeout' ? code : 'network']
  return standard.errors[code ?? 'protocol']
}

import type { Answer } from './answer'
import { findChallenge, wantsNewLogin } from './challenge'
import type { AuthErrorCode } from './errors'
import type { ButtonDetail, PromptKind } from './types'

/** What the answer to a submit means for the user. */
export function codeOf(
  { means, isTemporary, challenges }: Answer,
  otherwise: AuthErrorCode,
): AuthErrorCode {
  if (means === 'unauthorized')
    return wantsNewLogin(challenges) ? 'login_too_old' : 'login_rejected'
  return isTemporary ? 'network' : otherwise
}

export function refusedAs(kind: PromptKind, { status }: Answer): AuthErrorCode {
  return kind === 'getPhoneNumber' && status === 403 ? 'number_taken' : 'press_again'
}

/** Whether only a text code proves this number, e.g. as it is another account's. */
export function needsProof({ challenges }: Answer): boolean {
  return findChallenge(challenges, 'getPhoneNumber')?.params.proof === 'sms'
}

/** Whether it is not the token that is refused, but what the user typed. */
export function refusesCredentials({ challenges }: Answer): boolean {
  return findChallenge(challenges, 'Bearer')?.params.error === 'invalid_credentials'
}

/** The errno values are WeChat's (通用错误码; 手机号快速验证组件); the texts vary by client and age. */
export function refusalOf(
  kind: string,
  detail: ButtonDetail | undefined,
): AuthErrorCode | undefined {
  const { errno } = detail ?? {}
  const errMsg = typeof detail?.errMsg === 'string' ? detail.errMsg : ''
  // The button of a number proved at this moment is another open type, its data the same.
  if (!detail || errMsg.replace('Realtime', '') === `${kind}:ok`) return undefined
  if (errno === 1400001) return 'quota_exhausted'
  if (errno === 103 || errno === 104) return 'privacy_refused'
  // Texts of interfaces that are not declared or banned speak of privacy too, and no press mends it.
  const isBarred =
    errno === 102 || errno === 112 || /no permission|not declared|banned/i.test(errMsg)
  if (isBarred) return 'not_permitted'
  if (/privacy/i.test(errMsg)) return 'privacy_refused'
  return 'prompt_denied'
}

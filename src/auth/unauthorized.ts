import type { Answer } from './answer'
import { findChallenge, wantsNewLogin } from './challenge'
import type { Backend } from './backend'
import { AuthError, type AuthErrorCode } from './errors'
import type { Credential } from './credential'
import type { Ask } from './promptState'
import { methodsIn } from './loginMethods'
import type { Session } from './session'
import type { PromptKind, PromptScope } from './types'

/** What a request that was answered 401 needs before it is sent again. */
export type Need =
  /** Nothing: there is a session by now. */
  | { is: 'nothing' }
  /** Another token than the one that was refused, if there was one. */
  | { is: 'login'; refused: string | undefined }
  /** Something of the user; `refusal` is its error where the user must not be asked. */
  | { is: 'user'; asks: Ask[]; refusal: AuthError }
  /** It cannot be helped. */
  | { is: 'error'; error: AuthError }

/** What has been tried for it before. */
export interface Tried {
  login: boolean
  prompts: readonly PromptKind[]
}

const PROMPT_KINDS = ['getUserInfo', 'getPhoneNumber'] as const

/**
 * What an unauthorized answer means for its request.
 * @param session as it is by now
 * @param isForUser whether only the user can begin one
 * @param isNew whether it has begun since the request was sent
 */
export function needOf(
  { challenges, status, requestId }: Answer,
  credential: Credential,
  session: Pick<Session, 'token' | 'alive' | 'signedOut'>,
  { loginNeeds }: Pick<Backend, 'loginNeeds'>,
  isForUser: boolean,
  isNew: boolean,
  tried: Tried,
): Need {
  const isGuest = credential.is === 'guest' || credential.is === 'stranded'
  const hasToken = session.token !== undefined
  if (isGuest && hasToken && (isNew || session.alive)) return { is: 'nothing' }

  const wasKnown = credential.is === 'token' || (credential.is === 'carried' && hasToken)
  const asks = wasKnown ? asksOf(challenges) : []
  const challenge = asks[0] ? findChallenge(challenges, asks[0].kind) : challenges[0]
  const failed = (code: AuthErrorCode, named = challenge): AuthError =>
    new AuthError(code, { status, requestId, challenge: named })
  const cannot = (error: AuthError): Need => ({ is: 'error', error })

  const isGiven = asks.some(({ kind }) => tried.prompts.includes(kind))
  if (isGiven) return cannot(failed('still_challenged'))
  if (asks.length > 0) return { is: 'user', asks, refusal: failed('prompt_unavailable') }
  if (challenges.length > 0 && !['WxLogin', 'Bearer', ...PROMPT_KINDS].some(isNamed)) {
    return cannot(failed('unknown_challenge'))
  }
  if (credential.is === 'stranded' && (!isForUser || hasToken)) return cannot(credential.error)
  const bearer = findChallenge(challenges, 'Bearer')
  const reason = bearer?.params.reason
  if (loginNeeds && !hasToken) {
    if (tried.prompts.includes(loginNeeds)) return cannot(failed('still_challenged'))
    const asks: Ask[] = [{ kind: loginNeeds, reason, isForLogin: true }]
    return { is: 'user', asks, refusal: failed('prompt_unavailable') }
  }
  if (session.signedOut || (isForUser && (!hasToken || wantsNewLogin(challenges)))) {
    if (tried.prompts.includes('login')) return cannot(failed('login_rejected'))
    const asks: Ask[] = [{ kind: 'login', reason, methods: methodsIn(bearer) }]
    // A backend may name WxLogin first, for mini-programs.
    return { is: 'user', asks, refusal: failed('prompt_unavailable', bearer) }
  }
  if (tried.login) return cannot(failed('login_rejected'))
  if (credential.is === 'token') return { is: 'login', refused: credential.state.accessToken }
  // A guest's goes beside a dead token where the login that is to replace it takes long.
  return { is: 'login', refused: isGuest ? session.token : undefined }

  function isNamed(scheme: string): boolean {
    return findChallenge(challenges, scheme) !== undefined
  }
}

/** What the user is to be asked, in the order of the challenges. */
function asksOf(challenges: Answer['challenges']): Ask[] {
  if (findChallenge(challenges, 'Bearer')?.params.error === 'invalid_token') return []
  return challenges.flatMap(({ scheme, params }) => {
    const kind = PROMPT_KINDS.find((one) => one.toLowerCase() === scheme.toLowerCase())
    const scope: PromptScope = params.scope === 'unionid' ? 'unionid' : 'profile'
    const proof = kind === 'getPhoneNumber' && params.proof === 'sms' ? 'sms' : undefined
    return kind ? [{ kind, reason: params.reason, scope, proof }] : []
  })
}

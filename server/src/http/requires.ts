import type { Context, MiddlewareHandler } from 'hono'
import type { UserInfoPolicy } from '../config'
import type { Session } from '../sessions'
import type { SessionEnv, SignInMethod } from './answer'
import { invalidToken, loginRequired, requireFreshLogin, secondProofNeeded } from './authenticate'
import { inLanguageOf, reasonParam, type Localized } from './language'
import { unauthorized } from './problem'

/** What the client can ask its user for, by the scheme of the challenge. */
export type PromptScheme = 'getUserInfo' | 'getPhoneNumber'

/** What a route needs; a `reason` is shown to the user in the prompt. */
export type Requirement =
  'session' | 'current-session' | 'second-proof' | 'fresh-login' | PromptScheme | Prompt

interface Prompt {
  scheme: PromptScheme
  reason?: Localized
}

const isGiven: Record<PromptScheme, (session: Session) => boolean> = {
  getUserInfo: (session) => session.hasUserInfo,
  getPhoneNumber: (session) => session.phoneNumber !== null,
}

/**
 * Lets a request through if it has a session and its user has given what the route needs. Otherwise
 * answers 401 with a challenge for each thing that is missing, in this order:
 * `app.post('/bookings', requires('getPhoneNumber'), handler)`. All of them need a session;
 * `requires('session')` needs nothing else. `'current-session'` lets no request through whose session
 * has been replaced by a later login, `'second-proof'` none whose session has only a text code and
 * its user's word for whose account it is: that one answers 403, and names the ways to prove it.
 * `'fresh-login'` is for what somebody could do lasting harm with who has found a token: it lets no
 * request through whose user has not logged in within the last minutes.
 */
export function requires(...requirements: Requirement[]): MiddlewareHandler<SessionEnv> {
  const prompts = requirements.flatMap((requirement): Prompt | [] => {
    if (typeof requirement !== 'string') return requirement
    return isScheme(requirement) ? { scheme: requirement } : []
  })

  const mustBeCurrent = requirements.includes('current-session')
  const mustBeWhole = requirements.includes('second-proof')
  const mustBeFresh = requirements.includes('fresh-login')

  return async (c, next) => {
    const session = c.get('session') as Session | undefined
    if (!session) throw loginRequired(c)
    if (session.isReplaced && mustBeCurrent) throw invalidToken(c)
    if (session.needsSecondProof && mustBeWhole) throw secondProofNeeded(c)
    if (mustBeFresh) requireFreshLogin(c, session)
    const missing = prompts.filter(({ scheme }) => !isGiven[scheme](session))
    if (missing.length > 0) {
      // Who types a number has just logged in: better before the form than after it.
      if (isNumberTyped(session, missing, c.get('methods'))) requireFreshLogin(c, session)
      const challenges = missing.map((prompt) => challengeText(prompt, c))
      throw unauthorized('challenged', challenges.join(', '))
    }
    await next()
  }
}

function isScheme(requirement: string): requirement is PromptScheme {
  return requirement in isGiven
}

/** Whether the number is to come by text code: it is no session of a mini-program, which has a button. */
function isNumberTyped(
  { isLasting }: Session,
  missing: Prompt[],
  methods: readonly SignInMethod[],
): boolean {
  const isWanted = missing.some(({ scheme }) => scheme === 'getPhoneNumber')
  return isWanted && isLasting && methods.includes('sms')
}

function challengeText({ scheme, reason }: Prompt, c: Context<SessionEnv>): string {
  const params = [
    ...(scheme === 'getUserInfo' ? [`scope="${scopeOf(c.get('userInfoPolicy'))}"`] : []),
    ...(reason === undefined ? [] : [reasonParam(inLanguageOf(c, reason))]),
  ]
  return [scheme, params.join(', ')].filter(Boolean).join(' ')
}

function scopeOf(policy: UserInfoPolicy): 'unionid' | 'profile' {
  return policy === 'unionid' ? 'unionid' : 'profile'
}

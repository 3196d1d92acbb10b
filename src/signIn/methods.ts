import type { Auth } from '../auth/auth'
import { findChallenge, parseChallenges } from '../auth/challenge'
import type { HttpError } from '../auth/errors'
import { methodsIn } from '../auth/loginMethods'
import type { LoginMethod } from '../auth/types'
import { ask } from '../auth/wire'
import { isApp, isH5, isMpWeixin } from '../uni/target'
import type { OAuthOptions } from './oauth'

// The project's types know neither: this is what is used of them.
declare const navigator: { userAgent: string }
declare const innerWidth: number
declare const plus: {
  runtime: { isApplicationExist(app: { pname: string; action: string }): unknown }
}

/** Where the app runs, as far as it decides how users can sign in. */
export type SignInHost =
  | { is: 'miniProgram' }
  /** `isWide`: there is room for a code beside the form, and the phone is another device. */
  | { is: 'browser'; isInWechat: boolean; isWide: boolean }
  | { is: 'app'; hasWechat: boolean }
  | { is: 'other' }

/** px, as wide as a tablet held upright. */
const WIDE = 768

/**
 * Where the app runs now.
 * @example
 * import { signInHost } from 'watchword/sign-in'
 *
 * const host = signInHost()
 * const isOfficialAccount = host.is === 'browser' && host.isInWechat
 */
export function signInHost(): SignInHost {
  if (isMpWeixin) return { is: 'miniProgram' }
  if (isH5) {
    // WeCom names both, and has its own OAuth.
    const { userAgent } = navigator
    const isInWechat = /MicroMessenger/i.test(userAgent) && !/wxwork/i.test(userAgent)
    return { is: 'browser', isInWechat, isWide: innerWidth >= WIDE }
  }
  if (!isApp) return { is: 'other' }
  return { is: 'app', hasWechat: hasWechat() }
}

/** An App that cannot find out does without. */
function hasWechat(): boolean {
  const wechat = { pname: 'com.tencent.mm', action: 'weixin://' }
  return ask(() => plus.runtime.isApplicationExist(wechat)) === true
}

/**
 * Of the methods that the backend names, those that this host can do, in their order. A mini-program can
 * always log in by WeChat: `submitLogin()` without credentials.
 * @param methods of the prompt, or of {@link fetchLoginMethods}
 * @example
 * import { offeredMethods } from 'watchword/sign-in'
 *
 * const methods = offeredMethods(auth.prompt?.methods)
 * const hasPassword = methods.includes('password')
 */
export function offeredMethods(
  methods: readonly LoginMethod[] | undefined,
  host: SignInHost = signInHost(),
): LoginMethod[] {
  const named = methods ?? []
  if (host.is !== 'miniProgram') return named.filter((method) => canDo(host, method))
  return ['wechat', ...named.filter((method) => method === 'sms' || method === 'password')]
}

/**
 * Whether the browser can ask WeChat so. WeChat's own browser asks for an official account; a website
 * shows a code there, which the same phone would have to scan.
 */
export function canAskWechat(
  { provider = 'wechat-official' }: Pick<OAuthOptions, 'provider'>,
  host: SignInHost = signInHost(),
): boolean {
  return host.is === 'browser' && host.isInWechat === (provider === 'wechat-official')
}

function canDo(host: Exclude<SignInHost, { is: 'miniProgram' }>, method: LoginMethod): boolean {
  switch (method) {
    case 'sms':
    case 'password':
      return true
    case 'scan':
      return host.is === 'browser' && host.isWide && !host.isInWechat
    case 'wechat':
      return host.is === 'browser' ? host.isInWechat : host.is === 'app' && host.hasWechat
  }
}

/**
 * Asks the backend how users can sign in: for a sign-in page that was opened without a prompt. It asks in
 * nobody's name, so that nobody is signed in by it, and users who are can choose another account.
 * @returns the methods; none if the backend names none.
 * @throws AuthError, HttpError like `request`.
 * @example
 * import { fetchLoginMethods, offeredMethods } from 'watchword/sign-in'
 *
 * const methods = offeredMethods(auth.prompt?.methods ?? (await fetchLoginMethods(auth)))
 */
export async function fetchLoginMethods(auth: Pick<Auth, 'request'>): Promise<LoginMethod[]> {
  try {
    await auth.request({ url: '/auth/token-state', credentials: 'omit' })
    return []
  } catch (error) {
    const { status, problem } = error as Partial<HttpError>
    if (status !== 401) throw error
    // Each problem of a 401 repeats its challenges (docs/protocol.md).
    const { challenges } = Object(problem) as { challenges?: unknown }
    return methodsIn(findChallenge(parseChallenges(challenges), 'Bearer')) ?? []
  }
}

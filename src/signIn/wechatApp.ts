import type { Credentials } from '../auth/dialect'
import { AuthError } from '../auth/errors'
import { callHost, type HostFailure } from '../uni/hostCall'

// uni-app's types leave out what only the App has.
declare const uni: { login(options: object): unknown }

/** ms: the user reads and decides in WeChat. */
const LIMIT = 300_000

/**
 * Lets the user agree in the WeChat app, from the App of uni-app.
 * @returns credentials for `auth.login` or `auth.submitLogin`.
 * @throws AuthError `prompt_denied` if the user refused, otherwise `login_failed`.
 * @example
 * import { wechatAppCredentials } from 'watchword/sign-in'
 *
 * const onWechat = async () => auth.submitLogin(await wechatAppCredentials())
 */
export async function wechatAppCredentials(): Promise<Credentials> {
  let result: unknown
  try {
    // uni-app: without `onlyAuthorize` it would want the app's secret, in the App.
    const wanted = { provider: 'weixin', onlyAuthorize: true }
    result = await callHost((callbacks) => uni.login({ ...wanted, ...callbacks }), LIMIT)
  } catch (cause) {
    const { errMsg } = cause as HostFailure
    throw new AuthError(/cancel|denied|取消/i.test(errMsg) ? 'prompt_denied' : 'login_failed', {
      cause,
    })
  }
  const { code } = Object(result) as { code?: unknown }
  if (typeof code !== 'string' || !code) throw new AuthError('login_failed')
  return { provider: 'wechat-app', code }
}

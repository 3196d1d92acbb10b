import { signInHost, type OAuthOptions } from 'watchword/sign-in'

// Written out, each of them: Vite puts values in their places.
const configured = {
  official: import.meta.env.VITE_WECHAT_OFFICIAL_APP_ID as string | undefined,
  web: import.meta.env.VITE_WECHAT_WEB_APP_ID as string | undefined,
  /** Where WeChat asks, for a stand-in; without it, WeChat's own address. */
  pages: import.meta.env.VITE_WECHAT_PAGES as string | undefined,
}
/** Of `npm run backend`, as its address in ./auth. */
const local = {
  official: 'touristofficial',
  web: 'touristweb',
  pages: 'http://127.0.0.1:3100',
}
const apps = import.meta.env.VITE_API_BASE ? configured : local

/**
 * How to ask WeChat in this browser: in WeChat's own by the official account, on a computer by the
 * website, whose code the phone scans. Undefined: it cannot be asked here.
 */
export function wechatOAuth(): OAuthOptions | undefined {
  const host = signInHost()
  if (host.is !== 'browser') return undefined
  if (host.isInWechat) return optionsOf('wechat-official', apps.official, 'oauth2/authorize')
  return host.isWide ? optionsOf('wechat-web', apps.web, 'qrconnect') : undefined
}

function optionsOf(
  provider: 'wechat-official' | 'wechat-web',
  appId: string | undefined,
  path: string,
): OAuthOptions | undefined {
  if (!appId) return undefined
  const { pages } = apps
  return { appId, provider, ...(pages && { authorizeURL: `${pages}/connect/${path}` }) }
}

import type { Credentials } from '../auth/dialect'
import { AuthError } from '../auth/errors'
import { ask } from '../auth/wire'
import { isOwnPage } from './ownPage'

/** What is used of a browser: the project's types know no DOM. */
interface Browser {
  location: { href: string; origin: string; replace(url: string): void }
  history: { state: unknown; replaceState(state: unknown, title: string, url: string): void }
  sessionStorage: {
    getItem(key: string): string | null
    setItem(key: string, value: string): void
    removeItem(key: string): void
  }
  crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }
}
declare const window: Browser

/** How to ask WeChat. */
export interface OAuthOptions {
  /** Of the official account or of the website app. */
  appId: string
  /** Default: `wechat-official`, for pages in WeChat's own browser. */
  provider?: 'wechat-official' | 'wechat-web'
  /** Default: `snsapi_userinfo`, or `snsapi_login` for a website. */
  scope?: string
  /** Where the user wants to be afterwards: a page of the app with its query, e.g. `/pages/me/me?tab=2`. */
  page?: string
  /** Where WeChat asks. Default: WeChat's own address for the provider. For a stand-in. */
  authorizeURL?: string
}

/** What WeChat has sent back with the user. */
export interface OAuthReturn {
  /** For `auth.login`. */
  credentials: Credentials
  /** The page the user wanted, if it is one of the app. */
  page?: string
}

const KEY = 'watchword:oauth'
/** The parameter of the address to come back to that names the page. */
const PAGE = 'wanted-page'
/** bytes, as twice as many letters and digits: WeChat takes no others, and 128 at most. */
const STATE_LENGTH = 16

/** WeChat: 网页授权; 网站应用微信登录. */
const PROVIDERS = {
  'wechat-official': {
    authorizeURL: 'https://open.weixin.qq.com/connect/oauth2/authorize',
    scope: 'snsapi_userinfo',
  },
  'wechat-web': {
    authorizeURL: 'https://open.weixin.qq.com/connect/qrconnect',
    scope: 'snsapi_login',
  },
}

/**
 * Leaves for WeChat, where the user agrees, and comes back to the current address. Call it only on a press:
 * who is asked without one gets a page of an unnamed user. It replaces the history's entry, so that Back
 * does not lead to WeChat again.
 * @throws AuthError `login_failed` if the browser stores nothing: nobody could tell whether the answer is to
 * this question.
 * @example
 * import { startOAuth } from 'watchword/sign-in'
 *
 * const onWechat = () => startOAuth({ appId: 'wx1234567890abcdef', page: '/pages/me/me' })
 */
export function startOAuth(options: OAuthOptions, browser = window): void {
  const { appId, provider = 'wechat-official', page } = options
  const { authorizeURL = PROVIDERS[provider].authorizeURL } = options
  const { scope = PROVIDERS[provider].scope } = options
  const bytes = browser.crypto.getRandomValues(new Uint8Array(STATE_LENGTH))
  const state = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  store(browser, JSON.stringify({ state, provider }))
  const back = split(browser.location.href)
  const own = page === undefined ? [] : [`${PAGE}=${encodeURIComponent(page)}`]
  const redirect = join({ ...back, search: [...without(back.search, [PAGE]), ...own] })
  // WeChat compares the order of the parameters, and needs the fragment.
  const query = [
    `appid=${encodeURIComponent(appId)}`,
    `redirect_uri=${encodeURIComponent(redirect)}`,
    'response_type=code',
    `scope=${encodeURIComponent(scope)}`,
    `state=${state}`,
  ]
  browser.location.replace(`${authorizeURL}?${query.join('&')}#wechat_redirect`)
}

/**
 * Takes what WeChat has sent back out of the address and of the history. Call it in `main.ts`, before
 * `createApp`: later, the router would bring it back. What does not carry the state of this tab's own
 * question is dropped.
 * @returns `undefined`: the page was opened in another way, or by somebody else's link.
 * @example
 * import { takeOAuthReturn } from 'watchword/sign-in'
 *
 * const returned = takeOAuthReturn()
 * if (returned) {
 *   await auth.login(returned.credentials)
 *   if (returned.page) uni.reLaunch({ url: returned.page })
 * }
 */
export function takeOAuthReturn(browser = window): OAuthReturn | undefined {
  const { location, history } = browser
  const address = split(location.href)
  const find = (name: string) => valueOf(address.search, name) ?? valueOf(address.hashSearch, name)
  const [code, state, page] = [find('code'), find('state'), find(PAGE)]
  const stored = ask(() => browser.sessionStorage.getItem(KEY)) ?? null
  // Alone, parameters of these names are the app's own. WeChat sends no code where the user refused.
  if (state === undefined || (code === undefined && stored === null)) return undefined
  const names = ['code', 'state', PAGE]
  const search = without(address.search, names)
  const hashSearch = without(address.hashSearch, names)
  history.replaceState(history.state, '', join({ ...address, search, hashSearch }))
  const asked = readAsked(stored)
  ask(() => browser.sessionStorage.removeItem(KEY))
  if (!code || !asked || asked.state !== state) return undefined
  const credentials = { provider: asked.provider, code }
  return isOwnPage(page) ? { credentials, page } : { credentials }
}

/** Browsers whose user allows no storage throw as soon as it is named. */
function store(browser: Browser, asked: string): void {
  try {
    browser.sessionStorage.setItem(KEY, asked)
  } catch (cause) {
    throw new AuthError('login_failed', { cause })
  }
}

/** What was stored may be anything. */
function readAsked(stored: string | null): { state: string; provider: string } | undefined {
  try {
    const { state, provider } = Object(JSON.parse(stored ?? 'null')) as Record<string, unknown>
    const isWhole = typeof state === 'string' && typeof provider === 'string'
    return isWhole ? { state, provider } : undefined
  } catch {
    return undefined
  }
}

/** An address; the fragment of the router's hash mode may have a query of its own. */
interface Address {
  base: string
  search: string[]
  hash: string
  hashSearch: string[]
}

function split(href: string): Address {
  const [, before = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(href) ?? []
  const [base, search] = splitQuery(before)
  const [hash, hashSearch] = splitQuery(fragment)
  return { base, search, hash, hashSearch }
}

function splitQuery(text: string): [string, string[]] {
  const at = text.indexOf('?')
  if (at < 0) return [text, []]
  return [text.slice(0, at), text.slice(at + 1).split('&')]
}

function join({ base, search, hash, hashSearch }: Address): string {
  const query = (pairs: string[]) => (pairs.length > 0 ? `?${pairs.join('&')}` : '')
  return base + query(search) + hash + query(hashSearch)
}

const nameOf = (pair: string) => pair.split('=', 1)[0]!

function without(pairs: string[], names: string[]): string[] {
  return pairs.filter((pair) => !names.includes(nameOf(pair)))
}

function valueOf(pairs: string[], name: string): string | undefined {
  const pair = pairs.find((one) => nameOf(one) === name)
  if (pair === undefined) return undefined
  try {
    return decodeURIComponent(pair.slice(name.length + 1))
  } catch {
    return undefined
  }
}

import { deliver, keepPending, dropPending } from './pendingQuery'
import { callHost, type HostFailure } from '../uni/hostCall'
import { queryOf } from './pageQuery'
import { openPages } from '../uni/openPages'
import { identify, pathOf, readQuery, withQuery, type QueryValues } from './query'
import { timers } from '../uni/timers'

/** WeChat keeps at most ten pages open (WeChat: wx.navigateTo). */
const pageLimit = 10
/** For one navigation, ms; a sub-package may have to be loaded for it. */
const navigationLimit = 10_000
/** For the page to be among the open ones afterwards, ms, and how often that is looked at. */
const settleLimit = 1000
const settleStep = 20

// As in auth/errors.ts.
declare const process: { env: { NODE_ENV?: string } }

const messages = {
  invalid_url: 'a page is named by its path from the root and values for its query',
  page_not_found: 'pages.json has no such page',
  navigation_failed: 'the host did not open the page',
  navigation_timeout: 'the host did not say whether it opened the page',
} as const

/** Why a navigation failed. Codes are permanent. */
export type NavigationErrorCode = keyof typeof messages

/**
 * The page did not open. The message leaves out the query, which may hold personal data.
 * @example
 * import { navigate, NavigationError } from 'watchword/host'
 *
 * await navigate('/pages/booking/booking').catch((error: unknown) => {
 *   if (!(error instanceof NavigationError)) throw error
 *   uni.showToast({ title: '页面打不开', icon: 'none' })
 * })
 */
export class NavigationError extends Error {
  override readonly name = 'NavigationError'
  readonly code: NavigationErrorCode
  /** What the host reported. Not enumerable. */
  declare readonly cause?: unknown

  constructor(code: NavigationErrorCode, url: string, cause?: unknown) {
    const text = process.env.NODE_ENV === 'production' ? code : `${code}: ${messages[code]}`
    super(`${text} ('${pathOf(url)}')`)
    this.code = code
    if (cause !== undefined) Object.defineProperty(this, 'cause', { value: cause })
  }
}

/** How {@link navigate} opens the page. */
export interface NavigateOptions {
  /** Added to the query in `page`, and encoded for you; names must differ. Read it with `onQuery`. */
  query?: QueryValues
  /** Replaces the current page, unless the target is open already. Default: `false`. */
  replace?: boolean
  /** Closes all other pages. Default: `false`. */
  root?: boolean
}

/** The paths that were switched to. */
const tabs = new Set<string>()

let latest: { key: string; arrival: Promise<void> } | undefined

/**
 * Takes the user to a page, and chooses the host's call for it. It goes back to a page that is open
 * with the same query. It switches to a tab page, and hands the query over in memory, because
 * `wx.switchTab` takes none. WeChat opens ten pages at most (WeChat: wx.navigateTo): the eleventh
 * replaces the current one. Calls run one after the other, and a repeated call joins the one under
 * way, so a double tap opens one page.
 *
 * No documented API lists the tab pages. `navigate` tries `navigateTo` or `redirectTo`, which refuse a
 * tab page with `can not navigateTo a tabbar page`.
 *
 * @param page the path from the root, e.g. `/pages/booking/booking`. Encode a query you put in it.
 * @returns a promise that resolves once the page is open.
 * @throws NavigationError `invalid_url`, `page_not_found`, `navigation_failed`, or
 * `navigation_timeout` after 10 s.
 * @example
 * import { navigate } from 'watchword/host'
 *
 * await navigate('/pages/booking/booking', { query: { service: '小面搬家' } })
 */
export function navigate(page: string, options?: NavigateOptions): Promise<void> {
  const { query, replace = false, root = false } = { ...options }
  const url = /^\/[^/?#][^#]*$/.test(page) ? withQuery(page, query) : undefined
  if (url === undefined) return Promise.reject(new NavigationError('invalid_url', page))
  const key = `${replace} ${root} ${url}`
  if (latest?.key === key) return latest.arrival

  const before = latest?.arrival ?? Promise.resolve()
  const arrival = before
    .catch(() => undefined)
    .then(() => go(url, replace, root))
    .finally(() => {
      if (latest === mine) latest = undefined
    })
  const mine = { key, arrival }
  latest = mine
  return arrival
}

async function go(url: string, replace: boolean, root: boolean): Promise<void> {
  dropPending()
  const path = pathOf(url)
  const before = visible()
  // What a tab page shows, after it was handed a query, is not what it was opened with.
  const steps = root || (tabs.has(path) && path !== url) ? undefined : stepsBack(url)
  if (steps === 0) return
  let isThere = () => stepsBack(url) === 0
  try {
    if (root) {
      // uni-app's documentation denies tab pages a query here too, though WeChat passes it on.
      keepPending(url)
      await hop((callbacks) => uni.reLaunch({ url, ...callbacks }))
      isThere = () => isVisible(path) && visible() !== before
    } else if (steps) await hop((callbacks) => uni.navigateBack({ delta: steps, ...callbacks }))
    else if (await open(url, replace)) isThere = () => isVisible(path)
  } catch (failure) {
    dropPending()
    // The user has gone there meanwhile.
    if (!root && isThere()) return
    throw readError(url, failure as HostFailure)
  }
  await settle(isThere)
}

/** Opens a page that is not open; whether it is a tab page, which keeps the query it first had. */
async function open(url: string, replace: boolean): Promise<boolean> {
  try {
    if (replace || openPages().length >= pageLimit) {
      await hop((callbacks) => uni.redirectTo({ url, ...callbacks }))
    } else {
      await hop((callbacks) => uni.navigateTo({ url, ...callbacks }))
    }
    return false
  } catch (failure) {
    if (!/tabbar page/i.test((failure as HostFailure).errMsg)) throw failure
    const tab = pathOf(url)
    keepPending(url)
    await hop((callbacks) => uni.switchTab({ url: tab, ...callbacks }))
    tabs.add(tab)
    deliver()
    return true
  }
}

/**
 * H5 reports success before the page is among the open ones, and a tab page that is left
 * before it has come stays among them for good.
 */
async function settle(isThere: () => boolean): Promise<void> {
  for (let waited = 0; !isThere() && waited < settleLimit; waited += settleStep) {
    await new Promise<void>((resolve) => timers.after(settleStep, resolve))
  }
}

// The calls are written out, not looked up by name: H5 builds contain only the calls they see.
const hop = (call: Parameters<typeof callHost>[0]) => callHost(call, navigationLimit)

function readError(url: string, failure: HostFailure): NavigationError {
  if (failure.kind === 'timeout') return new NavigationError('navigation_timeout', url, failure)
  const missing = /not found/i.test(failure.errMsg)
  return new NavigationError(missing ? 'page_not_found' : 'navigation_failed', url, failure)
}

/** How far below the visible page this one is; 0: it is the visible one; undefined: not open. */
function stepsBack(url: string): number | undefined {
  const target = identify(pathOf(url), readQuery(url))
  const found = openPages()
    .reverse()
    .findIndex((page) => identify(`/${page.route}`, queryOf(page)) === target)
  return found === -1 ? undefined : found
}

const visible = () => openPages().pop()

const isVisible = (path: string) => `/${visible()?.route}` === path

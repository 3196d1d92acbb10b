export interface Call {
  url?: string
  delta?: number
  success(result: unknown): void
  fail(failure: unknown): void
}

const tabs = ['/pages/home/home', '/pages/mine/mine']
const routes = [...tabs, '/pages/booking/booking', '/pages/service/service']

type Options = Record<string, string>

interface FakePage {
  route: string
  options: Options
  $page?: { id: number; fullPath: string }
}

const pathOf = (url: string) => url.split('?')[0] ?? ''

/** As WeChat makes a page: the query stays encoded. */
function wechatPage(url: string): FakePage {
  const pairs = url.slice(pathOf(url).length + 1).split('&')
  const options = pairs.filter(Boolean).map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name, value.join('=')]
  })
  return { route: pathOf(url).slice(1), options: Object.fromEntries(options) as Options }
}

/**
 * As uni-h5 does: its router decodes the query and encodes it anew, then it is decoded again. What the app
 * navigates to has been encoded once more before (encodeQueryString()), and has an id above 1.
 */
function h5Page(url: string, isAddress: boolean): FakePage {
  const query = new URLSearchParams(
    isAddress ? url.slice(pathOf(url).length) : encodedAnew(url.slice(pathOf(url).length)),
  )
  const decode = (text: string) => {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }
  return {
    route: pathOf(url).slice(1),
    options: Object.fromEntries([...query].map(([name, value]) => [name, decode(value)])),
    $page: { id: isAddress ? 1 : 2, fullPath: `${pathOf(url)}?${String(query)}` },
  }
}

function encodedAnew(search: string): string {
  const pairs = search.slice(1).split('&').filter(Boolean)
  const anew = pairs.map((pair) => {
    const [name = '', ...value] = pair.replace(/\+/g, ' ').split('=')
    return `${name}=${encodeURIComponent(value.join('='))}`
  })
  return `?${anew.join('&')}`
}

/**
 * WeChat's page stack, as far as wx.navigateTo and the others tell of it; `load` is called with
 * the options of each page that is made. Tab pages stay once they are made, with the options they
 * were made with.
 */
export function createHost(
  opened: string[] = ['/pages/home/home'],
  load: (route: string, options: Options) => void = () => {},
  host: 'wechat' | 'h5' = 'wechat',
) {
  const calls: string[] = []
  const kept = new Map<string, FakePage>()
  const urls = new WeakMap<FakePage, string>()
  let stack = opened.map((url) => make(url, true))

  function make(url: string, isAddress = false): FakePage {
    const page = host === 'h5' ? h5Page(url, isAddress) : wechatPage(url)
    urls.set(page, url)
    if (tabs.includes(pathOf(url))) kept.set(pathOf(url), page)
    return page
  }
  /** The pages that are left, and a new one on top. */
  const put = (pages: FakePage[], url: string) => {
    const page = make(url)
    stack = [...pages, page]
    load(pathOf(url), page.options)
  }
  const show = (url: string) => {
    const page = kept.get(url)
    if (page) stack = [page]
    else put([], url)
  }

  function answer(name: string, change: (url: string, delta: number) => string | undefined) {
    return ({ url = '', delta = 1, success, fail }: Call) => {
      calls.push(`${name} ${url || delta}`)
      queueMicrotask(() => {
        const trouble =
          url && !routes.includes(pathOf(url)) ? `page "${url}" is not found` : change(url, delta)
        if (trouble === undefined) success({ errMsg: `${name}:ok` })
        else fail({ errMsg: `${name}:fail ${trouble}` })
      })
    }
  }

  const refuseTab = (name: string, url: string) =>
    tabs.includes(pathOf(url)) ? `can not ${name} a tabbar page` : undefined

  const uni = {
    navigateTo: answer('navigateTo', (url) => {
      const refusal = refuseTab('navigateTo', url)
      if (refusal) return refusal
      if (stack.length === 10) return 'webview count limit exceed'
      put(stack, url)
      return undefined
    }),
    redirectTo: answer('redirectTo', (url) => {
      const refusal = refuseTab('redirectTo', url)
      if (refusal) return refusal
      put(stack.slice(0, -1), url)
      return undefined
    }),
    switchTab: answer('switchTab', (url) => {
      if (!tabs.includes(url)) return 'can not switch to no-tabBar page'
      show(url)
      return undefined
    }),
    navigateBack: answer('navigateBack', (_url, delta) => {
      if (stack.length === 1) return 'cannot navigate back at first page.'
      stack = stack.slice(0, Math.max(1, stack.length - delta))
      return undefined
    }),
    reLaunch: answer('reLaunch', (url) => {
      kept.clear()
      put([], url)
      return undefined
    }),
  }

  return {
    uni,
    getCurrentPages: () => [...stack],
    calls,
    /** The user taps the tab bar. */
    tapTab: show,
    /** The user goes back. */
    goBack: () => void (stack = stack.slice(0, -1)),
    /** The open pages' urls, as they were opened. */
    stack: () => stack.map((page) => urls.get(page)),
  }
}

export interface Call {
  url?: string
  delta?: number
  success(result: unknown): void
  fail(failure: unknown): void
}

const tabs = ['/pages/home/home', '/pages/mine/mine']
const routes = [...tabs, '/pages/booking/booking', '/pages/service/service']

/**
 * WeChat's page stack, as far as wx.navigateTo and the others tell of it; `load` is called with
 * the options of each page that is made. Tab pages stay once they are made.
 */
export function createHost(
  opened: string[] = ['/pages/home/home'],
  load: (route: string, options: Record<string, string>) => void = () => {},
) {
  const calls: string[] = []
  let stack = [...opened]

  let kept = new Set(opened.filter((url) => tabs.includes(url)))

  const pathOf = (url: string) => url.split('?')[0] ?? ''
  const optionsOf = (url: string) =>
    Object.fromEntries(
      (url.split('?')[1] ?? '')
        .split('&')
        .filter(Boolean)
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    )
  const make = (url: string) => {
    if (kept.has(url)) return
    if (tabs.includes(url)) kept.add(url)
    load(pathOf(url), optionsOf(url))
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
      stack.push(url)
      make(url)
      return undefined
    }),
    redirectTo: answer('redirectTo', (url) => {
      const refusal = refuseTab('redirectTo', url)
      if (refusal) return refusal
      stack[stack.length - 1] = url
      make(url)
      return undefined
    }),
    switchTab: answer('switchTab', (url) => {
      if (!tabs.includes(url)) return 'can not switch to no-tabBar page'
      stack = [url]
      make(url)
      return undefined
    }),
    navigateBack: answer('navigateBack', (_url, delta) => {
      stack = stack.slice(0, Math.max(1, stack.length - delta))
      return undefined
    }),
    reLaunch: answer('reLaunch', (url) => {
      stack = [url]
      kept = new Set()
      make(url)
      return undefined
    }),
  }

  const getCurrentPages = () =>
    stack.map((url) => ({
      route: pathOf(url).slice(1),
      options: optionsOf(url),
    }))

  /** The user taps the tab bar. */
  const tapTab = (url: string) => {
    stack = [url]
    make(url)
  }

  return { uni, getCurrentPages, calls, tapTab, stack: () => stack }
}

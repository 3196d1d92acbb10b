import type { Language } from '../wire'
import type { Bars } from './bars'
import { customTabBarPath, hasCustomTabBar } from './customTabBar'
import type { Definitions } from './definitions'
import { createEventChannel, type EventChannel } from './eventChannel'
import type { Framework } from './framework'
import type { LoadedApp } from './loadedApp'
import { createOpenPage, type OpenPage, type PageParts } from './openPage'
import type { ThemeControl } from './theme'
import { parseUrl, type Target } from './urls'

/** The pages that are open; the last one is seen. */
export interface PageStack {
  readonly pages: readonly OpenPage[]
  readonly top: OpenPage | undefined
  /** Whether the page on top is one of the tab bar. */
  readonly isOnTab: boolean
  /** Opens the first page of the app. */
  start(url: string): void
  navigateTo(url: string, events?: Record<string, (...args: unknown[]) => void>): EventChannel
  redirectTo(url: string): void
  reLaunch(url: string): void
  switchTab(url: string): void
  navigateBack(delta: number): void
  /** Shows in the bars what has changed of the page on top. */
  refreshBars(): void
}

/** What pages report to the rest of the runtime; see `PageParts`. */
export type PageEvents = Pick<PageParts, 'onError' | 'onShow'>

const maxPages = 10

/** Keeps the pages as WeChat does: ten at most, tab pages kept once they were open. */
export function createPageStack(
  app: LoadedApp,
  framework: Framework,
  definitions: Definitions,
  bars: Bars,
  theme: Pick<ThemeControl, 'resolve'>,
  language: Language,
  events: PageEvents,
): PageStack {
  const stack: OpenPage[] = []
  const keptTabs = new Map<string, OpenPage>()
  const isTab = (route: string) =>
    (app.config.tabBar?.list ?? []).some(({ pagePath }) => pagePath === route)
  let opened = 0

  const resolve = (url: string) => {
    const target = parseUrl(url, stack.at(-1)?.route)
    if (app.pages.includes(target.route)) return target
    throw new Error(`page "${target.route}" is not found`)
  }
  const refreshBars = () => {
    const page = stack.at(-1)
    if (!page) return
    const { route, title, background, textStyle } = page
    const style = app.components[route]?.navigationStyle ?? app.config.window?.navigationStyle
    bars.show({
      route,
      title,
      background,
      textStyle,
      custom: style === 'custom',
      canGoBack: stack.length > 1,
    })
  }

  const parts: PageParts = {
    app,
    framework,
    definitions,
    theme,
    language,
    ...events,
    onShown: refreshBars,
  }
  const open = (target: Target, channel = createEventChannel()) => {
    definitions.define(target.route)
    if (hasCustomTabBar(app, target.route)) definitions.define(customTabBarPath)
    const page = createOpenPage(parts, target, (opened += 1), channel)
    stack.push(page)
    page.mount()
  }
  const closeTop = () => stack.pop()?.close()
  const closeAll = () => {
    while (stack.length > 0) closeTop()
    for (const page of keptTabs.values()) page.close()
    keptTabs.clear()
  }
  const notTab = (target: Target, api: string) => {
    if (isTab(target.route)) throw new Error(`can not ${api} a tabbar page`)
    return target
  }

  return {
    pages: stack,
    get top() {
      return stack.at(-1)
    },
    get isOnTab() {
      return isTab(stack.at(-1)?.route ?? '')
    },
    start: (url) => open(resolve(url)),
    navigateTo(url, events) {
      const target = notTab(resolve(url), 'navigateTo')
      if (stack.length >= maxPages) throw new Error('webview count limit exceed')
      const channel = createEventChannel(events)
      stack.at(-1)?.hide()
      open(target, channel)
      return channel
    },
    redirectTo(url) {
      const target = notTab(resolve(url), 'redirectTo')
      closeTop()
      open(target)
    },
    reLaunch(url) {
      const target = resolve(url)
      closeAll()
      open(target)
    },
    switchTab(url) {
      const target = resolve(url)
      if (!isTab(target.route)) throw new Error('can not switch to no-tabBar page')
      const before = stack.at(-1)
      while (stack.length > 1 || (stack[0] && !isTab(stack[0].route))) closeTop()
      const current = stack[0]
      if (current?.route === target.route) {
        if (current !== before) current.show()
        return
      }
      if (current) {
        if (current === before) current.hide()
        keptTabs.set(current.route, current)
        stack.pop()
      }
      const kept = keptTabs.get(target.route)
      if (!kept) return open({ route: target.route, query: {} })
      keptTabs.delete(target.route)
      stack.push(kept)
      kept.show()
    },
    navigateBack(delta) {
      if (stack.length < 2) throw new Error('cannot navigate back at first page.')
      const count = Math.min(Math.max(1, delta), stack.length - 1)
      for (let i = 0; i < count; i += 1) closeTop()
      stack.at(-1)?.show()
    },
    refreshBars,
  }
}

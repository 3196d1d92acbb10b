import type { Language } from '../wire'
import type { Bars } from './bars'
import type { Definitions } from './definitions'
import { drawErrorPage } from './errorPage'
import { createEventChannel, type EventChannel } from './eventChannel'
import type { Caller, Framework } from './framework'
import type { LoadedApp } from './loadedApp'
import { createPullDown, type PullDown } from './pullDown'
import { measureInPages } from './selectorQueries'
import type { ThemeControl } from './theme'
import { parseUrl, type Target } from './urls'

/** One page, in the document from `onLoad` to `onUnload`. */
export interface PageRecord extends Target {
  caller: Caller
  title: string
  /** As configured; see `BarState`. */
  background: string | undefined
  textStyle: string | undefined
  readonly pullDown: PullDown
  /** Calls a page's own function, if it has it. */
  call(name: string, argument?: unknown): unknown
  show(): void
  hide(): void
  close(): void
}

/** The pages that are open; the last one is seen. */
export interface PageStack {
  readonly pages: readonly PageRecord[]
  readonly top: PageRecord | undefined
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

/** What the rest of the simulator hears of pages. */
export interface PageEvents {
  onError(error: unknown): void
  /** A page has come on top. */
  onShow(route: string): void
}

const maxPages = 10

/** Keeps the pages as WeChat does: ten at most, tab pages kept once they were open. */
export function createPageStack(
  app: LoadedApp,
  framework: Framework,
  definitions: Definitions,
  bars: Bars,
  theme: Pick<ThemeControl, 'resolve'>,
  language: Language,
  { onError, onShow }: PageEvents,
): PageStack {
  const stack: PageRecord[] = []
  const keptTabs = new Map<string, PageRecord>()
  const holder = document.querySelector<HTMLElement>('#simulator-pages')!
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

  function createRecord(target: Target, channel: EventChannel): PageRecord & { mount(): void } {
    const { route, query } = target
    const view = document.createElement('div')
    view.className = 'simulator-webview'
    const scroller = document.createElement('div')
    scroller.className = 'simulator-page'
    const place = document.createElement('div')
    scroller.append(place)
    view.append(scroller)
    const root = framework.backend.createRoot('wx-page', framework.space, route)
    const component = root.getComponent()
    const caller = root.get() as unknown as Caller
    measureInPages((caller.createSelectorQuery as () => object)())
    ;(component.$$ as unknown as HTMLElement).setAttribute('is', route)
    const id = (opened += 1)
    // uni-app knows a page by its route, so it must stand before anything is attached.
    Object.assign(caller, {
      route,
      __route__: route,
      __wxWebviewId__: id,
      __wxExparserNodeId__: `page-${id}`,
      options: query,
      getOpenerEventChannel: () => channel,
    })
    const call = (name: string, argument?: unknown) => {
      const member = caller[name]
      if (typeof member !== 'function') return undefined
      try {
        return member.call(caller, argument) as unknown
      } catch (error) {
        return onError(error)
      }
    }
    scroller.addEventListener('scroll', () => {
      // What lies over the page holds it: nobody has scrolled.
      if (scroller.dataset.held !== undefined) return
      call('onPageScroll', { scrollTop: scroller.scrollTop })
      const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
      if (left <= 50) call('onReachBottom')
    })
    // A field that is only hidden would keep its focus until some later moment, and one that is taken
    // away would tell of its blur when the page is gone.
    const endTyping = () => {
      if (view.contains(document.activeElement)) (document.activeElement as HTMLElement).blur()
    }
    const config = { ...app.config.window, ...app.components[route] }
    const record = {
      ...target,
      caller,
      title: config.navigationBarTitleText ?? '',
      background: config.navigationBarBackgroundColor,
      textStyle: config.navigationBarTextStyle,
      pullDown: createPullDown({
        view,
        scroller,
        isEnabled: config.enablePullDownRefresh === true,
        look: () => ({
          textStyle: theme.resolve(config.backgroundTextStyle),
          background: theme.resolve(config.backgroundColor),
        }),
        onRefresh: () => void call('onPullDownRefresh'),
      }),
      call,
      show() {
        view.hidden = false
        onShow(route)
        component.triggerPageLifetime('show', [])
        call('onShow')
        refreshBars()
      },
      hide() {
        endTyping()
        view.hidden = true
        component.triggerPageLifetime('hide', [])
        call('onHide')
      },
      close() {
        endTyping()
        call('onUnload')
        root.release()
        view.remove()
      },
      mount() {
        holder.append(view)
        const fault = definitions.fault(route)
        if (fault) {
          scroller.append(drawErrorPage(fault, language))
          return record.show()
        }
        definitions.mount(() => {
          root.attach(scroller as never, place as never)
          call('onLoad', query)
          record.show()
        })
        call('onReady')
      },
    }
    return record
  }

  const open = (target: Target, channel = createEventChannel()) => {
    definitions.define(target.route)
    const record = createRecord(target, channel)
    stack.push(record)
    record.mount()
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

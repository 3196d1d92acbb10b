import type { Language } from '../wire'
import { createCustomTabBar, hasCustomTabBar } from './customTabBar'
import type { Definitions } from './definitions'
import { drawErrorPage } from './errorPage'
import type { EventChannel } from './eventChannel'
import type { Caller } from './caller'
import type { Framework } from './framework'
import type { LoadedApp } from './loadedApp'
import { createPullDown, type PullDown } from './pullDown'
import type { ThemeControl } from './theme'
import type { Target } from './urls'

/** One page, in the document from `onLoad` to `onUnload`. */
export interface OpenPage extends Target {
  caller: Caller
  title: string
  /** As configured; see `BarState`. */
  background: string | undefined
  textStyle: string | undefined
  readonly pullDown: PullDown
  /** Whether an element is on this page. */
  contains(dom: Element): boolean
  /** Calls a page's own function, if it has it. */
  call(name: string, argument?: unknown): unknown
  /** Puts the page into the document: `onLoad`, `onShow`, `onReady`. */
  mount(): void
  show(): void
  hide(): void
  close(): void
}

/** What pages are made of, and what they report to. */
export interface PageParts {
  app: LoadedApp
  framework: Framework
  definitions: Definitions
  theme: Pick<ThemeControl, 'resolve'>
  language: Language
  onError(error: unknown): void
  /** A page comes on top, before its own `onShow` … */
  onShow(route: string): void
  /** … and after it. */
  onShown(): void
}

/** How near to its end, in CSS pixels, a page has to be scrolled for `onReachBottom`. */
const bottomDistance = 50

function createView() {
  const view = document.createElement('div')
  view.className = 'simulator-webview'
  const scroller = document.createElement('div')
  scroller.className = 'simulator-page'
  const place = document.createElement('div')
  scroller.append(place)
  view.append(scroller)
  return { view, scroller, place }
}

function createRoot(
  framework: Framework,
  { route, query }: Target,
  id: number,
  channel: EventChannel,
) {
  const root = framework.backend.createRoot('wx-page', framework.space, route)
  const component = root.getComponent()
  const caller = root.get() as unknown as Caller
  ;(component.$$ as unknown as HTMLElement).setAttribute('is', route)
  // uni-app knows a page by its route, which has to be set before anything is attached.
  Object.assign(caller, {
    route,
    __route__: route,
    __wxWebviewId__: id,
    __wxExparserNodeId__: `page-${id}`,
    options: query,
    getOpenerEventChannel: () => channel,
  })
  return { root, component, caller }
}

/** Makes the page with this number; it is in the document once it is mounted. */
export function createOpenPage(
  parts: PageParts,
  target: Target,
  id: number,
  channel: EventChannel,
): OpenPage {
  const { app, framework, definitions, theme, language, onError, onShow, onShown } = parts
  const { route, query } = target
  const { view, scroller, place } = createView()
  const { root, component, caller } = createRoot(framework, target, id, channel)
  const tabBar = hasCustomTabBar(app, route) ? createCustomTabBar(framework, view) : undefined
  const config = { ...app.config.window, ...app.components[route] }

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
    if (left <= bottomDistance) call('onReachBottom')
  })
  // A field that is only hidden would keep its focus until some later moment, and one that is
  // removed would report its blur when the page is gone.
  const endTyping = () => {
    if (view.contains(document.activeElement)) (document.activeElement as HTMLElement).blur()
  }
  const page: OpenPage = {
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
    contains: (dom) => view.contains(dom),
    call,
    mount() {
      document.querySelector('#simulator-pages')!.append(view)
      const fault = definitions.fault(route)
      if (fault) {
        scroller.append(drawErrorPage(fault, language))
        return page.show()
      }
      definitions.mount(() => {
        root.attach(scroller as never, place as never)
        tabBar?.mount()
        call('onLoad', query)
        page.show()
      })
      call('onReady')
    },
    show() {
      view.hidden = false
      onShow(route)
      component.triggerPageLifetime('show', [])
      call('onShow')
      onShown()
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
      tabBar?.close()
      root.release()
      view.remove()
    },
  }
  return page
}

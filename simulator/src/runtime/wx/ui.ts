import { createAnimation } from '../animations'
import type { HeightListener } from '../keyboard'
import { createMediaQueryObserver } from '../mediaQueries'
import { createSelectorQuery } from '../selectorQueries'
import { createIntersectionObserver } from '../visibilityObservers'
import { asyncApi, type Api } from './api'
import type { WxContext } from './context'

/** Toast, loading, navigation bar, scrolling: what the app changes on the screen by itself. */
export function createUiApis({ bars, dialogues, keyboard, pages }: WxContext): Api {
  const { toast } = dialogues
  const nothing = (name: string) => [name, asyncApi(name, () => {})] as const
  return {
    showToast: asyncApi('showToast', ({ title, icon, mask, duration }) =>
      toast.show(
        String(title ?? ''),
        String(icon ?? 'success'),
        mask === true,
        Number(duration ?? 1500),
      ),
    ),
    hideToast: asyncApi('hideToast', toast.hide),
    showLoading: asyncApi('showLoading', ({ title, mask }) =>
      toast.show(String(title ?? ''), 'loading', mask === true),
    ),
    hideLoading: asyncApi('hideLoading', toast.hide),
    setNavigationBarTitle: asyncApi('setNavigationBarTitle', ({ title }) => {
      if (pages.top) pages.top.title = String(title)
      pages.refreshBars()
    }),
    setNavigationBarColor: asyncApi('setNavigationBarColor', ({ frontColor, backgroundColor }) => {
      if (!pages.top) return
      pages.top.background = String(backgroundColor)
      pages.top.textStyle = frontColor === '#ffffff' ? 'white' : 'black'
      pages.refreshBars()
    }),
    setTabBarItem: asyncApi('setTabBarItem', ({ index, text, iconPath, selectedIconPath }) => {
      if (!pages.isOnTab) throw new Error('not TabBar page')
      const change = Object.entries({ text, iconPath, selectedIconPath }).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      )
      if (!bars.setTab(Number(index), Object.fromEntries(change)))
        throw new Error('tabbar item not found')
    }),
    showTabBar: asyncApi('showTabBar', () => bars.showTabs(true)),
    hideTabBar: asyncApi('hideTabBar', () => bars.showTabs(false)),
    pageScrollTo: asyncApi('pageScrollTo', ({ scrollTop, selector }) => {
      const page = document.querySelector('.simulator-webview:not([hidden]) .simulator-page')
      const target = typeof selector === 'string' ? page?.querySelector(selector) : undefined
      if (target) target.scrollIntoView()
      else page?.scrollTo({ top: Number(scrollTop ?? 0) })
    }),
    hideKeyboard: asyncApi('hideKeyboard', () => {
      if (!keyboard.field) throw new Error('input not exists')
      keyboard.dismiss()
    }),
    onKeyboardHeightChange: (listener: HeightListener) => keyboard.listen(listener),
    offKeyboardHeightChange: (listener?: HeightListener) => keyboard.unlisten(listener),
    startPullDownRefresh: asyncApi('startPullDownRefresh', () => {
      // WeChat does not say what it does on a page that has not enabled it; others want it enabled.
      if (!pages.top?.pullDown.isEnabled) throw new Error('enablePullDownRefresh is not set')
      pages.top.pullDown.start()
    }),
    stopPullDownRefresh: asyncApi('stopPullDownRefresh', () => pages.top?.pullDown.stop()),
    // Taken, but nothing of it is drawn.
    ...Object.fromEntries(
      [
        'showNavigationBarLoading',
        'hideNavigationBarLoading',
        'hideHomeButton',
        'setBackgroundColor',
        'setBackgroundTextStyle',
        'setTabBarBadge',
        'removeTabBarBadge',
        'showTabBarRedDot',
        'hideTabBarRedDot',
        'showShareMenu',
        'hideShareMenu',
        'vibrateShort',
        'vibrateLong',
        'setKeepScreenOn',
      ].map(nothing),
    ),
    nextTick: (callback?: () => void) => queueMicrotask(() => callback?.()),
    createAnimation,
    createSelectorQuery: () => createSelectorQuery(() => pages.top?.caller),
    createIntersectionObserver,
    createMediaQueryObserver,
  }
}

import type { TabItem } from '../pack/packedApp'
import type { LoadedApp } from './loadedApp'
import type { ThemeControl } from './theme'

/** What the bars show of the page on top. */
export interface BarState {
  route: string
  title: string
  /** As configured: a colour, or an `@name` of theme.json; WeChat's own where undefined. */
  background: string | undefined
  textStyle: string | undefined
  custom: boolean
  canGoBack: boolean
}

/** The navigation bar above the pages and the tab bar below. */
export interface Bars {
  show(state: BarState): void
  /** Changes the tab with this number; the new ones are drawn at once. False: there is none. */
  setTab(index: number, change: Partial<Omit<TabItem, 'pagePath'>>): boolean
  /** Shows or hides the tab bar. */
  showTabs(isShown: boolean): void
}

const element = (selector: string) => document.querySelector<HTMLElement>(selector)!

const ownColors = {
  light: { background: '#FFFFFF', textStyle: 'black' },
  dark: { background: '#191919', textStyle: 'white' },
}

/** Fills the bars of the page; `onBack` and `onTab` are called for taps on them. */
export function createBars(
  app: LoadedApp,
  theme: ThemeControl,
  onBack: () => void,
  onTab: (item: TabItem) => void,
): Bars {
  const bar = element('#simulator-navigation-bar')
  const title = element('.simulator-navigation-bar__title')
  const back = element('.simulator-navigation-bar__back')
  const tabBar = element('#simulator-tab-bar')
  back.addEventListener('click', onBack)
  const {
    list = [],
    custom = false,
    color,
    selectedColor,
    backgroundColor,
  } = app.config.tabBar ?? {}
  let isShown = true
  const tabs = list.map((configured) => {
    const item = { ...configured }
    const tab = document.createElement('div')
    tab.className = 'simulator-tab'
    tab.setAttribute('role', 'tab')
    tab.addEventListener('click', () => onTab(item))
    const icon = document.createElement('img')
    icon.alt = ''
    const text = document.createElement('span')
    tab.append(icon, text)
    tabBar.append(tab)
    return { tab, icon, text, item }
  })
  const paintTabBar = (route: string) => {
    const { style } = tabBar
    style.setProperty('--tab-color', theme.resolve(color) ?? '#7A7E83')
    style.setProperty('--tab-selected-color', theme.resolve(selectedColor) ?? '#07C160')
    style.background = theme.resolve(backgroundColor) ?? ''
    tabBar.hidden = custom || !isShown || !list.some(({ pagePath }) => pagePath === route)
    for (const { tab, icon, text, item } of tabs) {
      text.textContent = item.text
      const selected = item.pagePath === route
      tab.setAttribute('aria-selected', String(selected))
      const path = theme.resolve((selected && item.selectedIconPath) || item.iconPath)
      icon.hidden = !path
      if (path) icon.src = `/assets/${path.replace(/^\//, '')}`
    }
  }
  let shown: BarState | undefined
  const bars: Bars = {
    show(state) {
      shown = state
      const own = ownColors[theme.drawn]
      title.textContent = state.title
      bar.style.background = theme.resolve(state.background) ?? own.background
      bar.style.color = theme.resolve(state.textStyle) ?? own.textStyle
      bar.dataset.textStyle = bar.style.color
      bar.classList.toggle('simulator-navigation-bar--custom', state.custom)
      back.hidden = !state.canGoBack
      paintTabBar(state.route)
    },
    setTab(index, change) {
      const tab = tabs[index]
      if (!tab) return false
      Object.assign(tab.item, change)
      redraw()
      return true
    },
    showTabs(wanted) {
      isShown = wanted
      redraw()
    },
  }
  const redraw = () => {
    if (shown) bars.show(shown)
  }
  theme.onChange(redraw)
  return bars
}

import type { TabItem } from '../pack/packedApp'
import type { LoadedApp } from './framework'

/** What the bars show of the page on top. */
export interface BarState {
  route: string
  title: string
  background: string
  textStyle: 'black' | 'white'
  custom: boolean
  canGoBack: boolean
}

/** The navigation bar above the pages and the tab bar below. */
export interface Bars {
  show(state: BarState): void
}

const element = (selector: string) => document.querySelector<HTMLElement>(selector)!

/** Fills the bars of the page; `onBack` and `onTab` are called for taps on them. */
export function createBars(
  app: LoadedApp,
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
    color = '#7A7E83',
    selectedColor = '#07C160',
    backgroundColor,
  } = app.config.tabBar ?? {}
  tabBar.style.setProperty('--tab-color', color)
  tabBar.style.setProperty('--tab-selected-color', selectedColor)
  if (backgroundColor) tabBar.style.background = backgroundColor
  const tabs = list.map((item) => {
    const tab = document.createElement('div')
    tab.className = 'simulator-tab'
    tab.setAttribute('role', 'tab')
    tab.addEventListener('click', () => onTab(item))
    const icon = document.createElement('img')
    icon.alt = ''
    if (item.iconPath) tab.append(icon)
    tab.append(item.text)
    tabBar.append(tab)
    return { tab, icon, item }
  })
  return {
    show(state) {
      title.textContent = state.title
      bar.style.background = state.background
      bar.style.color = state.textStyle
      bar.classList.toggle('simulator-navigation-bar--custom', state.custom)
      back.hidden = !state.canGoBack
      const onTabPage = list.some(({ pagePath }) => pagePath === state.route)
      tabBar.hidden = !onTabPage
      for (const { tab, icon, item } of tabs) {
        const selected = item.pagePath === state.route
        tab.setAttribute('aria-selected', String(selected))
        const path = (selected && item.selectedIconPath) || item.iconPath
        if (path) icon.src = `/assets/${path}`
      }
    },
  }
}

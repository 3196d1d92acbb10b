import type { Caller } from './caller'
import type { Framework } from './framework'
import type { LoadedApp } from './loadedApp'
import { keepTabBar } from './tabBarOfPage'

/** Where an app with `tabBar.custom` has its own tab bar (WeChat: 自定义 tabBar). */
export const customTabBarPath = 'custom-tab-bar/index'

/** Whether pages of this route have the app's own tab bar. */
export const hasCustomTabBar = ({ config, components }: LoadedApp, route: string): boolean =>
  config.tabBar?.custom === true &&
  customTabBarPath in components &&
  config.tabBar.list.some(({ pagePath }) => pagePath === route)

/** The tab bar of a page; every tab page has one of its own. */
export interface CustomTabBar {
  caller: Caller
  mount(): void
  close(): void
}

/** Makes it; it is in the page's view once it is mounted. */
export function createCustomTabBar(framework: Framework, view: HTMLElement): CustomTabBar {
  const root = framework.backend.createRoot('wx-custom-tab-bar', framework.space, customTabBarPath)
  const caller = root.get() as unknown as Caller
  keepTabBar(view, caller)
  return {
    caller,
    mount() {
      const place = document.createElement('div')
      view.append(place)
      root.attach(view as never, place as never)
    },
    close: () => root.release(),
  }
}

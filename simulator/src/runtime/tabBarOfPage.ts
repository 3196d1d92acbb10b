import type { Caller } from './caller'

/** By the views that a tab bar of the app's own and its page are drawn in. */
const tabBars = new WeakMap<HTMLElement, Caller>()

/** Notes the tab bar of a page. */
export const keepTabBar = (view: HTMLElement, tabBar: Caller): void =>
  void tabBars.set(view, tabBar)

/** `getTabBar` of a page or component: the tab bar of its page. */
export const tabBarIn = (view: HTMLElement | null): Caller | undefined =>
  view ? tabBars.get(view) : undefined

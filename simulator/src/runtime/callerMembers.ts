// What pages and components have beside what the framework's adapter has.
import type * as glassEasel from 'glass-easel'
import { component } from 'glass-easel-miniprogram-adapter'
import { animate, clearAnimation } from './animations'
import type { Caller } from './caller'
import { createMediaQueryObserver } from './mediaQueries'
import { viewOf } from './pageView'
import { createSelectorQuery } from './selectorQueries'
import { tabBarIn } from './tabBarOfPage'
import { createIntersectionObserver } from './visibilityObservers'

type Frames = Parameters<typeof animate>[1]

const nodesOf = (caller: Caller, selector: string) =>
  (caller._$.getShadowRoot()?.querySelectorAll(selector) ?? []).flatMap((element) => {
    const dom = element.$$ as unknown as HTMLElement | null
    return dom ? [dom] : []
  })

/** The element of the page that a component is on: a virtual host has none of its own. */
function rootOf({ _$ }: Caller): HTMLElement | null {
  let root: glassEasel.GeneralComponent = _$
  while (root.ownerShadowRoot) root = root.ownerShadowRoot.getHostNode()
  return root.$$ as unknown as HTMLElement | null
}

const members = {
  createSelectorQuery(this: Caller) {
    return createSelectorQuery(() => this)
  },
  createIntersectionObserver(this: Caller, options?: object) {
    return createIntersectionObserver(this, options)
  },
  createMediaQueryObserver,
  getTabBar(this: Caller, callback?: unknown) {
    const tabBar = tabBarIn(viewOf(rootOf(this)))
    // Under Skyline it comes later, so there it is handed to a callback.
    if (typeof callback === 'function') callback(tabBar)
    return tabBar
  },
  animate(this: Caller, selector: string, frames: Frames, duration: number, onFinish?: unknown) {
    for (const dom of nodesOf(this, selector)) animate(dom, frames, duration, onFinish)
  },
  /** The styles to clear may be left out. */
  clearAnimation(this: Caller, selector: string, ...rest: unknown[]) {
    for (const dom of nodesOf(this, selector)) clearAnimation(dom)
    const onCleared = rest.at(-1)
    if (typeof onCleared === 'function') onCleared()
  },
}

/** Adds to all pages and components what WeChat has, and takes its place where it differs. */
export function addCallerMembers(): void {
  Object.assign(component.ComponentCaller.prototype, members)
}

import { asyncApi, type Api } from './api'
import type { WxContext } from './context'

type Listeners = Record<string, (...args: unknown[]) => void>

/** Moving between pages. Routes change in a task of their own, as on a phone. */
export function createRouteApis({ pages, pageContainers }: WxContext): Api {
  const later = (
    name: string,
    move: (options: Record<string, unknown>) => Record<string, unknown> | void,
  ) =>
    asyncApi(name, async (options) => {
      await new Promise((resolve) => setTimeout(resolve))
      return move(options)
    })
  return {
    navigateTo: later('navigateTo', ({ url, events }) => ({
      eventChannel: pages.navigateTo(String(url), events as Listeners | undefined),
    })),
    redirectTo: later('redirectTo', ({ url }) => pages.redirectTo(String(url))),
    reLaunch: later('reLaunch', ({ url }) => pages.reLaunch(String(url))),
    switchTab: later('switchTab', ({ url }) => pages.switchTab(String(url))),
    navigateBack: later('navigateBack', ({ delta }) => {
      // The first page has nowhere to go back to, whatever lies over it (WeChat: page-container).
      if (pages.pages.length > 1 && pageContainers.closeShown()) return
      pages.navigateBack(Number(delta ?? 1))
    }),
  }
}

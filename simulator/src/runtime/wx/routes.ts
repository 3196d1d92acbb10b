import { asyncApi, type Api } from './api'
import type { WxContext } from './context'

type Listeners = Record<string, (...args: unknown[]) => void>

/** Moving between pages. Routes change in a task of their own, as on a phone. */
export function createRouteApis({ pages }: WxContext): Api {
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
    navigateBack: later('navigateBack', ({ delta }) => pages.navigateBack(Number(delta ?? 1))),
  }
}

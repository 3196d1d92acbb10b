import { createDots } from './pullDots'
import { watchPull } from './pullGesture'

/** Pulling a page down to have it refreshed. */
export interface PullDown {
  /** Whether the page lets itself be pulled (`enablePullDownRefresh`). */
  readonly isEnabled: boolean
  readonly isRefreshing: boolean
  /** Shows the dots and calls the page, unless they are shown already. */
  start(): void
  stop(): void
}

/** Where a page is pulled, and what for. */
export interface PullDownOptions {
  view: HTMLElement
  scroller: HTMLElement
  isEnabled: boolean
  /** `light` or `dark` dots, and the colour behind them, as they are by now. */
  look(): { textStyle: string | undefined; background: string | undefined }
  onRefresh(): void
}

/** How far a page has to be pulled, in CSS pixels; it then stays open so far. */
const distance = 50

/** Listens to finger and wheel at the page's top; the mouse is a finger. */
export function createPullDown({
  view,
  scroller,
  isEnabled,
  look,
  onRefresh,
}: PullDownOptions): PullDown {
  const dots = createDots()
  let isRefreshing = false

  const openBy = (pixels: number) => {
    if (pixels > 0 && !dots.isConnected) {
      const { textStyle, background } = look()
      dots.dataset.textStyle = textStyle ?? 'dark'
      dots.style.background = background ?? ''
      view.prepend(dots)
    }
    view.style.paddingTop = pixels > 0 ? `${pixels}px` : ''
    if (pixels <= 0) dots.remove()
  }
  let dropPull: (() => void) | undefined
  const start = () => {
    openBy(distance)
    if (isRefreshing) return
    isRefreshing = true
    // The app may start it while a finger pulls.
    dropPull?.()
    view.dataset.refreshing = ''
    onRefresh()
  }
  const stop = () => {
    isRefreshing = false
    delete view.dataset.refreshing
    openBy(0)
  }
  if (isEnabled) {
    dropPull = watchPull(view, scroller, {
      isReady: () => !isRefreshing,
      pull: (pixels) => openBy(Math.min(pixels, 2 * distance)),
      release: (pixels) => (pixels >= distance ? start() : openBy(0)),
      wheel(pixels) {
        if (pixels >= distance) start()
      },
    })
  }
  return {
    isEnabled,
    get isRefreshing() {
      return isRefreshing
    },
    start,
    stop,
  }
}

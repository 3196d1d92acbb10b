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

/** A wheel that has rested for so many ms begins anew. */
const wheelRest = 300

/** Listens to finger and wheel at the page's top; the mouse is a finger. */
export function createPullDown({
  view,
  scroller,
  isEnabled,
  look,
  onRefresh,
}: PullDownOptions): PullDown {
  const dots = document.createElement('div')
  dots.className = 'simulator-refresher'
  dots.setAttribute('aria-hidden', 'true')
  dots.append(...[1, 2, 3].map(() => document.createElement('i')))
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
  const start = () => {
    openBy(distance)
    if (isRefreshing) return
    isRefreshing = true
    view.dataset.refreshing = ''
    onRefresh()
  }
  const stop = () => {
    isRefreshing = false
    delete view.dataset.refreshing
    openBy(0)
  }

  let from: number | undefined
  let pulled = 0
  const begin = (y: number | undefined) => {
    pulled = 0
    from = scroller.scrollTop <= 0 ? y : undefined
  }
  const move = (y: number) => {
    if (from === undefined || isRefreshing) return
    pulled = Math.max(0, y - from)
    openBy(Math.min(pulled, 2 * distance))
  }
  const end = () => {
    from = undefined
    if (isRefreshing) return
    if (pulled >= distance) start()
    else openBy(0)
    pulled = 0
  }
  let wheeled = 0
  let lastWheel = 0
  if (isEnabled) {
    view.addEventListener('touchstart', ({ touches }) => begin(touches[0]?.clientY), {
      passive: true,
    })
    view.addEventListener('touchmove', ({ touches }) => move(touches[0]!.clientY), {
      passive: true,
    })
    view.addEventListener('touchend', end)
    view.addEventListener('touchcancel', end)
    view.addEventListener('wheel', ({ deltaY, timeStamp }) => {
      if (timeStamp - lastWheel > wheelRest) wheeled = 0
      lastWheel = timeStamp
      wheeled = scroller.scrollTop <= 0 && deltaY < 0 ? wheeled - deltaY : 0
      if (wheeled >= distance) start()
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

/** What an element does that is pulled down at its top. */
export interface Pulled {
  /** Whether it can be pulled by what begins now. */
  isReady(): boolean
  /** So many CSS pixels by now, at least 0; called with every movement. */
  pull(pixels: number): void
  /** Let go, at as many pixels as last. */
  release(pixels: number): void
  /** A wheel has been turned up as far as a pull of so many pixels. */
  wheel(pixels: number): void
}

/** A wheel that has rested for so many ms begins anew. */
const wheelRest = 300

/**
 * Whether nothing else between `target` and `dom` scrolls up and down: in a scroll-view that does, the
 * page is not pulled (WeChat: scroll-view, Bug & Tip).
 */
function isFree(target: EventTarget | null, dom: HTMLElement): boolean {
  if (!(target instanceof Element)) return false
  for (let one: Element | null = target; one && one !== dom; one = one.parentElement) {
    if (one.matches('wx-scroll-view') && getComputedStyle(one).overflowY === 'auto') return false
  }
  return true
}

/**
 * Listens to finger and wheel; the mouse is a finger. `scroller` has to be at its top. Returns what
 * ends a pull under way: the finger moves on, and nothing is told of it.
 */
export function watchPull(dom: HTMLElement, scroller: HTMLElement, pulled: Pulled): () => void {
  let from: { x: number; y: number } | undefined
  let pixels = 0
  const canBegin = ({ target }: Event) =>
    scroller.scrollTop <= 0 && pulled.isReady() && isFree(target, dom)

  dom.addEventListener(
    'touchstart',
    (event) => {
      const [touch] = event.touches
      pixels = 0
      from = touch && canBegin(event) ? { x: touch.clientX, y: touch.clientY } : undefined
    },
    { passive: true },
  )
  dom.addEventListener(
    'touchmove',
    (event) => {
      const [touch] = event.touches
      if (!from || !touch) return
      const moved = touch.clientY - from.y
      // What goes sideways, or up first, scrolls.
      if (pixels === 0 && moved <= Math.abs(touch.clientX - from.x)) {
        if (moved < 0) from = undefined
        return
      }
      pixels = Math.max(0, moved)
      if (event.cancelable) event.preventDefault()
      // Not for what is around it.
      event.stopPropagation()
      pulled.pull(pixels)
    },
    { passive: false },
  )
  const drop = () => {
    from = undefined
    pixels = 0
  }
  const end = () => {
    if (from && pixels > 0) pulled.release(pixels)
    drop()
  }
  dom.addEventListener('touchend', end)
  dom.addEventListener('touchcancel', end)

  let wheeled = 0
  let lastWheel = 0
  dom.addEventListener(
    'wheel',
    (event) => {
      if (event.timeStamp - lastWheel > wheelRest) wheeled = 0
      lastWheel = event.timeStamp
      wheeled = event.deltaY < 0 && canBegin(event) ? wheeled - event.deltaY : 0
      if (wheeled > 0) pulled.wheel(wheeled)
    },
    { passive: true },
  )
  return drop
}

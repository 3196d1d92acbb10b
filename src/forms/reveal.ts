import type { ComponentPublicInstance } from 'vue'
import { tryHost } from '../uni/hostCall'
import { isH5 } from '../uni/target'

/** Between the field and what covers the window, px. */
const margin = 12

/**
 * Makes what scrolls the page until a field, found by its name as `id` among the component's own,
 * can be seen whole, or, where it is too high for that, its last lines. `covered`: px at the bottom
 * of the window that keyboard and bar cover, kept from call to call. Browsers do it by themselves.
 */
export function createReveal(component: ComponentPublicInstance | null | undefined) {
  let covered = 0

  return (id: string | undefined, nowCovered = covered): void => {
    covered = nowCovered
    if (isH5 || !component || id === undefined) return
    // After what is under way to the view: the page may be about to grow.
    component.$nextTick(() => {
      attempt(() => {
        const query = uni.createSelectorQuery().in(component)
        query.select(`#${id}`).boundingClientRect()
        query.selectViewport().fields({ size: true, scrollOffset: true }, () => {})
        // Answered later, when nothing catches what the host throws.
        query.exec((found) => attempt(() => scroll(found as unknown, covered)))
      })
    })
  }
}

/** Where the host cannot, the page stays where it is. */
function attempt(call: () => void): void {
  try {
    call()
  } catch {
    // As said.
  }
}

/** Hosts answer nothing for what is not there. */
interface Found {
  top?: number
  bottom?: number
  height?: number
  scrollTop?: number
}

function scroll(found: unknown, covered: number): void {
  const [box, view] = Array.isArray(found) ? (found as (Found | null)[]) : []
  const { top, bottom } = { ...box }
  const { height, scrollTop } = { ...view }
  if ([top, bottom, height, scrollTop].some((length) => typeof length !== 'number')) return
  const below = bottom! + margin - (height! - covered)
  const above = Math.max(0, margin - top!)
  const way = Math.max(below, -above)
  if (way === 0) return
  void tryHost((callbacks) =>
    uni.pageScrollTo({ scrollTop: scrollTop! + way, duration: 200, ...callbacks }),
  )
}

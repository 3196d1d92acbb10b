/** A place on the screen, in CSS pixels. */
export interface Point {
  x: number
  y: number
}

/** Endless animations, such as that of a spinner, move nothing to another place. */
const isMoving = () =>
  document
    .getAnimations()
    .some(
      ({ playState, effect }) =>
        playState === 'running' && effect?.getComputedTiming().iterations !== Infinity,
    )

/**
 * The middle of `element`, if a finger there would meet the element or something inside it.
 * Undefined where the element is out of sight or covered, or something still moves: the caller has
 * to wait for it.
 */
export function tapPoint(element: Element): Point | undefined {
  if (isMoving()) return undefined
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const point = { x: left + width / 2, y: top + height / 2 }
  const met = document.elementFromPoint(point.x, point.y)
  return met && element.contains(met) ? point : undefined
}

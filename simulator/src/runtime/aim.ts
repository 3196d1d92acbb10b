/** A place on the screen, in CSS pixels. */
export interface Point {
  x: number
  y: number
}

/** Endless ones, such as a spinner's, move nothing to another place. */
const isMoving = () =>
  document
    .getAnimations()
    .some(
      ({ playState, effect }) =>
        playState === 'running' && effect?.getComputedTiming().iterations !== Infinity,
    )

/**
 * The middle of `element` if a finger there would meet it, or something inside it, at once.
 * Undefined where it is out of sight, covered, or where something still moves: then it is to be
 * waited for.
 */
export function aimAt(element: Element): Point | undefined {
  if (isMoving()) return undefined
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const point = { x: left + width / 2, y: top + height / 2 }
  const met = document.elementFromPoint(point.x, point.y)
  return met && element.contains(met) ? point : undefined
}

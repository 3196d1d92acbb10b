/**
 * Scrolls by a mouse that drags, as by a finger; a real finger scrolls by itself. `onDrag` and
 * `onRelease` are called for both.
 */
export function scrollByDragging(
  dom: HTMLElement,
  onDrag: () => void = () => {},
  onRelease: () => void = () => {},
): void {
  let from: { x: number; y: number; left: number; top: number } | undefined
  dom.addEventListener(
    'touchstart',
    ({ isTrusted, touches: [touch] }) => {
      onDrag()
      if (isTrusted || !touch) return
      from = { x: touch.clientX, y: touch.clientY, left: dom.scrollLeft, top: dom.scrollTop }
    },
    { passive: true },
  )
  dom.addEventListener(
    'touchmove',
    ({ touches: [touch] }) => {
      if (!from || !touch) return
      dom.dataset.dragged = ''
      dom.scrollTo({
        left: from.left + from.x - touch.clientX,
        top: from.top + from.y - touch.clientY,
        behavior: 'instant',
      })
    },
    { passive: true },
  )
  const release = () => {
    from = undefined
    // From here on the places to stop at hold again.
    delete dom.dataset.dragged
    onRelease()
  }
  dom.addEventListener('touchend', release)
  dom.addEventListener('touchcancel', release)
}

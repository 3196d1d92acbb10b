const shiftName = '--keyboard-shift'

/** The room for pages; they move within it, and the navigation bar above it stays. */
const room = () => document.querySelector('#simulator-pages')!.getBoundingClientRect()

/**
 * Pushes the field's page up until the field is above a keyboard of `height`. Between the two
 * lie `spacing` pixels, or what lies between the field and the page's bottom if that is less
 * (WeChat's reference of `input`: cursor-spacing). What is higher than the room keeps its top.
 */
export function pushPage(field: Element, spacing: number, height: number): void {
  const view = field.closest<HTMLElement>('.simulator-webview')
  if (!view) return
  const { top, bottom } = room()
  const box = field.getBoundingClientRect()
  // While the page moves, field and page move together.
  const offset = view.getBoundingClientRect().top - top
  const distance = Math.min(Math.max(0, spacing), bottom - (box.bottom - offset))
  const wanted = box.bottom - offset + distance - (innerHeight - height)
  const shift = Math.max(0, Math.min(wanted, box.top - offset - top))
  view.style.setProperty(shiftName, `${shift}px`)
}

/** Puts back whatever was pushed up; the field itself may be gone by then. */
export function putPagesBack(): void {
  for (const view of document.querySelectorAll<HTMLElement>('.simulator-webview')) {
    view.style.removeProperty(shiftName)
  }
}

/** Whether the middle of the element lies between navigation bar and keyboard. */
export function isWithinReach(element: Element, height: number): boolean {
  const { top, bottom, width } = element.getBoundingClientRect()
  const middle = (top + bottom) / 2
  return width === 0 || (middle >= room().top && middle < innerHeight - height)
}

import { scrollByDragging } from '../builtIns/dragScroll'
import { make } from './layer'
import type { Row } from './pickerColumns'

/** px; five rows are seen. */
const rowHeight = 48

/** One wheel; the row in its middle is chosen. */
export interface Wheel {
  readonly element: HTMLElement
  /** Shows these rows, with the one of this value in the middle. */
  show(rows: readonly Row[], value: string): void
}

/** Keys that turn a wheel, and by how many rows. */
const keys: Record<string, number> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -5,
  PageDown: 5,
  Home: -Infinity,
  End: Infinity,
}

/**
 * Makes a wheel that is dragged, turned by a mouse's wheel or by keys, or pressed. `onTurn` has the
 * value that has come to the middle, also while it turns; `onStop` is called once it is still.
 */
export function createWheel(
  label: string,
  onTurn: (value: string) => void,
  onStop: () => void,
): Wheel {
  const element = make('div', 'simulator-wheel')
  element.style.setProperty('--indicator-height', `${rowHeight}px`)
  element.tabIndex = 0
  element.setAttribute('role', 'listbox')
  element.setAttribute('aria-label', label)
  let shown: readonly Row[] = []
  let at = 0

  const mark = () => {
    for (const [place, row] of [...element.children].entries())
      row.setAttribute('aria-selected', String(place === at))
  }
  const scroll = (behavior: ScrollBehavior) => element.scrollTo({ top: at * rowHeight, behavior })
  const turn = (place: number) => {
    const next = Math.min(Math.max(place, 0), shown.length - 1)
    if (next === at || next < 0) return
    at = next
    mark()
    onTurn(shown[at]!.value)
  }
  element.addEventListener('scroll', () => turn(Math.round(element.scrollTop / rowHeight)))
  element.addEventListener('scrollend', onStop)
  let pressedAt = 0
  element.addEventListener('click', ({ target }) => {
    // A row goes with the mouse that drags it, so the browser takes the end of that for a click on it.
    if (Math.abs(element.scrollTop - pressedAt) > rowHeight / 2) return
    const place = [...element.children].indexOf(target as Element)
    if (place >= 0) element.scrollTo({ top: place * rowHeight, behavior: 'smooth' })
  })
  element.addEventListener('keydown', (event) => {
    const step = keys[event.key]
    if (step === undefined) return
    event.preventDefault()
    turn(at + step)
    scroll('instant')
  })
  scrollByDragging(element, () => (pressedAt = element.scrollTop))

  return {
    element,
    show(rows, value) {
      const place = Math.max(
        0,
        rows.findIndex((row) => row.value === value),
      )
      const isSame =
        rows.length === shown.length && rows.every(({ label }, i) => label === shown[i]!.label)
      if (!isSame) {
        element.replaceChildren(
          ...rows.map(({ label }) => {
            const row = make('div', 'simulator-wheel__row', label)
            row.setAttribute('role', 'option')
            return row
          }),
        )
      }
      shown = rows
      // The one that turns is where its finger has it.
      if (isSame && place === at) return
      at = place
      mark()
      scroll('instant')
    },
  }
}

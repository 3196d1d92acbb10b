import type { KeyboardField, SoftKeyboard } from './softKeyboard'

/** What takes the focus by itself, or belongs to the keyboard. */
const focusing = 'wx-input, wx-textarea, input, textarea, select, #simulator-keyboard'

/**
 * Ends the typing when something else is tapped, unless the field holds the keyboard. The tap comes
 * first and the blur after it, as on phones; were it the other way round, the page would move from
 * under the finger.
 */
export function dismissOnTaps(keyboard: SoftKeyboard): void {
  let left: KeyboardField | undefined
  document.addEventListener(
    'mousedown',
    (event) => {
      left = undefined
      const { field } = keyboard
      if (!field || !(event.target instanceof Element) || event.target.closest(focusing)) return
      event.preventDefault()
      if (!field.options().holdKeyboard) left = field
    },
    true,
  )
  // On the window, so that it comes after the framework has made a tap of it.
  addEventListener('mouseup', () => {
    if (left && left === keyboard.field) left.blur()
    left = undefined
  })
}

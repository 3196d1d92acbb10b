import type { BuiltInNode, Props } from './builtIn'

/** Properties that `input` and `textarea` share. */
export interface TextFieldProps extends Props {
  value: string
  placeholder: string
  placeholderStyle: string
  placeholderClass: string
  disabled: boolean
  maxlength: number
  focus: boolean
  confirmHold: boolean
  holdKeyboard: boolean
}

const fieldTags = 'wx-input, wx-textarea'

/**
 * Puts a native field into the component and gives it WeChat's focus: `focus` true while unfocused
 * focuses on the next frame, false while focused blurs, and the newly focused field's `focus` comes
 * before the other one's `blur`.
 */
export function createTextField<P extends TextFieldProps>(
  node: BuiltInNode<P>,
  field: HTMLInputElement | HTMLTextAreaElement,
) {
  const placeholder = document.createElement('span')
  node.dom.replaceChildren(placeholder, field)
  let frame = 0
  const isFocused = () => document.activeElement === field
  const showPlaceholder = () => {
    const { placeholder: text, placeholderClass, placeholderStyle } = node.props
    placeholder.className = `simulator-placeholder ${placeholderClass}`
    placeholder.setAttribute('style', placeholderStyle)
    placeholder.textContent = field.value === '' ? text : ''
  }
  const setFocus = (focus: boolean) => {
    cancelAnimationFrame(frame)
    if (!focus) return isFocused() ? field.blur() : undefined
    if (!isFocused()) frame = requestAnimationFrame(() => field.focus())
  }
  const setValue = (value: string) => {
    if (field.value !== value) field.value = value
    showPlaceholder()
  }
  field.addEventListener('input', () => {
    showPlaceholder()
    // The property follows, so that setting it back to what it was before is a change.
    node.set({ value: field.value } as Partial<P>)
    node.emit('input', { value: field.value, cursor: field.selectionStart ?? 0, keyCode: 0 })
  })
  field.addEventListener('focus', () => {
    node.emit('focus', { value: field.value, height: 0 })
  })
  field.addEventListener('blur', (event) => {
    const { relatedTarget } = event as FocusEvent
    const blurred = () => {
      node.emit('blur', { value: field.value, cursor: field.selectionStart ?? 0 })
      node.dom.dispatchEvent(new CustomEvent('field:blurred'))
    }
    const other = relatedTarget instanceof Element ? relatedTarget.closest(fieldTags) : null
    if (other) setTimeout(blurred)
    else blurred()
  })
  return {
    showPlaceholder,
    setValue,
    update() {
      const { disabled, maxlength } = node.props
      field.disabled = disabled
      field.toggleAttribute('data-hold-keyboard', node.props.holdKeyboard)
      if (maxlength >= 0) field.maxLength = maxlength
      else field.removeAttribute('maxlength')
      showPlaceholder()
    },
    setFocus,
    /** Enter on the keyboard: `confirm`, then `blur` unless the keyboard is to be held. */
    confirm() {
      node.emit('confirm', { value: field.value })
      if (!node.props.confirmHold) field.blur()
    },
    detached: () => cancelAnimationFrame(frame),
  }
}

/** Keeps the focus where it is when the page is tapped, if the focused field holds the keyboard. */
export function holdKeyboards(): void {
  document.addEventListener(
    'mousedown',
    (event) => {
      const held = document.activeElement?.hasAttribute('data-hold-keyboard')
      const onField = event.target instanceof Element && event.target.closest(fieldTags)
      if (held && !onField) event.preventDefault()
    },
    true,
  )
}

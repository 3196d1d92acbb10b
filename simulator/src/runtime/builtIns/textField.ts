import type { KeyboardField, KeyboardOptions } from '../keyboard'
import type { BuiltInNode, BuiltInServices, Props } from './builtIn'

/** Properties that `input` and `textarea` share. */
export interface TextFieldProps extends Props {
  value: string
  placeholder: string
  placeholderStyle: string
  placeholderClass: string
  disabled: boolean
  maxlength: number
  focus: boolean
  cursor: number
  selectionStart: number
  selectionEnd: number
  cursorSpacing: number
  adjustPosition: boolean
  confirmHold: boolean
  holdKeyboard: boolean
}

/** What the field's kind decides of the keyboard. */
type KindOptions = Pick<KeyboardOptions, 'type' | 'confirm' | 'confirmBar'>

/** Characters that the keyboards of some types do not have (WeChat: input › type). */
const foreignTo: Partial<Record<KeyboardOptions['type'], RegExp>> = {
  number: /\D/g,
  digit: /[^\d.]/g,
  idcard: /[^\dXx]/g,
}

const fieldTags = 'wx-input, wx-textarea'

/** What a handler of `input` may return to have the text replaced; the cursor goes to the end. */
function replacementOf(returned: unknown): { value: string; cursor?: number } | undefined {
  if (typeof returned === 'string') return { value: returned }
  if (typeof returned !== 'object' || returned === null) return undefined
  const { value, cursor } = returned as Record<string, unknown>
  if (typeof value !== 'string') return undefined
  return typeof cursor === 'number' ? { value, cursor } : { value }
}

/**
 * Puts a native field into the component with WeChat's focus: `focus` true while unfocused
 * focuses on the next frame, false while focused blurs, and the newly focused field's `focus` comes
 * before the other one's `blur`. The keyboard's height is reported before `focus` and after `blur`.
 */
export function createTextField<P extends TextFieldProps>(
  node: BuiltInNode<P>,
  element: HTMLInputElement | HTMLTextAreaElement,
  { keyboard }: BuiltInServices,
  kindOptions: () => KindOptions,
) {
  /** What a real keyboard has and the phone's has not. */
  const foreign = () => foreignTo[kindOptions().type] ?? /(?!)/
  const placeholder = document.createElement('span')
  node.dom.replaceChildren(placeholder, element)
  let frame = 0
  let isFocused = false

  const showPlaceholder = () => {
    const { placeholder: text, placeholderClass, placeholderStyle } = node.props
    placeholder.className = `simulator-placeholder ${placeholderClass}`
    placeholder.setAttribute('style', placeholderStyle)
    placeholder.textContent = element.value === '' ? text : ''
  }
  const setValue = (value: string) => {
    if (element.value !== value) element.value = value
    showPlaceholder()
  }
  // The property follows, so that setting it back to what it was before is a change.
  const keepValue = () => node.set({ value: element.value } as Partial<P>)
  const replace = (returned: unknown) => {
    const replacement = replacementOf(returned)
    if (!replacement || replacement.value === element.value) return
    setValue(replacement.value)
    if (replacement.cursor !== undefined) {
      element.setSelectionRange(replacement.cursor, replacement.cursor)
    }
    keepValue()
  }
  const placeCursor = () => {
    const { cursor, selectionStart, selectionEnd } = node.props
    if (selectionStart >= 0 && selectionEnd >= 0) {
      element.setSelectionRange(selectionStart, selectionEnd)
    } else if (cursor >= 0) element.setSelectionRange(cursor, cursor)
  }

  const enter = () => {
    if (isFocused) return
    isFocused = true
    placeCursor()
    keyboard.rise(field)
    node.emit('focus', { value: element.value, height: keyboard.state().height })
  }
  const blurred = () => {
    node.emit('blur', { value: element.value, cursor: element.selectionStart ?? 0 })
    node.dom.dispatchEvent(new CustomEvent('field:blurred'))
  }
  const leave = () => {
    if (!isFocused) return
    isFocused = false
    setTimeout(blurred)
  }
  const end = () => {
    if (!isFocused) return
    isFocused = false
    blurred()
    keyboard.sink(field)
  }
  const blur = () => {
    element.blur()
    // The browser fires no blur while another window has its attention.
    end()
  }
  const confirm = () => node.emit('confirm', { value: element.value })
  const field: KeyboardField = {
    element,
    options: () => {
      const { adjustPosition, cursorSpacing, holdKeyboard } = node.props
      return { ...kindOptions(), adjustPosition, cursorSpacing, holdKeyboard }
    },
    confirm() {
      confirm()
      if (!node.props.confirmHold) blur()
    },
    finish() {
      confirm()
      blur()
    },
    blur,
    leave,
    heightChanged(height, duration) {
      node.emit('keyboardheightchange', { height, duration })
    },
  }
  const setFocus = (focus: boolean) => {
    cancelAnimationFrame(frame)
    if (!focus) return isFocused ? blur() : undefined
    frame = requestAnimationFrame(() => {
      if (isFocused || node.props.disabled) return
      element.setSelectionRange(element.value.length, element.value.length)
      element.focus()
      enter()
    })
  }

  element.addEventListener('input', () => {
    const typed = element.value.replace(foreign(), '')
    if (typed !== element.value) element.value = typed
    showPlaceholder()
    keepValue()
    const cursor = element.selectionStart ?? 0
    node.emit('input', { value: element.value, cursor, keyCode: 0 }, replace)
  })
  element.addEventListener('focus', enter)
  element.addEventListener('blur', (event) => {
    // Only the window has lost the attention: nobody has touched the phone.
    if (document.activeElement === element) return
    const { relatedTarget } = event as FocusEvent
    const isOther = relatedTarget instanceof Element && relatedTarget.closest(fieldTags)
    if (isOther) leave()
    else end()
  })

  return {
    setValue,
    setFocus,
    placeCursor: () => (isFocused ? placeCursor() : undefined),
    update() {
      const { disabled, maxlength } = node.props
      element.disabled = disabled
      if (maxlength >= 0) element.maxLength = maxlength
      else element.removeAttribute('maxlength')
      showPlaceholder()
      keyboard.refresh(field)
    },
    /** Enter on a real keyboard, where it is the confirm key. */
    confirm: field.confirm,
    detached() {
      cancelAnimationFrame(frame)
      keyboard.sink(field)
    },
  }
}

import { h, type FunctionalComponent } from 'vue'

// Only for browsers. uni-app's own input has neither a name nor an `autocomplete` of one's choice, and its form
// is none (uni-h5: input, form): password managers and the fill-in of text codes need the browser's.
// Props have names of one word: undeclared, they come as the template writes them.

interface Field {
  value: string
}
interface FieldEvent {
  target: Field
  isComposing?: boolean
}
interface PreventableEvent {
  preventDefault(): void
}
declare const document: { getElementById(id: string): { focus(): void } | null }

/** Puts the focus into a field of the browser's. */
export function focusNative(id: string): void {
  document.getElementById(id)?.focus()
}

/** Enter in one of its fields sends it, as does its button. */
export const NativeForm: FunctionalComponent<{ onSend: () => void }> = ({ onSend }, { slots }) => {
  function onSubmit(event: PreventableEvent) {
    event.preventDefault()
    onSend()
  }
  // What goes wrong is said at the field, not in the browser's bubble.
  return h('form', { novalidate: true, onSubmit }, slots.default?.())
}

export const NativeLabel: FunctionalComponent<{ to: string }> = ({ to }, { slots }) =>
  h('label', { for: to }, slots.default?.())

export const NativeInput: FunctionalComponent<{
  id: string
  name: string
  type: 'tel' | 'text' | 'password'
  value: string
  autocomplete: string
  inputmode: 'tel' | 'numeric' | 'text'
  placeholder: string
  /** The id of what is wrong with it. */
  error: string | undefined
  /** What it keeps of a text. */
  clean: (typed: string) => string
  onTyped: (value: string) => void
}> = ({ error, clean, onTyped, ...own }) => {
  function take({ target, isComposing }: FieldEvent) {
    // A text that an input method is still composing must be left alone.
    if (isComposing) return
    const value = clean(target.value)
    if (value !== target.value) target.value = value
    onTyped(value)
  }
  return h('input', {
    ...own,
    autocapitalize: 'off',
    spellcheck: false,
    'aria-invalid': error !== undefined,
    'aria-describedby': error,
    onInput: take,
    // Some fill-ins report no input, and Chrome none after a composition.
    onChange: take,
    onCompositionend: take,
  })
}

export const NativeButton: FunctionalComponent<{
  type: 'submit' | 'button'
  disabled: boolean
  label: string | undefined
  role: 'checkbox' | undefined
  /** Whether it can be on or off, and is on. */
  pressed: boolean | undefined
  onPress: () => void
}> = ({ type, disabled, label, role, pressed, onPress }, { slots }) =>
  h(
    'button',
    {
      type,
      disabled,
      'aria-label': label,
      role,
      [role ? 'aria-checked' : 'aria-pressed']: pressed,
      // The field keeps the focus, and its caret.
      onMousedown: (event: PreventableEvent) => event.preventDefault(),
      onClick: onPress,
    },
    slots.default?.(),
  )

/** uni-app's own has no alternative text that a screen reader finds (uni-h5: image). */
export const NativeImage: FunctionalComponent<{ src: string; alt: string }> = ({ src, alt }) =>
  h('img', { src, alt })

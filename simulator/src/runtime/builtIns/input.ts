import { defineBuiltIn } from './builtIn'
import { createTextField } from './textField'

const inputModes: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' }

/** Keyboards of these types have no confirm key on iOS. */
const withoutConfirmKey = new Set(['number', 'digit', 'idcard'])

const confirmHints: Record<string, string> = {
  send: 'send',
  search: 'search',
  next: 'next',
  go: 'go',
}

/** A line of text. Enter is the confirm key. */
export const input = defineBuiltIn(
  'input',
  {
    value: '',
    type: 'text',
    password: false,
    placeholder: '',
    placeholderStyle: '',
    placeholderClass: 'input-placeholder',
    disabled: false,
    maxlength: 140,
    cursorSpacing: 0,
    focus: false,
    autoFocus: false,
    confirmType: 'done',
    confirmHold: false,
    alwaysEmbed: false,
    cursor: -1,
    selectionStart: -1,
    selectionEnd: -1,
    adjustPosition: true,
    holdKeyboard: false,
    name: '',
  },
  (node, services) => {
    const field = document.createElement('input')
    field.autocomplete = 'off'
    const text = createTextField(node, field)
    field.addEventListener('keydown', (event) => {
      // Enter that chooses a Chinese candidate belongs to the input method.
      if (event.key !== 'Enter' || event.isComposing) return
      if (services.platform === 'ios' && withoutConfirmKey.has(node.props.type)) return
      text.confirm()
    })
    node.dom.addEventListener('field:blurred', () => {
      if (node.props.type !== 'nickname' || field.value === '') return
      // WeChat checks nicknames after the blur and clears those that fail.
      void services.ask('nicknameReview', {}).then((review) => {
        const { pass = true, timeout = false } = review ?? {}
        if (pass === false) {
          text.setValue('')
          node.set({ value: '' })
        }
        node.emit('nicknamereview', { pass, timeout })
      })
    })
    text.setValue(node.props.value)
    text.setFocus(node.props.focus || node.props.autoFocus)
    return {
      update() {
        const { password, type, confirmType } = node.props
        field.type = password || type === 'safe-password' ? 'password' : 'text'
        field.inputMode = inputModes[type] ?? 'text'
        field.enterKeyHint = type === 'text' ? (confirmHints[confirmType] ?? 'done') : 'done'
        text.update()
      },
      changed: { value: text.setValue, focus: text.setFocus },
      value: () => field.value,
      reset: () => text.setValue(''),
      detached: text.detached,
    }
  },
)

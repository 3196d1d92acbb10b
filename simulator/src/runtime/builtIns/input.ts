import { confirmTypes, hasConfirmKey, type ConfirmType, type KeyboardType } from '../keyboard'
import { defineBuiltIn, type BuiltInServices } from './builtIn'
import { createTextField } from './textField'

const inputModes: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' }

const pads = ['number', 'digit', 'idcard'] as const

const isConfirmType = (name: string): name is Exclude<ConfirmType, 'return'> =>
  name !== 'return' && (confirmTypes as readonly string[]).includes(name)

/** Without the person's agreement to the privacy terms a nickname is a text like any other. */
function keyboardTypeOf(type: string, services: BuiltInServices): KeyboardType {
  if (type === 'safe-password') return 'password'
  if (type === 'nickname') return services.isPrivacyAgreed() ? 'nickname' : 'text'
  return pads.find((pad) => pad === type) ?? 'text'
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
    const kind = () => keyboardTypeOf(node.props.type, services)
    const confirmType = (): ConfirmType => {
      const { type, confirmType } = node.props
      return type === 'text' && isConfirmType(confirmType) ? confirmType : 'done'
    }
    const text = createTextField(node, field, services, () => ({
      type: node.props.password ? 'password' : kind(),
      confirm: confirmType(),
      confirmBar: false,
    }))
    field.addEventListener('keydown', (event) => {
      // Enter that chooses a Chinese candidate belongs to the input method.
      if (event.key !== 'Enter' || event.isComposing) return
      if (hasConfirmKey(kind(), services.platform)) text.confirm()
    })
    node.dom.addEventListener('field:blurred', () => {
      const isReviewed = services.versions.supports('input.nickname-review')
      if (kind() !== 'nickname' || field.value === '' || !isReviewed) return
      // WeChat checks nicknames after the blur and clears those that fail.
      void services.ask('nicknameReview', {}).then((review) => {
        const { pass = true, timeout = false, firesInput = true } = review ?? {}
        if (pass === false) {
          text.setValue('')
          node.set({ value: '' })
          if (firesInput) node.emit('input', { value: '', cursor: 0, keyCode: 0 })
        }
        node.emit('nicknamereview', { pass, timeout })
      })
    })
    text.setValue(node.props.value)
    text.setFocus(node.props.focus || node.props.autoFocus)
    return {
      update() {
        field.type = node.props.password || kind() === 'password' ? 'password' : 'text'
        field.inputMode = inputModes[node.props.type] ?? 'text'
        field.enterKeyHint = confirmType()
        text.update()
      },
      changed: {
        value: text.setValue,
        focus: text.setFocus,
        cursor: text.placeCursor,
        selectionStart: text.placeCursor,
        selectionEnd: text.placeCursor,
      },
      value: () => field.value,
      reset: () => text.setValue(''),
      detached: text.detached,
    }
  },
)

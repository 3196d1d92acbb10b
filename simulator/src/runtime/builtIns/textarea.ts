import { confirmTypes } from '../keyboard'
import { defineBuiltIn } from './builtIn'
import { createTextField } from './textField'

/** Several lines of text. Enter breaks the line unless `confirm-type` says otherwise. */
export const textarea = defineBuiltIn(
  'textarea',
  {
    value: '',
    placeholder: '',
    placeholderStyle: '',
    placeholderClass: 'textarea-placeholder',
    disabled: false,
    maxlength: 140,
    autoFocus: false,
    focus: false,
    autoHeight: false,
    fixed: false,
    cursorSpacing: 0,
    cursor: -1,
    showConfirmBar: true,
    selectionStart: -1,
    selectionEnd: -1,
    adjustPosition: true,
    holdKeyboard: false,
    disableDefaultPadding: false,
    confirmType: 'return',
    confirmHold: false,
    name: '',
  },
  (node, services) => {
    const field = document.createElement('textarea')
    const text = createTextField(node, field, services, () => ({
      type: 'text',
      confirm: confirmTypes.find((name) => name === node.props.confirmType) ?? 'return',
      confirmBar: node.props.showConfirmBar,
    }))
    let lines = 0
    const fit = () => {
      if (!node.props.autoHeight) return
      field.style.height = 'auto'
      const height = field.scrollHeight
      field.style.height = `${height}px`
      node.dom.style.height = 'auto'
      const lineCount = Math.round(height / (parseFloat(getComputedStyle(field).lineHeight) || 20))
      if (lineCount === lines) return
      lines = lineCount
      // The view tells the app of what it has drawn: never before the page's onLoad.
      queueMicrotask(() => node.emit('linechange', { height, lineCount }))
    }
    const setValue = (value: string) => {
      text.setValue(value)
      fit()
    }
    field.addEventListener('input', fit)
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing || node.props.confirmType === 'return') return
      event.preventDefault()
      text.confirm()
    })
    text.setValue(node.props.value)
    text.setFocus(node.props.focus || node.props.autoFocus)
    return {
      update() {
        text.update()
        fit()
      },
      changed: {
        value: setValue,
        focus: text.setFocus,
        cursor: text.placeCursor,
        selectionStart: text.placeCursor,
        selectionEnd: text.placeCursor,
      },
      value: () => field.value,
      reset: () => setValue(''),
      detached: text.detached,
    }
  },
)

import { defineBuiltIn } from './builtIn'

/** A value between two ends. */
export const slider = defineBuiltIn(
  'slider',
  { min: 0, max: 100, step: 1, value: 0, disabled: false, showValue: false, name: '' },
  (node) => {
    const range = document.createElement('input')
    range.type = 'range'
    node.dom.replaceChildren(range)
    range.addEventListener('input', () => node.emit('changing', { value: +range.value }))
    range.addEventListener('change', () => {
      node.set({ value: +range.value })
      node.emit('change', { value: +range.value })
    })
    return {
      update() {
        const { min, max, step, value, disabled } = node.props
        Object.assign(range, { min, max, step, disabled, value: String(value) })
      },
      value: () => +range.value,
      reset: () => node.set({ value: node.props.min }),
    }
  },
)

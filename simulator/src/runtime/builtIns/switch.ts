import { defineBuiltIn } from './builtIn'

const props = { checked: false, disabled: false, type: 'switch', color: '#04BE02', name: '' }

/** On or off. */
export const switchControl = defineBuiltIn('switch', props, (node) => ({
  update() {
    const { checked, color, disabled, type } = node.props
    node.dom.dataset.type = type
    node.dom.style.setProperty('--control-color', color)
    node.dom.toggleAttribute('data-checked', checked)
    node.dom.toggleAttribute('data-disabled', disabled)
  },
  tap() {
    if (node.props.disabled) return
    node.set({ checked: !node.props.checked })
    node.emit('change', { value: node.props.checked })
  },
  value: () => node.props.checked,
  reset: () => node.set({ checked: false }),
}))

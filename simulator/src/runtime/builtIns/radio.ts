import { closest, defineBuiltIn, inside, type BuiltInNode } from './builtIn'

const checkedValue = (group: Pick<BuiltInNode, 'dom'>) =>
  inside(group, 'radio').find(({ props }) => props.checked)?.props.value ?? ''

/** One choice of a group. */
export const radio = defineBuiltIn(
  'radio',
  { value: '', checked: false, disabled: false, color: '#09BB07' },
  (node) => {
    const box = document.createElement('i')
    node.dom.prepend(box)
    return {
      update() {
        node.dom.style.setProperty('--control-color', node.props.color)
        node.dom.toggleAttribute('data-checked', node.props.checked)
        node.dom.toggleAttribute('data-disabled', node.props.disabled)
      },
      tap() {
        if (node.props.disabled || node.props.checked) return
        const group = closest(node, 'radio-group')
        if (group) for (const other of inside(group, 'radio')) other.set({ checked: false })
        node.set({ checked: true })
        group?.emit('change', { value: node.props.value })
      },
      reset: () => node.set({ checked: false }),
    }
  },
)

/** Several choices of which one holds. */
export const radioGroup = defineBuiltIn('radio-group', { name: '' }, (node) => ({
  value: () => checkedValue(node),
  reset: () => inside(node, 'radio').forEach(({ behaviour }) => behaviour.reset?.()),
}))

import { closest, defineBuiltIn, inside, type BuiltInNode } from './builtIn'

const checkedValues = (group: Pick<BuiltInNode, 'dom'>) =>
  inside(group, 'checkbox')
    .filter(({ props }) => props.checked)
    .map(({ props }) => props.value)

/** One box of a group. */
export const checkbox = defineBuiltIn(
  'checkbox',
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
        if (node.props.disabled) return
        node.set({ checked: !node.props.checked })
        const group = closest(node, 'checkbox-group')
        group?.emit('change', { value: checkedValues(group) })
      },
      reset: () => node.set({ checked: false }),
    }
  },
)

/** Several boxes; its value is the list of those checked. */
export const checkboxGroup = defineBuiltIn('checkbox-group', { name: '' }, (node) => ({
  value: () => checkedValues(node),
  reset: () => inside(node, 'checkbox').forEach(({ behaviour }) => behaviour.reset?.()),
}))

import { closest, defineBuiltIn, inside } from './builtIn'
import { checkableProps, checkedValues, createCheckable, resetInside } from './checkable'

/** One choice of a group. */
export const radio = defineBuiltIn('radio', checkableProps, (node) =>
  createCheckable(node, () => {
    if (node.props.checked) return
    const group = closest(node, 'radio-group')
    if (group) for (const other of inside(group, 'radio')) other.set({ checked: false })
    node.set({ checked: true })
    group?.emit('change', { value: node.props.value })
  }),
)

/** Several choices of which one holds. */
export const radioGroup = defineBuiltIn('radio-group', { name: '' }, (node) => ({
  value: () => checkedValues(node, 'radio')[0] ?? '',
  reset: () => resetInside(node, 'radio'),
}))

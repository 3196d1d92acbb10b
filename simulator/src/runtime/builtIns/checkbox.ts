import { closest, defineBuiltIn } from './builtIn'
import { checkableProps, checkedValues, createCheckable, resetInside } from './checkable'

/** One box of a group. */
export const checkbox = defineBuiltIn('checkbox', checkableProps, (node) =>
  createCheckable(node, () => {
    node.set({ checked: !node.props.checked })
    const group = closest(node, 'checkbox-group')
    group?.emit('change', { value: checkedValues(group, 'checkbox') })
  }),
)

/** Several boxes; its value is the list of those checked. */
export const checkboxGroup = defineBuiltIn('checkbox-group', { name: '' }, (node) => ({
  value: () => checkedValues(node, 'checkbox'),
  reset: () => resetInside(node, 'checkbox'),
}))

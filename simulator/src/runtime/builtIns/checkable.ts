// What checkboxes and radios, and their groups, have in common.
import { inside, type Behaviour, type BuiltInNode } from './builtIn'

/** The properties of a box, with their defaults. */
export const checkableProps = { value: '', checked: false, disabled: false, color: '#09BB07' }

type CheckableProps = typeof checkableProps

/** Draws a box that is checked or not; `tap` is called unless it is disabled. */
export function createCheckable(
  node: BuiltInNode<CheckableProps>,
  tap: () => void,
): Behaviour<CheckableProps> {
  node.dom.prepend(document.createElement('i'))
  return {
    update() {
      node.dom.style.setProperty('--control-color', node.props.color)
      node.dom.toggleAttribute('data-checked', node.props.checked)
      node.dom.toggleAttribute('data-disabled', node.props.disabled)
    },
    tap() {
      if (!node.props.disabled) tap()
    },
    reset: () => node.set({ checked: false }),
  }
}

/** The values of the checked boxes of this tag inside, in document order. */
export const checkedValues = (group: Pick<BuiltInNode, 'dom'>, tag: string) =>
  inside(group, tag)
    .filter(({ props }) => props.checked)
    .map(({ props }) => props.value)

/** Unchecks all boxes of this tag inside. */
export const resetInside = (group: Pick<BuiltInNode, 'dom'>, tag: string) =>
  inside(group, tag).forEach(({ behaviour }) => behaviour.reset?.())

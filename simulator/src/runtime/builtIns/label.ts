import { defineBuiltIn, inside, nodeOf } from './builtIn'

const controls = ['button', 'checkbox', 'radio', 'switch', 'input', 'textarea'] as const
const controlSelector = controls.map((tag) => `wx-${tag}`).join()

/** Taps on a label go to its control: the one named by `for`, or the first one inside. */
export const label = defineBuiltIn('label', { for: '' }, (node) => ({
  tap(source) {
    const control = node.props.for
      ? nodeOf(node.dom.closest('wx-page')?.querySelector(`#${CSS.escape(node.props.for)}`))
      : inside(node, ...controls)[0]
    const onControl = source?.closest(controlSelector)
    if (!control || (onControl && node.dom.contains(onControl))) return
    if (control.behaviour.tap) control.behaviour.tap(source)
    else control.dom.querySelector<HTMLElement>('input, textarea')?.focus()
  },
}))

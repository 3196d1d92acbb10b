import { defineBuiltIn, inside } from './builtIn'
import { customFields } from './formFields'

const fields = ['input', 'textarea', 'switch', 'checkbox-group', 'radio-group', 'picker', 'slider']

/** Collects the values of the named fields inside when a submit button is tapped. */
export const form = defineBuiltIn(
  'form',
  { reportSubmit: false, reportSubmitTimeout: 0 },
  (node) => {
    const named = () => inside(node, ...fields)
    return {
      submit(dataset) {
        const value: Record<string, unknown> = Object.fromEntries(customFields(node.dom))
        for (const { props, behaviour } of named()) {
          if (typeof props.name === 'string' && props.name) value[props.name] = behaviour.value?.()
        }
        node.emit('submit', { value, target: { dataset } })
      },
      reset() {
        for (const { behaviour } of named()) behaviour.reset?.()
        node.emit('reset', {})
      },
    }
  },
)

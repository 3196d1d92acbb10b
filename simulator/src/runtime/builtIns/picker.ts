import { defineBuiltIn } from './builtIn'

/** Opens WeChat's picker sheet; what was picked comes as `change`, dismissing it as `cancel`. */
export const picker = defineBuiltIn(
  'picker',
  {
    mode: 'selector',
    headerText: '',
    range: [] as unknown[],
    rangeKey: '',
    value: null as unknown,
    start: '',
    end: '',
    fields: 'day',
    disabled: false,
    name: '',
  },
  (node, services) => ({
    tap() {
      if (node.props.disabled) return
      const { mode, range, rangeKey, value, start, end, fields, headerText } = node.props
      const options = { mode, range, rangeKey, value, start, end, fields, headerText }
      void services.ask('picker', options).then((picked) => {
        if (!picked) return node.emit('cancel', {})
        node.set({ value: picked.value })
        node.emit('change', picked)
      })
    },
    value: () => node.props.value,
    reset: () => node.set({ value: null }),
  }),
)

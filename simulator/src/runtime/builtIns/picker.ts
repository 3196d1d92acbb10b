import { defineBuiltIn } from './builtIn'

/**
 * Opens WeChat's picker sheet; what was picked comes as `change`, dismissing it as `cancel`. While a
 * `multiSelector` is open, `columnchange` lets the app change the other columns.
 */
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
    level: 'region',
    customItem: '',
    disabled: false,
    name: '',
  },
  (node, services) => {
    const listeners = new Set<(options: Record<string, unknown>) => void>()
    const options = () => {
      const { mode, headerText, range, rangeKey, value, start, end, fields, level, customItem } =
        node.props
      return { mode, headerText, range, rangeKey, value, start, end, fields, level, customItem }
    }
    const notify = () => {
      for (const listener of listeners) listener(options())
    }
    return {
      tap() {
        if (node.props.disabled) return
        const open = {
          onColumnChange: (column: number, value: number) =>
            node.emit('columnchange', { column, value }),
          onChange(listener: (options: Record<string, unknown>) => void) {
            listeners.add(listener)
            return () => void listeners.delete(listener)
          },
        }
        void services.ask('picker', options(), open).then((picked) => {
          if (!picked) return node.emit('cancel', {})
          node.set({ value: picked.value })
          node.emit('change', picked)
        })
      },
      changed: { range: notify, value: notify },
      value: () => node.props.value,
      reset: () => node.set({ value: null }),
    }
  },
)

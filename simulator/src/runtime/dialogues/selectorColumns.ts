import type { PickerColumns } from './pickerColumns'
import { rangeColumns, type PickerOptions } from './pickerValues'

const labelOf = (item: unknown, key: string) =>
  typeof item === 'object' && item !== null
    ? String((item as Record<string, unknown>)[key])
    : String(item)

/** Of `selector` and `multiSelector`: a row's value is its place. */
export function selectorColumns(options: PickerOptions): PickerColumns {
  const { mode, rangeKey, value } = options
  const isMulti = mode === 'multiSelector'
  const ranges = rangeColumns(options)
  const places: unknown[] = isMulti && Array.isArray(value) ? value : [value]
  return {
    count: ranges.length,
    rows: (column) =>
      (ranges[column] ?? []).map((item, place) => ({
        value: String(place),
        label: labelOf(item, String(rangeKey ?? '')),
      })),
    first: ranges.map((_, column) => String(Number(places[column]) || 0)),
    replace: (rows) => rows[0],
    read: (chosen) => ({ value: isMulti ? chosen.map(Number) : (chosen[0] ?? '0') }),
  }
}

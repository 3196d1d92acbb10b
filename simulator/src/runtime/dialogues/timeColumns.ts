import type { PickerColumns } from './pickerColumns'
import { bounds, type PickerOptions, type TimeField } from './pickerValues'
import type { Words } from './words'

const two = (part: number) => String(part).padStart(2, '0')
const daysIn = (year: string, month: string) => new Date(Number(year), Number(month), 0).getDate()

/** The ends of a date without bounds (WeChat: not documented). */
const unbounded = { min: '1900-01-01', max: '2100-12-31' }

/** Of `date` and `time`: a wheel for each part, within `start` and `end`. */
export function timeColumns(options: PickerOptions, time: TimeField, words: Words): PickerColumns {
  const isTime = options.mode === 'time'
  const mark = isTime ? ':' : '-'
  const split = (text: string) => text.split(mark)
  const { min, max } = bounds(options, time)
  const from = split(min || (isTime ? '00:00' : unbounded.min))
  const to = split(max || (isTime ? '23:59' : unbounded.max))
  const labels = isTime ? [words.hour, words.minute] : [words.year, words.month, words.day]
  const count = split(time.now).length
  const whole = (column: number, chosen: readonly string[]): [number, number] => {
    if (isTime) return column === 0 ? [0, 23] : [0, 59]
    return column === 1 ? [1, 12] : [1, daysIn(chosen[0]!, chosen[1]!)]
  }
  /** The bound of a part: `bound` where all to the left is at that bound, else `otherwise`. */
  const boundOf = (
    bound: string[],
    column: number,
    chosen: readonly string[],
    otherwise: number,
  ) =>
    bound.slice(0, column).every((part, i) => part === chosen[i])
      ? Number(bound[column])
      : otherwise
  const wanted = String(options.value)
  const value = time.shape.test(wanted) ? wanted : time.now
  const within = min && value < min ? min : max && value > max ? max : value
  return {
    count,
    rows(column, chosen) {
      const [low, high] = column === 0 ? [0, 0] : whole(column, chosen)
      const first = boundOf(from, column, chosen, low)
      const last = boundOf(to, column, chosen, high)
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
        const part = two(first + i)
        return { value: part, label: labels[column]!(part) }
      })
    },
    first: split(within),
    // The nearest: 31 becomes 28 in February.
    replace: (rows, value) => rows.filter((row) => row.value <= value).at(-1) ?? rows[0],
    read: (chosen) => ({ value: chosen.join(mark) }),
  }
}

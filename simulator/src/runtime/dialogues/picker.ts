// The values of WeChat's pickers: what they can be, and the sheet on which a person picks one.
import { createButtons, make, type Layer } from './layer'
import type { Words } from './words'

/** A picker's properties, as the app has set them. */
type PickerOptions = Record<string, unknown>

/** The value of a date or time picker (WeChat: picker), and the browser's own field for it. */
interface TimeField {
  type: 'date' | 'month' | 'number' | 'time'
  shape: RegExp
  /** Now, in the phone's time zone and in this shape. */
  now: string
}

function timeField({ mode, fields }: PickerOptions): TimeField | undefined {
  const clock = new Date()
  const local = new Date(clock.getTime() - clock.getTimezoneOffset() * 60_000).toISOString()
  if (mode === 'time') return { type: 'time', shape: /^\d\d:\d\d$/, now: local.slice(11, 16) }
  if (mode !== 'date') return undefined
  if (fields === 'year') return { type: 'number', shape: /^\d{4}$/, now: local.slice(0, 4) }
  if (fields === 'month') return { type: 'month', shape: /^\d{4}-\d\d$/, now: local.slice(0, 7) }
  return { type: 'date', shape: /^\d{4}-\d\d-\d\d$/, now: local.slice(0, 10) }
}

/** `start` and `end`, cut to the shape; empty where there is no such bound. */
function bounds({ start, end }: PickerOptions, { shape, now }: TimeField) {
  const cut = (bound: unknown) => {
    const text = String(bound ?? '').slice(0, now.length)
    return shape.test(text) ? text : ''
  }
  return { min: cut(start), max: cut(end) }
}

const columns = ({ mode, range }: PickerOptions): unknown[][] => {
  const list: unknown[] = Array.isArray(range) ? range : []
  if (mode !== 'multiSelector') return [list]
  return list.map((column) => (Array.isArray(column) ? column : []))
}

/** Why the picker cannot return this value; undefined where it can. Regions are not checked. */
export function pickingFault(options: PickerOptions, value: unknown): string | undefined {
  const time = timeField(options)
  if (time) {
    const text = String(value)
    const { min, max } = bounds(options, time)
    if (!time.shape.test(text)) return `"${text}" does not look like "${time.now}"`
    if (min && text < min) return `"${text}" is before the picker's start, "${min}"`
    if (max && text > max) return `"${text}" is after the picker's end, "${max}"`
    return undefined
  }
  if (options.mode !== 'selector' && options.mode !== 'multiSelector') return undefined
  const chosen: unknown[] = Array.isArray(value) ? value : [value]
  const lists = columns(options)
  const isThere = lists.every((list, i) => list[Number(chosen[i])] !== undefined)
  if (isThere && chosen.length === lists.length) return undefined
  return `${JSON.stringify(value)} is no place in the picker's range`
}

const labelOf = (item: unknown, key: string) =>
  typeof item === 'object' && item !== null
    ? String((item as Record<string, unknown>)[key])
    : String(item)

/** A native select that holds a selector's range. */
function createSelect(range: unknown[], rangeKey: string, value: unknown): HTMLSelectElement {
  const select = document.createElement('select')
  select.append(...range.map((item, i) => new Option(labelOf(item, rangeKey), String(i))))
  select.value = String(Number(value) || 0)
  return select
}

/** The browser's field, which lets anything be typed: what is out of range goes to its end. */
function createTimeField(options: PickerOptions, time: TimeField) {
  const { min, max } = bounds(options, time)
  const within = (value: unknown) => {
    const text = time.shape.test(String(value)) ? String(value) : time.now
    if (min && text < min) return min
    return max && text > max ? max : text
  }
  const field = document.createElement('input')
  Object.assign(field, { type: time.type, min, max, value: within(options.value) })
  return { fields: [field], read: () => within(field.value) }
}

/** The fields of a picker's sheet, and how to read what was picked. */
function createFields(options: PickerOptions) {
  const time = timeField(options)
  if (time) return createTimeField(options, time)
  const { mode, rangeKey, value } = options
  const chosen: unknown[] = mode === 'multiSelector' && Array.isArray(value) ? value : [value]
  const fields = columns(options).map((column, i) =>
    createSelect(column, String(rangeKey ?? ''), chosen[i]),
  )
  const read = () =>
    mode === 'multiSelector' ? fields.map((field) => +field.value) : fields[0]?.value
  return { fields, read }
}

/** Asks the person for a picker's value; undefined when they dismiss the sheet. */
export async function pick(
  layer: Layer,
  words: Words,
  options: PickerOptions,
): Promise<{ value: unknown } | undefined> {
  const { fields, read } = createFields(options)
  const title = String(options.headerText || words.pick)
  const isPicked = await layer.open<boolean>({
    kind: 'sheet',
    label: title,
    dismiss: false,
    fill(box, finish) {
      const content = make('div', 'simulator-dialogue__fields')
      content.append(...fields)
      const buttons = createButtons(
        [
          { label: words.cancel, value: false },
          { label: words.confirm, value: true, primary: true },
        ],
        finish,
      )
      box.append(make('div', 'simulator-dialogue__title', title), content, buttons)
    },
  })
  return isPicked ? { value: read() } : undefined
}

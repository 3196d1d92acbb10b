/** A picker's properties, as the app has set them. */
export type PickerOptions = Record<string, unknown>

/** The value of a date or time picker (WeChat: picker). */
export interface TimeField {
  shape: RegExp
  /** Now, in the phone's time zone and in this shape. */
  now: string
}

/** Undefined for a picker of something else. */
export function timeField({ mode, fields }: PickerOptions): TimeField | undefined {
  const clock = new Date()
  const local = new Date(clock.getTime() - clock.getTimezoneOffset() * 60_000).toISOString()
  if (mode === 'time') return { shape: /^\d\d:\d\d$/, now: local.slice(11, 16) }
  if (mode !== 'date') return undefined
  if (fields === 'year') return { shape: /^\d{4}$/, now: local.slice(0, 4) }
  if (fields === 'month') return { shape: /^\d{4}-\d\d$/, now: local.slice(0, 7) }
  return { shape: /^\d{4}-\d\d-\d\d$/, now: local.slice(0, 10) }
}

/** `start` and `end`, cut to the shape; empty where there is no such bound. */
export function bounds({ start, end }: PickerOptions, { shape, now }: TimeField) {
  const cut = (bound: unknown) => {
    const text = String(bound ?? '').slice(0, now.length)
    return shape.test(text) ? text : ''
  }
  return { min: cut(start), max: cut(end) }
}

/** The columns of a selector's range. */
export const rangeColumns = ({ mode, range }: PickerOptions): unknown[][] => {
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
  const lists = rangeColumns(options)
  const isThere = lists.every((list, i) => list[Number(chosen[i])] !== undefined)
  if (isThere && chosen.length === lists.length) return undefined
  return `${JSON.stringify(value)} is no place in the picker's range`
}

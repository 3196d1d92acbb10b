import type { Dialogues } from './dialogues'

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

/** The fields of a picker's sheet, and how to read what was picked. */
function createFields(options: Record<string, unknown>) {
  const { mode, rangeKey = '', value, start, end } = options
  const range = Array.isArray(options.range) ? options.range : []
  if (mode === 'date' || mode === 'time') {
    const field = document.createElement('input')
    field.type = mode
    Object.assign(field, { value: value ?? '', min: start ?? '', max: end ?? '' })
    return { fields: [field], read: () => field.value }
  }
  if (mode === 'multiSelector') {
    const chosen = Array.isArray(value) ? value : []
    const fields = range.map((column: unknown, i) =>
      createSelect(Array.isArray(column) ? column : [], String(rangeKey), chosen[i]),
    )
    return { fields, read: () => fields.map((field) => +field.value) }
  }
  const select = createSelect(range, String(rangeKey), value)
  return { fields: [select], read: () => select.value }
}

/** Asks the person for a picker's value; undefined when they dismiss the sheet. */
export async function pick(
  dialogues: Dialogues,
  options: Record<string, unknown>,
): Promise<{ value: unknown } | undefined> {
  const { fields, read } = createFields(options)
  const content = document.createElement('div')
  content.className = 'simulator-dialogue__fields'
  content.append(...fields)
  const pressed = await dialogues.ask({
    kind: 'sheet',
    title: String(options.headerText || '请选择'),
    content,
    buttons: [
      { label: '取消', value: 'cancel' },
      { label: '确定', value: 'confirm', primary: true },
    ],
    dismiss: 'cancel',
  })
  return pressed === 'confirm' ? { value: read() } : undefined
}

import { createButtons, make, type Layer } from './layer'
import { settle, type PickerColumns } from './pickerColumns'
import { pickingFault, timeField, type PickerOptions } from './pickerValues'
import { loadRegions, regionColumns } from './regionColumns'
import { selectorColumns } from './selectorColumns'
import { timeColumns } from './timeColumns'
import { createWheel } from './wheels'
import type { Words } from './words'

/** What goes to and fro between a picker and its open sheet. */
export interface OpenPicker {
  /** A wheel has come to stand at this row. */
  onColumnChange(column: number, value: number): void
  /** Calls `listener` with the picker's properties when the app changes them; returns what ends that. */
  onChange(listener: (options: PickerOptions) => void): () => void
}

/** The wheels of a sheet, and what they have in the middle. */
function createWheels(first: PickerColumns, title: string, onStop: (column: number) => void) {
  let columns = first
  let chosen = settle(columns, columns.first)
  const element = make('div', 'simulator-wheels')
  const wheels = Array.from({ length: columns.count }, (_, column) =>
    createWheel(
      columns.count > 1 ? `${title} ${column + 1}` : title,
      (value) => {
        chosen = settle(
          columns,
          chosen.map((one, i) => (i === column ? value : one)),
        )
        show()
      },
      () => onStop(column),
    ),
  )
  const show = () =>
    wheels.forEach((wheel, column) => wheel.show(columns.rows(column, chosen), chosen[column]!))
  element.append(
    ...wheels.map((wheel) => wheel.element),
    make('div', 'simulator-picker-mask'),
    make('div', 'simulator-picker-indicator'),
  )
  return {
    element,
    show,
    get chosen() {
      return chosen
    },
    read: () => columns.read(chosen),
    change(next: PickerColumns, isMoved: boolean) {
      columns = next
      chosen = settle(columns, isMoved ? next.first : chosen)
      show()
    },
  }
}

/** Asks the person for a picker's value; undefined when they dismiss the sheet. */
export async function pick(
  layer: Layer,
  words: Words,
  options: PickerOptions,
  open?: OpenPicker,
): Promise<{ value: unknown; code?: string[] } | undefined> {
  const regions = options.mode === 'region' ? await loadRegions() : undefined
  const columnsOf = (now: PickerOptions) => {
    const time = timeField(now)
    if (time) return timeColumns(now, time, words)
    return regions ? regionColumns(now, regions) : selectorColumns(now)
  }
  const title = String(options.headerText || words.pick)
  /** Where the app believes the wheels to be. */
  let reported: readonly string[] = []
  const wheels = createWheels(columnsOf(options), title, (column) => {
    const value = wheels.chosen[column]
    if (options.mode !== 'multiSelector' || reported[column] === value) return
    // The others may turn still: they are reported when they stop.
    reported = reported.map((one, i) => (i === column ? value! : one))
    open?.onColumnChange(column, Number(value))
  })
  reported = wheels.chosen
  let shown = options
  let before = JSON.stringify(options.value)
  const stop = open?.onChange((now) => {
    shown = now
    const value = JSON.stringify(now.value)
    const isMoved = value !== before
    const columns = columnsOf(now)
    wheels.change(columns, isMoved)
    reported = isMoved ? wheels.chosen : settle(columns, reported)
    before = value
  })
  const isPicked = layer.open<boolean>({
    kind: 'sheet',
    label: title,
    dismiss: false,
    fill(box, finish) {
      const buttons = createButtons(
        [
          { label: words.cancel, value: false },
          { label: words.confirm, value: true, primary: true },
        ],
        finish,
      )
      box.append(make('div', 'simulator-dialogue__title', title), wheels.element, buttons)
    },
  })
  // In the document, where a wheel can be turned.
  wheels.show()
  const hasPicked = await isPicked
  stop?.()
  const picked = wheels.read()
  // A wheel without rows has nothing to pick.
  const isThere = pickingFault(shown, picked.value) === undefined
  return hasPicked && isThere ? picked : undefined
}

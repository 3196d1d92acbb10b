import type { PickerColumns, Row } from './pickerColumns'
import type { PickerOptions } from './pickerValues'

/** Provinces, cities and counties: their names by their codes of six digits (GB/T 2260). */
export interface Regions {
  province_list: Record<string, string>
  city_list: Record<string, string>
  county_list: Record<string, string>
}

/** Loaded only where a picker asks for it: few apps do, and it is larger than all else of the phone. */
export const loadRegions = async (): Promise<Regions> =>
  (await (await fetch('/regions.json')).json()) as Regions

/** How many digits of a code say in what a region is. */
const digits = [0, 2, 4]

/** How many wheels each `level` has (WeChat: picker, mode = region). */
const wheels: Record<string, number> = { province: 1, city: 2 }

/** Of `region`: a row's value is its code; that of `custom-item`, which leaves the rest open, is empty. */
export function regionColumns(options: PickerOptions, regions: Regions): PickerColumns {
  const lists = [regions.province_list, regions.city_list, regions.county_list]
  const count = wheels[String(options.level)] ?? lists.length
  const customItem = String(options.customItem || '')
  const custom: Row[] = customItem ? [{ value: '', label: customItem }] : []
  const rows = (column: number, chosen: readonly string[]): Row[] => {
    const around = column === 0 ? '' : chosen[column - 1]!.slice(0, digits[column])
    if (column > 0 && around === '') return custom
    const inside = Object.entries(lists[column]!).filter(([code]) => code.startsWith(around))
    return [...custom, ...inside.map(([value, label]) => ({ value, label }))]
  }
  const names: unknown[] = Array.isArray(options.value) ? options.value : []
  const first: string[] = []
  for (let column = 0; column < count; column += 1) {
    const all = rows(column, first)
    first.push((all.find(({ label }) => label === names[column]) ?? all[0])?.value ?? '')
  }
  return {
    count,
    rows,
    first,
    replace: (all) => all[0],
    read: (chosen) => ({
      value: chosen.map((code, column) => (code ? lists[column]![code] : customItem)),
      code: chosen.filter((code) => code !== ''),
    }),
  }
}

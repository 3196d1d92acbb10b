// What a picker's wheels hold: rows that depend on what is chosen to the left of them.

/** One row of a wheel. */
export interface Row {
  /** Names it in what is chosen. */
  value: string
  label: string
}

/** The wheels of one picker. */
export interface PickerColumns {
  readonly count: number
  /** The rows of a wheel, where `chosen` are the values of those to its left. */
  rows(column: number, chosen: readonly string[]): readonly Row[]
  /** Values to begin with; they need not be in the rows. */
  readonly first: readonly string[]
  /** What takes the place of a value that is not in the rows any more. */
  replace(rows: readonly Row[], value: string): Row | undefined
  /** The detail of `change` for these values. */
  read(chosen: readonly string[]): { value: unknown; code?: string[] }
}

/** Values in the rows: each that is not is replaced, from left to right. */
export function settle(columns: PickerColumns, wanted: readonly string[]): string[] {
  const chosen: string[] = []
  for (let column = 0; column < columns.count; column += 1) {
    const rows = columns.rows(column, chosen)
    const value = wanted[column] ?? ''
    const row = rows.find((one) => one.value === value) ?? columns.replace(rows, value)
    chosen.push(row?.value ?? '')
  }
  return chosen
}

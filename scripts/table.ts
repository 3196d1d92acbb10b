/** Prints a table, its head first: names to the left, figures to the right. */
export function printTable(rows: string[][]): void {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map((cells) => cells[index]!.length)))
  for (const [name = '', ...figures] of rows) {
    const padded = figures.map((figure, index) => figure.padStart(widths[index + 1]!))
    console.log([name.padEnd(widths[0]!), ...padded].join('  '))
  }
}

/** Of several seeds. */
export interface Figure {
  median: number
  low: number
  high: number
}

export type Figures = Record<string, Figure>

export const SEEDS = [1, 2, 3, 4, 5]

/** Runs the measure with each seed, one after the other, and sums every figure of it up. */
export async function overSeeds<Run extends object>(
  measure: (seed: number) => Promise<Run>,
): Promise<Figures> {
  const runs: Run[] = []
  for (const seed of SEEDS) runs.push(await measure(seed))
  const names = Object.keys(runs[0]!) as (keyof Run & string)[]
  return Object.fromEntries(
    names.map((name) => [name, figureOf(runs.map((run) => Number(run[name])))]),
  )
}

function figureOf(values: number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: sorted[sorted.length >> 1]!, low: sorted[0]!, high: sorted.at(-1)! }
}

/** `5`, or `5 (3–7)` where the seeds differ. */
export function textOf({ median, low, high }: Figure): string {
  const [middle, ...range] = [median, low, high].map((value) => value.toLocaleString('en'))
  return low === high ? middle! : `${middle} (${range.join('–')})`
}

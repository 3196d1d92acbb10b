// `npm run explore -- 1000000`: as many schedules as asked for, half of them over the contract, half over a
// dialect that refreshes. The seed is a new one each time, unless `--seed` names one. A failure prints seed and
// path: with `--seed`, `--path` and `--over` it is repeated.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { explore } from './explore'
import { schedule } from './schedules'

const USAGE =
  'npm run explore -- [<schedules>] [--seed <n> [--over contract|dialect [--path <path>]]]'
const KINDS = ['contract', 'dialect'] as const
type Kind = (typeof KINDS)[number]
/** Schedules between two lines of progress. */
const BATCH = 10_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, path: { type: 'string' }, over: { type: 'string' } },
})
const { path, over } = values
const kinds = KINDS.filter((kind) => over === undefined || over === kind)
const wanted = path === undefined ? Number(positionals[0] ?? 100_000) : 1
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
if (!(wanted >= 1) || Number.isNaN(seed) || kinds.length === 0) {
  console.error(USAGE)
  process.exit(2)
}

const began = Date.now()
let explored = 0
for (let round = 0; explored < wanted; round++) {
  const numRuns = Math.min(BATCH, Math.ceil((wanted - explored) / kinds.length))
  for (const kind of kinds) await exploreSome(kind, seed + round, numRuns)
  const seconds = Math.round((Date.now() - began) / 1000)
  console.log(`${explored} schedules in ${seconds} s, no fault; seed ${seed + round}`)
}

async function exploreSome(kind: Kind, seed: number, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(schedule(kind === 'dialect'), explore)
  const repeats = path !== undefined && { path, endOnFailure: true }
  const run = await fc.check(property, { numRuns, seed, ...repeats })
  explored += run.numRuns
  if (!run.failed) return
  console.error(`A fault after ${explored} schedules, shrunk ${run.numShrinks} times:`)
  console.error((run.errorInstance as Error).message)
  const again = `--seed ${seed} --over ${kind} --path ${run.counterexamplePath}`
  console.error(`\nTo repeat it: npm run explore -- ${again}`)
  process.exit(1)
}

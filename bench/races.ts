// `npm run bench:races`: requests on a dead token through client windows of several sizes. What the
// client lets on the wire beyond the host's own limit waits inside the host, and the login behind it.
import { printTable } from '../scripts/table'
import { runBurst } from './peers/burst'
import { WATCHWORD } from './peers/contender'
import { overSeeds, SEEDS, textOf } from './peers/figures'

const SIZES = [100, 1000]
/** undefined: the client's own, which it widens once the token is known to be alive. */
const WINDOWS = [undefined, 4, 6, 8, 9, 10, 16, 64, 1000]
const HOSTS = [
  { name: 'WeChat: ten at once, the others first in, first out', limit: undefined },
  { name: 'no limit', limit: Infinity },
]
const COLUMNS = {
  calls: 'calls',
  logins: 'logins',
  failed: 'failed',
  hanging: 'hanging',
  ms: 'ms until all are answered',
  aborted: 'timed out',
}

for (const { name, limit } of HOSTS) {
  for (const size of SIZES) {
    console.log(`\n${name}; ${size} requests at once, ${SEEDS.length} seeds`)
    const rows: string[][] = []
    for (const concurrency of WINDOWS) {
      const options = { size, keeps: 'newest', limit, concurrency } as const
      const figures = await overSeeds((seed) => runBurst(WATCHWORD, { ...options, seed }))
      const cells = Object.keys(COLUMNS).map((column) => textOf(figures[column]!))
      rows.push([`${concurrency ?? 'its own'}`, ...cells])
    }
    printTable([['window', ...Object.values(COLUMNS)], ...rows])
  }
}

// `npm run bench:races`: requests on a dead token through client windows of several sizes. What the
// client lets on the wire beyond the host's own limit waits inside the host, and the login behind it.
import { printTable } from '../scripts/table'
import { rangeOf, runOnDeadToken, SEEDS } from './deadToken'

const SIZES = [100, 1000]
/** undefined: the client's own, which it widens once the token is known to be alive. */
const WINDOWS = [undefined, 4, 6, 8, 9, 10, 16, 64, 1000]
const HOSTS = [
  { name: 'WeChat: ten at once, the others first in, first out', hostLimit: undefined },
  { name: 'H5: no limit', hostLimit: Infinity },
]

const head = ['window', 'sent', 'logins', 'failed', 'hung', 'ms until all are answered']

for (const { name, hostLimit } of HOSTS) {
  for (const size of SIZES) {
    console.log(`\n${name}; ${size} requests at once, ${SEEDS.length} seeds`)
    const rows: string[][] = []
    for (const window of WINDOWS) {
      const options = { size, window, hostLimit }
      const runs = await Promise.all(SEEDS.map((seed) => runOnDeadToken({ ...options, seed })))
      rows.push([
        `${window ?? 'its own'}`,
        rangeOf(runs, (run) => run.sent),
        rangeOf(runs, (run) => run.logins),
        rangeOf(runs, (run) => run.failed),
        rangeOf(runs, (run) => run.hung),
        rangeOf(runs, (run) => run.elapsed),
        `${runs.filter((run) => run.loginTimedOut).length} of ${SEEDS.length}`,
      ])
    }
    printTable([[...head, 'login timed out'], ...rows])
  }
}

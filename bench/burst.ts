// Counts what a burst of requests on a dead token costs, under jittered latency.
import { rangeOf, runOnDeadToken, SEEDS } from './deadToken'

const SIZES = [1, 10, 100, 1000]

console.log('requests at once | sent | logins | failed | most on the wire | until all are answered')
for (const size of SIZES) {
  const runs = await Promise.all(SEEDS.map((seed) => runOnDeadToken({ size, seed })))
  console.log(
    [
      size,
      rangeOf(runs, (run) => run.sent),
      rangeOf(runs, (run) => run.logins),
      rangeOf(runs, (run) => run.failed),
      rangeOf(runs, (run) => run.most),
      `${rangeOf(runs, (run) => run.elapsed)} ms`,
    ].join(' | '),
  )
}

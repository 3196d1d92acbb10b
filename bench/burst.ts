// Counts what a burst of requests on a dead token costs, under jittered latency.
import { createAuth } from '../src/auth/auth'
import { BASE, createHost } from '../tests/support/host'
import { KEY, stateOf } from '../tests/support/signedIn'

const SEEDS = [1, 2, 3, 4, 5]
const SIZES = [1, 10, 100, 1000]

console.log('requests at once | sent | logins | failed | most on the wire | until all are answered')
for (const size of SIZES) {
  const runs = await Promise.all(SEEDS.map((seed) => burst(size, seed)))
  const range = (pick: (run: Run) => number) => {
    const values = runs.map(pick)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return low === high ? `${low}` : `${low}–${high}`
  }
  console.log(
    [
      size,
      range((run) => run.sent),
      range((run) => run.logins),
      range((run) => run.failed),
      range((run) => run.most),
      `${range((run) => run.elapsed)} ms`,
    ].join(' | '),
  )
}

type Run = Awaited<ReturnType<typeof burst>>

/** The answers take 20–200 ms, the login 80 ms, on a clock that only moves when told. */
async function burst(size: number, seed: number) {
  const host = createHost()
  const random = randomFrom(seed)
  host.storage.set(KEY, JSON.stringify({ state: stateOf('dead'), at: host.clock.now() }))
  host.serve = ({ line, authorization }) => {
    if (line === 'POST /auth/login') {
      return { status: 200, data: { tokenState: stateOf('alive') }, latency: 80 }
    }
    const status = authorization === 'Bearer alive' ? 200 : 401
    return { status, data: { data: line }, latency: 20 + Math.floor(random() * 180) }
  }
  const auth = createAuth({ baseURL: BASE, platform: host.platform })
  const begin = host.clock.now()
  let last = begin
  const all = Promise.allSettled(
    Array.from({ length: size }, async (_, index) => {
      await auth.request(`/item/${index}`)
      last = host.clock.now()
    }),
  )
  await host.clock.advance(120_000)
  const failed = (await all).filter(({ status }) => status === 'rejected').length
  const { logins, most } = host
  return { sent: host.sent.length, logins, failed, most, elapsed: last - begin }
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

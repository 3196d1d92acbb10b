// What a request costs with a living token, one after the other. All take turns in one run, so that the
// machine's mood meets all alike.
import { median, timed } from '../rounds'
import { CONTENDERS, RAW } from './contender'
import { openLiving } from './living'

/** Rounds before those that count, for the compiler. */
const WARM_UP = 3
const ROUNDS = 21
const REQUESTS = 2_000

/** µs of the processor a request; medians. */
export interface RequestCost {
  module: string
  cost: number
  /** What it adds to `uni.request` alone, round by round. */
  overRaw: number
}

export async function measureRequests(): Promise<RequestCost[]> {
  const all: { module: string; run: () => Promise<number>; spent: number[] }[] = []
  for (const contender of [RAW, ...CONTENDERS]) {
    const { client, requests, enter } = await openLiving(contender)
    const run = async () => {
      enter()
      const before = requests()
      const { cpu } = await timed(async () => {
        for (let index = 0; index < REQUESTS; index++) await client.get('/bookings?page=1')
      })
      if (requests() - before !== REQUESTS) throw new Error(`${contender.name} did not send all`)
      return cpu / REQUESTS
    }
    all.push({ module: contender.module, run, spent: [] })
  }
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const { run, spent } = all[(turn + round) % all.length]!
      const cost = await run()
      if (round >= WARM_UP) spent.push(cost)
    }
  }
  const [raw] = all
  return all.map(({ module, spent }) => ({
    module,
    cost: median(spent),
    overRaw: median(spent.map((cost, round) => cost - raw!.spent[round]!)),
  }))
}

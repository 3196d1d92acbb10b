// Many requests at once, with a living token: what each costs should not depend on how many wait, and
// what each holds should be little. And how long a logout takes that has to settle those that wait.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { median, timed } from '../rounds'
import { CONTENDERS, RAW, WATCHWORD, type Contender } from './contender'
import { openLiving } from './living'

/** How many are made at once, and how often that is measured; the first one is for the compiler. */
const SIZES = [
  { size: 1_000, rounds: 3 },
  { size: 1_000, rounds: 5 },
  { size: 10_000, rounds: 3 },
  { size: 100_000, rounds: 1 },
]
/** How many wait when their memory is counted. */
const WAITING = 100_000
/** As `WAITING`, and the most at once, of a contender whose cost grows with those that wait. */
const FEWER = 10_000
/** µs a request with 10,000 at once: more is not tried with 100,000, which would take minutes. */
const TOO_MUCH = 60

export interface WaitingCost {
  module: string
  /** µs of the processor a request, by how many were made at once; medians. */
  atOnce: Record<number, number>
  /** How many waited when their memory was counted. */
  waiting: number
  /** Bytes that a request holds while it waits, those of its queue in the host among it. */
  bytes: number
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

export async function measureWaiting(): Promise<WaitingCost[]> {
  const costs: WaitingCost[] = []
  for (const contender of [RAW, ...CONTENDERS]) {
    const atOnce: Record<number, number> = {}
    for (const { size, rounds } of SIZES) {
      if ((atOnce[FEWER] ?? 0) > TOO_MUCH) continue
      const spent: number[] = []
      for (let round = 0; round < rounds; round++) spent.push(await requestAtOnce(contender, size))
      atOnce[size] = median(spent)
    }
    const waiting = WAITING in atOnce ? WAITING : FEWER
    const bytes = await bytesWaiting(contender, waiting)
    costs.push({ module: contender.module, atOnce, waiting, bytes })
  }
  return costs
}

/** ms of the processor for a logout of watchword, until all that wait have settled. */
export async function measureLogout(): Promise<number> {
  const spent: number[] = []
  for (let round = 0; round < 3; round++) spent.push(await logOut(WAITING / 2))
  return median(spent)
}

async function logOut(size: number): Promise<number> {
  const { client } = await openLiving(WATCHWORD, true)
  const waiting = Array.from({ length: size }, (_, index) =>
    client.get(`/items/${index}`).then(fail, () => {}),
  )
  // Those that have a place are on the wire by then.
  await new Promise((resolve) => setTimeout(resolve, 0))
  const { cpu } = await timed(async () => {
    await client.logOut()
    await Promise.all(waiting)
  })
  return cpu / 1000
}

function fail(): never {
  throw new Error('a request was answered that should have waited')
}

async function requestAtOnce(contender: Contender, size: number): Promise<number> {
  const { client, requests } = await openLiving(contender)
  const { cpu } = await timed(() => {
    return Promise.all(Array.from({ length: size }, (_, index) => client.get(`/items/${index}`)))
  })
  if (requests() !== size) throw new Error(`${contender.name} did not send every request`)
  return cpu / size
}

async function bytesWaiting(contender: Contender, size: number): Promise<number> {
  const { client } = await openLiving(contender, true)
  const before = await heap()
  const waiting = Array.from({ length: size }, (_, index) =>
    client.get(`/items/${index}`).catch(() => {}),
  )
  // Whatever each does before it waits is done by then.
  await new Promise((resolve) => setTimeout(resolve, 0))
  const after = await heap()
  // What still waited would be sent later, through the host of another contender.
  await client.logOut()
  return Math.round((after - before) / waiting.length)
}

async function heap(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve))
  collectGarbage()
  return process.memoryUsage().heapUsed
}

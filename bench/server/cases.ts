// Compares kinds of requests in one run: in turns, so that whatever else the machine does meets all
// alike; of each, the median of the rounds.
import type { ServerProcess } from '../../server/tests/support/serverProcess'
import { median } from '../rounds'
import { load, quantile, type Sending } from './load'

/** One kind of request. */
export interface Case {
  name: string
  server: ServerProcess
  next: (index: number) => Sending
}

/** Latencies and processor time in µs. */
export interface Figures {
  /** Of the server's process, for one request, under load. */
  cpu: number
  perSecond: number
  /** Under load. */
  p50: number
  p99: number
  /** The median with nothing else under way. */
  alone: number
}

const rounds = 5
const underLoad = { connections: 32, requests: 1000 }
const oneByOne = { connections: 1, requests: 100 }
/** Until WebAssembly has been compiled, too: PGlite takes some thousand requests for that. */
const toWarmUp = { connections: 32, requests: 8000 }

export async function compare(cases: Case[]): Promise<Map<Case, Figures>> {
  const all = new Map(cases.map((one) => [one, [] as Figures[]]))
  for (const { server, next } of cases) await load(server.url, toWarmUp, next)
  for (let round = 0; round < rounds; round++) {
    for (const [one, figures] of all) figures.push(await measure(one))
  }
  return new Map([...all].map(([one, figures]) => [one, medians(figures)]))
}

async function measure({ server, next }: Case): Promise<Figures> {
  const alone = await load(server.url, oneByOne, next)
  const before = await server.measure()
  const loaded = await load(server.url, underLoad, next)
  const after = await server.measure()
  return {
    cpu: (after.cpu - before.cpu) / underLoad.requests,
    perSecond: loaded.perSecond,
    p50: quantile(loaded.latencies, 0.5),
    p99: quantile(loaded.latencies, 0.99),
    alone: quantile(alone.latencies, 0.5),
  }
}

function medians(figures: Figures[]): Figures {
  const of = (name: keyof Figures) => median(figures.map((one) => one[name]))
  return {
    cpu: of('cpu'),
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    alone: of('alone'),
  }
}

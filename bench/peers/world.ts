import { createClock, type Clock } from '../../tests/support/clock'
import { createBackend, type Backend, type BackendOptions } from './backend'
import type { Client, Contender } from './contender'
import { createFakeUni, type FakeUni } from './fakeUni'
import { openContender } from './realm'

/** ms that `wx.login` takes. */
const WX_LOGIN = 50

/** What becomes of requests. */
export interface Tally {
  made: number
  answered: number
  failed: number
  /** Never settled. */
  hanging: number
  /** ms on the clock until the last one settled. */
  ms: number
}

/** A contender on a fake host, with a backend and a clock that moves only on request. */
export interface World {
  clock: Clock
  uni: FakeUni
  backend: Backend
  client: Client
  /** Makes a request, and counts what becomes of it. */
  start(path: string): Promise<'answered' | 'failed'>
  tally(): Tally
}

export interface WorldOptions extends BackendOptions {
  /** What the client has stored. */
  session: 'none' | 'dead' | 'living'
  /** How many requests the host lets on the wire at once; WeChat's ten if not given. */
  limit?: number | undefined
  /** How many of them the client does; its own default if not given. */
  concurrency?: number | undefined
}

export async function openWorld(contender: Contender, options: WorldOptions): Promise<World> {
  const { session, limit, concurrency } = options
  const clock = createClock()
  const backend = createBackend(options)
  const uni = createFakeUni({
    after: clock.after,
    answer: backend.answer,
    loginLatency: WX_LOGIN,
    ...(limit !== undefined && { limit }),
  })
  const { create } = await openContender(contender, clock, uni)
  const token = { none: undefined, dead: 'dead', living: backend.issue() }[session]
  const client = create(token, concurrency)
  const tally = { made: 0, answered: 0, failed: 0, ms: 0 }

  async function start(path: string): Promise<'answered' | 'failed'> {
    tally.made++
    const outcome = await client.get(path).then(
      () => 'answered' as const,
      () => 'failed' as const,
    )
    tally[outcome]++
    tally.ms = clock.elapsed
    return outcome
  }

  return {
    clock,
    uni,
    backend,
    client,
    start,
    tally: () => ({ ...tally, hanging: tally.made - tally.answered - tally.failed }),
  }
}

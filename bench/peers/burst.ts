import type { Contender } from './contender'
import { openWorld, type Tally } from './world'

/** ms on the clock; what has not settled by then never will. */
const PATIENCE = 3_600_000

export interface BurstOptions {
  /** How many requests are made at once on a dead token. */
  size: number
  seed: number
  keeps: 'newest' | 'all'
  /** How many the host lets on the wire; WeChat's ten if not given. */
  limit?: number | undefined
  /** How many of them the client does; its own default if not given. */
  concurrency?: number | undefined
}

export interface Burst extends Tally {
  /** Everything that went to the backend, logins among it. */
  calls: number
  logins: number
  /** Most requests that were on the wire at once. */
  most: number
  /** Calls that the client gave up. */
  aborted: number
}

export async function runBurst(contender: Contender, options: BurstOptions): Promise<Burst> {
  const { size, ...rest } = options
  const { clock, uni, backend, start, tally } = await openWorld(contender, {
    ...rest,
    session: 'dead',
  })
  for (let index = 0; index < size; index++) void start(`/item/${index}`)
  await clock.advance(PATIENCE)
  const { calls, logins } = backend
  const { most, aborted } = uni
  return { ...tally(), calls, logins, most, aborted }
}

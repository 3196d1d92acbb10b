import { setTimeout as wait } from 'node:timers/promises'
import type { NetworkConditions } from '../workbenchWire'
import { NetworkFailure, type IncomingAnswer } from './exchange'

/** What the simulator puts between phone and backend, changeable while requests are under way. */
export interface Conditions {
  network: NetworkConditions
  /** The backend answers 401, without a challenge, to everything outside `/auth/`. */
  alwaysUnauthorised: boolean
}

const unauthorised = (): IncomingAnswer => ({
  status: 401,
  rawHeaders: ['Content-Type', 'application/problem+json'],
  body: Buffer.from(JSON.stringify({ title: 'Unauthorized', status: 401 })),
})

/** Fails as phones do without a network, or when the connection breaks (Chromium's net errors). */
class Interference extends NetworkFailure {
  constructor(
    readonly interference: 'offline' | 'failed',
    reason: string,
  ) {
    super(reason, 600001)
  }
}

/** Which interference an error is, if it is one. */
export const interferenceOf = (error: unknown) =>
  error instanceof Interference ? error.interference : undefined

/**
 * Lets one request pass after the latency; resolves with the 401 instead where the backend is to
 * answer nothing else. `chance` returns numbers from 0 to below 1. Rejects with `NetworkFailure`, or the
 * signal's reason.
 */
export async function pass(
  conditions: Conditions,
  url: string,
  signal: AbortSignal,
  chance: () => number = Math.random,
): Promise<IncomingAnswer | undefined> {
  const { network } = conditions
  const delay = Math.max(0, network.latency + (chance() * 2 - 1) * network.jitter)
  if (delay > 0) {
    await wait(delay, undefined, { signal }).catch(() => {
      throw signal.reason
    })
  }
  if (conditions.network.offline) {
    const text = 'errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED'
    throw new Interference('offline', text)
  }
  if (conditions.network.failNext > 0) {
    conditions.network = {
      ...conditions.network,
      failNext: conditions.network.failNext - 1,
    }
    const text = 'errcode:-101 cronet_error_code:-101 error_msg:net::ERR_CONNECTION_RESET'
    throw new Interference('failed', text)
  }
  const isOfSession = new URL(url).pathname.includes('/auth/')
  return conditions.alwaysUnauthorised && !isOfSession ? unauthorised() : undefined
}

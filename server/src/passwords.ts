import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { createPlaces } from './places'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one thread. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** How many hashes may wait for a core: a second's work, about. Others are refused. */
const waitingPerCore = 100

/**
 * Passwords as they are stored: by argon2id, at most as many at once as there are cores. Promises
 * reject with TooManyWaitingError where too many wait.
 */
export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long where there is nothing to compare with, and is false then. */
  verify(stored: string | null | undefined, password: string): Promise<boolean>
}

/** What calculates the hashes: @node-rs/argon2, or what a test holds back. */
export interface Hashing {
  hash: typeof hash
  verify: typeof verify
}

/** `closing` lets those that wait for their turn reject. */
export function createPasswords(
  closing: AbortSignal,
  hashing: Hashing = { hash, verify },
): Passwords {
  const cores = availableParallelism()
  const places = createPlaces(cores, waitingPerCore * cores)
  const nobodys = hashOfNothing()

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    await places.take(closing)
    try {
      return await work()
    } finally {
      places.leave()
    }
  }

  return {
    hash: (password) => inTurn(() => hashing.hash(password, cost)),
    async verify(stored, password) {
      const isRight = await inTurn(() => hashing.verify(stored ?? nobodys, password))
      return isRight && typeof stored === 'string'
    },
  }
}

/** As long as a hash, and as costly to compare with, but that of no password. */
function hashOfNothing(): string {
  const { memoryCost: m, timeCost: t, parallelism: p } = cost
  const random = (length: number) => randomBytes(length).toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${m},t=${t},p=${p}$${random(16)}$${random(32)}`
}

/**
 * A password in the one form that it is compared in (RFC 8265 section 4.2.2): the same keys give the
 * same password on every system.
 */
export function normalisePassword(password: string): string {
  return password.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC')
}

// `npm run bench:queue`: what a request costs when many are made at once, with a living token, on a
// host that answers in a microtask: it should not depend on how many wait. And how long a logout takes
// that has to settle those that wait.
import { createAuth } from '../src/auth/auth'
import type { Auth } from '../src/auth/types'
import { printTable } from '../scripts/table'
import { BASE, host, storeSession } from './fakeUni'
import { timed } from './rounds'

/** How many are made at once, and how often that is measured; the first one is for the compiler. */
const SIZES = [
  { size: 1_000, rounds: 5 },
  { size: 1_000, rounds: 15 },
  { size: 10_000, rounds: 5 },
  { size: 100_000, rounds: 1 },
]
const LOGOUT = { size: 50_000, rounds: 3 }

let clients = 0

const rows: string[][] = []
for (const { size, rounds } of SIZES) {
  const us = await repeat(rounds, () => requestAtOnce(size))
  rows.push([size.toLocaleString('en'), ...bounds(us.map((value) => value / size))])
}
printTable([['waiting at once', 'µs per request, least', 'most'], ...rows.slice(1)])

host.isSilent = true
const us = await repeat(LOGOUT.rounds, () => logOut(LOGOUT.size))
const [least, most] = bounds(us.map((value) => value / 1000))
console.log(
  `logout with ${LOGOUT.size.toLocaleString('en')} waiting, until all have settled: ${least}–${most} ms`,
)

async function repeat(rounds: number, run: () => Promise<number>): Promise<number[]> {
  const values: number[] = []
  for (let round = 0; round < rounds; round++) values.push(await run())
  return values
}

function bounds(values: number[]): [string, string] {
  return [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)]
}

/** A client with a living token: a storage key belongs to one only. */
function createClient(): Auth {
  return createAuth({ baseURL: BASE, storageKey: storeSession(`queue-${clients++}`) })
}

async function requestAtOnce(size: number): Promise<number> {
  const auth = createClient()
  const before = host.requests
  const us = await timed(() => Promise.all(start(auth, size)))
  if (host.requests - before !== size) throw new Error('not every request was sent')
  return us
}

async function logOut(size: number): Promise<number> {
  const auth = createClient()
  const all = start(auth, size).map((one) => one.then(fail, () => {}))
  // Those that have a place are on the wire by then.
  await new Promise((resolve) => setTimeout(resolve, 0))
  return timed(async () => {
    await auth.logout()
    await Promise.all(all)
  })
}

function start(auth: Auth, size: number): Promise<unknown>[] {
  return Array.from({ length: size }, (_, index) => auth.request(`/items/${index}`))
}

function fail(): never {
  throw new Error('a request was answered that should have waited')
}

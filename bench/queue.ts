// `npm run bench:queue`: what a request costs when many are made at once, with a living token, on a
// host that answers in a microtask: it should not depend on how many wait. And how long a logout takes
// that has to settle those that wait.
import { createAuth } from '../src/createAuth'
import type { Auth } from '../src/auth/auth'
import { printTable } from '../scripts/table'
import { BASE, host, storeSession } from './fakeUni'
import { timed, type Spent } from './rounds'

/** How many are made at once, and how often that is measured; the first one is for the compiler. */
const SIZES = [
  { size: 1_000, rounds: 5 },
  { size: 1_000, rounds: 15 },
  { size: 10_000, rounds: 5 },
  { size: 100_000, rounds: 1 },
]
const LOGOUT = { size: 50_000, rounds: 3 }

let clients = 0

const head = ['', 'least', 'most', 'least of the processor']

const rows: string[][] = []
for (const { size, rounds } of SIZES) {
  const spent = await repeat(rounds, () => requestAtOnce(size))
  rows.push([`${size.toLocaleString('en')} at once`, ...bounds(spent, size)])
}
console.log('µs per request')
printTable([head, ...rows.slice(1)])

host.isSilent = true
const spent = await repeat(LOGOUT.rounds, () => logOut(LOGOUT.size))
console.log('\nms for a logout, until all that wait have settled')
printTable([head, [`${LOGOUT.size.toLocaleString('en')} waiting`, ...bounds(spent, 1000)]])

async function repeat(rounds: number, run: () => Promise<Spent>): Promise<Spent[]> {
  const all: Spent[] = []
  for (let round = 0; round < rounds; round++) all.push(await run())
  return all
}

/** Each of so many µs. */
function bounds(all: Spent[], unit: number): string[] {
  const walls = all.map(({ wall }) => wall)
  const figures = [Math.min(...walls), Math.max(...walls), Math.min(...all.map(({ cpu }) => cpu))]
  return figures.map((figure) => (figure / unit).toFixed(1))
}

/** A client with a living token: a storage key belongs to one only. */
function createClient(): Auth {
  return createAuth({ baseURL: BASE, storageKey: storeSession(`queue-${clients++}`) })
}

async function requestAtOnce(size: number): Promise<Spent> {
  const auth = createClient()
  const before = host.requests
  const spent = await timed(() => Promise.all(start(auth, size)))
  if (host.requests - before !== size) throw new Error('not every request was sent')
  return spent
}

async function logOut(size: number): Promise<Spent> {
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

// `npm run bench:requests`: what a request costs with a living token, one after the other, beside
// `uni.request` alone and beside two other libraries. The host answers in a microtask: what is
// measured is the client. All take turns in one run, so that the machine's mood meets all alike.
import { devDependencies } from '../package.json'
import { createAuth } from '../src/createAuth'
import { printTable } from '../scripts/table'
import { BASE, host, storeSession } from './fakeUni'
import { createAlovaPeer, createLuch, createRaw, type Get } from './peers'
import { median, timed } from './rounds'

const ROUNDS = 31
/** Rounds before them, for the compiler. */
const WARM_UP = 3
const REQUESTS = 2_000

function createWatchword(token: string): Get {
  const storageKey = storeSession(`per-request-${token}`, token)
  const auth = createAuth({ baseURL: BASE, storageKey })
  return (path) => auth.request(path)
}

const contenders: { name: string; create: (token: string) => Get }[] = [
  { name: 'uni.request alone', create: createRaw },
  { name: 'watchword', create: createWatchword },
  { name: `luch-request ${devDependencies['luch-request']}`, create: createLuch },
  { name: `alova ${devDependencies.alova}`, create: createAlovaPeer },
]

for (const { name, create } of contenders.slice(1)) await checkRefresh(name, create('dead'))

const all = contenders.map(({ name, create }) => ({
  name,
  get: create('alive'),
  walls: [] as number[],
  cpus: [] as number[],
}))
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  for (let turn = 0; turn < all.length; turn++) {
    const { name, get, walls, cpus } = all[(turn + round) % all.length]!
    const before = host.requests
    const { wall, cpu } = await timed(() => oneByOne(get))
    if (host.requests - before !== REQUESTS) throw new Error(`${name} did not send every request`)
    if (round < WARM_UP) continue
    walls.push(wall / REQUESTS)
    cpus.push(cpu / REQUESTS)
  }
}

const [raw] = all
console.log(`µs per request: ${ROUNDS} rounds of ${REQUESTS} requests each, one at a time`)
printTable([
  ['', 'median', 'over raw', 'min', 'over raw', 'median of the processor', 'over raw'],
  ...all.map(({ name, walls, cpus }) => [
    name,
    ...figures(median(walls), median(over(walls, raw!.walls))),
    ...figures(Math.min(...walls), Math.min(...walls) - Math.min(...raw!.walls)),
    ...figures(median(cpus), median(over(cpus, raw!.cpus))),
  ]),
])

/** Round by round. */
function over(values: number[], base: number[]): number[] {
  return values.map((value, round) => value - base[round]!)
}

function figures(...values: number[]): string[] {
  return values.map((value) => value.toFixed(2))
}

async function oneByOne(get: Get): Promise<void> {
  for (let index = 0; index < REQUESTS; index++) await get('/bookings?page=1')
}

/** Each is to do what it is compared for: one login for several requests, all of which succeed. */
async function checkRefresh(name: string, get: Get): Promise<void> {
  const before = host.logins
  await Promise.all([1, 2, 3, 4, 5].map((page) => get(`/bookings?page=${page}`)))
  const logins = host.logins - before
  if (logins !== 1) throw new Error(`${name} logged in ${logins} times for five requests`)
}

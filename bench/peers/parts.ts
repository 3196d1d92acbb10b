// What `npm run bench` measures, part by part; each prints its tables and returns its results.
import { printTable } from '../../scripts/table'
import { runBurst } from './burst'
import { measureBytes } from './bytes'
import { CONTENDERS, RAW, type Contender } from './contender'
import * as faults from './faults'
import { overSeeds, textOf, type Figures } from './figures'
import { measureRequests } from './requestCost'
import { measureLogout, measureWaiting } from './waiting'

const SIZES = [1, 10, 100, 1_000]
/** Takes minutes: a part of its own. */
const LARGE_SIZES = [10_000]
const KEEPS = ['newest', 'all'] as const

type ByModule<T> = Record<string, T>

async function eachContender<T>(run: (contender: Contender) => Promise<T>): Promise<ByModule<T>> {
  const results: ByModule<T> = {}
  for (const contender of CONTENDERS) results[contender.module] = await run(contender)
  return results
}

const nameOf = (module: string) =>
  [RAW, ...CONTENDERS].find((contender) => contender.module === module)!.name

/** @param columns names of figures, with what heads them */
function printFigures(title: string, columns: Record<string, string>, rows: ByModule<Figures>) {
  console.log(`\n${title}`)
  const cells = ([module, figures]: [string, Figures]) => [
    nameOf(module),
    ...Object.keys(columns).map((name) => textOf(figures[name]!)),
  ]
  printTable([['', ...Object.values(columns)], ...Object.entries(rows).map(cells)])
}

const TALLY = { logins: 'logins', calls: 'calls', failed: 'failed', hanging: 'hanging' }
const TIMED = { ...TALLY, ms: 'ms to the last answer' }

async function bursts(sizes: number[]) {
  const results: Record<string, Record<number, ByModule<Figures>>> = {}
  for (const keeps of KEEPS) {
    results[keeps] = {}
    for (const size of sizes) {
      const rows = await eachContender((contender) =>
        overSeeds((seed) => runBurst(contender, { size, seed, keeps })),
      )
      results[keeps][size] = rows
      const title = `${size.toLocaleString('en')} at once on a dead token; good: ${keeps} tokens`
      printFigures(title, TIMED, rows)
    }
  }
  return results
}

async function events() {
  const results: Record<string, ByModule<Figures>> = {}
  async function print(
    name: string,
    title: string,
    columns: Record<string, string>,
    measure: (contender: Contender, options: faults.FaultOptions) => Promise<object>,
  ) {
    results[name] = await eachContender((contender) =>
      overSeeds((seed) => measure(contender, { seed, keeps: 'newest' })),
    )
    printFigures(title, columns, results[name])
  }
  const { outage } = faults
  const outageFigures = {
    logins: 'logins',
    hanging: 'of ten hanging',
    recovery: 'ms until an answer (-1: none)',
  }
  await print('lateRefusals', 'Six 401s, 400 ms apart', TALLY, faults.lateRefusals)
  await print('overlap', 'Ten requests every 40 ms, ten times', TIMED, faults.overlap)
  const short: typeof faults.lateRefusals = (one, given) => outage(one, { ...given, length: 500 })
  await print('shortOutage', 'Logins fail for 0.5 s', outageFigures, short)
  const long: typeof faults.lateRefusals = (one, given) => outage(one, { ...given, length: 10_000 })
  await print('longOutage', 'Logins fail for 10 s', outageFigures, long)
  await print('everyTokenRefused', 'Five requests, always 401', TALLY, faults.everyTokenRefused)
  const alive = { alive: 'next request is signed in' }
  await print('logout', 'Logout during a login', alive, faults.logoutDuringLogin)
  const asks = { ...TALLY, asks: 'asks the user' }
  await print('phoneNumber', 'Five requests need a phone number', asks, faults.phoneNumberWanted)
  return results
}

async function coldStart() {
  const rows = await eachContender((contender) =>
    overSeeds((seed) => faults.coldStart(contender, { seed, keeps: 'newest' })),
  )
  const columns = { roundTrips: 'round trips', failed: 'failed', ms: 'ms to the answer' }
  printFigures('The first request of an app without a session', columns, rows)
  return rows
}

async function requests() {
  const rows = await measureRequests()
  console.log('\nµs of the processor a request, living token, one after the other')
  const cells = rows.map(({ module, cost, overRaw }) => [
    nameOf(module),
    cost.toFixed(1),
    overRaw.toFixed(1),
  ])
  printTable([['', 'median', 'over uni.request alone'], ...cells])
  return rows
}

async function waiting() {
  const rows = await measureWaiting()
  console.log('\nµs of the processor a request, living token, many at once; bytes while one waits')
  const sizes = Object.keys(rows[0]!.atOnce)
  const head = sizes.map((size) => Number(size).toLocaleString('en'))
  const cells = rows.map(({ module, atOnce, bytes }) => [
    nameOf(module),
    ...sizes.map((size) => atOnce[Number(size)]?.toFixed(1) ?? '–'),
    bytes.toLocaleString('en'),
  ])
  printTable([['', ...head, 'bytes'], ...cells])
  const logout = await measureLogout()
  console.log(`a logout of watchword that ends 50,000 waiting requests: ${logout.toFixed(0)} ms`)
  return { rows, logout }
}

async function bytes() {
  const results = await measureBytes()
  const { gzipped, parts, app } = results
  const text = (count: number) => count.toLocaleString('en')
  console.log('\nbytes, minified and gzipped, with the login that the app writes for it')
  printTable([['', 'gzipped'], ...gzipped.map((one) => [nameOf(one.module), text(one.bytes)])])
  console.log('\nof watchword, minified')
  printTable([['', 'bytes'], ...Object.entries(parts).map(([name, size]) => [name, text(size)])])
  const built = app ? Object.entries(app).map(([name, size]) => `${name} ${text(size)}`) : []
  console.log(`\nthe example app: ${built.join(', ') || 'not built'}`)
  return results
}

export const parts = {
  burst: () => bursts(SIZES),
  largeBurst: () => bursts(LARGE_SIZES),
  ...{ events, coldStart, requests, waiting, bytes },
}

// `npm run chaos:app -- [<sessions>] [--seed <n>]`: random users of the compiled app, behind a proxy that drops,
// delays, doubles and cuts what passes. Ends with exit code 1 if somebody was told what the backend does not
// hold. The seed is a new one each time, unless it is named; each session's is printed where it fails.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startBrowser } from '@watchword/simulator'
import { printTable } from '../../../scripts/table'
import { startServices } from '../support/services'
import { doubledOwners } from './database'
import { openLane, type Lane } from './lane'
import { figuresOf, toldAndHeld } from './report'
import { runSession, type Session } from './session'

const USAGE = 'npm run chaos:app -- [<sessions>] [--seed <n>]'
/** Sessions between two lines of progress. */
const BATCH = 20

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' } },
})
const wanted = Number(positionals[0] ?? 200)
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
if (!(wanted >= 1) || !Number.isInteger(seed)) {
  console.error(USAGE)
  process.exit(2)
}

const began = Date.now()
const secondsSince = () => Math.round((Date.now() - began) / 1000)
console.log(`seed ${seed}`)
const { services, close } = await startServices(resolve('dist/chaos'))
const browser = await startBrowser()
const open = (policy: 'unionid' | 'profile') =>
  openLane({ services: services[policy], name: 'chaos', browser: browser.address })
const lanes = { unionid: await open('unionid'), profile: await open('profile') }
const sessions: Session[] = []
let failed = 0

const seeds = Array.from({ length: wanted }, (_, index) => seed + index)
// The same lane for the same seed, whatever the others are.
const isOfProfile = (one: number) => one % 2 === 1
await Promise.all([
  runAll(
    lanes.unionid,
    seeds.filter((one) => !isOfProfile(one)),
  ),
  runAll(lanes.profile, seeds.filter(isOfProfile)),
])

await Promise.all(Object.values(lanes).map((lane) => lane.close()))
await browser.close()
const strangers: string[] = []
await close(async (dataDirs) => {
  for (const dataDir of Object.values(dataDirs))
    strangers.push(...(await doubledOwners(join(dataDir, 'server'))))
})
for (const stranger of strangers) console.error(stranger)
printTable(figuresOf(sessions))
console.log()
printTable(toldAndHeld(sessions))
console.log(`\n${sessions.length} sessions in ${secondsSince()} s; seed ${seed}`)
if (failed > 0 || strangers.length > 0) process.exitCode = 1

async function runAll(lane: Lane, seeds: readonly number[]): Promise<void> {
  for (const one of seeds) {
    await runOne(lane, one)
    if (sessions.length % BATCH === 0)
      console.log(`${sessions.length} sessions in ${secondsSince()} s, ${failed} failed`)
  }
}

async function runOne(lane: Lane, one: number): Promise<void> {
  try {
    const session = await runSession(lane, String(one))
    sessions.push(session)
    const { violations, journal } = session
    // One alone is there to be read.
    if (wanted === 1 || violations.length > 0)
      console.error([...violations, ...journal, ...linesOf(session)].join('\n'))
    if (violations.length === 0) return
    failed += 1
  } catch (error) {
    failed += 1
    console.error(error)
  }
  console.error(`\nTo repeat it: npm run chaos:app -- 1 --seed ${one}\n`)
}

function linesOf({ requests }: Session): string[] {
  return requests.map(({ line, fault }) => `  -> ${line}${fault ? ` ${fault}` : ''}`)
}

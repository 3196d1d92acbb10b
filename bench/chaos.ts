// `npm run chaos:server [kills]`: three processes on one PostgreSQL, one killed each second while people
// sign in and book, 60 in all; then the database is restarted while they do.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { printTable } from '../scripts/table'
import { startCrowd, type Crowd } from '../server/tests/support/crowd'
import { startCrowdWeChat } from '../server/tests/support/crowdWeChat'
import { fleetEnvironment, startFleet, type Fleet } from '../server/tests/support/fleet'
import { findDiscrepancies } from '../server/tests/support/kept'
import { startPostgres } from '../server/tests/support/postgres'
import { bundleProgram } from '../server/tests/support/serverProcess'

const kills = Number(process.argv[2] ?? 60)

const folder = await mkdtemp(join(tmpdir(), 'watchword-chaos-'))
const postgres = await startPostgres()
const wechat = await startCrowdWeChat()
const program = await bundleProgram()
const env = fleetEnvironment({ databaseUrl: postgres.url, dataDir: folder, wechatUrl: wechat.url })
const fleet = await startFleet(program, 3, env)
try {
  const killed = startCrowd(fleet.url, wechat)
  const seconds = await killEachSecond(fleet, killed)
  await killed.finish()
  const between = await findDiscrepancies(postgres.url, killed.people)

  const restarted = startCrowd(fleet.url, wechat, killed.people.length)
  await restarted.answered(500)
  await postgres.restart()
  await restarted.answered(500)
  await restarted.finish()
  const all = [...killed.people, ...restarted.people]
  const after = await findDiscrepancies(postgres.url, all)

  printTable([
    ['', `${kills} kills in ${seconds} s`, 'then the database restarted'],
    ...rows({ ...countsOf(killed), ...between }, { ...countsOf(restarted), ...after }),
  ])
  const faults = [...Object.values(between), ...Object.values(after)].filter((count) => count !== 0)
  if (faults.length > 0 || killed.mostRetries() > 1) process.exitCode = 1
} finally {
  await fleet.close()
  await wechat.close()
  await program.remove()
  await postgres.stop()
  await rm(folder, { recursive: true })
}

/**
 * How many seconds it took: more than kills where the machine is slow. The last process is spared until
 * another one has begun, and nobody's second attempt is cut off.
 */
async function killEachSecond(fleet: Fleet, crowd: Crowd): Promise<number> {
  const replacements: Promise<void>[] = []
  const begin = performance.now()
  while (replacements.length < kills) {
    await setTimeout(1000)
    await crowd.recovered()
    if (fleet.size() > 1) replacements.push(fleet.killOne())
  }
  await Promise.all(replacements)
  return Math.round((performance.now() - begin) / 1000)
}

function rows(one: Record<string, number>, other: Record<string, number>): string[][] {
  return Object.entries(one).map(([name, value]) => [name, String(value), String(other[name])])
}

function countsOf(crowd: Crowd): Record<string, number> {
  const of = (...statuses: number[]) =>
    statuses.reduce((sum, status) => sum + (crowd.statuses.get(status) ?? 0), 0)
  return {
    people: crowd.people.length,
    bookings: crowd.people.reduce((sum, { bookings }) => sum + bookings.length, 0),
    'requests answered': of(200, 201),
    'cut off (502)': of(502),
    'unavailable (503)': of(503),
    'most retries of a request': crowd.mostRetries(),
  }
}

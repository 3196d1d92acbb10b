// `npm run bench:launch`: what sign-in adds to an app's launch, and to its package. The same app without sign-in, with
// sign-in by hand, and with the client, in turns, in the simulator: compare them with each other.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type DrivenPage, type Simulator } from '@watchword/simulator'
import { startStack } from '../scripts/stack'
import { folderSize } from '../scripts/compiledSize'
import { printTable } from '../scripts/table'
import { apps, compileApps, type AppName } from './launch/apps'
import { median } from './rounds'

const rounds = 15
const names = Object.keys(apps) as AppName[]

/** Until the first answer is on the page, in ms. */
interface Times {
  /** Nothing is stored: the app logs in, if it does. */
  first: number[]
  /** With the session of the first launch. */
  later: number[]
}

const folder = mkdtempSync(join(tmpdir(), 'watchword-bench-'))
const stack = await startStack({
  ...{ port: 0, wechatPort: 0, dataDir: join(folder, 'data'), logLevel: 'silent' as const },
})
const simulators = {} as Record<AppName, Simulator>
try {
  const dists = await compileApps(folder, stack.backend.url)
  const times = {} as Record<AppName, Times>
  for (const name of names) {
    times[name] = { first: [], later: [] }
    simulators[name] = await startSimulator({ dist: dists[name], wechat: stack.wechatUrl })
    await launch(name, 'warm-up')
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const { first, later } = await launch(name, `person ${name} ${round}`)
      times[name].first.push(first)
      times[name].later.push(later)
    }
  }
  const base = { first: median(times.guest.first), later: median(times.guest.later) }
  printTable([
    ['', 'first launch, ms', '× without', 'later, ms', '× without', 'package, bytes'],
    ...(await Promise.all(
      names.map(async (name) => {
        const [first, later] = [median(times[name].first), median(times[name].later)]
        return [
          apps[name],
          ...[first.toFixed(0), (first / base.first).toFixed(2)],
          ...[later.toFixed(0), (later / base.later).toFixed(2)],
          String(await folderSize(dists[name])),
        ]
      }),
    )),
  ])
} finally {
  for (const simulator of Object.values(simulators)) await simulator.close()
  await stack.close()
  rmSync(folder, { recursive: true })
}

async function launch(name: AppName, person: string): Promise<{ first: number; later: number }> {
  const phone = await simulators[name].launch('', { person })
  const first = await timeToShow(phone)
  await phone.restart()
  const later = await timeToShow(phone)
  await phone.close()
  return { first, later }
}

/** From the page's own beginning, the simulator's among it. */
async function timeToShow(phone: DrivenPage): Promise<number> {
  await phone.waitFor('.shown-at')
  const shownAt = Number(await phone.text('.shown-at'))
  return shownAt - (await phone.page.evaluate(() => performance.timeOrigin))
}

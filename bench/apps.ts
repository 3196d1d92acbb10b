// `npm run bench:apps -- <folder> …`: opens each page of mini-programs that others wrote, each on a phone of its
// own, and counts what the simulator draws and reports.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSimulator, type DrivenPage, type Simulator } from '@watchword/simulator'
import { createWechat } from '@watchword/simulator/wechat'
import sharp from 'sharp'
import { printTable } from '../scripts/table'

/** For one page, in ms: what has not come to rest by then hangs. */
const patience = 20_000

/** What only says that the app's own backend is not there. */
const isOfBackend = (problem: string) =>
  /ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED|ERR_TUNNEL|(request|downloadFile|uploadFile):fail|status of 404/.test(
    problem,
  )

type Opened = { is: 'drawn' | 'blank'; problems: string[] } | { is: 'hanging' }

interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  subpackages?: AppJson['subPackages']
}

const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('npm run bench:apps -- <folder> …, each with an app.json')
  process.exit(2)
}
const wechat = createWechat({ appId: 'touristappid', appSecret: 'stand-in' })
const wechatUrl = await wechat.start(0)
const rows: (string | number)[][] = []
/** By mini-program and problem: the pages. */
const found = new Map<string, string[]>()
for (const folder of folders) rows.push([folder, ...(await openAll(folder))])
for (const [problem, pages] of found) console.log(`${problem} (${pages.length}: ${pages[0]})`)
printTable([
  ['mini-program', 'packs', 'pages', 'drawn', 'blank', 'hanging', 'different problems'],
  ...rows.map((row) => row.map(String)),
])
// A page that hangs may hold the browser.
process.exit()

async function openAll(dist: string): Promise<(string | number)[]> {
  const pages = pagesOf(dist)
  const note = (problem: string, page: string) => {
    const key = `${dist} ${problem}`
    found.set(key, [...(found.get(key) ?? []), page])
  }
  const simulator = await startSimulator({ dist, wechat: wechatUrl }).catch((error: unknown) =>
    note(String(error).split('\n')[0]!, 'app.json'),
  )
  if (!simulator) return ['no', pages.length, 0, 0, 0, 1]
  const opened: Opened[] = []
  for (const page of pages) {
    const one = await openOne(simulator, page)
    opened.push(one)
    if (one.is !== 'drawn') note(one.is, page)
    if (one.is !== 'hanging') for (const problem of one.problems) note(problem, page)
  }
  await Promise.race([simulator.close(), after(patience)])
  const count = (kind: Opened['is']) => opened.filter(({ is }) => is === kind).length
  const problems = new Set(opened.flatMap((one) => (one.is === 'hanging' ? [] : one.problems)))
  return ['yes', pages.length, count('drawn'), count('blank'), count('hanging'), problems.size]
}

async function openOne(simulator: Simulator, url: string): Promise<Opened> {
  const answers = { authorize: 'allow', getLocation: { latitude: 31.2, longitude: 121.5 } } as const
  const launch = simulator.launch(url, { person: 'visitor', answers })
  const phone = await Promise.race([launch, after(patience)]).catch((error: unknown) =>
    String(error),
  )
  if (typeof phone === 'string') return { is: 'blank', problems: [phone.split('\n')[0]!] }
  if (!phone) {
    launch.then((late) => late.close()).catch(() => undefined)
    return { is: 'hanging' }
  }
  const is = (await isDrawn(phone)) ? 'drawn' : 'blank'
  const problems = phone.errors.map((text) => text.split('\n')[0]!)
  // It fails where there were problems.
  await phone.close().catch(() => undefined)
  return { is, problems: [...new Set(problems)].filter((problem) => !isOfBackend(problem)) }
}

/** Whether there is more than one colour to see on the page. */
async function isDrawn(phone: DrivenPage): Promise<boolean> {
  const view = phone.page.locator('.simulator-webview:not([hidden])').first()
  const picture = await view.screenshot({ timeout: patience }).catch(() => undefined)
  if (!picture) return false
  const { channels } = await sharp(picture).stats()
  return channels.some(({ stdev }) => stdev > 0)
}

function pagesOf(dist: string): string[] {
  const app = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as AppJson
  const packages = app.subPackages ?? app.subpackages ?? []
  return [
    ...app.pages,
    ...packages.flatMap(({ root, pages }) => pages.map((one) => join(root, one))),
  ]
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined))
}

// `npm run bench:simulator`: how long the simulator takes to start, to launch the app, and for a tap.
// The app is the example, compiled for a backend of its own; medians of several rounds.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@watchword/simulator'
import { buildApp } from '../scripts/build'
import { startStack } from '../scripts/stack'

const rounds = 9

const folder = mkdtempSync(join(tmpdir(), 'watchword-bench-'))
const dist = join(folder, 'mp-weixin')
const stack = await startStack({
  port: 0,
  wechatPort: 0,
  dataDir: join(folder, 'data'),
  logLevel: 'silent',
})
await buildApp('mp-weixin', { apiBase: stack.backend.url, outDir: dist })
try {
  const starts: number[] = []
  const launches: number[] = []
  const taps: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const [start, simulator] = await timed(() => startSimulator({ dist, wechat: stack.wechatUrl }))
    starts.push(start)
    // The browser's first page is not what a test waits for again and again.
    await (await simulator.launch('', { person: 'lin' })).close()
    const [launch, phone] = await timed(() => simulator.launch('', { person: 'lin' }))
    launches.push(launch)
    await phone.waitFor('.service')
    // To the form and back: both open or close a page.
    taps.push((await timed(() => phone.tap('.service__book')))[0])
    await phone.close()
    await simulator.close()
  }
  console.log(`${rounds} rounds on ${cpus().length} cores, Node ${process.version}; ms`)
  report('engine start: server, packed app, browser', starts)
  report('fresh launch, until the first page is drawn', launches)
  report('a tap that opens a page, until it is drawn', taps)
} finally {
  await stack.close()
  rmSync(folder, { recursive: true })
}

async function timed<T>(run: () => Promise<T>): Promise<[number, T]> {
  const started = performance.now()
  const result = await run()
  return [performance.now() - started, result]
}

function report(what: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]!)
  console.log(`${what.padEnd(46)} median ${at(0.5)}, fastest ${at(0)}, slowest ${at(1)}`)
}

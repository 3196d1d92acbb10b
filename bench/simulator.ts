// `npm run bench:simulator`: how long the simulator takes to start, to launch the app, and for a tap.
// The app is the example, compiled for a backend of its own. Each round is a process of its own, so
// that each has a first time of everything.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildApp } from '../scripts/build'
import { startStack } from '../scripts/stack'
import { times, type Round } from './simulator/times'

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
  // What is bundled once and kept is not what is measured.
  await measureRound()
  const measured: Round[] = []
  for (let round = 0; round < rounds; round += 1) measured.push(await measureRound())
  console.log(`${rounds} rounds on ${cpus().length} cores, Node ${process.version}; ms`)
  for (const [name, what] of Object.entries(times))
    report(
      what,
      measured.map((round) => round[name as keyof Round]),
    )
} finally {
  await stack.close()
  rmSync(folder, { recursive: true })
}

async function measureRound(): Promise<Round> {
  const round = new URL('simulator/round.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)('npx', ['tsx', round, dist, stack.wechatUrl])
  return JSON.parse(stdout) as Round
}

function report(what: string, values: number[]): void {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]!)
  console.log(`${what.padEnd(60)} median ${at(0.5)}, fastest ${at(0)}, slowest ${at(1)}`)
}

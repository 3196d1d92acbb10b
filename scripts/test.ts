// `npm test`: what a change breaks first, of every part; `-- --all`: everything; `-- --quick`: lint, types and
// the unit tests. What failed is named again at the end; the last line counts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** A check, or some of the tests, in a process of its own. */
type Job =
  | { name: string; is: 'check'; script: string }
  | { name: string; is: 'tests'; project: string; how: How }

interface How {
  workers?: number
  /** Which part of the files, such as `1/2`. */
  shard?: string
  /** Folders that are left out. */
  without?: string[]
}

interface Outcome {
  passed: number
  failed: number
  /** What failed, by name. */
  names: string[]
}

/** Of the report that vitest writes as JSON, what is read here. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

const check = (name: string): Job => ({ name, is: 'check', script: name })
const tests = (project: string, how: How = {}): Job => ({
  ...{ name: [project, how.shard].join(' ').trim(), is: 'tests', project },
  how,
})
/** In two parts, which take as long as each other. */
const simulator = (how: How = {}): Job[] => [
  tests('simulator', { ...how, shard: '1/2' }),
  tests('simulator', { ...how, shard: '2/2' }),
]
const inApp = (how: How = {}): Job => tests('e2e', { ...how, workers: 2 })

const lanes = Math.max(2, availableParallelism())

const quick = [
  check('types'),
  tests('unit'),
  check('lint:code'),
  check('lint:imports'),
  check('lint:format'),
]
const usual = [
  tests('server'),
  tests('exploration'),
  tests('docs'),
  tests('conform'),
  tests('backends'),
  ...quick,
]
/** What takes long and finds little that the usual tests do not: other databases, libraries, compilers. */
const rare = [
  tests('commands'),
  tests('h5'),
  tests('libraries'),
  tests('server-processes'),
  tests('server-postgresql'),
  tests('conform-faults'),
  tests('properties'),
  tests('every-order'),
  tests('dialect'),
  tests('pinia-2.0'),
  tests('pinia-3'),
  check('size'),
]
/** One after the other; the jobs of a stage side by side. The compiled app has a stage of its own. */
function stages(): Job[][] {
  if (process.argv.includes('--quick')) return [quick]
  if (process.argv.includes('--all')) return [[inApp()], [...rare, ...simulator(), ...usual]]
  return [
    [inApp({ without: ['tests/e2e/chaos', 'tests/e2e/pages'] })],
    [...simulator({ without: ['simulator/tests/workbench'] }), ...usual],
  ]
}

const started = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'watchword-test-'))
const total: Outcome = { passed: 0, failed: 0, names: [] }
for (const stage of stages()) {
  const waiting = [...stage]
  await Promise.all(Array.from({ length: lanes }, () => runJobs(waiting)))
}
rmSync(folder, { recursive: true })

for (const name of total.names) console.log(`failed: ${name}`)
console.log(`in ${secondsSince(started)} s`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1

/** One of the lanes that go through the jobs side by side. */
async function runJobs(waiting: Job[]): Promise<void> {
  for (let job = waiting.shift(); job; job = waiting.shift()) {
    const began = Date.now()
    const { passed, failed, names } = await run(job)
    total.passed += passed
    total.failed += failed
    total.names.push(...names.map((name) => `${job.name}: ${name}`))
    console.log(`${job.name}: ${passed} passed, ${failed} failed, ${secondsSince(began)} s`)
  }
}

async function run(job: Job): Promise<Outcome> {
  if (job.is === 'check') {
    const isGreen = await call('npm', ['run', '--silent', job.script], job.name)
    return isGreen
      ? { passed: 1, failed: 0, names: [] }
      : { passed: 0, failed: 1, names: [`npm run ${job.script}`] }
  }
  const { workers = 1, shard, without = [] } = job.how
  const report = join(folder, `${job.name.replaceAll(/\W/g, '-')}.json`)
  const isGreen = await call(
    'npx',
    [
      ...['vitest', 'run', '--project', job.project],
      ...(shard ? [`--shard=${shard}`] : []),
      ...without.map((folder) => `--exclude=${folder}/**`),
      ...[`--maxWorkers=${workers}`, `--minWorkers=${workers}`],
      ...['--reporter=dot', '--reporter=json', `--outputFile=${report}`],
    ],
    job.name,
  )
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    ) as Report
    const names = testResults.flatMap(failuresOf)
    // An unhandled rejection fails without a failed test.
    if (!isGreen && names.length === 0) names.push('an error outside of its tests')
    return { passed: numPassedTests, failed: Math.max(numFailedTests, names.length), names }
  } catch {
    return { passed: 0, failed: 1, names: ['it ended without a report'] }
  }
}

function failuresOf({ name, status, assertionResults }: Report['testResults'][number]): string[] {
  const file = relative(process.cwd(), name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length > 0) return failed.map((test) => `${file} > ${test.fullName}`)
  return status === 'failed' ? [`${file}, outside of its tests`] : []
}

/** Prints what the process said only when it is over: lanes do not mix their lines. */
async function call(command: string, args: string[], name: string): Promise<boolean> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const [code] = (await once(child, 'close')) as [number | null]
  const said = output.join('').trim()
  if (said) console.log(`\n> ${name}\n${said}`)
  return code === 0
}

function secondsSince(began: number): number {
  return Math.round((Date.now() - began) / 1000)
}

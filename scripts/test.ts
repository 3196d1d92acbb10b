// `npm test`: everything, and a last line that counts it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Seconds on two cores; told, not enforced, as machines differ. */
const endToEndGoal = 90

const started = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'watchword-test-'))
let passed = 0
let failed = 0

for (const check of ['lint', 'types', 'size']) {
  if (run('npm', ['run', '--silent', check])) passed++
  else failed++
}

for (const projects of [['unit', 'server', 'simulator', 'commands'], ['e2e']]) runTests(projects)
rmSync(folder, { recursive: true })

console.log(`in ${Math.round((Date.now() - started) / 1000)} s`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 3 ? 0 : 1

/** The end-to-end tests run alone, so that their time is their own. */
function runTests(projects: string[]): void {
  const began = Date.now()
  const report = join(folder, `${projects[0]}.json`)
  const isGreen = run('npx', [
    ...['vitest', 'run', ...projects.flatMap((name) => ['--project', name])],
    // Vitest itself would leave one of two cores idle.
    ...(projects[0] === 'e2e' ? ['--maxWorkers=2'] : []),
    ...['--reporter=default', '--reporter=json', `--outputFile=${report}`],
  ])
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Counts
    passed += numPassedTests
    // A file that does not load fails without a failed test.
    failed += numFailedTests || (isGreen ? 0 : 1)
  } catch {
    failed++
  }
  const seconds = Math.round((Date.now() - began) / 1000)
  const goal = projects[0] === 'e2e' ? ` (goal: under ${endToEndGoal})` : ''
  console.log(`${projects.join(', ')}: ${seconds} s${goal}`)
}

interface Counts {
  numPassedTests: number
  numFailedTests: number
}

function run(command: string, args: string[]): boolean {
  console.log(`\n> ${command} ${args.filter((arg) => !arg.startsWith('--outputFile')).join(' ')}`)
  return (
    spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
  )
}

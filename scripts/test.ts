// `npm test`: everything, and a last line that counts it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const started = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'watchword-test-'))
const report = join(folder, 'vitest.json')
let passed = 0
let failed = 0

for (const check of ['lint', 'types', 'size']) {
  if (run('npm', ['run', '--silent', check])) passed++
  else failed++
}

const isGreen = run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${report}`,
])
try {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Counts
  passed += numPassedTests
  // A file that does not load fails without a failed test.
  failed += numFailedTests || (isGreen ? 0 : 1)
} catch {
  failed++
}
rmSync(folder, { recursive: true })

console.log(`in ${Math.round((Date.now() - started) / 1000)} s`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 3 ? 0 : 1

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

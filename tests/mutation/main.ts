// `npm run mutate [-- [--force] <folder or file> …]`: changes the code in one place after the other, and looks
// whether a unit test fails. docs/mutation.md has the figures, and what survives.
import { existsSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { areas } from './areas'

const USAGE = `npm run mutate [-- [--force] <folder or file> …], in ${Object.keys(areas).join(', ')}`
const OUTPUT = 'dist/mutation'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { force: { type: 'boolean', default: false } },
})
const wanted = positionals.length > 0 ? positionals.map(pathOf) : Object.keys(areas)
const isIn = (folder: string) => (path: string) => path === folder || path.startsWith(`${folder}/`)
const isMutable = (path: string) =>
  existsSync(path) && Object.keys(areas).some((f) => isIn(f)(path))
if (!wanted.every(isMutable)) {
  console.error(USAGE)
  process.exit(2)
}

for (const folder of Object.keys(areas)) {
  const paths = wanted.filter(isIn(folder))
  if (paths.length > 0) await mutate(folder, paths)
}

function pathOf(given: string): string {
  return given.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '')
}

async function mutate(folder: string, paths: string[]): Promise<void> {
  const { goal } = areas[folder]!
  const name = folder.replaceAll('/', '-')
  // For tests/mutation/vitest.config.ts, which Stryker's processes read.
  process.env.MUTATED = folder
  await new Stryker({
    mutate: paths.map((path) => (statSync(path).isFile() ? path : `${path}/**/*.{ts,vue}`)),
    testRunner: 'vitest',
    vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
    plugins: ['@stryker-mutator/vitest-runner'],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // On top of what the tests took. Only what never lets go of the processor gets there: see runner.ts.
    timeoutMS: Number(process.env.MUT_T ?? 20_000),
    timeoutFactor: 3,
    incremental: true,
    incrementalFile: `${OUTPUT}/${name}.incremental.json`,
    force: values.force,
    // What the tests read, beside the mutants.
    ignorePatterns: ['**', '!/{src,tests,docs}/**/*.{ts,vue,md}', '!/{package,tsconfig*}.json'],
    tempDirName: `${OUTPUT}/sandbox`,
    cleanTempDir: 'always',
    // Nothing compiles the types there.
    disableTypeChecks: false,
    reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
    clearTextReporter: { logTests: false, reportTests: false, skipFull: true },
    htmlReporter: { fileName: `${OUTPUT}/${name}.html` },
    jsonReporter: { fileName: `${OUTPUT}/${name}.json` },
    // A part of an area may be worse than the whole.
    thresholds: { high: goal, low: goal, break: paths.includes(folder) ? goal : null },
  }).runMutationTest()
}

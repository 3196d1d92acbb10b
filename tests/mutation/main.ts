// `npm run mutate [-- [--force] <folder, file, or file:from-to> …]`: changes the code in one place after the other, and looks
// whether a unit test fails. docs/mutation.md has the figures, and what survives.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { areas } from './areas'
import { createCompiler } from './refused'

const USAGE = `npm run mutate [-- [--force] <folder, file, or file:from-to> …], in ${Object.keys(areas).join(', ')}`
const OUTPUT = 'dist/mutation'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { force: { type: 'boolean', default: false } },
})
const usual = Object.keys(areas).filter((folder) => !areas[folder]!.isLong)
const wanted = positionals.length > 0 ? positionals.map(pathOf) : usual
/** Without the lines that are meant of it. */
const fileOf = (path: string) => path.replace(/:\d+(:\d+)?-\d+(:\d+)?$/, '')
const isIn = (folder: string) => (path: string) => path === folder || path.startsWith(`${folder}/`)
const isMutable = (path: string) =>
  existsSync(fileOf(path)) && Object.keys(areas).some((f) => isIn(f)(path))
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

/** The files of one path that can be changed. */
function filesOf(path: string): string[] {
  if (statSync(fileOf(path)).isFile()) return [path]
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.(ts|vue)$/.test(name)).map((name) => pathOf(join(path, name)))
}

async function mutate(folder: string, paths: string[]): Promise<void> {
  const name = `${OUTPUT}/${folder.replaceAll('/', '-')}`
  const { isLong } = areas[folder]!
  const files = paths.flatMap(filesOf)
  const names = new Set(files.map(fileOf))
  // For tests/mutation/vitest.config.ts, which Stryker's processes read.
  process.env.MUTATED = folder
  const mutants = await new Stryker({
    mutate: files,
    testRunner: 'vitest',
    vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
    plugins: [
      '@stryker-mutator/vitest-runner',
      ...(isLong ? ['./tests/mutation/compilerFirst.mjs'] : []),
    ],
    checkers: isLong ? ['compilerFirst'] : [],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // On top of what the tests took. Only what never lets go of the processor gets there: see runner.ts and setup.ts.
    timeoutMS: 20_000,
    timeoutFactor: 3,
    incremental: true,
    incrementalFile: `${name}.incremental.json`,
    force: values.force,
    // What the tests read, beside the mutants.
    ignorePatterns: [
      '**',
      '!/{src,tests,docs}/**/*.{ts,vue,md}',
      '!/server/{src,tests,drizzle}/**',
      '!/{package,tsconfig*}.json',
      '!/server/{package,tsconfig}.json',
    ],
    tempDirName: `${OUTPUT}/sandbox`,
    cleanTempDir: 'always',
    // Nothing compiles the types there.
    disableTypeChecks: false,
    reporters: ['progress-append-only', 'html', 'json'],
    htmlReporter: { fileName: `${name}.html` },
    jsonReporter: { fileName: `${name}.json` },
  }).runMutationTest()
  // Those of other files are of earlier runs.
  const isMeant = ({ fileName }: Mutant) => names.has(pathOf(relative('.', fileName)))
  report(folder, mutants.filter(isMeant), name)
}

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

/** Says what was noticed, and lists what was not. */
function report(folder: string, mutants: Mutant[], name: string): void {
  const { goal, config } = areas[folder]!
  const being = (...states: Mutant['status'][]) =>
    mutants.filter(({ status }) => states.includes(status))
  const survivors = being('Survived', 'NoCoverage').map((mutant) => ({
    ...mutant,
    fileName: pathOf(relative('.', mutant.fileName)),
    replacement: mutant.replacement ?? '',
  }))
  const isRefused = createCompiler(config)
  const unnoticed = survivors.filter((one) => one.fileName.endsWith('.vue') || !isRefused(one))
  const lines = unnoticed.map(
    ({ fileName, location, status, mutatorName, replacement }) =>
      `${fileName}:${location.start.line}:${location.start.column} ${status} ${mutatorName} ${replacement.replace(/\s+/g, ' ')}`,
  )
  writeFileSync(
    `${name}.unnoticed.txt`,
    lines
      .sort()
      .map((line) => `${line}\n`)
      .join(''),
  )
  const all = mutants.length - being('RuntimeError', 'Ignored').length
  const refused = survivors.length - unnoticed.length + being('CompileError').length
  if (all === 0) return console.log(`${folder}: there is nothing to change`)
  const percent = Math.floor((1000 * (all - unnoticed.length)) / all) / 10
  console.log(
    `${folder}: ${all} mutants; killed ${being('Killed').length}, timed out ${being('Timeout').length},` +
      ` refused by the compiler ${refused}, not noticed ${unnoticed.length}:` +
      ` ${percent} % are noticed (goal: ${goal}); see ${name}.unnoticed.txt and ${name}.html`,
  )
  if (percent < goal) process.exitCode = 1
}

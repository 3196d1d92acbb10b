import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { expect, it } from 'vitest'
import config from '../../.dependency-cruiser.js'

/** The rules that files with these imports break, as `rule: from → to`. */
async function broken(imports: Record<string, string[]>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'watchword-imports-'))
  try {
    for (const [file, specifiers] of Object.entries(imports)) {
      const lines = specifiers.map((one) => `import type { X } from '${one}'\n`)
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), `${lines.join('')}export type X = 1\n`)
    }
    const cruised = Object.keys(imports).filter((file) => !file.startsWith('node_modules/'))
    const options = { ...config.options, ruleSet: { forbidden: config.forbidden! } }
    delete options.tsConfig
    const { output } = await cruise(cruised, {
      ...options,
      validate: true,
      baseDir: folder,
    })
    return (output as ICruiseResult).summary.violations
      .filter(({ rule }) => rule.name !== 'no-missing-modules')
      .map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  } finally {
    await rm(folder, { recursive: true })
  }
}

it.each([
  ['the core, of its host', 'src/auth/a.ts', 'src/uni/b.ts'],
  ['uni-app’s side, of the store', 'src/uni/a.ts', 'src/store/b.ts'],
  ['createAuth, of the store', 'src/createAuth.ts', 'src/store/b.ts'],
  ['the texts, of the core', 'src/locale/a.ts', 'src/auth/b.ts'],
  ['the host, of the core', 'src/host/a.ts', 'src/auth/b.ts'],
  ['the forms, of the core', 'src/forms/a.ts', 'src/auth/b.ts'],
  ['the forms, of the store', 'src/forms/a.ts', 'src/store/b.ts'],
  ['an adapter, of uni-app’s side', 'src/adapters/a.ts', 'src/uni/b.ts'],
  ['the store, of a component', 'src/store/a.ts', 'src/components/b.ts'],
  ['a component, of a page', 'src/components/a.ts', 'src/pages/b.ts'],
  ['a page, of the app', 'src/pages/a.ts', 'example/b.ts'],
  ['the package, of the app', 'src/index.ts', 'example/b.ts'],
  ['the app, of what the package does not export', 'example/a.ts', 'src/auth/b.ts'],
  ['the server, of the client', 'server/src/a.ts', 'src/auth/b.ts'],
  ['the server, of the simulator', 'server/src/a.ts', 'simulator/src/b.ts'],
  ['the server, of its tests', 'server/src/a.ts', 'server/tests/b.ts'],
  ['the server’s tests, of the simulator', 'server/tests/a.ts', 'simulator/src/b.ts'],
  ['the simulator, of the server', 'simulator/src/a.ts', 'server/src/b.ts'],
  ['the simulator’s tests, of the client', 'simulator/tests/a.ts', 'src/auth/b.ts'],
  ['the checks of a backend, of the server', 'conform/src/a.ts', 'server/src/b.ts'],
  ['a build plugin, of the client', 'build/a.ts', 'src/auth/b.ts'],
  ['a script, of a test', 'scripts/a.ts', 'tests/support/b.ts'],
  ['a benchmark, of a unit test', 'bench/a.ts', 'tests/unit/b.ts'],
  ['a test, of a benchmark', 'tests/unit/a.ts', 'bench/b.ts'],
  ['a benchmark’s test, of another benchmark', 'tests/unit/bench/a.ts', 'bench/b.ts'],
])('refuses an import, by %s', async (_, from, to) => {
  const path = `${'../'.repeat(from.split('/').length - 1) || './'}${to.replace(/\.ts$/, '')}`
  const found = await broken({ [from]: [path], [to]: [] })
  expect(found).toEqual([expect.stringMatching(`^imports of .*: ${from} → ${to}$`)])
})

it.each([
  ['the core, of any package', 'src/auth/a.ts', 'vue'],
  ['the core, of node', 'src/auth/a.ts', 'node:fs'],
  ['the store, of node', 'src/store/a.ts', 'node:fs'],
  ['an adapter, of its library', 'src/adapters/a.ts', 'axios'],
])('refuses an import, by %s', async (_, from, to) => {
  expect(await broken({ [from]: [to] })).toEqual([
    expect.stringMatching(`^imports of .*: ${from} → ${to.replace('node:', '')}$`),
  ])
})

it('refuses a package whose name only begins like one that is allowed', async () => {
  const imports = { 'src/store/a.ts': ['vue-tsc'], 'node_modules/vue-tsc/index.ts': [] }
  expect(await broken(imports)).toEqual([
    'imports of src/store/: src/store/a.ts → node_modules/vue-tsc/index.ts',
  ])
})

it('refuses a circle of types', async () => {
  expect(await broken({ 'server/src/a.ts': ['./b'], 'server/src/b.ts': ['./a'] })).toEqual([
    'no-circles: server/src/a.ts → server/src/b.ts',
  ])
})

it('takes what the table allows', async () => {
  const allowed = {
    'src/auth/a.ts': [],
    'src/uni/a.ts': ['../auth/a'],
    'src/store/a.ts': ['../auth/a', '../uni/a', 'vue', 'pinia'],
    'src/index.ts': ['./store/a'],
    'example/a.ts': ['../src/index'],
    'server/src/a.ts': ['node:fs', 'hono'],
    ...Object.fromEntries(
      ['vue', 'pinia', 'hono'].map((name) => [`node_modules/${name}/index.ts`, []]),
    ),
  }
  expect(await broken(allowed)).toEqual([])
})

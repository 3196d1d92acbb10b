// The module for HBuilderX: its format. tests/consumers has a project that is compiled with it.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dirname, join as joinPosix, normalize } from 'node:path/posix'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { codeOf, runIn } from './support/compile'
import { createHBuilderXApp, type HBuilderXApp } from './support/hbuilderxApp'

let app: HBuilderXApp
let paths: string[]
beforeAll(async () => {
  app = await createHBuilderXApp(inject('built').folder)
  const files = await readdir(app.module, { recursive: true, encoding: 'utf8' })
  paths = files.map((file) => file.replaceAll('\\', '/'))
})
afterAll(() => app?.remove())

const read = (path: string) => readFile(join(app.module, path), 'utf8')

test('both guides show the same code', async () => {
  const code = await codeOf('docs/guide/uni-modules.md')
  expect([...code.keys()]).toEqual(['auth.js', 'main.js', 'pages.json', 'pages/index/index.vue'])
  expect([...(await codeOf('docs/zh/guide/uni-modules.md'))]).toEqual([...code])
})

test('package.json has the fields that DCloud requires, and the version of the package', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
  const manifest = JSON.parse(await read('package.json')) as Record<string, unknown>
  expect(manifest).toMatchObject({
    id: 'watchword',
    displayName: expect.any(String),
    version,
    description: expect.any(String),
    engines: { HBuilderX: expect.stringMatching(/^\^\d+\.\d+\.\d+$/) },
    dcloudext: {
      type: 'sdk-js',
      declaration: {
        ads: expect.stringMatching(/./),
        data: expect.stringMatching(/./),
        permissions: expect.stringMatching(/./),
      },
    },
    uni_modules: { dependencies: [], encrypt: [] },
  })
  expect((manifest.keywords as string[]).length).toBeLessThanOrEqual(5)
})

test('the changelog begins with the version, whose date is in full-width brackets', async () => {
  expect(await read('changelog.md')).toMatch(/^## \d+\.\d+\.\d+（[^）]+）\n/)
})

test('every component is where easycom finds it by its tag', () => {
  const components = paths.filter((path) => /^components\/.*\.vue$/.test(path))
  const tags = components.map((path) => path.split('/')[1]!)
  expect(tags.sort()).toEqual([
    'account-question',
    'auth-sheet',
    'credential-form',
    'form-box',
    'form-button',
    'keyboard-bar',
    'phone-number-button',
    'privacy-note',
    'profile-form',
    'scan-code',
    'sign-in-form',
    'terms-box',
  ])
  expect(components.sort()).toEqual(tags.map((tag) => `components/${tag}/${tag}.vue`))
})

test('HBuilderX adds the page that the guide adds by hand', async () => {
  const code = await codeOf('docs/guide/uni-modules.md')
  const { pages } = JSON.parse(code.get('pages.json')!) as { pages: object[] }
  const init = JSON.parse(await read('pages_init.json')) as { pages: { path: string }[] }
  expect(pages).toEqual(expect.arrayContaining(init.pages))
  for (const { path } of init.pages)
    expect(paths).toContain(`${path.replace('uni_modules/watchword/', '')}.vue`)
})

test('everything that a file names is there, and no file names the npm package', async () => {
  for (const path of paths.filter((one) => /\.(vue|js|css|ts)$/.test(one))) {
    // Comments show what apps write.
    const text = (await read(path)).replace(/^ *\*.*$/gm, '')
    const named = [...text.matchAll(/(?:from |import\(|@import |src=)['"]([^'"]+)['"]/g)].map(
      ([, to]) => to!,
    )
    expect(named.filter((to) => /^watchword/.test(to))).toEqual([])
    for (const to of named.filter((one) => one.startsWith('.'))) {
      const target = joinPosix(dirname(path), to)
      const found = path.endsWith('.d.ts') ? target.replace(/\.js$/, '.d.ts') : target
      expect(paths, `${path} names ${to}`).toContain(found)
    }
  }
})

test('what editors show of its declarations imports the module', async () => {
  const declarations = paths.filter((path) => path.endsWith('.d.ts'))
  const text = (await Promise.all(declarations.map(read))).join('\n')
  expect(text).toContain("from '@/uni_modules/watchword/host'")
  expect(text).toContain('`@/uni_modules/watchword/adapters`')
  expect(text.match(/['`]watchword(\/[\w-]+)?['`]/g)).toBe(null)
})

test('everything that its documents link to is in it', async () => {
  const links: string[] = []
  for (const path of paths.filter((one) => one.endsWith('.md')))
    for (const [, link] of (await read(path)).matchAll(/\]\(([^)\s#]+)[^)\s]*\)/g))
      if (!/^[a-z]+:/.test(link!)) links.push(normalize(joinPosix(dirname(path), link!)))
  expect(links).toContain('docs/client.md')
  expect(links.filter((target) => !paths.includes(target))).toEqual([])
})

test('an app that checks all types in its folder finds no mistake in the module', async () => {
  const compilerOptions = {
    ...{ target: 'esnext', module: 'esnext', moduleResolution: 'bundler' },
    ...{ lib: ['esnext', 'dom'], types: ['@dcloudio/types'] },
    ...{ strict: true, skipLibCheck: true, noEmit: true },
  }
  const include = ['uni_modules/**/*.ts', 'uni_modules/**/*.vue']
  await writeFile(join(app.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }))
  const checked = runIn(app.folder, 'vue-tsc/bin/vue-tsc.js', [])
  expect((await checked.catch((error: { stdout: string }) => error)).stdout).toBe('')
})

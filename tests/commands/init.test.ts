import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeCommand } from '../../scripts/package/command'

let folder: string
let bin: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-bin-'))
  bin = join(folder, 'watchword.mjs')
  await writeCommand(bin)
})
afterAll(() => rm(folder, { recursive: true }))

/** A project that has the package and its peer where npm puts them. */
async function createProject(name: string, files: Record<string, string>): Promise<string> {
  const root = join(folder, name)
  const modules = join(root, 'node_modules')
  await mkdir(join(modules, 'watchword/bin'), { recursive: true })
  await cp(bin, join(modules, 'watchword/bin/watchword.mjs'))
  await symlink(resolve('node_modules/vue'), join(modules, 'vue'), 'junction')
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

const watchword = (root: string, args: string[], env: Record<string, string> = {}) =>
  new Promise<Outcome>((done) => {
    const script = 'node_modules/watchword/bin/watchword.mjs'
    const options = { cwd: root, env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...env } }
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })

const lines = (...each: string[]) => each.map((line) => `${line}\r\n`).join('')

/** In the shape of uni-app's own template. */
const official = {
  'package.json': '{ "dependencies": { "vue": "^3.4.21" } }',
  'src/main.ts': lines(
    'import { createSSRApp } from "vue";',
    'import App from "./App.vue";',
    'export function createApp() {',
    '  const app = createSSRApp(App);',
    '  return { app };',
    '}',
  ),
  'src/pages.json': lines(
    '{',
    '\t"pages": [ //the first opens',
    '\t\t{',
    '\t\t\t"path": "pages/index/index"',
    '\t\t}',
    '\t]',
    '}',
  ),
  'src/pages/index/index.vue': '<template><view /></template>',
}

test('without a terminal it shows the changes, writes nothing, and fails', async () => {
  const root = await createProject('asking', official)
  const { code, stdout, stderr } = await watchword(root, ['init'])
  expect(code).toBe(1)
  expect(stdout).toContain('+import { createAuthPlugin } from "watchword";\n')
  expect(stderr).toContain('Add --yes')
  expect(await readFile(join(root, 'src/main.ts'), 'utf8')).toBe(official['src/main.ts'])
})

test('--yes sets a project up, and a second time finds it so', async () => {
  const root = await createProject('official', official)
  const first = await watchword(root, ['init', '--yes'])
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toContain('npm install -E watchword pinia@')
  const main = await readFile(join(root, 'src/main.ts'), 'utf8')
  expect(main).toBe(
    lines(
      'import { createSSRApp } from "vue";',
      'import App from "./App.vue";',
      'import { createPinia } from "pinia";',
      'import { createAuthPlugin } from "watchword";',
      'import { auth } from "./auth";',
      'export function createApp() {',
      '  const app = createSSRApp(App);',
      '  app.use(createPinia());',
      '  app.use(createAuthPlugin(auth, { promptPage: "/pages/prompt/prompt" }));',
      '  return { app };',
      '}',
    ),
  )
  const second = await watchword(root, ['init'])
  expect(second).toMatchObject({ code: 0, stderr: '' })
  expect(second.stdout).toContain('already set up')
  expect(await readFile(join(root, 'src/main.ts'), 'utf8')).toBe(main)
})

test('it speaks Chinese where the system does', async () => {
  const root = await createProject('chinese', { ...official, 'src/pages.json': '{ "pages": [' })
  const { code, stderr } = await watchword(root, ['init', '--yes'], { LC_ALL: 'zh_CN.UTF-8' })
  expect(code).toBe(1)
  expect(stderr).toBe('src/pages.json 第 1 行第 13 列有语法错误。请改正后再执行 watchword init。\n')
})

test('the file is a program of few kilobytes', async () => {
  const text = await readFile(bin, 'utf8')
  expect(text).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(text.length).toBeLessThan(60_000)
})

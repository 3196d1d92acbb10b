import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'jsonc-parser'
import { describe, expect, test } from 'vitest'
import { easycomEntries } from '../../../cli/easycom'
import { InitError } from '../../../cli/errors'
import { planInit, type Plan } from '../../../cli/plan'
import { findProject } from '../../../cli/project'
import { versions } from '../../../cli/steps'

const main = `import { createSSRApp } from 'vue'
import App from './App.vue'

export function createApp() {
  const app = createSSRApp(App)
  return { app }
}
`
const pagesJson = '{\n  "pages": [\n    { "path": "pages/index/index" }\n  ]\n}\n'
const minimal = { 'src/main.ts': main, 'src/pages.json': pagesJson }

type Files = Record<string, string | undefined>

const plan = (files: Files): Plan => planInit(findProject(new Map(Object.entries(files))))

/** The files as they are after the plan. */
const carryOut = (files: Files, { changes }: Plan): Files => ({
  ...files,
  ...Object.fromEntries(changes.map(({ path, after }) => [path, after])),
})

const paths = ({ changes }: Plan) => changes.map(({ path }) => path).sort()
const after = ({ changes }: Plan, path: string) =>
  changes.find((change) => change.path === path)?.after

const projects: Record<string, Files> = {
  'with its sources in src/': minimal,
  'of JavaScript': { 'src/main.js': main, 'src/pages.json': pagesJson },
  'as HBuilderX has it': { 'main.js': main, 'pages.json': pagesJson, 'manifest.json': '{}' },
  'whose pages.json is generated': {
    'src/main.ts': main
      .replace('return', 'app.use(store)\n  return')
      .replace('\n\n', "\nimport store from './store'\n\n"),
    'src/store/index.ts': "import { createPinia } from 'pinia'\nexport default createPinia()\n",
    'src/pages/index/index.vue': '<template><view /></template>\n',
    'pages.config.ts': 'export default defineUniPages({\n  globalStyle: {},\n})\n',
  },
}

describe.each(Object.entries(projects))('a project %s', (_, files) => {
  test('is set up once, and complete after that', () => {
    const first = plan(files)
    expect(first.byHand).toEqual([])
    expect(first.changes).toHaveLength(4)
    const second = plan(carryOut(files, first))
    expect(second.changes).toEqual([])
    expect(second.byHand).toEqual([])
  })
})

test('the files of each are where its own are', () => {
  expect(Object.values(projects).map((files) => paths(plan(files)))).toEqual([
    ['src/auth.ts', 'src/main.ts', 'src/pages.json', 'src/pages/prompt/prompt.vue'],
    ['src/auth.js', 'src/main.js', 'src/pages.json', 'src/pages/prompt/prompt.vue'],
    ['auth.js', 'main.js', 'pages.json', 'pages/prompt/prompt.vue'],
    ['pages.config.ts', 'src/auth.ts', 'src/main.ts', 'src/pages/prompt/prompt.vue'],
  ])
})

test('what is in comments only is not there', () => {
  const lines = ['// app.use(createAuthPlugin(auth))', '/* createAuthPlugin(\n auth) */']
  const files = {
    ...minimal,
    'src/main.ts': main.replace('return', `${lines.join('\n  ')}\n  return`),
    'src/pages/index/index.vue': '<template>\n  <!-- <PromptPage /> -->\n</template>\n',
  }
  expect(paths(plan(files))).toEqual([
    ...['src/auth.ts', 'src/main.ts', 'src/pages.json', 'src/pages/prompt/prompt.vue'],
  ])
})

test('what looks like a comment in a string is none', () => {
  const first = plan(minimal)
  const done = carryOut(minimal, first)
  const strings = "const [all, cdn] = [import.meta.glob('./parts/*.ts'), '//cdn.example']\n"
  done['src/main.ts'] = `${strings}${done['src/main.ts']!}/** The end. */\n`
  expect(plan(done).changes).toEqual([])
})

test('a Pinia of the project stays the only one', () => {
  const text = after(plan(projects['whose pages.json is generated']!), 'src/main.ts')
  expect(text).toContain('  app.use(store)\n  app.use(createAuthPlugin(auth, ')
  expect(text).not.toContain('createPinia')
})

test.each(['./store', '@/store', '@/store/index'])('the store is found by %s', (specifier) => {
  const entry = `import store from '${specifier}'\n${main.replace('return', 'app.use(store)\n  return')}`
  const store = 'export default createPinia()\n'
  expect(plan({ ...minimal, 'src/main.ts': entry, 'src/store/index.ts': store }).byHand).toEqual([])
})

test('a Pinia that the entry does not show leaves the plugin to the reader, and the rest is done', () => {
  const files = {
    ...minimal,
    'src/plugins/pinia.ts': 'export const setup = (app) => app.use(createPinia())',
  }
  const first = plan(files)
  expect(paths(first)).toEqual(['src/auth.ts', 'src/pages.json', 'src/pages/prompt/prompt.vue'])
  expect(first.byHand).toMatchObject([
    { path: 'src/main.ts', reason: { code: 'pinia_elsewhere', where: 'src/plugins/pinia.ts' } },
  ])
  // The reader adds it where Pinia is.
  const done = {
    ...carryOut(files, first),
    'src/plugins/pinia.ts':
      'export const setup = (app) => app.use(createPinia()).use(createAuthPlugin(auth))',
  }
  expect(plan(done)).toMatchObject({ changes: [], byHand: [] })
})

describe('the name of the app', () => {
  test('is that in manifest.json', () => {
    const manifest = '{\n  // shown in WeChat\n  "name": "易搬家",\n}'
    expect(after(plan({ ...minimal, 'src/manifest.json': manifest }), 'src/main.ts')).toContain(
      "{ promptPage: '/pages/prompt/prompt', appName: '易搬家' }",
    )
  })

  test('is for the reader to add if there is none', () => {
    const named = plan({ ...minimal, 'src/manifest.json': '{ "name": "" }' })
    expect(after(named, 'src/main.ts')).not.toContain('appName')
    const step = { do: 'name_app', file: 'src/main.ts' }
    expect(named.steps).toContainEqual(step)
    const written = carryOut(minimal, named)
    expect(plan(written).steps).toContainEqual(step)
    written['src/main.ts'] = written['src/main.ts']!.replace('promptPage:', "appName: '易搬家', $&")
    expect(plan(written).steps).not.toContainEqual(step)
  })
})

describe('the prompt page', () => {
  const prompt = '<template><PromptPage /></template>\n'

  test('is the one that the project has', () => {
    const first = plan({ ...minimal, 'src/pages/ask/ask.vue': prompt })
    expect(paths(first)).toEqual(['src/auth.ts', 'src/main.ts', 'src/pages.json'])
    expect(after(first, 'src/pages.json')).toContain('{ "path": "pages/ask/ask" }')
    expect(after(first, 'src/main.ts')).toContain("promptPage: '/pages/ask/ask'")
  })

  test("leaves a page of the reader's own as it is", () => {
    const first = plan({
      ...minimal,
      'src/pages/prompt/prompt.vue': '<template><view /></template>',
    })
    expect(paths(first)).toContain('src/pages/watchword/prompt.vue')
    expect(after(first, 'src/main.ts')).toContain("promptPage: '/pages/watchword/prompt'")
  })

  test('is in no folder of a subpackage', () => {
    const pages = `{
  "pages": [{ "path": "home/home" }],
  "subPackages": [{ "root": "pages", "pages": [{ "path": "shop/shop" }] }]
}`
    const first = plan({ ...minimal, 'src/pages.json': pages })
    expect(paths(first)).toContain('src/watchword/prompt.vue')
    expect(after(first, 'src/pages.json')).toContain('{ "path": "watchword/prompt" }')
  })

  test('may be in a subpackage that the reader chose', () => {
    const pages = `{
  "pages": [{ "path": "pages/index/index" }],
  "subPackages": [{ "root": "sub", "pages": [{ "path": "ask" }] }]
}`
    const first = plan({ ...minimal, 'src/pages.json': pages, 'src/sub/ask.vue': prompt })
    expect(after(first, 'src/pages.json')).not.toContain('"sub/ask"')
    expect(after(first, 'src/main.ts')).toContain("promptPage: '/sub/ask'")
  })

  test('is for the reader where generated pages are in another folder', () => {
    const first = plan({
      'src/main.ts': main,
      'pages.config.ts': 'export default {\n  pages: [],\n}\n',
      'src/views/index.vue': '',
    })
    expect(first.byHand).toMatchObject([
      { path: 'src/pages/prompt/prompt.vue', reason: { code: 'pages_elsewhere' } },
    ])
  })
})

describe('the module of the Auth', () => {
  test.each([{ 'src/auth.ts': 'export const user = 1' }, { 'src/auth/index.ts': 'export {}' }])(
    "has another name beside the reader's own %o",
    (own) => {
      const first = plan({ ...minimal, ...own })
      expect(paths(first)).toContain('src/watchword.ts')
      expect(after(first, 'src/main.ts')).toContain("import { auth } from './watchword'")
    },
  )

  test('is the one that the project has', () => {
    const own = "import { createAuth } from 'watchword'\nexport const session = createAuth({})\n"
    const first = plan({ ...minimal, 'src/services/session.ts': own })
    expect(paths(first)).not.toContain('src/auth.ts')
    expect(after(first, 'src/main.ts')).toContain("import { session } from './services/session'")
    expect(after(first, 'src/main.ts')).toContain('createAuthPlugin(session, ')
  })
})

describe('what is left for the reader', () => {
  const installed =
    '{ "dependencies": { "watchword": "0.1.0", "vue": "3.4.21" }, "devDependencies": { "pinia": "2.2.4" } }'

  test('nothing that is done already', () => {
    const first = plan({
      ...minimal,
      'package.json': installed,
      '.env.development': 'VITE_API_BASE=https://api.example.com\n',
      'src/manifest.json': '{ "name": "易搬家" }',
      'src/pages/index/index.vue': '<template><AuthSheet /></template>',
    })
    expect(first.steps).toEqual([])
  })

  test('what is not', () => {
    expect(plan(minimal).steps).toEqual([
      { do: 'install', command: `npm install -E watchword pinia@2.2.4 vue@3.4.21` },
      { do: 'set_api_base', file: '.env' },
      { do: 'name_app', file: 'src/main.ts' },
      { do: 'place_sheet' },
    ])
  })

  test("with the project's package manager and its folder of environments", () => {
    const files = { ...minimal, 'pnpm-lock.yaml': '', 'env/.env.production': 'VITE_PORT=1' }
    expect(plan(files).steps).toMatchObject([
      { command: expect.stringMatching(/^pnpm add -E /) as string },
      { file: 'env/.env' },
      {},
      {},
    ])
  })

  test('to build twice, where pages.json is generated', () => {
    expect(plan(projects['whose pages.json is generated']!).steps.at(-1)).toEqual({
      do: 'build_twice',
      config: 'pages.config.ts',
    })
  })

  test('the versions are those that this repository is built with', () => {
    const { devDependencies } = JSON.parse(repositoryFile('package.json')) as {
      devDependencies: Record<string, string>
    }
    expect(devDependencies).toMatchObject(versions)
  })
})

test('the rules are those of this project and of the READMEs', () => {
  const written = { custom: Object.fromEntries(easycomEntries) }
  expect(parse(repositoryFile('pages.json'))).toMatchObject({ easycom: written })
  for (const readme of ['README.md', 'README.zh-CN.md'])
    for (const [pattern, target] of easycomEntries)
      expect(repositoryFile(readme)).toContain(`"${pattern}": "${target}"`)
})

const repositoryFile = (path: string) =>
  readFileSync(join(import.meta.dirname, '../../..', path), 'utf8')

describe('nothing is planned', () => {
  test.each<[string, Files, InitError['problem']]>([
    ['without a project', { 'package.json': '{}' }, { code: 'no_project' }],
    ['without an entry', { 'src/pages.json': pagesJson }, { code: 'no_project' }],
    [
      'for Vue 2',
      { ...minimal, 'src/manifest.json': '{ "vueVersion": "2" }' },
      { code: 'vue_2', path: 'src/manifest.json' },
    ],
    [
      'if pages.json is broken',
      { ...minimal, 'src/pages.json': '{ "pages": [' },
      { code: 'unreadable', path: 'src/pages.json', line: 1, column: 13 },
    ],
    [
      'if the entry is not UTF-8',
      { ...minimal, 'src/main.ts': undefined },
      { code: 'not_utf8', path: 'src/main.ts' },
    ],
  ])('%s', (_, files, problem) => {
    let error: unknown
    try {
      plan(files)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(InitError)
    expect((error as InitError).problem).toEqual(problem)
  })
})

import { describe, expect, test } from 'vitest'
import type { InitError } from '../../../cli/errors'
import { addPlugin, type MainWishes } from '../../../cli/mainFile'

const plugin = "createAuthPlugin(auth, { promptPage: '/pages/prompt/prompt', appName: '易搬家' })"

function add(text: string, wishes: Partial<MainWishes> = {}, path = 'src/main.ts') {
  return addPlugin(path, text, {
    authModule: './auth',
    authName: 'auth',
    promptPage: '/pages/prompt/prompt',
    appName: '易搬家',
    makesPinia: (specifier) => specifier === './store',
    piniaFile: undefined,
    ...wishes,
  })
}

test('an entry without Pinia gets it, and the plugin', () => {
  const before = `import { createSSRApp } from 'vue'
import App from './App.vue'

export function createApp() {
  const app = createSSRApp(App)
  return { app }
}
`
  expect(add(before)).toEqual({
    byHand: [],
    text: `import { createSSRApp } from 'vue'
import App from './App.vue'
import { createPinia } from 'pinia'
import { createAuthPlugin } from 'watchword'
import { auth } from './auth'

export function createApp() {
  const app = createSSRApp(App)
  app.use(createPinia())
  app.use(${plugin})
  return { app }
}
`,
  })
})

test('new lines have the quotes, semicolons, tabs and line ends of the file', () => {
  const before = [
    'import {',
    '\tcreateSSRApp',
    '} from "vue";',
    'import App from "./App.vue"; // the app',
    'export function createApp() {',
    '\tconst app = createSSRApp(App); // one for all',
    '\treturn { app };',
    '}',
  ].join('\r\n')
  const after = add(before, { appName: `"Max's"` }, 'src/main.js').text
  expect(after.split('\r\n')).toEqual([
    'import {',
    '\tcreateSSRApp',
    '} from "vue";',
    'import App from "./App.vue"; // the app',
    'import { createPinia } from "pinia";',
    'import { createAuthPlugin } from "watchword";',
    'import { auth } from "./auth";',
    'export function createApp() {',
    '\tconst app = createSSRApp(App); // one for all',
    '\tapp.use(createPinia());',
    '\tapp.use(createAuthPlugin(auth, { promptPage: "/pages/prompt/prompt", appName: "\\"Max\'s\\"" }));',
    '\treturn { app };',
    '}',
  ])
})

test('where a file has both, the style is that of most imports', () => {
  const before = `import App from './App.vue'
import router from './router'
import * as Pinia from "pinia";
const app = createSSRApp(App)
app.use(Pinia.createPinia())
`
  expect(add(before).text).toContain("\nimport { auth } from './auth'\nconst app")
})

test('without a name of the app the plugin has none', () => {
  const before = 'const app = createSSRApp(App)\n'
  expect(add(before, { appName: undefined }).text).toContain(
    "app.use(createAuthPlugin(auth, { promptPage: '/pages/prompt/prompt' }))\n",
  )
})

test('a quote in a name is escaped', () => {
  const after = add('const app = createSSRApp(App)\n', { appName: `Max's "app"` }).text
  expect(after).toContain(`appName: 'Max\\'s "app"' }`)
})

describe('with Pinia, the plugin comes after it', () => {
  const entry = (imports: string, body: string) => `import { createSSRApp } from 'vue'
${imports}
export function createApp() {
  const app = createSSRApp(App)
  ${body}
  return { app }
}
`
  test.each([
    ['created in place', "import { createPinia } from 'pinia'", 'app.use(createPinia())'],
    ['by a namespace', "import * as Pinia from 'pinia'", 'app.use(Pinia.createPinia())'],
    ['renamed', "import { createPinia as make } from 'pinia'", 'app.use(make())'],
    ['imported by unplugin-auto-import', 'const p = createPinia()', 'app.use(p)'],
    ['from the store', "import store from './store'", 'app.use(store)'],
    ['by a function of the store', "import { setupStore } from './store'", 'setupStore(app)'],
    [
      'from a variable',
      "import { createPinia } from 'pinia'\nconst p = createPinia()",
      'app.use(p)',
    ],
  ])('%s', (_, imports, body) => {
    const before = entry(imports, `app.use(router)\n  ${body} // stores\n  app.use(later)`)
    const { text, byHand } = add(before, { piniaFile: 'src/store/index.ts' })
    expect(byHand).toEqual([])
    expect(text).toContain(`  ${body} // stores\n  app.use(${plugin})\n  app.use(later)\n`)
    expect(text.match(/createPinia\(\)/g)?.length).toBe(before.match(/createPinia\(\)/g)?.length)
  })

  test('also where the app is made and given Pinia at once', () => {
    const before = `import { createPinia } from 'pinia'
export function createApp() {
  const app = createSSRApp(App)
    .use(createPinia())
  return { app }
}
`
    expect(add(before).text).toContain(`    .use(createPinia())\n  app.use(${plugin})\n  return`)
  })
})

describe('conditional comments', () => {
  test('in the entry that HBuilderX makes, all goes to the branch of Vue 3', () => {
    const before = `import App from './App'

// #ifndef VUE3
import Vue from 'vue'
const app = new Vue({ ...App })
app.$mount()
// #endif

// #ifdef VUE3
import { createSSRApp } from 'vue'
export function createApp() {
  const app = createSSRApp(App)
  return {
    app
  }
}
// #endif
`
    const { text, byHand } = add(before, {}, 'main.js')
    expect(byHand).toEqual([])
    expect(text).toBe(
      before
        .replace(
          "import { createSSRApp } from 'vue'\n",
          "import { createSSRApp } from 'vue'\nimport { createPinia } from 'pinia'\nimport { createAuthPlugin } from 'watchword'\nimport { auth } from './auth'\n",
        )
        .replace(
          '  const app = createSSRApp(App)\n',
          `  const app = createSSRApp(App)\n  app.use(createPinia())\n  app.use(${plugin})\n`,
        ),
    )
  })

  test('an import for one platform is not the last', () => {
    const before = `import App from './App.vue'
// #ifdef H5
import './web.css'
// #endif
const app = createSSRApp(App)
`
    expect(add(before).text).toContain(
      "import App from './App.vue'\nimport { createPinia } from 'pinia'\n",
    )
  })

  test('Pinia for one platform is no Pinia for all', () => {
    const before = `import { createPinia } from 'pinia'
const app = createSSRApp(App)
// #ifdef H5
app.use(createPinia())
// #endif
`
    const after = add(before)
    expect(after.text).toBe(before)
    expect(after.byHand).toMatchObject([{ reason: { code: 'conditional' } }])
  })

  test('a module that only its compiler can read is not broken', () => {
    const before = `// #ifdef H5
const app = createSSRApp(Web)
if (
// #endif
// #ifndef H5
const app = createSSRApp(App)
// #endif
`
    expect(add(before).byHand).toMatchObject([{ reason: { code: 'conditional' } }])
  })
})

describe('what cannot be done safely is for the reader', () => {
  test('a Pinia that another module gives to the app', () => {
    const before = `import { setupPlugins } from './plugins'
const app = createSSRApp(App)
setupPlugins(app)
`
    const after = add(before, { piniaFile: 'src/plugins/store.ts' })
    expect(after).toEqual({
      text: before,
      byHand: [
        {
          path: 'src/main.ts',
          reason: { code: 'pinia_elsewhere', where: 'src/plugins/store.ts' },
          lines: `import { createAuthPlugin } from 'watchword'\nimport { auth } from './auth'\n\napp.use(${plugin})`,
        },
      ],
    })
  })

  test.each([
    ['no variable has the app', 'export const createApp = () => ({ app: createSSRApp(App) })\n'],
    ['there are two', 'const one = createSSRApp(A)\nconst two = createSSRApp(B)\n'],
    ['there is none', "import './setup'\n"],
  ])('%s', (_, before) => {
    expect(add(before)).toMatchObject({ text: before, byHand: [{ reason: { code: 'no_app' } }] })
  })

  test('a name that has another meaning', () => {
    const before = "import { auth } from './firebase'\nconst app = createSSRApp(App)\n"
    expect(add(before)).toMatchObject({
      text: before,
      byHand: [{ reason: { code: 'name_taken', name: 'auth' } }],
    })
  })
})

test('what is imported already is not imported again', () => {
  const before = `import { createAuthPlugin } from 'watchword'
import { auth } from './auth'
const app = createSSRApp(App)
`
  expect(add(before).text.match(/from/g)).toHaveLength(3)
})

test('statements of one line stay in it', () => {
  const before = 'export function createApp() { const app = createSSRApp(App); return { app } }\n'
  expect(add(before).text).toContain(
    `{ const app = createSSRApp(App); app.use(createPinia()); app.use(${plugin}); return { app } }\n`,
  )
})

test('an entry without imports gets them first', () => {
  expect(add('const app = createSSRApp(App)\n').text).toMatch(
    /^import \{ createPinia \} from 'pinia'\n/,
  )
})

test('a broken entry is reported by line and column', () => {
  let error: unknown
  try {
    add('const app = createSSRApp(App)\nexport function {\n')
  } catch (thrown) {
    error = thrown
  }
  expect((error as InitError).problem).toEqual({
    code: 'unreadable',
    path: 'src/main.ts',
    line: 2,
    column: 17,
  })
})

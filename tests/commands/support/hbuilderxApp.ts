import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { tagOf } from '../../../scripts/uniModules/layout'
import { MODULE_ID, writeModule } from '../../../scripts/uniModules/writeModule'
import { codeOf, compile, readDevDependencies } from './compile'

/** A project as HBuilderX makes it: its sources are at the root, and the module is beside them. */
export interface HBuilderXApp {
  folder: string
  /** Where it has the module. */
  module: string
  /** Compiles it with the CLI. Resolves to the folder. */
  build(platform: 'mp-weixin' | 'h5', apiBase: string): Promise<string>
  remove(): Promise<void>
}

const pages = ['pages/plain/plain', 'pages/entries/entries']

/** Makes the module of the built package, and adds what docs/guide/uni-modules.md says. */
export async function createHBuilderXApp(builtPackage: string): Promise<HBuilderXApp> {
  // As freshApp.ts, it finds all packages where this repository has them.
  await mkdir('dist', { recursive: true })
  const app = resolve(await mkdtemp('dist/hbuilderx-'))
  const module = join(app, 'uni_modules', MODULE_ID)
  const fixture = 'tests/commands/fixtures/app'
  for (const file of ['App.vue', 'manifest.json', ...pages.map((page) => `${page}.vue`)])
    await copyRenamed(join(fixture, 'src', file), join(app, file))
  await copyRenamed(join(fixture, 'index.html'), join(app, 'index.html'))
  // HBuilderX brings these two itself.
  await cp(join(fixture, 'vite.config.ts'), join(app, 'vite.config.ts'))
  await writeFile(
    join(app, 'package.json'),
    JSON.stringify({ private: true, devDependencies: await readDevDependencies() }),
  )
  await writeModule(builtPackage, module)
  await addDocumentsLines(app)
  return {
    folder: app,
    module,
    build: (platform, apiBase) => compile(app, platform, apiBase, '.'),
    remove: () => rm(app, { recursive: true }),
  }
}

/** The fixtures' files are those of a CLI project with the npm package. */
async function copyRenamed(source: string, target: string): Promise<void> {
  const text = await readFile(source, 'utf8')
  await mkdir(dirname(target), { recursive: true })
  await writeFile(
    target,
    text
      .replaceAll(/'watchword(?=['/])/g, `'@/uni_modules/${MODULE_ID}`)
      .replaceAll(/<(?=[A-Z])\w+/g, tagOf)
      .replace('/src/main.ts', '/main.js'),
  )
}

/** Keeps the pages that the app has already. */
async function addDocumentsLines(app: string): Promise<void> {
  const code = await codeOf('docs/guide/uni-modules.md')
  const listed = JSON.parse(code.get('pages.json') ?? '') as { pages: { path: string }[] }
  listed.pages.push(...pages.map((path) => ({ path })))
  code.set('pages.json', JSON.stringify(listed))
  for (const [path, text] of code) {
    await mkdir(dirname(join(app, path)), { recursive: true })
    await writeFile(join(app, path), text)
  }
}

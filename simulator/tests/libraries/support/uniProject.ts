import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { writePictures } from './pictures'
import { pageOf, type Sample } from './sample'

const run = promisify(execFile)

/** A component library for uni-app, and how its documentation says to install it. */
export interface UniLibrary {
  /** The package. */
  name: string
  /** `easycom` of pages.json: tags, and where their components are. */
  easycom: Readonly<Record<string, string>>
  /** Lines of main.js. */
  imports?: string
  install?: string
  /** The style of App.vue, and uni.scss. */
  appStyle?: string
  variables?: string
  /** Functions that it calls and that the simulator does not model. */
  notModelled?: readonly string[]
  samples: readonly Sample[]
}

/** A compiled library; see `compileLibrary`. */
export interface CompiledLibrary {
  dist: string
  remove(): Promise<void>
}

/** Compiles a page for each sample for mp-weixin. Rejects with what uni-app's compiler said. */
export async function compileLibrary(library: UniLibrary): Promise<CompiledLibrary> {
  // Where it finds the packages of this repository and of the simulator: Sass is among these.
  await mkdir('simulator/dist', { recursive: true })
  const project = resolve(await mkdtemp('simulator/dist/library-'))
  const dist = join(project, 'dist/build/mp-weixin')
  const remove = () => rm(project, { recursive: true })
  try {
    await writeFiles(project, filesOf(library, await readDevDependencies()))
    // The compiler puts a component where its source is, which must not be outside of the project.
    const installed = join('node_modules', library.name)
    await cp(installed, join(project, installed), { recursive: true })
    const uni = resolve('node_modules/@dcloudio/vite-plugin-uni/bin/uni.js')
    await run(process.execPath, [uni, 'build', '-p', 'mp-weixin'], {
      cwd: project,
      env: { ...process.env, NODE_ENV: 'production', UNI_INPUT_DIR: join(project, 'src') },
      maxBuffer: 64 * 1024 * 1024,
    })
    await writePictures(dist)
  } catch (error) {
    await remove()
    throw error
  }
  return { dist, remove }
}

/** uni-app looks for its own packages among those that package.json names. */
async function readDevDependencies(): Promise<object> {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: object
  }
  return devDependencies
}

function filesOf(library: UniLibrary, devDependencies: object): Record<string, string> {
  const { name, easycom, imports = '', install = '', appStyle = '', variables = '' } = library
  const pages = library.samples.map((sample) => ({
    path: pageOf(sample),
    style: { navigationBarTitleText: sample.shows[0] },
  }))
  return {
    'package.json': JSON.stringify({ private: true, devDependencies }),
    'vite.config.ts': viteConfig,
    'src/manifest.json': JSON.stringify({ name, appid: '', vueVersion: '3', 'mp-weixin': {} }),
    'src/pages.json': JSON.stringify({ easycom: { custom: easycom }, pages }),
    'src/main.js': `import { createSSRApp } from 'vue'
import App from './App.vue'
${imports}
export function createApp() {
  const app = createSSRApp(App)
  ${install}
  return { app }
}`,
    'src/App.vue': `<script>export default {}</script>\n<style lang="scss">${appStyle}</style>`,
    'src/uni.scss': variables,
    ...Object.fromEntries(
      library.samples.map((sample) => [`src/${pageOf(sample)}.vue`, pageFile(sample)]),
    ),
  }
}

const pageFile = ({ template, data = '{}', methods = '{}' }: Sample) => `<template>
<view class="sample">${template}</view>
</template>
<script>
export default { data: () => (${data}), methods: ${methods} }
</script>`

const viteConfig = `import uni from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'
export default defineConfig({ plugins: [uni()], build: { minify: false } })
`

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

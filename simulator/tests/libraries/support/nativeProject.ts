import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { writePictures } from './pictures'
import { pageOf, type Sample } from './sample'

/** A component library in WeChat's own syntax. */
export interface NativeLibrary {
  /** The package. */
  name: string
  /** What its tags begin with: `van-`. */
  prefix: string
  /** Where a component is, in `usingComponents`. */
  path(component: string): string
  /** A style sheet that app.wxss has to import. */
  styles?: string
  samples: readonly Sample[]
}

/** An app with a page for each sample. */
export interface NativeProject {
  dist: string
  remove(): Promise<void>
}

/**
 * Writes it, as source: the package is found in node_modules, as where it was not built into
 * miniprogram_npm.
 */
export async function writeProject(library: NativeLibrary): Promise<NativeProject> {
  await mkdir('dist', { recursive: true })
  const dist = resolve(await mkdtemp('dist/library-'))
  for (const [name, text] of Object.entries(filesOf(library))) {
    await mkdir(dirname(join(dist, name)), { recursive: true })
    await writeFile(join(dist, name), text)
  }
  await writePictures(dist)
  return { dist, remove: () => rm(dist, { recursive: true }) }
}

function filesOf({ name, prefix, path, styles, samples }: NativeLibrary): Record<string, string> {
  const usedBy = ({ shows }: Sample) =>
    Object.fromEntries(shows.map((component) => [prefix + component, path(component)]))
  return {
    'package.json': JSON.stringify({ dependencies: { [name]: '*' } }),
    'app.json': JSON.stringify({ pages: samples.map(pageOf) }),
    'app.js': 'App({})',
    ...(styles !== undefined && { 'app.wxss': `@import "${styles}";` }),
    ...Object.fromEntries(
      samples.flatMap((sample) => [
        [`${pageOf(sample)}.json`, JSON.stringify({ usingComponents: usedBy(sample) })],
        [`${pageOf(sample)}.wxml`, `${sample.template}<view class="value">{{value}}</view>`],
        [`${pageOf(sample)}.js`, pageScript(sample)],
      ]),
    ),
  }
}

/** Every page can show and hide something, and note what an event has brought. */
const pageScript = ({ data = '{}', methods = '{}' }: Sample) => `Page({
  data: { value: '', show: false, ...${data} },
  open() { this.setData({ show: true }) },
  close() { this.setData({ show: false }) },
  note({ type, detail = null }) {
    // Some hand out a component with it.
    const plain = (name, member) => (typeof member?.setData === 'function' ? undefined : member)
    this.setData({ value: type + ' ' + JSON.stringify(detail, plain) })
  },
  ...${methods},
})`

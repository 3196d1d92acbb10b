import { parse } from 'jsonc-parser'
import { InitError } from './errors'

/**
 * The files of a project that say how it is built, by their path from its root, with slashes. Undefined:
 * the file is not UTF-8.
 */
export type ProjectFiles = ReadonlyMap<string, string | undefined>

/** A uni-app project with Vue 3. */
export interface Project {
  files: ProjectFiles
  /** `src/`, or empty as in HBuilderX. */
  source: 'src/' | ''
  /** The app's entry. */
  main: string
  pages: PagesFile
}

export type PagesFile =
  | { is: 'written'; path: string }
  /** vite-plugin-uni-pages makes `pages.json` of this file and of those in `pages/`. */
  | { is: 'generated'; path: string }

const configPattern = /^pages\.config\.([cm]?[tj]s|json)$/

/** @throws InitError if it is no such project */
export function findProject(files: ProjectFiles): Project {
  const config = [...files.keys()].find((path) => configPattern.test(path))
  for (const source of ['src/', ''] as const) {
    const main = [`${source}main.ts`, `${source}main.js`].find((path) => files.has(path))
    const written = `${source}pages.json`
    if (!main || !(config ?? files.has(written))) continue
    requireVue3(files, `${source}manifest.json`)
    const pages: PagesFile = config
      ? { is: 'generated', path: config }
      : { is: 'written', path: written }
    return { files, source, main, pages }
  }
  throw new InitError({ code: 'no_project' })
}

/** @throws InitError if the file is not UTF-8 */
export function textOf(files: ProjectFiles, path: string): string {
  const text = files.get(path)
  if (text === undefined) throw new InitError({ code: 'not_utf8', path })
  return text
}

/** The files below the source folder whose text matches outside of comments. */
export function sourcesWith({ files, source }: Project, pattern: RegExp): string[] {
  return [...files]
    .filter(([path, text]) => path.startsWith(source) && pattern.test(withoutComments(text ?? '')))
    .map(([path]) => path)
}

/** Only what begins behind a space or a sign: addresses and patterns in strings look alike. */
function withoutComments(text: string): string {
  return text.replace(/(?<=^|[\s;,(){}])(?:\/\*[^]*?\*\/|\/\/.*)|<!--[^]*?-->/gm, '')
}

/** The file of the project that a module of the source folder imports so. */
export function resolveImport({ files, source }: Project, specifier: string): string | undefined {
  const [, path] = /^(?:\.|@|~)\/(.+)$/.exec(specifier) ?? []
  if (path === undefined) return undefined
  const endings = ['', '.ts', '.js', '.mts', '.mjs', '/index.ts', '/index.js']
  return endings.map((ending) => source + path + ending).find((candidate) => files.has(candidate))
}

/** The app's name in manifest.json, if it has one there. */
export function appNameOf({ files, source }: Project): string | undefined {
  const { name } = readJson(files, `${source}manifest.json`)
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** An object of JSON with comments; empty if there is none that can be read. */
export function readJson(files: ProjectFiles, path: string): Record<string, unknown> {
  const value: unknown = parse(files.get(path) ?? '')
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function requireVue3(files: ProjectFiles, path: string): void {
  // "3" by default: https://uniapp.dcloud.net.cn/collocation/manifest.html
  if (String(readJson(files, path).vueVersion ?? '3') === '2')
    throw new InitError({ code: 'vue_2', path })
}

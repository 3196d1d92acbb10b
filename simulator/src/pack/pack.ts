import path from 'node:path'
import { openCompiledDirectory, resolvePath, type CompiledDirectory } from './compiledDirectory'
import { PackError } from './packError'
import type { AppConfig, ComponentConfig, PackedApp } from './packedApp'
import { compileTemplates } from './templates'
import { appSelector, componentSelector, convertWxss, pageSelector } from './wxss'

/** Components that come from elsewhere than the directory; the simulator has none of them. */
const isForeign = (target: string) =>
  /^(plugin|plugin-private|ext|weui-miniprogram):?\/?\//.test(target)

const componentPath = (from: string, target: string, directory: CompiledDirectory) => {
  const resolved = resolvePath(from, target)
  // WeChat takes `components/card` for `components/card/index` as well.
  return directory.files.has(`${resolved}.js`) ? resolved : `${resolved}/index`
}

/** Reads the JSON of every page and of every component that can be reached from one. */
function readComponents(directory: CompiledDirectory, app: AppConfig, pages: string[]) {
  const components: Record<string, ComponentConfig> = {}
  const visit = (current: string, namedIn: string) => {
    if (components[current]) return
    for (const ending of ['js', 'wxml']) {
      if (!directory.files.has(`${current}.${ending}`)) {
        throw new PackError(namedIn, `names "${current}", but ${current}.${ending} is not there`)
      }
    }
    const file = `${current}.json`
    const own = (directory.files.has(file) ? directory.readJson(file) : {}) as ComponentConfig
    const usingComponents: Record<string, string> = {}
    components[current] = { ...own, usingComponents }
    const used = [
      ...Object.entries(app.usingComponents ?? {}).map(
        ([tag, to]) => [tag, to, 'app.json'] as const,
      ),
      ...Object.entries(own.usingComponents ?? {}).map(([tag, to]) => [tag, to, file] as const),
    ]
    for (const [tag, target, from] of used) {
      if (isForeign(target)) throw new PackError(from, `"${target}": plugins are not supported`)
      const found = componentPath(from, target, directory)
      usingComponents[tag] = `/${found}`
      visit(found, from)
    }
  }
  for (const page of pages) visit(page, 'app.json')
  return components
}

/** Puts the imported files in the place of `@import`. */
function inlineImports(directory: CompiledDirectory, file: string, from: string, seen: string[]) {
  if (seen.includes(file)) return ''
  const source: string = directory
    .read(file, from)
    .replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?/g, (_, target: string) =>
      inlineImports(directory, resolvePath(file, target), file, [...seen, file]),
    )
  return source
}

function convertStyles(
  directory: CompiledDirectory,
  components: Record<string, ComponentConfig>,
  pages: string[],
  width: number,
) {
  const styles: Record<string, string> = {}
  const stylePrefixes: Record<string, string> = {}
  const add = (path: string, selector: (selector: string) => string) => {
    const file = `${path}.wxss`
    if (!directory.files.has(file)) return
    styles[path] = convertWxss(inlineImports(directory, file, file, []), { width, selector })
  }
  add('app', appSelector)
  for (const path of Object.keys(components)) {
    if (pages.includes(path)) add(path, pageSelector(path))
    else {
      const prefix = `c${Object.keys(stylePrefixes).length + 1}`
      stylePrefixes[path] = prefix
      add(path, componentSelector(prefix))
    }
  }
  return { styles, stylePrefixes }
}

const readAppId = (directory: CompiledDirectory) => {
  const file = 'project.config.json'
  const project = directory.files.has(file) ? (directory.readJson(file) as { appid?: string }) : {}
  return project.appid || 'touristappid'
}

/**
 * Reads a directory compiled for mp-weixin.
 * `width` is the phone's in CSS pixels. Throws `PackError`, which names the file, for a directory
 * without app.json, JSON or WXML that cannot be read, and pages, components or styles not there.
 */
export function pack(dist: string, { width = 375 } = {}): PackedApp {
  const directory = openCompiledDirectory(dist)
  const config = directory.readJson('app.json') as AppConfig & {
    subpackages?: AppConfig['subPackages']
  }
  if (config.darkmode && config.themeLocation) {
    config.themes = directory.readJson(config.themeLocation) as NonNullable<AppConfig['themes']>
  }
  const subPackages = config.subPackages ?? config.subpackages ?? []
  const pages = [
    ...(config.pages ?? []),
    ...subPackages.flatMap(({ root, pages }) => pages.map((page) => path.posix.join(root, page))),
  ]
  if (pages.length === 0) throw new PackError('app.json', 'names no page')
  if (!directory.files.has('app.js')) throw new PackError('app.js', 'is not there')
  const components = readComponents(directory, config, pages)
  const templates = compileTemplates(
    directory,
    (path) => new Set(Object.keys(components[path]?.usingComponents ?? {})),
  )
  const modules: Record<string, string> = {}
  for (const file of directory.files) if (file.endsWith('.js')) modules[file] = directory.read(file)
  return {
    appId: readAppId(directory),
    config,
    pages,
    components,
    modules,
    ...convertStyles(directory, components, pages, width),
    templates: templates.source,
    warnings: templates.warnings,
  }
}

import { readUsingComponents } from './appConfig'
import { resolvePath, type CompiledDirectory } from './compiledDirectory'
import { PackError } from './packError'
import type { AppConfig, ComponentConfig } from './packedApp'
import type { Problems } from './problem'

/** Components that come from elsewhere than the directory; the simulator has none of them. */
const isForeign = (target: string) =>
  /^(plugin|plugin-private|ext|weui-miniprogram):?\/?\//.test(target)

/** The component that an app with `tabBar.custom` draws in place of WeChat's tab bar. */
const customTabBar = 'custom-tab-bar/index'

/** The endings that a page or component has to have. */
const endings = ['js', 'wxml'] as const

/** What of a page or component is not there, as a file name. */
const missingFile = (directory: CompiledDirectory, path: string) => {
  const ending = endings.find((ending) => !directory.files.has(`${path}.${ending}`))
  return ending && `${path}.${ending}`
}

const componentPath = (from: string, target: string, directory: CompiledDirectory) => {
  const resolved = resolvePath(from, target)
  // WeChat takes `components/card` for `components/card/index` as well.
  const isFolder =
    !directory.files.has(`${resolved}.js`) && directory.files.has(`${resolved}/index.js`)
  return isFolder ? `${resolved}/index` : resolved
}

/**
 * Reads the JSON of every page and of every component that can be reached from one. A component
 * that is not there is left out of `usingComponents`; a page without a file of its own stays, for
 * the app may open it.
 */
export function readComponents(
  directory: CompiledDirectory,
  app: AppConfig,
  pages: readonly string[],
  problems: Problems,
): Record<string, ComponentConfig> {
  const components: Record<string, ComponentConfig> = {}

  const readConfig = (path: string): ComponentConfig => {
    const file = `${path}.json`
    if (!directory.files.has(file)) return {}
    try {
      return directory.readJson(file)
    } catch (error) {
      if (!(error instanceof PackError)) throw error
      problems.add(file, error.problem, pages.includes(path) ? path : undefined)
      return {}
    }
  }
  const use = (target: string, from: string): string | undefined => {
    if (isForeign(target)) {
      problems.add(from, `"${target}": plugins are not supported`)
      return undefined
    }
    const path = componentPath(from, target, directory)
    const missing = missingFile(directory, path)
    if (missing) {
      problems.add(from, `names the component "${target}", but ${missing} is not there`)
      return undefined
    }
    visit(path)
    return `/${path}`
  }
  const visit = (path: string) => {
    if (components[path]) return
    const file = `${path}.json`
    const own = readConfig(path)
    const usingComponents: Record<string, string> = {}
    components[path] = { ...own, usingComponents }
    const used = [
      ['app.json', app.usingComponents ?? {}],
      [file, readUsingComponents(own.usingComponents, file, problems)],
    ] as const
    for (const [from, tags] of used) {
      for (const [tag, target] of Object.entries(tags)) {
        const found = use(target, from)
        if (found !== undefined) usingComponents[tag] = found
      }
    }
  }
  for (const page of pages) {
    const missing = missingFile(directory, page)
    if (missing)
      problems.add('app.json', `names the page "${page}", but ${missing} is not there`, page)
    visit(page)
  }
  if (app.tabBar?.custom === true) {
    const missing = missingFile(directory, customTabBar)
    if (missing) problems.add('app.json', `wants a tab bar of its own, but ${missing} is not there`)
    else visit(customTabBar)
  }
  return components
}

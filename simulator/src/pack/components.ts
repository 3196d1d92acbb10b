import { readUsingComponents } from './appConfig'
import type { CompiledDirectory } from './compiledDirectory'
import { isObject } from './isObject'
import { isExtension } from './packages'
import { PackError } from './packError'
import type { AppConfig, ComponentConfig } from './packedApp'
import type { Problems } from './problem'
import { readings, resolveFile } from './resolve'

/** Components of a plugin, by its name in app.json; the simulator runs none. */
const pluginName = (target: string) =>
  /^(?:plugin|plugin-private|dynamicLib):\/\/([^/]+)/.exec(target)?.[1]

/** The component that an app with `tabBar.custom` draws in place of WeChat's tab bar. */
const customTabBar = 'custom-tab-bar/index'

/** The endings that a page or component has to have. */
const endings = ['js', 'wxml'] as const

/** What of a page or component is not there, as a file name. */
const missingFile = (directory: CompiledDirectory, path: string) => {
  const ending = endings.find((ending) => !directory.files.has(`${path}.${ending}`))
  return ending && `${path}.${ending}`
}

/** Why a component's file is not there, if that can be guessed. */
function reasonOf(directory: CompiledDirectory, target: string, missing: string): string {
  if (directory.files.has(missing.replace(/\.js$/, '.ts')))
    return ': it is TypeScript, which project.config.json does not ask for (setting.useCompilerPlugins)'
  if (target.startsWith('/') || target.startsWith('.')) return ''
  const name = target.split('/', target.startsWith('@') ? 2 : 1).join('/')
  if (isExtension(name))
    return `: WeChat brings it where app.json asks for it (useExtendedLib); here, install ${name}`
  return `: if it is of a package, install ${name} and name it in the dependencies of package.json`
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
  const aliases = app.resolveAlias ?? {}

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
  const find = (target: string, from: string) => {
    const script = resolveFile(directory.files, from, target, '.js', aliases)
    return script?.slice(0, -'.js'.length) ?? readings(from, target, aliases)[0]!
  }
  const use = (target: string, from: string): string | undefined => {
    const plugin = pluginName(target)
    if (plugin !== undefined) {
      problems.add(
        from,
        `"${target}": the plugin "${plugin}" is not run, plugins are not supported`,
      )
      return undefined
    }
    if (target.startsWith('ext://')) {
      problems.add(from, `"${target}": WeChat's own extensions are not supported`)
      return undefined
    }
    const path = find(target, from)
    const missing = missingFile(directory, path)
    if (missing) {
      const reason = reasonOf(directory, target, missing)
      problems.add(from, `names the component "${target}", but ${missing} is not there${reason}`)
      return undefined
    }
    visit(path)
    return `/${path}`
  }
  const useAll = (tags: Readonly<Record<string, string>>, from: string) => {
    const found: Record<string, string> = {}
    for (const [tag, target] of Object.entries(tags)) {
      const path = use(target, from)
      if (path !== undefined) found[tag] = path
    }
    return found
  }
  /** Components that the user chooses; each may have a default (WeChat: 抽象节点). */
  const readGenerics = (value: unknown, from: string) => {
    if (!isObject(value)) return {}
    const generics: NonNullable<ComponentConfig['componentGenerics']> = {}
    for (const [name, generic] of Object.entries(value)) {
      const target = isObject(generic) ? generic.default : undefined
      const path = typeof target === 'string' ? use(target, from) : undefined
      generics[name] = path === undefined ? true : { default: path }
    }
    return { componentGenerics: generics }
  }
  const visit = (path: string) => {
    if (components[path]) return
    const file = `${path}.json`
    const { componentGenerics, ...own } = readConfig(path)
    // Before what it uses, which may use it in turn.
    const config: ComponentConfig = { ...own, usingComponents: {} }
    components[path] = config
    const tags = readUsingComponents(own.usingComponents, file, problems)
    config.usingComponents = {
      ...useAll(app.usingComponents ?? {}, 'app.json'),
      ...useAll(tags, file),
    }
    Object.assign(config, readGenerics(componentGenerics, file))
  }
  for (const page of pages) {
    const missing = missingFile(directory, page)
    if (missing)
      problems.add('app.json', `names the page "${page}", but ${missing} is not there`, page)
    visit(page)
  }
  // Without it there is no bar, and WeChat goes on: apps that draw one in each page leave it out.
  if (app.tabBar?.custom === true && !missingFile(directory, customTabBar)) visit(customTabBar)
  return components
}

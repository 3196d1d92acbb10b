import path from 'node:path'
import type { CompiledDirectory } from './compiledDirectory'
import { isObject } from './isObject'
import { PackError } from './packError'
import type { AppConfig, TabItem } from './packedApp'
import type { Problems } from './problem'

const isText = (value: unknown): value is string => typeof value === 'string'

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText)

/** `usingComponents` of app.json, a page or a component: what is no path is left out. */
export function readUsingComponents(
  value: unknown,
  file: string,
  problems: Problems,
): Record<string, string> {
  if (value === undefined) return {}
  if (!isObject(value)) {
    problems.add(file, 'usingComponents is no object')
    return {}
  }
  const using: Record<string, string> = {}
  for (const [tag, target] of Object.entries(value)) {
    if (isText(target)) using[tag] = target
    else problems.add(file, `usingComponents: "${tag}" names no path`)
  }
  return using
}

function readSubPackages(value: unknown, problems: Problems): { root: string; pages: string[] }[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    problems.add('app.json', 'subPackages is no list')
    return []
  }
  return value.flatMap((entry: unknown, index) => {
    if (isObject(entry) && isText(entry.root) && isTextList(entry.pages))
      return [{ root: entry.root, pages: entry.pages }]
    problems.add('app.json', `subPackages[${index}] needs a root and a list of pages`)
    return []
  })
}

const isTabItem = (item: unknown): item is TabItem =>
  isObject(item) && isText(item.pagePath) && isText(item.text)

/** A tab bar has two to five tabs of pages that there are (WeChat: 全局配置 › tabBar). */
function tabBarFault(tabBar: unknown, pages: readonly string[]): string | undefined {
  if (!isObject(tabBar) || !Array.isArray(tabBar.list) || !tabBar.list.every(isTabItem))
    return 'tabBar needs a list of tabs, each with pagePath and text'
  const stray = tabBar.list.find(({ pagePath }) => !pages.includes(pagePath))
  return stray && `tabBar names "${stray.pagePath}", which is none of the pages`
}

/** `resolveAlias`: both sides end with a star (WeChat: 全局配置, resolveAlias). */
function readAliases(value: unknown, problems: Problems): Record<string, string> {
  if (value === undefined) return {}
  const entries = isObject(value) ? Object.entries(value) : []
  const good = entries.filter((entry): entry is [string, string] =>
    entry.every((side) => isText(side) && side.endsWith('/*')),
  )
  if (!isObject(value) || good.length < entries.length)
    problems.add('app.json', 'resolveAlias needs pairs that end with /*, such as "~/*": "/*"')
  return Object.fromEntries(good)
}

/** The values behind `@name` in app.json, for each theme (WeChat: DarkMode 适配指南). */
function readThemes(directory: CompiledDirectory, file: string, problems: Problems) {
  try {
    return directory.readJson(file) as NonNullable<AppConfig['themes']>
  } catch (error) {
    problems.add(file, (error as Error).message.replace(`${file}: `, ''))
    return {}
  }
}

/**
 * Reads app.json; returns it with all pages, those of sub-packages included. What is wrong beside
 * the pages is left out and added to `problems`. Throws `PackError` if it names no page.
 */
export function readAppConfig(
  directory: CompiledDirectory,
  problems: Problems,
): { config: AppConfig; pages: string[] } {
  const raw = directory.readJson('app.json')
  if (raw.pages !== undefined && !isTextList(raw.pages))
    throw new PackError('app.json', 'pages is no list of paths')
  const subPackages = readSubPackages(raw.subPackages ?? raw.subpackages, problems)
  const pages = [
    ...(raw.pages ?? []),
    ...subPackages.flatMap(({ root, pages }) => pages.map((page) => path.posix.join(root, page))),
  ].map((page) => page.replace(/^\//, ''))
  if (pages.length === 0) throw new PackError('app.json', 'names no page')
  const { tabBar, window, ...rest } = raw
  const config = { ...rest, pages: raw.pages ?? [], subPackages } as AppConfig
  config.usingComponents = readUsingComponents(raw.usingComponents, 'app.json', problems)
  config.resolveAlias = readAliases(raw.resolveAlias, problems)
  if (isObject(window)) config.window = window
  else if (window !== undefined) problems.add('app.json', 'window is no object')
  if (config.darkmode && config.themeLocation) {
    config.themes = readThemes(directory, config.themeLocation, problems)
  }
  const fault = tabBar === undefined ? undefined : tabBarFault(tabBar, pages)
  if (fault) problems.add('app.json', fault)
  else if (tabBar !== undefined) config.tabBar = tabBar as NonNullable<AppConfig['tabBar']>
  return { config, pages }
}

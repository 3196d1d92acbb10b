import fs from 'node:fs'
import path from 'node:path'
import { isObject } from './isObject'
import { PackError } from './packError'
import type { AppName } from './packedApp'
import type { Problems } from './problem'

/** Languages that DevTools compiles where project.config.json asks for it (WeChat: 原生支持 TypeScript). */
export const compilerPlugins = ['typescript', 'less', 'sass'] as const

/** See `compilerPlugins`. */
export type CompilerPlugin = (typeof compilerPlugins)[number]

/** A mini-program on the disk, with what DevTools would know of it. */
export interface Project {
  /** The folder with project.config.json; `root` where it has none. */
  folder: string
  /** The folder with app.json. */
  root: string
  appId: string
  /** As its configuration names it. */
  name?: AppName
  plugins: readonly CompilerPlugin[]
  /** Folders with a package.json, whose packages the app may use; the nearest first. */
  packageFolders: readonly string[]
}

const configFile = 'project.config.json'
/** Of one developer; it precedes the other (WeChat: 项目私有配置文件). */
const privateConfigFile = 'project.private.config.json'

/** What DevTools takes for an app that names no id. */
const touristAppId = 'touristappid'

type Config = Record<string, unknown>

const isFile = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false

/** DevTools writes comments into none of its files, but people do. */
function readConfig(folder: string, name: string = configFile): Config | undefined {
  const file = path.join(folder, name)
  if (!isFile(file)) return undefined
  const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
  return isObject(value) ? value : {}
}

const rootOf = (folder: string, { miniprogramRoot }: Config) =>
  path.resolve(folder, typeof miniprogramRoot === 'string' ? miniprogramRoot : '.')

/** The configuration of `dist`: in it, or around it where its `miniprogramRoot` is `dist`. */
function findConfig(
  dist: string,
  problems: Problems,
): { folder: string; config: Config } | undefined {
  for (const folder of [dist, path.dirname(dist), path.dirname(path.dirname(dist))]) {
    try {
      const config = readConfig(folder)
      if (!config) continue
      if (folder === dist || rootOf(folder, config) === dist) return { folder, config }
    } catch (error) {
      if (folder !== dist) continue
      const remark = (error as Error).message.replace(/\s+/g, ' ')
      problems.add(configFile, `is not JSON (${remark})`)
    }
  }
  return undefined
}

const pluginsOf = ({ setting }: Config): CompilerPlugin[] => {
  const wanted = isObject(setting) ? setting.useCompilerPlugins : undefined
  return Array.isArray(wanted) ? compilerPlugins.filter((plugin) => wanted.includes(plugin)) : []
}

/** Older versions of DevTools write names percent-encoded. */
function decodeName(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `projectname`, which uni-app takes from manifest.json; a private file that is broken says nothing. */
function findName(folder: string, config: Config): AppName | undefined {
  const readPrivate = () => {
    try {
      return readConfig(folder, privateConfigFile) ?? {}
    } catch {
      return {}
    }
  }
  const candidates = [
    { source: privateConfigFile, name: readPrivate().projectname },
    { source: configFile, name: config.projectname },
  ] as const
  for (const { source, name } of candidates) {
    const text = typeof name === 'string' ? decodeName(name).trim() : ''
    if (text !== '') return { text, source }
  }
  return undefined
}

/** `packNpmRelationList` names the files (`packNpmManually`); else it is the root or the project. */
const packageFoldersOf = (folder: string, root: string, { setting }: Config): string[] => {
  const { packNpmManually = false, packNpmRelationList = [] } = isObject(setting) ? setting : {}
  const named =
    packNpmManually === true && Array.isArray(packNpmRelationList) ? packNpmRelationList : []
  const folders = named.flatMap((entry: unknown) =>
    isObject(entry) && typeof entry.packageJsonPath === 'string'
      ? [path.resolve(folder, path.dirname(entry.packageJsonPath))]
      : [],
  )
  return [...new Set([...folders, root, folder])].filter((one) =>
    isFile(path.join(one, 'package.json')),
  )
}

/**
 * Finds the mini-program at `dist`: there, or where its project.config.json says. A broken
 * configuration is added to `problems`. Throws `PackError` where there is no directory.
 */
export function readProject(dist: string, problems: Problems): Project {
  if (!fs.statSync(dist, { throwIfNoEntry: false })?.isDirectory())
    throw new PackError(dist, 'there is no such directory')
  const absolute = path.resolve(dist)
  const found = findConfig(absolute, problems)
  const { folder, config } = found ?? { folder: absolute, config: {} }
  const hasOwn = isFile(path.join(absolute, 'app.json'))
  const root = hasOwn ? absolute : rootOf(folder, config)
  const { appid } = config
  const name = found && findName(folder, config)
  return {
    folder,
    root,
    appId: typeof appid === 'string' && appid !== '' ? appid : touristAppId,
    ...(name && { name }),
    plugins: pluginsOf(config),
    packageFolders: packageFoldersOf(folder, root, config),
  }
}

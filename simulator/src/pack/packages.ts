import fs from 'node:fs'
import path from 'node:path'
import { isObject } from './isObject'

/** A package that an app may use. */
export interface FoundPackage {
  name: string
  /** The folder with what the app gets; of a package for any JavaScript its own. */
  folder: string
  /** Whether it was made for mini-programs, and is used as it is (WeChat: npm 支持, 发布 npm 包). */
  isMiniProgram: boolean
}

function readPackage(folder: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

const isFolder = (folder: string) =>
  fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false

/** As Node finds a package: in the nearest `node_modules` around. */
function locate(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name)
    if (isFolder(found)) return fs.realpathSync(found)
    if (folder === path.dirname(folder)) return undefined
  }
}

const dependenciesOf = ({ dependencies }: Record<string, unknown>) =>
  isObject(dependencies) ? Object.keys(dependencies) : []

/** What WeChat brings itself where app.json asks for it (WeChat: 全局配置, useExtendedLib), and its package. */
const extensions = new Map([['weui', 'weui-miniprogram']])

export const isExtension = (name: string): boolean => [...extensions.values()].includes(name)

function extensionsOf(root: string): string[] {
  try {
    const app: unknown = JSON.parse(fs.readFileSync(path.join(root, 'app.json'), 'utf8'))
    const wanted = isObject(app) && isObject(app.useExtendedLib) ? app.useExtendedLib : {}
    return [...extensions].flatMap(([key, name]) => (wanted[key] ? [name] : []))
  } catch {
    return []
  }
}

/**
 * The dependencies of these folders' package.json and what app.json wants of WeChat, as far as they are
 * installed, and those of packages for mini-programs. The first found of a name counts.
 * @param root the folder with app.json
 */
export function findPackages(root: string, folders: readonly string[]): FoundPackage[] {
  const found = new Map<string, FoundPackage>()
  const add = (from: string, name: string): void => {
    if (found.has(name)) return
    const folder = locate(from, name)
    if (folder === undefined) return
    const own = readPackage(folder)
    const output = typeof own.miniprogram === 'string' ? own.miniprogram : 'miniprogram_dist'
    const isMiniProgram = isFolder(path.join(folder, output))
    found.set(name, {
      name,
      folder: isMiniProgram ? path.join(folder, output) : folder,
      isMiniProgram,
    })
    if (isMiniProgram) for (const next of dependenciesOf(own)) add(folder, next)
  }
  for (const folder of folders)
    for (const name of dependenciesOf(readPackage(folder))) add(folder, name)
  for (const name of extensionsOf(root)) add(root, name)
  return [...found.values()]
}

import fs from 'node:fs'
import path from 'node:path'
import { bundlePackage, compileScript } from './esbuild'
import { isObject } from './isObject'
import { listFiles } from './listFiles'
import { findPackages } from './packages'
import { PackError } from './packError'
import type { Project } from './project'
import { compileStyle } from './stylePlugins'
import { describeOther } from './whatElse'

/** A compiled directory, read once. File names are relative, with forward slashes. */
export interface CompiledDirectory {
  /** Names of all files, those of packages and those that are compiled on reading included. */
  files: ReadonlySet<string>
  /** A file's text; throws `PackError` if it is not there, or cannot be compiled. */
  read(file: string): string
  /** A JSON file's object; throws `PackError` with the parser's remark. */
  readJson(file: string): Record<string, unknown>
  /** The source that a file is compiled from; itself where it is its own. */
  sourceOf(file: string): string
  /** Maps of the files that were compiled on reading. */
  sourceMaps: ReadonlyMap<string, string>
  /** Folders of packages (`miniprogram_npm/name`), and where they are on the disk. */
  packages: Readonly<Record<string, string>>
}

/** Where the text of a file comes from. */
type Origin =
  | { kind: 'file'; path: string }
  /** A plugin of DevTools compiles it; `source` is another file of the directory. */
  | { kind: 'typescript' | 'less' | 'sass'; path: string; source: string }
  /** A package for any JavaScript. */
  | { kind: 'package'; folder: string }

/** What a plugin compiles, by the ending of its sources, and into what. */
const compiled = [
  { plugin: 'typescript', ending: /(?<!\.d)\.ts$/, output: '.js' },
  { plugin: 'less', ending: /\.less$/, output: '.wxss' },
  { plugin: 'sass', ending: /\.s[ac]ss$/, output: '.wxss' },
] as const

function findOrigins({ root, plugins, packageFolders }: Project) {
  const origins = new Map<string, Origin>(
    listFiles(root).map((file) => [file, { kind: 'file', path: path.join(root, file) }]),
  )
  for (const { plugin, ending, output } of compiled) {
    if (!plugins.includes(plugin)) continue
    for (const source of [...origins.keys()].filter((file) => ending.test(file))) {
      const origin = { kind: plugin, path: path.join(root, source), source }
      origins.set(source.replace(ending, output), origin)
    }
  }
  const packages: Record<string, string> = {}
  const own = new Set(origins.keys())
  for (const { name, folder, isMiniProgram } of findPackages(root, packageFolders)) {
    const target = `miniprogram_npm/${name}`
    // What DevTools has built is newer than nothing, and may have been changed by hand.
    if ([...own].some((file) => file.startsWith(`${target}/`))) continue
    if (!isMiniProgram) origins.set(`${target}/index.js`, { kind: 'package', folder })
    else {
      packages[target] = folder
      for (const file of listFiles(folder))
        origins.set(`${target}/${file}`, { kind: 'file', path: path.join(folder, file) })
    }
  }
  return { origins, packages }
}

/**
 * Lists a mini-program that uni-app (or WeChat's own tools) compiled, or one in WeChat's own languages.
 * Throws `PackError` where it has no app.json.
 */
export function openCompiledDirectory(project: Project): CompiledDirectory {
  const { folder, root } = project
  if (!fs.existsSync(path.join(root, 'app.json')))
    throw new PackError('app.json', `not found in ${root}: ${describeOther(folder, root)}`)
  const { origins, packages } = findOrigins(project)
  const sourceMaps = new Map<string, string>()
  const texts = new Map<string, string>()

  const make = (file: string): string => {
    const origin = origins.get(file)
    if (!origin) throw new PackError(file, 'is not there')
    switch (origin.kind) {
      case 'file':
        return fs.readFileSync(origin.path, 'utf8')
      case 'package': {
        const bundled = bundlePackage(origin.folder)
        if ('fault' in bundled) throw new PackError(file, bundled.fault)
        return bundled.code
      }
      case 'typescript': {
        const script = compileScript(origin.source, fs.readFileSync(origin.path, 'utf8'))
        if ('fault' in script) throw new PackError(origin.source, script.fault)
        sourceMaps.set(file, script.map)
        return script.code
      }
      default:
        return compileStyle(origin.kind, origin.path, origin.source, root)
    }
  }
  const read = (file: string) => {
    const text = texts.get(file) ?? make(file)
    texts.set(file, text)
    return text
  }
  return {
    files: new Set(origins.keys()),
    packages,
    sourceMaps,
    read,
    sourceOf(file) {
      const origin = origins.get(file)
      return origin && 'source' in origin ? origin.source : file
    },
    readJson(file) {
      let value: unknown
      try {
        value = JSON.parse(read(file))
      } catch (error) {
        if (error instanceof PackError) throw error
        const remark = (error as Error).message.replace(/\s+/g, ' ')
        throw new PackError(file, `is not JSON (${remark})`, { cause: error })
      }
      if (isObject(value)) return value
      throw new PackError(file, 'is JSON, but no object')
    },
  }
}

/** Resolves `target` against the file that names it; `/x` counts from the root. */
export const resolvePath = (from: string, target: string) =>
  target.startsWith('/')
    ? path.posix.normalize(target.slice(1))
    : path.posix.join(path.posix.dirname(from), target)

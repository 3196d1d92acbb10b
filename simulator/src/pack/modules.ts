import { Script } from 'node:vm'
import { guardLoops, type Insertion } from '../loopGuard'
import type { CompiledDirectory } from './compiledDirectory'
import { compileScript } from './esbuild'
import { PackError } from './packError'
import type { PackedApp } from './packedApp'
import type { Problems } from './problem'
import { resolveFile, type Aliases } from './resolve'

/** One line on why a function body is no JavaScript, with its line; undefined if it is. */
export function syntaxFault(source: string): string | undefined {
  try {
    void new Script(`(function () {${source}\n})`, { filename: 'source' })
    return undefined
  } catch (error) {
    // The only place where V8 has the line.
    const line = /^source:(\d+)/.exec((error as Error).stack ?? '')?.[1]
    return `${(error as Error).message}${line ? ` (line ${line})` : ''}`
  }
}

/** Words that ES modules have; what else they may be in, esbuild knows. */
const moduleWord = /\b(?:import|export)\b/
/** What V8 says of ES modules: of other faults it says more than esbuild. */
const isAboutModules = (fault: string) => /\b(?:import|export)\b/.test(fault)

const isOfPackage = (file: string) => /(^|\/)miniprogram_npm\//.test(file)

const required = /\brequire\s*\(\s*["']([^"'\n]+)["']\s*\)/g

interface ReadModules extends Pick<PackedApp, 'modules'> {
  sourceMaps: Record<string, string>
  insertions: Record<string, readonly Insertion[]>
}

/** The source with its loops guarded; undefined where it is no JavaScript, or not with them. */
export function guardScript(source: string): ReturnType<typeof guardLoops> | undefined {
  const guarded = guardLoops(source)
  return syntaxFault(guarded.code) === undefined ? guarded : undefined
}

/**
 * Reads all JavaScript of the app, and of its packages what it uses. ES modules become CommonJS, as
 * DevTools compiles them. A file that is neither becomes one that throws an error with its name when
 * it is required; the browser's own error would name none.
 * @param components paths of pages and components, of which those of packages are needed
 */
export function readModules(
  directory: CompiledDirectory,
  pages: readonly string[],
  components: readonly string[],
  aliases: Aliases,
  problems: Problems,
): ReadModules {
  const modules: PackedApp['modules'] = {}
  const sourceMaps: Record<string, string> = {}
  const insertions: Record<string, readonly Insertion[]> = {}

  const guard = (file: string, source: string): string | undefined => {
    const guarded = guardScript(source)
    if (guarded && guarded.insertions.length > 0) insertions[file] = guarded.insertions
    return guarded?.code
  }
  const readOne = (file: string): string => {
    const source = directory.read(file)
    const guarded = guard(file, source)
    if (guarded !== undefined) return guarded
    const fault = syntaxFault(source)
    if (!fault) return source
    if (!moduleWord.test(source)) throw new PackError(file, fault)
    const compiled = compileScript(file, source)
    if ('fault' in compiled)
      throw new PackError(file, isAboutModules(fault) ? compiled.fault : fault)
    sourceMaps[file] = compiled.map
    return guard(file, compiled.code) ?? compiled.code
  }
  const add = (file: string): void => {
    if (file in modules) return
    try {
      modules[file] = readOne(file)
    } catch (error) {
      if (!(error instanceof PackError)) throw error
      modules[file] = `throw new SyntaxError(${JSON.stringify(error.message)})`
      const path = file.slice(0, -'.js'.length)
      problems.add(error.file, error.problem, pages.includes(path) ? path : undefined)
      return
    }
    for (const [, target] of modules[file].matchAll(required)) {
      const used = resolveFile(directory.files, file, target!, '.js', aliases)
      if (used !== undefined && isOfPackage(used)) add(used)
    }
  }
  for (const file of directory.files) if (file.endsWith('.js') && !isOfPackage(file)) add(file)
  for (const path of components) if (directory.files.has(`${path}.js`)) add(`${path}.js`)
  return {
    modules,
    sourceMaps: { ...Object.fromEntries(directory.sourceMaps), ...sourceMaps },
    insertions,
  }
}

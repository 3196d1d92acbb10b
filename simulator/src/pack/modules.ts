import { Script } from 'node:vm'
import type { CompiledDirectory } from './compiledDirectory'
import type { PackedApp } from './packedApp'
import type { Problems } from './problem'

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

/**
 * Reads all JavaScript. A file that is none becomes one that throws an error with its name when it
 * is required; the browser's own error would name none.
 */
export function readModules(
  directory: CompiledDirectory,
  pages: readonly string[],
  problems: Problems,
): PackedApp['modules'] {
  const modules: PackedApp['modules'] = {}
  for (const file of directory.files) {
    if (!file.endsWith('.js')) continue
    const source = directory.read(file)
    const fault = syntaxFault(source)
    modules[file] = fault ? `throw new SyntaxError(${JSON.stringify(`${file}: ${fault}`)})` : source
    if (!fault) continue
    const path = file.slice(0, -'.js'.length)
    problems.add(file, fault, pages.includes(path) ? path : undefined)
  }
  return modules
}

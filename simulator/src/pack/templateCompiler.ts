import { createRequire } from 'node:module'
import type * as Compiler from 'glass-easel-template-compiler'

export type TemplateGroup = Compiler.TmplGroup

// CommonJS around WebAssembly, which is read from disk beside its own file.
const require = createRequire(import.meta.url)
const file = require.resolve('glass-easel-template-compiler')

let compiler: typeof Compiler | undefined

function load(): typeof Compiler {
  delete require.cache[file]
  return require(file) as typeof Compiler
}

/**
 * Gives `work` a group of templates of its own, which may not outlive it. WebAssembly that has ended in a
 * fault (templates in each other without end fill its stack) has neither tidied its stack nor its memory:
 * what fails is not used again, and the next group is of a compiler that is loaded anew.
 */
export function withTemplateGroup<T>(work: (group: TemplateGroup) => T): T {
  const { TmplGroup } = (compiler ??= load())
  try {
    const group = new TmplGroup()
    const result = work(group)
    group.free()
    return result
  } catch (error) {
    compiler = undefined
    throw error
  }
}

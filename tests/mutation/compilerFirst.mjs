// Asks the compiler before the tests, where these take long: of what the compiler refuses, most goes unnoticed by all of
// them. Stryker imports this in each of its processes, of which only one compiles.

class CompilerFirst {
  /** @param {{ compilerFirst: { config: string, files: string[] } }} options */
  constructor({ compilerFirst }) {
    this.given = compilerFirst
  }

  async init() {
    await import('../../scripts/typescript.mjs')
    const { createCompiler } = await import('./refused.ts')
    this.isRefused = createCompiler(this.given.config, this.given.files)
  }

  /** Stryker counts places from 0 here. */
  async check([{ id, fileName, replacement, location }]) {
    const fromOne = ({ line, column }) => ({ line: line + 1, column: column + 1 })
    const places = { start: fromOne(location.start), end: fromOne(location.end) }
    const isRefused = this.isRefused({ fileName, replacement, location: places })
    return { [id]: isRefused ? { status: 'compileError', reason: 'types' } : { status: 'passed' } }
  }
}

CompilerFirst.inject = ['options']

export const strykerPlugins = [
  { kind: 'Checker', name: 'compilerFirst', injectableClass: CompilerFirst },
]

// Asks the compiler before the tests, where these take long: of what the compiler refuses, most goes unnoticed by all of
// them. Stryker imports this in each of its processes, of which only one compiles.

class CompilerFirst {
  async init() {
    await import('../../scripts/typescript.mjs')
    const { areas } = await import('./areas.ts')
    const { createCompiler } = await import('./refused.ts')
    this.isRefused = createCompiler(areas[process.env.MUTATED].config)
  }

  /** Stryker counts places from 0 here. */
  async check([{ id, fileName, replacement, location }]) {
    const fromOne = ({ line, column }) => ({ line: line + 1, column: column + 1 })
    const places = { start: fromOne(location.start), end: fromOne(location.end) }
    const isRefused = this.isRefused({ fileName, replacement, location: places })
    return { [id]: isRefused ? { status: 'compileError', reason: 'types' } : { status: 'passed' } }
  }
}

export const strykerPlugins = [
  { kind: 'Checker', name: 'compilerFirst', injectableClass: CompilerFirst },
]

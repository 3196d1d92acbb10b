import { createRequire } from 'node:module'
import type * as Esbuild from 'esbuild'

type EsbuildModule = typeof Esbuild

let loaded: EsbuildModule | undefined

// Most apps are compiled already, and need none.
const load = (): EsbuildModule =>
  (loaded ??= createRequire(import.meta.url)('esbuild') as EsbuildModule)

/** A file as CommonJS, with the map to its source. */
export interface CompiledScript {
  code: string
  map: string
}

const describe = (error: unknown): string => {
  const [first] = (error as Partial<Esbuild.BuildFailure>).errors ?? []
  if (!first) return (error as Error).message
  return first.location ? `${first.text} (line ${first.location.line})` : first.text
}

/** Where files that are compiled here come from: esbuild keeps names and modern syntax as they are. */
const options = {
  format: 'cjs',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'silent',
  sourcemap: 'external',
} as const

/** Turns ES modules and TypeScript into CommonJS; `file` is the source. */
export function compileScript(file: string, source: string): CompiledScript | { fault: string } {
  try {
    const { code, map } = load().transformSync(source, {
      ...options,
      loader: file.endsWith('.ts') ? 'ts' : 'js',
      sourcefile: file,
      // Those of the project are for its editor; DevTools does not read them either.
      tsconfigRaw: '{}',
    })
    return { code, map }
  } catch (error) {
    return { fault: describe(error) }
  }
}

/** A package for any JavaScript as one CommonJS file, as DevTools makes it (WeChat: npm 支持). */
export function bundlePackage(entry: string): { code: string } | { fault: string } {
  try {
    const { outputFiles } = load().buildSync({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'browser',
      target: 'es2022',
      charset: 'utf8',
      logLevel: 'silent',
      define: { 'process.env.NODE_ENV': '"production"' },
    })
    return { code: outputFiles[0]!.text }
  } catch (error) {
    return { fault: describe(error) }
  }
}

import { build, type Metafile } from 'esbuild'

/** Modules of the client core as an app's bundler would make one file of them. */
export interface CoreBundle {
  code: string
  /** Which module contributed how much. */
  metafile: Metafile
}

/** What an app imports of the core. */
export const createAuthOnly = "export { createAuth } from './src/createAuth'"

/**
 * Bundles and minifies for WeChat, with an environment put in as uni-app does.
 * @param source what to export, with paths from the repository's root
 * @param globalName makes it a script that leaves its exports there
 */
export async function bundleCore(
  source: string,
  mode: 'production' | 'development',
  globalName?: string,
): Promise<CoreBundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    metafile: true,
    ...(globalName ? { format: 'iife' as const, globalName } : { format: 'esm' as const }),
    target: 'es2020',
    define: {
      'process.env.UNI_PLATFORM': '"mp-weixin"',
      'process.env.NODE_ENV': JSON.stringify(mode),
    },
    write: false,
  })
  return { code: outputFiles[0]!.text, metafile }
}

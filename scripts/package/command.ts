import { build } from 'esbuild'

/**
 * Writes the package's command, `cli/`, into one file that Node runs. It parses TypeScript with the Vue
 * of the project, a peer of the package: `vue/compiler-sfc` has Babel's parser.
 * @param outfile the package's `bin/watchword.mjs`
 */
export async function writeCommand(outfile: string): Promise<void> {
  await build({
    entryPoints: ['cli/main.ts'],
    outfile,
    bundle: true,
    minify: true,
    // The main module of jsonc-parser is UMD, whose imports a bundler does not see.
    mainFields: ['module', 'main'],
    external: ['vue/compiler-sfc'],
    banner: { js: '#!/usr/bin/env node' },
    format: 'esm',
    platform: 'node',
    target: 'node20.12',
  })
}

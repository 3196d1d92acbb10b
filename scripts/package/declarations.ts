import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { findComponents, findEntries } from './entries'

/**
 * Writes the declarations of entries, components and pages. Those import each other by relative paths, which
 * every `moduleResolution` follows.
 */
export async function writeDeclarations(folder: string): Promise<void> {
  const declared = await mkdtemp(join(tmpdir(), 'watchword-types-'))
  try {
    // vue-tsc has no API. `npm run types` checks: here it only declares.
    await promisify(execFile)(process.execPath, [
      'node_modules/vue-tsc/bin/vue-tsc.js',
      ...['-p', 'scripts/package', '--outDir', declared],
    ])
    const inputs = [
      ...findEntries().map(({ name, source }) => [name, source.replace(/\.ts$/, '')]),
      ...findComponents().map(({ source, path }) => [path, source]),
    ].map(([name, source]) => [name!, join(declared, `${source!.replace(/^src\//, '')}.d.ts`)])
    const bundle = await rollup({
      input: Object.fromEntries(inputs),
      plugins: [dts({ tsconfig: 'scripts/package/tsconfig.json' })],
      external: (id) => !/^[./]/.test(id) && !id.startsWith(declared),
    })
    await bundle.write({
      dir: folder,
      entryFileNames: '[name].d.ts',
      chunkFileNames: ({ name }) => `types/${name.replace(/\.d$/, '')}.d.ts`,
      minifyInternalExports: false,
    })
    await bundle.close()
  } finally {
    await rm(declared, { recursive: true })
  }
}

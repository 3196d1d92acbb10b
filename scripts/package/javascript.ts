import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { findEntries } from './entries'

/**
 * Writes the entries as ES modules, with what several of them need in chunks beside them, so that it lives
 * once. `process.env.UNI_PLATFORM` and `process.env.NODE_ENV` stay for the app's build to replace.
 * @param internals what the components import of the package beside its API, by module of `src`
 */
export async function writeJavaScript(
  folder: string,
  internals: Map<string, Set<string>>,
): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: findEntries().map(({ name, source }) => ({ in: `${scheme}${source}`, out: name })),
    plugins: [entrySources(internals)],
    outdir: resolve(folder),
    chunkNames: 'chunks/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    target: 'es2020',
    charset: 'utf8',
    sourcemap: true,
    legalComments: 'none',
    write: false,
  })
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, path.endsWith('.map') ? withOwnSources(text, path, folder) : text)
  }
}

const scheme = 'entry:'

/** The entries' own code: what `src` exports, and in `index` what the components need. */
function entrySources(internals: Map<string, Set<string>>): Plugin {
  return {
    name: 'entry-sources',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^entry:/ }, ({ path }) => ({ path, namespace: 'entry' }))
      onLoad({ filter: /^entry:/, namespace: 'entry' }, ({ path }) => {
        const source = path.slice(scheme.length)
        const lines = [`export * from './${source}'`]
        if (source === 'src/index.ts')
          for (const [module, names] of internals)
            lines.push(`export { ${[...names].join(', ')} } from './${module}'`)
        return { contents: lines.join('\n'), resolveDir: process.cwd(), loader: 'ts' }
      })
    },
  }
}

/** The sources are in the map itself: named as files of the package, no app has one of the same name. */
function withOwnSources(text: string, path: string, folder: string): string {
  const map = JSON.parse(text) as { sources: string[] }
  const sources = map.sources.map((source) => {
    const fromRoot = relative('.', resolve(dirname(path), source))
    return relative(dirname(path), join(resolve(folder), fromRoot)).replaceAll('\\', '/')
  })
  return JSON.stringify({ ...map, sources })
}

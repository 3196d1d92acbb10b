import { relative } from 'node:path'
import type { Plugin, Rollup } from 'vite'

export interface FewerFilesOptions {
  /**
   * For each folder that gets a `shared.js`, the folders and modules that are in it; of two that fit, the
   * longer path counts.
   */
  parts: Record<string, readonly string[]>
  /** Roots of subpackages: each has a `shared.js` with its own modules, and with those that it alone uses. */
  subpackages: readonly string[]
}

/**
 * uni-app compiles each module of a mini-program to a file of its own, and keeps the names that
 * cross from file to file. With this the files are few, and the names short where code is minified.
 * Pages and components keep files of their own.
 */
export function fewerFiles({ parts, subpackages }: FewerFilesOptions): Plugin {
  const placements = Object.entries(parts)
    .flatMap(([part, paths]) => paths.map((path) => ({ part, path })))
    .sort((a, b) => b.path.length - a.path.length)
  const partOf = (chunk: string) =>
    placements.find(({ path }) => chunk.startsWith(`${path}/`) || chunk === path)?.part
  const subpackageOf = (path: string) => subpackages.find((root) => path.startsWith(`${root}/`))
  let folder = ''

  /** The packages that use a module: `main`, or the root of a subpackage. */
  function usersOf(id: string, graph: Rollup.ManualChunkMeta, seen = new Set<string>()): string[] {
    if (seen.has(id)) return []
    seen.add(id)
    const path = relative(folder, id).replaceAll('\\', '/')
    const subpackage = subpackageOf(path)
    if (subpackage) return [subpackage]
    const { importers = [], dynamicImporters = [] } = graph.getModuleInfo(id) ?? {}
    const users = [...importers, ...dynamicImporters]
    if (users.length === 0) return ['main']
    return users.flatMap((user) => usersOf(user, graph, seen))
  }

  return {
    name: 'fewer-files',
    enforce: 'post',
    configResolved({ root, build }) {
      const output = build.rollupOptions.output as Rollup.OutputOptions | undefined
      const chunkOf = output?.manualChunks
      // For H5 uni-app leaves the chunks to Vite.
      if (!output || typeof chunkOf !== 'function') return
      folder = root
      output.minifyInternalExports = Boolean(build.minify)
      output.manualChunks = (id, graph) => {
        const chunk = chunkOf(id, graph) ?? undefined
        const part = chunk && partOf(chunk)
        if (!part) return chunk
        const [user, ...others] = new Set(usersOf(id, graph))
        return `${user && user !== 'main' && others.length === 0 ? user : part}/shared`
      }
    },
  }
}

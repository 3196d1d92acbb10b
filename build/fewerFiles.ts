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

  /**
   * The packages that use any of the names that a module exports: `main`, or the root of a subpackage. Who
   * imports a module that passes names on uses those that its code mentions.
   */
  function usersOf(
    id: string,
    names: readonly string[],
    graph: Rollup.ManualChunkMeta,
    seen = new Set<string>(),
  ): string[] {
    const key = `${id} ${names.join()}`
    if (seen.has(key)) return []
    seen.add(key)
    const path = relative(folder, id).replaceAll('\\', '/')
    const subpackage = subpackageOf(path)
    if (subpackage) return [subpackage]
    const { importers = [], dynamicImporters = [] } = graph.getModuleInfo(id) ?? {}
    const users = [...importers, ...dynamicImporters]
    if (users.length === 0) return ['main']
    return users.flatMap((user) => {
      const { code, exports, exportedBindings } = graph.getModuleInfo(user) ?? {}
      const { '.': own = [], ...others } = exportedBindings ?? {}
      const passedOn = Object.values(others)
        .flat()
        .filter((name) => names.includes(name))
      if (passedOn.length > 0 && own.length === 0) return usersOf(user, passedOn, graph, seen)
      const isUser = names.some((name) => name === 'default' || code?.includes(name))
      const isUnnamed = !code || names.length === 0 || /\* as /.test(code)
      return isUser || isUnnamed ? usersOf(user, exports ?? [], graph, seen) : []
    })
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
        const [user, ...others] = new Set(
          usersOf(id, graph.getModuleInfo(id)?.exports ?? [], graph),
        )
        return `${user && user !== 'main' && others.length === 0 ? user : part}/shared`
      }
    },
  }
}

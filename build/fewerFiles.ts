import type { Plugin, Rollup } from 'vite'

/**
 * uni-app compiles each module of a mini-program to a file of its own, and keeps the names that
 * cross from file to file. With this the files are few, and the names short where code is minified.
 * Pages and components keep files of their own.
 * @param parts for each folder that gets a `shared.js`, the folders and modules that are in it; of
 * two that fit, the longer path counts
 */
export function fewerFiles(parts: Record<string, readonly string[]>): Plugin {
  const placements = Object.entries(parts)
    .flatMap(([part, paths]) => paths.map((path) => ({ part, path })))
    .sort((a, b) => b.path.length - a.path.length)
  const partOf = (chunk: string) =>
    placements.find(({ path }) => chunk.startsWith(`${path}/`) || chunk === path)?.part

  return {
    name: 'fewer-files',
    enforce: 'post',
    configResolved({ build }) {
      const output = build.rollupOptions.output as Rollup.OutputOptions | undefined
      const chunkOf = output?.manualChunks
      // For H5 uni-app leaves the chunks to Vite.
      if (!output || typeof chunkOf !== 'function') return
      output.minifyInternalExports = Boolean(build.minify)
      output.manualChunks = (id, api) => {
        const chunk = chunkOf(id, api) ?? undefined
        const part = chunk && partOf(chunk)
        return part ? `${part}/shared` : chunk
      }
    },
  }
}

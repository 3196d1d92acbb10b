import type { Plugin, Rollup } from 'vite'

/** Each becomes one file, in its first folder; pages and components have files of their own beside it. */
const parts = {
  'src/auth': ['auth', 'platform', 'store'],
  'src/components': ['components', 'forms', 'locale'],
  'src/pages': ['pages'],
} as const

/**
 * uni-app compiles each module of a mini-program to a file of its own, and keeps the names that
 * cross from file to file. With this the files are few, and the names short where code is minified.
 */
export const fewerFiles: Plugin = {
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
      const [, room] = chunk?.match(/^src\/(\w+)\//) ?? []
      const part = Object.entries(parts).find(([, rooms]) => rooms.some((name) => name === room))
      return part ? `${part[0]}/shared` : chunk
    }
  },
}

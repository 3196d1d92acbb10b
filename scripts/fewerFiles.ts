import type { Plugin, Rollup } from 'vite'

/** Each becomes one file, but for its pages and components: those have files of their own anyway. */
const rooms = /^src\/(auth|components|forms|locale|pages|platform|store)(?=\/)/

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
      const [room] = chunk?.match(rooms) ?? []
      return room ? `${room}/shared` : chunk
    }
  },
}

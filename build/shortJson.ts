import type { Plugin } from 'vite'

/** uni-app indents the JSON of pages and components, also where all else is minified. */
export function shortJson(): Plugin {
  let isMinified = false
  return {
    name: 'short-json',
    enforce: 'post',
    configResolved({ build }) {
      isMinified = Boolean(build.minify)
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        if (!isMinified || !process.env.UNI_PLATFORM?.startsWith('mp-')) return
        for (const file of Object.values(bundle)) {
          // DevTools shows and rewrites its own configuration.
          const isWanted = file.fileName.endsWith('.json') && !file.fileName.startsWith('project.')
          if (file.type !== 'asset' || !isWanted || typeof file.source !== 'string') continue
          file.source = JSON.stringify(JSON.parse(file.source))
        }
      },
    },
  }
}

import { minify } from 'terser'
import type { Plugin } from 'vite'

/**
 * In a minified mini-program, makes arrows of the function expressions that minifying leaves of the own
 * modules. Terser calls that unsafe, as an arrow cannot be constructed: own code constructs classes only.
 * Packages are left alone, among them uni-app's emitter, which is a function with a prototype.
 */
export function arrows(): Plugin {
  let isMinified = false
  return {
    name: 'arrows',
    enforce: 'post',
    configResolved({ build }) {
      isMinified = Boolean(build.minify) && process.env.UNI_PLATFORM?.startsWith('mp-') === true
    },
    async renderChunk(code, { moduleIds }) {
      if (!isMinified || moduleIds.some((id) => id.includes('/node_modules/'))) return null
      const compress = { passes: 3, unsafe_arrows: true }
      const options = { ecma: 2020, toplevel: true, mangle: false, sourceMap: true } as const
      const { code: shorter = code, map } = await minify(code, { ...options, compress })
      return { code: shorter, map: map as string }
    },
  }
}

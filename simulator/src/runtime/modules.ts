import { wrapModule } from '../moduleWrapper'
import { readings, resolveFile, type Aliases } from '../pack/resolve'

/** Runs the app's JavaScript files as CommonJS modules. */
export interface ModuleLoader {
  /** Runs a file once and returns its exports. */
  load(file: string): unknown
  /** The file being run, without its ending: `Page` and `Component` belong to it. */
  readonly current: string
}

type Wrapped = (
  itsGlobal: object,
  tick: () => true,
) => (require: (target: string) => unknown, module: object, exports: unknown) => void

/**
 * Makes a loader over the sources, by file name.
 * @param tick what their loops call each time round; see `loopWatch.ts`
 * @param appGlobal their `globalThis`: packages for any JavaScript, such as std-env, take it for granted
 */
export function createModuleLoader(
  sources: Record<string, string>,
  appGlobal: object,
  aliases: Aliases = {},
  tick: () => true = () => true,
): ModuleLoader {
  const files = { has: (file: string) => Object.hasOwn(sources, file) }
  const loaded = new Map<string, { exports: unknown }>()
  let current = ''
  const load = (file: string): unknown => {
    const known = loaded.get(file)
    if (known) return known.exports
    const source = sources[file]
    if (source === undefined) throw new Error(`module '${file}' is not defined`)
    const module = { exports: {} as unknown }
    loaded.set(file, module)
    const outer = current
    current = file.replace(/\.js$/, '')
    try {
      const run = ((0, eval)(wrapModule(file, source)) as Wrapped)(appGlobal, tick)
      const find = (target: string) => {
        const found = resolveFile(files, file, target, '.js', aliases)
        if (found !== undefined) return found
        const [wanted] = readings(file, target, aliases)
        const name = wanted?.replace(/(\.js)?$/, '.js')
        throw new Error(`module '${name}' is not defined, require args is '${target}'`)
      }
      const require = Object.assign((target: string) => load(find(target)), {
        // From another subpackage (WeChat: 分包异步化); here all of them are at hand.
        async: async (target: string) => load(find(target)),
      })
      run.call(undefined, require, module, module.exports)
    } finally {
      current = outer
    }
    return module.exports
  }
  return {
    load,
    get current() {
      return current
    },
  }
}

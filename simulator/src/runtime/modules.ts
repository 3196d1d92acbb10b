import { wrapModule } from '../moduleWrapper'

/** Runs the app's JavaScript files as CommonJS modules. */
export interface ModuleLoader {
  /** Runs a file once and returns its exports. */
  load(file: string): unknown
  /** The file being run, without its ending: `Page` and `Component` belong to it. */
  readonly current: string
}

const resolve = (from: string, target: string) => {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  const file = parts.join('/')
  return file.endsWith('.js') ? file : `${file}.js`
}

/**
 * Makes a loader over the sources, by file name.
 * @param appGlobal their `globalThis`: packages for any JavaScript, such as std-env, take it for granted
 */
export function createModuleLoader(
  sources: Record<string, string>,
  appGlobal: object,
): ModuleLoader {
  const loaded = new Map<string, { exports: unknown }>()
  let current = ''
  const load = (file: string): unknown => {
    const known = loaded.get(file)
    if (known) return known.exports
    const source = sources[file]
    if (source === undefined)
      throw new Error(`module '${file}' is not defined, require args is '${file}'`)
    const module = { exports: {} as unknown }
    loaded.set(file, module)
    const outer = current
    current = file.replace(/\.js$/, '')
    try {
      const run = (0, eval)(wrapModule(file, source)) as (
        require: (target: string) => unknown,
        module: object,
        exports: unknown,
        itsGlobal: object,
      ) => void
      const require = (target: string) => load(resolve(file, target))
      run.call(undefined, require, module, module.exports, appGlobal)
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

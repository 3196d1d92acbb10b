import { wrapWxs } from '../../moduleWrapper'

/** The app's WXS modules; each runs once, when it is first used (WeChat: WXS 模块). */
export interface WxsModules {
  /** A module's exports, by its file; empty where it does not run, which is reported once. */
  exportsOf(file: string): unknown
}

type Run = (
  require: (target: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  getDate: (...args: []) => Date,
  getRegExp: (pattern: string | RegExp, flags?: string) => RegExp,
  type: symbol,
  tick: () => true,
) => void

/** What `x.constructor` is in WXS; a key that no object of the app has by itself. */
const type = Symbol('WXS type')

function defineTypes(): void {
  Object.defineProperty(Object.prototype, type, {
    configurable: true,
    get(this: unknown) {
      'use strict'
      return Object.prototype.toString.call(this).slice('[object '.length, -1)
    },
  })
}

const getDate = (...args: []) => new Date(...args)
const getRegExp = (pattern: string | RegExp, flags?: string) => new RegExp(pattern, flags)

/** `target` as it is written in `file`, whose ending may be left out. */
function resolve(file: string, target: string): string {
  const parts = target.startsWith('/') ? [] : file.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return parts.join('/').replace(/(\.wxs)?$/, '.wxs')
}

/**
 * Makes the modules of these sources, by file: `a.wxs`, or `a.wxml#module` for one in a template.
 * @param tick what their loops call each time round; see `loopWatch.ts`
 */
export function createWxsModules(
  sources: Readonly<Record<string, string>>,
  onError: (error: unknown) => void,
  tick: () => true,
): WxsModules {
  const loaded = new Map<string, { exports: unknown }>()
  defineTypes()
  const load = (file: string): unknown => {
    const known = loaded.get(file)
    if (known) return known.exports
    const source = sources[file]
    if (source === undefined) throw new Error(`WXS module "${file}" is not there`)
    const module = { exports: {} as unknown }
    loaded.set(file, module)
    try {
      const run = (0, eval)(wrapWxs(file, source)) as Run
      const require = (target: string) => load(resolve(file, target))
      run.call(undefined, require, module, module.exports, getDate, getRegExp, type, tick)
    } catch (error) {
      onError(error)
    }
    return module.exports
  }
  return { exportsOf: load }
}

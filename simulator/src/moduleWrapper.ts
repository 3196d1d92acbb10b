import { tickName } from './loopGuard'

/** Names that a browser has and a mini-program's JavaScript does not. */
const hiddenGlobals = [
  'window',
  'document',
  'frames',
  'self',
  'parent',
  'top',
  'location',
  'navigator',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'history',
  'screen',
  'alert',
  'confirm',
  'prompt',
  'XMLHttpRequest',
  'fetch',
  'WebSocket',
  'EventSource',
]

/** What the app's JavaScript has and WXS has not (WeChat: WXS, 注意事项). */
const hiddenFromWxs = [
  'wx',
  'App',
  'Page',
  'Component',
  'Behavior',
  'getApp',
  'getCurrentPages',
  'global',
  'globalThis',
  'setTimeout',
  'setInterval',
  'requestAnimationFrame',
]

/** Stands for `constructor` in WXS, where no name begins so. */
const typeName = '$type'

/**
 * The text before a file's source, on the same line: it shifts the columns of the first line. A file may
 * declare what surrounds it, e.g. `const screen`.
 */
export const wrapperStart = `(function (${['globalThis', tickName, ...hiddenGlobals].join()}) { return function (require, module, exports) { `

const wxsStart = `(function (${['require', 'module', 'exports', 'getDate', 'getRegExp', typeName, tickName, ...hiddenGlobals, ...hiddenFromWxs].join()}) { `

/** Under what addresses the app's files appear in stacks. */
export const moduleScheme = 'miniprogram:///'

/** Whether a file's JavaScript is WXS, in a file of its own or in a template (`a.wxml#module`). */
const isWxs = (file: string) => /\.wxs$|\.wxml#/.test(file)

/** By how much the first line of a file is shifted in stacks. */
export const shiftOf = (file: string): number => (isWxs(file) ? wxsStart : wrapperStart).length

const wrap = (start: string, file: string, source: string, end: string) =>
  `${start}${source}\n${end}\n//# sourceURL=${moduleScheme}${file}`

/**
 * A file as an expression whose value is a function of `globalThis` and of what its loops call; that returns
 * one of `require`, `module` and `exports`.
 */
export const wrapModule = (file: string, source: string): string =>
  wrap(wrapperStart, file, source, '}})')

/**
 * A WXS module as an expression whose value is a function of `require`, `module`, `exports`,
 * `getDate`, `getRegExp`, the key of `typeAccess` and of what its loops call.
 */
export const wrapWxs = (file: string, source: string): string => wrap(wxsStart, file, source, '})')

/**
 * `.constructor` and `['constructor']` as the access to another key, which is as long, line by line: WXS has
 * the name of the type there (WeChat: WXS 数据类型), and JavaScript a function.
 */
export const typeAccess = (text: string): string => {
  const isMember = text.startsWith('.')
  return text
    .replace('.', '[')
    .replace(/["']?constructor["']?/, (name) =>
      isMember ? `${typeName.padEnd(name.length - 1)}]` : typeName.padEnd(name.length),
    )
}

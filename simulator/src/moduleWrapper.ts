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

/** The text before a file's source, on the same line: it shifts the columns of the first line. */
export const wrapperStart = `(function (${['require', 'module', 'exports', 'globalThis', ...hiddenGlobals].join()}) { `

/** Under what addresses the app's files appear in stacks. */
export const moduleScheme = 'miniprogram:///'

/** A file as an expression whose value is a function of `require`, `module`, `exports` and `globalThis`. */
export const wrapModule = (file: string, source: string): string =>
  `${wrapperStart}${source}\n})\n//# sourceURL=${moduleScheme}${file}`

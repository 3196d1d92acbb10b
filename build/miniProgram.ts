import type { Plugin } from 'vite'

/**
 * DevTools compiles a mini-program for old phones itself (`es6` in manifest.json; its target is ES5:
 * https://developers.weixin.qq.com/miniprogram/dev/devtools/codecompile.html). What Vite would
 * rewrite before, for browsers of 2020, only gets longer.
 */
export function miniProgram(): Plugin {
  return {
    name: 'mini-program',
    config: () =>
      process.env.UNI_PLATFORM?.startsWith('mp-')
        ? { build: { target: 'es2020', terserOptions: { compress: { passes: 3 } } } }
        : undefined,
  }
}

import uniModule from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'
import { fewerFiles } from './scripts/fewerFiles'
import { shortJson } from './scripts/shortJson'

// The plugin is CommonJS: from an ES module its default export arrives wrapped.
type Uni = typeof uniModule
const uni = (uniModule as unknown as { default?: Uni }).default ?? uniModule

// `uni build --sourcemap` writes no maps for mini-programs by itself: uni-app turns them on in
// HBuilderX only. With this they are in `.sourcemap/mp-weixin` beside the output, which stays the same.
const sourceMaps: Plugin = {
  name: 'source-maps',
  enforce: 'post',
  config: () =>
    process.env.UNI_APP_SOURCEMAP === 'true' ? { build: { sourcemap: 'hidden' } } : undefined,
}

// DevTools compiles a mini-program for old phones itself (`es6` in manifest.json; its target is ES5:
// https://developers.weixin.qq.com/miniprogram/dev/devtools/codecompile.html). What Vite would
// rewrite before, for browsers of 2020, only gets longer.
const miniProgram: Plugin = {
  name: 'mini-program',
  config: () =>
    process.env.UNI_PLATFORM?.startsWith('mp-')
      ? { build: { target: 'es2020', terserOptions: { compress: { passes: 3 } } } }
      : undefined,
}

export default defineConfig({ plugins: [uni(), miniProgram, sourceMaps, fewerFiles, shortJson] })

import { tdesign } from './samples/tdesign'
import { vant } from './samples/vant'
import { weui } from './samples/weui'
import type { NativeLibrary } from './support/nativeProject'

/** Component libraries in WeChat's own syntax. */
export const nativeLibraries: readonly NativeLibrary[] = [
  {
    name: '@vant/weapp',
    prefix: 'van-',
    path: (component) => `@vant/weapp/${component}/index`,
    samples: vant,
  },
  {
    name: 'tdesign-miniprogram',
    prefix: 't-',
    path: (component) => `tdesign-miniprogram/${component}/${component}`,
    samples: tdesign,
  },
  {
    name: 'weui-miniprogram',
    prefix: 'mp-',
    path: (component) => `weui-miniprogram/${component}/${component}`,
    styles: '/miniprogram_npm/weui-miniprogram/weui-wxss/dist/style/weui.wxss',
    samples: weui,
  },
]

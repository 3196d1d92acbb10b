import { uniUi } from './samples/uniUi'
import { uviewPlus } from './samples/uviewPlus'
import { wot } from './samples/wot'
import type { UniLibrary } from './support/uniProject'

/** Variables that uni-app's template has in its uni.scss, and libraries take for granted. */
const uniVariables = `
$uni-color-primary: #007aff; $uni-color-success: #4cd964; $uni-color-warning: #f0ad4e;
$uni-color-error: #dd524d; $uni-text-color: #333; $uni-text-color-inverse: #fff;
$uni-text-color-grey: #999; $uni-text-color-placeholder: #808080; $uni-text-color-disable: #c0c0c0;
$uni-bg-color: #fff; $uni-bg-color-grey: #f8f8f8; $uni-bg-color-hover: #f1f1f1;
$uni-bg-color-mask: rgba(0, 0, 0, 0.4); $uni-border-color: #c8c7cc; $uni-font-size-sm: 12px;
$uni-font-size-base: 14px; $uni-font-size-lg: 16px; $uni-img-size-sm: 20px; $uni-img-size-base: 26px;
$uni-img-size-lg: 40px; $uni-border-radius-sm: 2px; $uni-border-radius-base: 3px;
$uni-border-radius-lg: 6px; $uni-border-radius-circle: 50%; $uni-spacing-row-sm: 5px;
$uni-spacing-row-base: 10px; $uni-spacing-row-lg: 15px; $uni-spacing-col-sm: 4px;
$uni-spacing-col-base: 8px; $uni-spacing-col-lg: 12px; $uni-opacity-disabled: 0.3;
$uni-color-title: #2c405a; $uni-font-size-title: 20px; $uni-color-subtitle: #555;
$uni-font-size-subtitle: 26px; $uni-color-paragraph: #3f536e; $uni-font-size-paragraph: 15px;
`

/** Component libraries that uni-app compiles, installed as their documentation says. */
export const uniLibraries: readonly UniLibrary[] = [
  {
    name: '@dcloudio/uni-ui',
    easycom: { '^uni-(.*)': '@dcloudio/uni-ui/lib/uni-$1/uni-$1.vue' },
    variables: uniVariables,
    samples: uniUi,
  },
  {
    name: 'wot-design-uni',
    easycom: { '^wd-(.*)': 'wot-design-uni/components/wd-$1/wd-$1.vue' },
    samples: wot,
  },
  {
    name: 'uview-plus',
    easycom: {
      '^u--(.*)': 'uview-plus/components/u-$1/u-$1.vue',
      '^up-(.*)': 'uview-plus/components/u-$1/u-$1.vue',
      '^u-([^-].*)': 'uview-plus/components/u-$1/u-$1.vue',
    },
    imports: "import uviewPlus from 'uview-plus'",
    install: 'app.use(uviewPlus)',
    appStyle: "@import 'uview-plus/index.scss';",
    variables: "@import 'uview-plus/theme.scss';",
    // For the font of its icons.
    notModelled: ['wx.loadFontFace'],
    samples: uviewPlus,
  },
]

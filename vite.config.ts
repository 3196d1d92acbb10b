import uniModule from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'
import { arrows } from './build/arrows'
import { fewerFiles } from './build/fewerFiles'
import { localPages } from './build/localPages'
import { miniProgram } from './build/miniProgram'
import { ownComponents } from './build/ownComponents'
import { shortJson } from './build/shortJson'
import { sourceMaps } from './build/sourceMaps'

// The plugin is CommonJS: from an ES module its default export arrives wrapped.
type Uni = typeof uniModule
const uni = (uniModule as unknown as { default?: Uni }).default ?? uniModule

// Of pages.json: the main package must not need them.
const subpackages = ['account', 'booking', 'coupon', 'profile', 'settings', 'diagnostics'].map(
  (name) => `example/${name}`,
)

export default defineConfig({
  plugins: [
    uni(),
    localPages(),
    miniProgram(),
    sourceMaps(),
    arrows(),
    fewerFiles({
      parts: {
        'src/auth': ['src', 'src/auth', 'src/adapters', 'src/uni', 'src/host', 'src/store'],
        'src/components': ['src/components', 'src/pages', 'src/signIn', 'src/forms', 'src/locale'],
        example: ['example'],
      },
      subpackages,
    }),
    ownComponents(subpackages),
    shortJson(),
  ],
})

import uniModule from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'

// The plugin is CommonJS: from an ES module its default export arrives wrapped.
type Uni = typeof uniModule
const uni = (uniModule as unknown as { default?: Uni }).default ?? uniModule

export default defineConfig({ plugins: [uni()] })

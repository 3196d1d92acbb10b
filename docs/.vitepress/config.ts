// The documentation site: `npm run docs`. DOCS_BASE is the path it will be served under, e.g. /watchword/.
import { defineConfig } from 'vitepress'
import { anchorOf } from './anchors'
import { english } from './en'
import { linkToPages } from './links'
import { writeLlms } from './llms'
import { renamed } from './pages'
import { search } from './search'
import { chinese } from './zh'

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7"' +
  ' fill="#078043"/><path d="M9 10h14v12H9z" fill="none" stroke="#fff" stroke-width="3"/></svg>'

export default defineConfig({
  title: 'watchword',
  base: process.env.DOCS_BASE ?? '/',
  outDir: '../dist/docs',
  cacheDir: '../node_modules/.cache/vitepress',
  rewrites: renamed,
  ignoreDeadLinks: false,
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  markdown: {
    anchor: { slugify: anchorOf },
    config: linkToPages,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
  },
  themeConfig: { search },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      description: 'Sign-in for WeChat mini-programs built with uni-app',
      themeConfig: english,
    },
    zh: {
      label: '中文',
      lang: 'zh-Hans',
      title: '口令 watchword',
      description: 'uni-app 微信小程序的登录库',
      themeConfig: chinese,
    },
  },
  buildEnd: ({ outDir, site }) => writeLlms(outDir, site.base),
})

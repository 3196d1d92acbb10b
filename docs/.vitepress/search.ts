import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { anchorOf } from './anchors'
import { fileOf } from './pages'

interface Section {
  anchor: string
  /** The headings that lead to it, its own last. */
  titles: string[]
  text: string
}

/** A page by its headings, for the index. VitePress has no text of pages that are not in docs/. */
export function sectionsOf(markdown: string): Section[] {
  const parts = markdown
    .replace(/^```[\s\S]*?^```$/gm, (code) => code.replaceAll('\n#', '\n #')) // no heading
    .split(/^(?=#{1,4} )/m)
  const path: string[] = []
  return parts.flatMap((part) => {
    const [, marks = '', heading = '', text = ''] = /^(#+) (.+)\n?([\s\S]*)$/.exec(part) ?? []
    if (!marks) return []
    path.splice(marks.length - 1)
    path.push(heading.replaceAll('`', ''))
    return [{ anchor: anchorOf(heading), titles: [...path], text: plainText(text) }]
  })
}

function plainText(markdown: string): string {
  return markdown
    .replace(/\]\([^)]*\)/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[`*#|>[\]{}]+/g, ' ')
}

/** The page of a file that VitePress is about to index. */
function pageAt(path: string): string {
  const page = posix.relative(posix.join(process.cwd().replaceAll('\\', '/'), 'docs'), path)
  return page.replace(/README\.md$/, 'index.md')
}

const chinese = {
  button: { buttonText: '搜索', buttonAriaLabel: '搜索文档' },
  modal: {
    displayDetails: '显示详细列表',
    resetButtonTitle: '清除搜索词',
    backButtonTitle: '关闭搜索',
    noResultsText: '没有找到',
    footer: {
      selectText: '打开',
      selectKeyAriaLabel: '回车',
      navigateText: '切换',
      navigateUpKeyAriaLabel: '上箭头',
      navigateDownKeyAriaLabel: '下箭头',
      closeText: '关闭',
      closeKeyAriaLabel: 'Esc',
    },
  },
}

export const search: { provider: 'local'; options: DefaultTheme.LocalSearchOptions } = {
  provider: 'local',
  options: {
    locales: { zh: { translations: chinese } },
    _render: () => '', // the index is made of the Markdown
    miniSearch: {
      _splitIntoSections: (path) => sectionsOf(readFileSync(fileOf(pageAt(path)), 'utf8')),
      options: {
        // Each Chinese character is a word: nothing separates them. The browser gets this as text, so
        // it uses nothing of this module.
        tokenize: (text) => text.match(/\p{Script=Han}|[^\s\p{P}\p{S}\p{Script=Han}]+/gu) ?? [],
      },
      searchOptions: { combineWith: 'AND' },
    },
  },
}

// llms.txt (https://llmstxt.org), the pages as Markdown beside it, and llms-full.txt with all of them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { english } from './en'
import { fileOf } from './pages'
import { chinese } from './zh'

const head = `# watchword

> Sign-in for WeChat mini-programs built with uni-app (Vue 3, TypeScript). Pages send requests as if every
> user were signed in: on a 401 the client logs in once for all of them, or asks the user for what is
> missing, and replays them.
`

type Group = DefaultTheme.SidebarItem
const chineseGuides: Group[] = [{ ...chinese.sidebar[0], text: '中文指南' }]

export function writeLlms(outDir: string, base: string): void {
  const lists = [...english.sidebar, ...chineseGuides].map(({ text, items = [] }) =>
    [`## ${text}\n`, ...items.map((item) => lineOf(item, base))].join('\n'),
  )
  writeFileSync(join(outDir, 'llms.txt'), `${[head, ...lists].join('\n\n').trim()}\n`)

  const pages = english.sidebar.flatMap(({ items }) => items.map(pageOf))
  writeFileSync(join(outDir, 'llms-full.txt'), [head, ...pages.map(textOf)].join('\n\n'))

  const shown = [...english.sidebar, ...chineseGuides].flatMap(({ items = [] }) => items)
  for (const page of shown.map(pageOf)) {
    const target = join(outDir, page)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, textOf(page))
  }
}

const pageOf = ({ link = '' }: Group): string => `${link.slice(1).replace(/\/$/, '/index')}.md`

const textOf = (page: string): string => readFileSync(fileOf(page), 'utf8')

/** With the page's first sentence, which says what it is for. */
function lineOf(item: Group, base: string): string {
  const page = pageOf(item)
  const [, sentence = ''] = /^# .+\n+((?:[^\n]+\n)*?[^\n]*?[.。])(?:\s|$)/m.exec(textOf(page)) ?? []
  const note = sentence.replace(/\n/g, ' ').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return `- [${item.text}](${base}${page})${note && `: ${note}`}`
}

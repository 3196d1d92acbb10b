import { posix } from 'node:path'
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress'
import { fileOf, pageOf } from './pages'

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/**
 * Documents link to files, as GitHub wants it. Here such a link leads to the page that shows the file,
 * in the reader's language; the text of a link to any other file is plain.
 */
export function linkToPages(md: MarkdownRenderer): void {
  md.core.ruler.push('link-to-pages', ({ tokens, env }) => {
    const { relativePath } = env as MarkdownEnv
    for (const token of tokens)
      if (token.children) token.children = withPages(token.children, relativePath)
  })
}

function withPages(tokens: Token[], from: string): Token[] {
  let isPlain = false
  return tokens.filter((token) => {
    if (token.type === 'link_close') return !isPlain
    if (token.type !== 'link_open') return true
    const href = token.attrGet('href') ?? ''
    isPlain = false
    if (/^([a-z]+:|#)/.test(href)) return true
    const page = pageFor(href, from)
    // A missing document stays a link, which VitePress then reports.
    isPlain = page === undefined && !/\.md(#|$)/.test(href)
    if (page !== undefined) token.attrSet('href', page)
    return !isPlain
  })
}

/** `../protocol.md#answers`, on the page `guide/start.md` → `/protocol.md#answers`. */
export function pageFor(href: string, from: string): string | undefined {
  const [path = '', anchor] = href.split('#')
  const file = posix.join(posix.dirname(fileOf(from)), path)
  const page = pageOf(file, from.startsWith('zh/') ? 'zh' : 'en')
  return page && `/${page}${anchor ? `#${anchor}` : ''}`
}

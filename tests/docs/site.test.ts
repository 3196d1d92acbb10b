import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { english } from '../../docs/.vitepress/en'
import { pageFor } from '../../docs/.vitepress/links'
import { writeLlms } from '../../docs/.vitepress/llms'
import { fileOf, pageOf, pages } from '../../docs/.vitepress/pages'
import { search, sectionsOf } from '../../docs/.vitepress/search'
import { chinese } from '../../docs/.vitepress/zh'

const linksOf = ({ nav, sidebar }: typeof english | typeof chinese) =>
  [...nav, ...sidebar.flatMap(({ items }) => items)].map(({ link }) => link)
const pageAt = (link: string) => `${link.slice(1).replace(/\/$/, '/index')}.md`

describe('the navigation of the site', () => {
  it.each([
    { language: 'English', config: english },
    { language: 'Chinese', config: chinese },
  ])('leads to pages only, in $language', ({ config }) => {
    for (const link of linksOf(config)) expect(existsSync(fileOf(pageAt(link)))).toBe(true)
  })

  it('leaves out no page but the first', () => {
    const listed = [...linksOf(english), ...linksOf(chinese)].map(pageAt)
    expect(pages).toContain('zh/client.md')
    expect([...new Set(listed)].sort()).toEqual(
      pages.filter((page) => !/^(zh\/)?index\.md$/.test(page)).sort(),
    )
  })

  it('has the same order in both languages', () => {
    expect(linksOf(chinese)).toEqual(linksOf(english).map((link) => `/zh${link}`))
  })
})

it.each(['docs/backends/README.md', 'docs/zh/backends/README.md'])(
  '%s names every backend that has a page',
  (overview) => {
    const links = [
      ...readFileSync(overview, 'utf8').matchAll(/\((?:[./]*backends\/)?([\w-]+\.md)\)/g),
    ]
    const recipes = readdirSync('docs/backends').filter((file) => file !== 'README.md')
    expect(links.map(([, link]) => link!).sort()).toEqual(recipes.sort())
  },
)

describe('a link between documents', () => {
  it('leads to the page of that file, in the language of the reader', () => {
    expect(pageFor('../errors.md#network', 'guide/errors.md')).toBe('/errors.md#network')
    expect(pageFor('../../errors.md#network', 'zh/guide/errors.md')).toBe('/zh/errors.md#network')
    expect(pageFor('protocol.md', 'zh/client.md')).toBe('/zh/protocol.md')
    expect(pageFor('../simulator/README.md', 'backend.md')).toBe('/project/simulator.md')
    expect(pageFor('../README.md', 'zh/client.md')).toBe('/zh/guide/start.md')
    expect(pageFor('zh/guide/start.md', 'index.md')).toBe('/zh/guide/start.md')
  })

  it('leads nowhere if no page has the file', () => {
    expect(pageFor('../src/index.ts', 'client.md')).toBe(undefined)
    expect(pageOf('docs/missing.md', 'en')).toBe(undefined)
  })
})

describe('the search', () => {
  it('finds a section by its heading, and takes no comment in code for one', () => {
    const page =
      '# The client\nCalls.\n\n## `read` it\n\n```sh\n# a comment\nnpm test\n```\n\n### Deep\nText.\n'
    expect(sectionsOf(page).map(({ anchor, titles }) => [anchor, ...titles])).toEqual([
      ['the-client', 'The client'],
      ['read-it', 'The client', 'read it'],
      ['deep', 'The client', 'read it', 'Deep'],
    ])
  })

  it('takes each Chinese character for a word', () => {
    const { tokenize } = search.options.miniSearch!.options!
    expect(tokenize!('需要手机号（getPhoneNumber）')).toEqual([...'需要手机号', 'getPhoneNumber'])
  })
})

it('llms.txt leads to pages that the site has as Markdown, under its base', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchword-llms-'))
  try {
    writeLlms(folder, '/watchword/')
    const list = readFileSync(join(folder, 'llms.txt'), 'utf8')
    expect(list).toMatch(/^# watchword\n\n> .+/)
    const links = [...list.matchAll(/^- \[.+?\]\(\/watchword\/(.+?)\)/gm)].map(([, link]) => link!)
    expect(links).toContain('guide/start.md')
    expect(links).toContain('zh/guide/start.md')
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([])
    expect(readFileSync(join(folder, 'llms-full.txt'), 'utf8')).toContain('# Book from a page')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { anchorOf } from '../../docs/.vitepress/anchors'

const documents = [
  ...readdirSync('.'),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  'conform/README.md',
  'simulator/README.md',
].filter((name) => name.endsWith('.md'))

const textOf = (file: string) => readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '')

const anchorsOf = (file: string) =>
  [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title))

/** `file: link` for each link and picture that leads nowhere; other sites are not asked. */
function brokenIn(file: string): string[] {
  const links = textOf(file).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)
  return [...links]
    .map(([, link, picture]) => link ?? picture ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path ? normalize(join(dirname(file), path)) : file
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
    })
    .map((link) => `${file}: ${link}`)
}

it('every link and picture of the documents leads to a file and a heading of this repository', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/zh/guide/start.md']))
  expect(documents.flatMap(brokenIn)).toEqual([])
})

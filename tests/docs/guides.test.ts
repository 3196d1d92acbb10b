import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from './compiler'
import { blocksOf, examplesOf, guides, readDocument } from './documents'
import { scriptOf } from './singleFile'

const inBoth = guides.flatMap((name) => [name, `zh/${name}`])
/** Without those in JavaScript: tests/commands compiles the app that they are of. */
const componentsOf = (name: string) =>
  blocksOf(name)
    .filter(({ language, code }) => language === 'vue' && !code.includes('<script setup>'))
    .map(scriptOf)

describe('the code of the guides', () => {
  it('compiles in an app with strict types, components with their templates', () => {
    const { errors } = compile(
      guides.flatMap((name) => [...examplesOf(name), ...componentsOf(name)]),
    )
    expect(errors).toEqual([])
  })

  it('is refused where a template has a name that its script has not', () => {
    const code = '<template><button @tap="book">{{ missing }}</button></template>\n'
    const { errors } = compile([scriptOf({ at: 'wrong.md:1', code })])
    expect(errors).toEqual([
      expect.stringMatching(/^wrong\.md:1: .*'book' does not exist/),
      expect.stringMatching(/^wrong\.md:1: .*'missing' does not exist/),
    ])
  })

  it.each(guides)('is the same in Chinese, but for comments: %s', (name) => {
    const codeIn = (page: string) =>
      blocksOf(page).map(({ language, code }) => ({
        language,
        code: code.replace(/(^|\s+)(\/\/|\/\*\*).*$/gm, ''),
      }))
    expect(codeIn(`zh/${name}`)).toEqual(codeIn(name))
  })

  it('is JSON where it says so', () => {
    const json = inBoth.flatMap(blocksOf).filter(({ language }) => language === 'jsonc')
    expect(json.length).toBeGreaterThan(0)
    for (const { code } of json) expect(() => JSON.parse(code.replace(/^\/\/.*/, ''))).not.toThrow()
  })

  it('calls commands that exist', () => {
    const called = inBoth.flatMap((name) =>
      [...readDocument(name).matchAll(/npm run ([\w:-]+)/g)].map(([, command]) => command!),
    )
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }
    expect(called).toContain('simulate')
    expect(called.filter((command) => !(command in scripts))).toEqual([])
  })
})

it.each(['', 'zh/'])(
  'docs/%sguide/start.md has the code of the README, which an app is built from',
  (folder) => {
    const readme = readFileSync('README.md', 'utf8')
    const blocks = blocksOf(`${folder}guide/start.md`)
    expect(blocks.length).toBeGreaterThan(5)
    expect(blocks.filter(({ code }) => !readme.includes(code.trim()))).toEqual([])
  },
)

import { readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { compile, type Compiled } from './compiler'
import { promptGaps, setupMistakes } from '../../src/store/mistakes'
import { examplesOf, readStyled, readDocument, wordsInCode } from './documents'

const client = readDocument('client.md')
const errors = readDocument('errors.md')
const inClient = wordsInCode(client)
const inErrors = wordsInCode(errors)

/** The compiler takes seconds on a busy machine: a time limit, in ms, is that of a hang. */
const limit = 60_000

let compiled: Compiled
beforeAll(() => {
  const recipes = readdirSync('docs/backends').flatMap((file) => examplesOf(`backends/${file}`))
  compiled = compile([...examplesOf('client.md'), ...examplesOf('errors.md'), ...recipes])
}, limit)

describe('the examples of the documents', () => {
  it('compile in an app with strict types', () => {
    expect(examplesOf('client.md').length).toBeGreaterThan(0)
    expect(examplesOf('errors.md').length).toBeGreaterThan(0)
    expect(compiled.errors).toEqual([])
  })

  it('are refused where they call what is not there', { timeout: limit }, () => {
    const { errors } = compile([
      { at: 'wrong.md:1', code: "import { signIn } from 'watchword'\nsignIn()\n" },
      { at: 'wrong.md:9', code: "auth.request({ url: '/', method: 'PATCH' })\nreturn\n" },
    ])
    expect(errors).toEqual([
      expect.stringMatching(/^wrong\.md:1: .*no exported member 'signIn'/),
      expect.stringMatching(/^wrong\.md:9: .*"PATCH"/),
    ])
  })
})

describe('docs/client.md', () => {
  it('mentions, with docs/errors.md, everything that the package exports', () => {
    expect(compiled.exports).toContain('createAuth')
    expect(compiled.exports).toContain('AuthOptions')
    const mentioned = new Set([...inClient, ...inErrors])
    expect(compiled.exports.filter((name) => !mentioned.has(name))).toEqual([])
  })

  it('mentions every member of what is exported', () => {
    expect(compiled.membersOf('AuthOptions')).toContain('baseURL')
    const members = compiled.exports.flatMap((name) =>
      compiled.membersOf(name).map((member) => ({ name, member })),
    )
    expect(members.filter(({ member }) => !inClient.has(member))).toEqual([])
  })

  it.each([
    'FocusChainErrorCode',
    'NavigationErrorCode',
    'Permission',
    'PermissionScope',
    'Method',
  ])('mentions each %s', (name) => {
    const literals = compiled.literalsOf(name)
    expect(literals.length).toBeGreaterThan(1)
    expect(literals.filter((literal) => !inClient.has(literal))).toEqual([])
  })
})

describe('the CSS variables in docs/client.md', () => {
  const styled = readStyled()
  const { 'palette.css': palette = '', ...components } = Object.fromEntries(styled)
  const [light = {}, dark = {}] = palette
    .split('@media (prefers-color-scheme: dark)')
    .map((css): Record<string, string> =>
      Object.fromEntries([...css.matchAll(/(--ww-[\w-]+): ([^;]+);/g)].map(([, ...pair]) => pair)),
    )

  it('are those of the components, with their defaults', () => {
    const used = Object.values(components).flatMap((css) =>
      [...css.matchAll(/var\((--watchword-[\w-]+), (?:var\((--ww-[\w-]+)\)|([^()]+))\)/g)].map(
        ([, variable, own = '', value]) =>
          JSON.stringify({ variable, value: value ?? light[own], dark: dark[own] }),
      ),
    )
    const row = /^\| `(--watchword-[\w-]+)` \| `([^`]+)` \| (?:`([^`]+)` )?\|/gm
    const documented = [...client.matchAll(row)].map(([, variable, value, dark]) =>
      JSON.stringify({ variable, value, dark }),
    )
    expect(documented.length).toBeGreaterThan(0)
    expect(documented.sort()).toEqual([...new Set(used)].sort())
  })

  it('have a default each, and the dark ones are all in one file', () => {
    const css = Object.values(components).join('\n')
    expect(css).not.toMatch(/var\(--watchword-[\w-]+\)/)
    expect(Object.keys(light)).toEqual(Object.keys(dark))
    const inTheDark = [...styled].filter(([, css]) => css.includes('prefers-color-scheme'))
    expect(inTheDark.map(([file]) => file)).toEqual(['palette.css'])
  })

  it('come with their defaults to each component that uses one', () => {
    /** A file's styles with those it imports. */
    const filesOf = (file: string): string[] => {
      const imports = components[file]?.matchAll(/(?:@import |<style src=)['"]([^'"]+)/g) ?? []
      const paths = [...imports].map(([, path]) => posix.join(posix.dirname(file), path!))
      return [file, ...paths.flatMap(filesOf)]
    }
    const coloured = Object.keys(components)
      .filter((file) => file.endsWith('.vue'))
      .map((file) => ({ file, files: filesOf(file) }))
      .filter(({ files }) => files.some((file) => /var\(--ww-/.test(components[file] ?? '')))
    expect(coloured.length).toBeGreaterThan(3)
    for (const { file, files } of coloured) {
      expect(files).toContain('palette.css')
      expect(components[file]).toMatch(/class="watchword /)
    }
  })
})

describe('docs/errors.md', () => {
  const [sections = '', warnings = '', gaps = '', setup = ''] = errors.split(
    /^(?:# Warnings|## Where no prompt can be shown|# Setup)$/m,
  )
  const codesIn = (part: string) =>
    [...part.matchAll(/^\| `(\w+)` \| \S.* \| \S.* \|$/gm)].map(([, code]) => code).sort()

  it('has a section for every AuthErrorCode, and for nothing else', () => {
    const titles = [...sections.matchAll(/^## (\w+)\n(?=\S)/gm)].map(([, title]) => title)
    const codes = compiled.literalsOf('AuthErrorCode')
    expect(codes).toContain('prompt_cancelled')
    expect(titles.sort()).toEqual(codes.sort())
  })

  it('has a row for every warning, and for nothing else', () => {
    const codes = compiled.literalsOf('AuthWarning', 'code')
    expect(codes).toContain('storage_failed')
    expect(codesIn(warnings)).toEqual(codes.sort())
  })

  it('has a row for every gap and every mistake in the setup, and for nothing else', () => {
    expect(codesIn(gaps)).toEqual(Object.keys(promptGaps).sort())
    expect(codesIn(setup)).toEqual(Object.keys(setupMistakes).sort())
  })
})

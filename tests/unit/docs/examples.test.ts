import { beforeAll, describe, expect, it } from 'vitest'
import { compile, type Compiled } from './compiler'
import { examplesOf, readComponent, readDocument, wordsInCode } from './documents'

const client = readDocument('client.md')
const errors = readDocument('errors.md')
const inClient = wordsInCode(client)
const inErrors = wordsInCode(errors)

/** The compiler takes seconds on a busy machine: a time limit, in ms, is that of a hang. */
const limit = 60_000

let compiled: Compiled
beforeAll(() => {
  compiled = compile([...examplesOf('client.md'), ...examplesOf('errors.md')])
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
  it('are those of the components, with their defaults', () => {
    const css = readComponent('button.css') + readComponent('look.css')
    const [light = '', dark = ''] = css.split('@media')
    const defaultsIn = (css: string) =>
      Object.fromEntries(
        [...css.matchAll(/var\((--watchword-[\w-]+), ([^)]+)\)/g)].map(
          ([, variable, value]) => [variable, value] as const,
        ),
      )
    const inTheDark = defaultsIn(dark)
    const used = Object.entries(defaultsIn(light)).map(([variable, value]) => ({
      variable,
      value,
      dark: inTheDark[variable],
    }))
    const row = /^\| `(--watchword-[\w-]+)` \| `([^`]+)` \| (?:`([^`]+)` )?\|/gm
    const told = [...client.matchAll(row)].map(([, variable, value, dark]) => ({
      variable,
      value,
      dark,
    }))
    expect(told.length).toBeGreaterThan(0)
    expect(told).toEqual(expect.arrayContaining(used))
    expect(told).toHaveLength(used.length)
  })
})

describe('docs/errors.md', () => {
  const [sections = '', warnings = ''] = errors.split(/^# Warnings$/m)

  it('has a section for every AuthErrorCode, and for nothing else', () => {
    const titles = [...sections.matchAll(/^## (\w+)\n(?=\S)/gm)].map(([, title]) => title)
    const codes = compiled.literalsOf('AuthErrorCode')
    expect(codes).toContain('prompt_cancelled')
    expect(titles.sort()).toEqual(codes.sort())
  })

  it('has a row for every warning, and for nothing else', () => {
    const rows = [...warnings.matchAll(/^\| `(\w+)` \| \S.* \| \S.* \|$/gm)].map(([, code]) => code)
    const codes = compiled.literalsOf('AuthWarning', 'code')
    expect(codes).toContain('storage_failed')
    expect(rows.sort()).toEqual(codes.sort())
  })
})

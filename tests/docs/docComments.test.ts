import { beforeAll, describe, expect, it, vi } from 'vitest'
import { compile } from './compiler'
import { readDocComments, type Documented } from './docComments'

// The compiler takes seconds on a busy machine: a time limit is that of a hang.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let documented: Documented[]
beforeAll(() => {
  documented = readDocComments()
})

describe('the doc comments of what an app can call', () => {
  it('are found: functions, classes, composables, and the methods of the client', () => {
    const names = documented.map(({ name }) => name)
    const kinds = ['createAuth', 'HttpError', 'useAuthStore', 'onQuery', 'Auth.request']
    expect(names).toEqual(expect.arrayContaining(kinds))
  })

  it('have an example each', () => {
    const without = documented.filter(({ examples }) => examples.length === 0)
    expect(without.map(({ name, at }) => `${at} ${name}`)).toEqual([])
  })

  it('have no tag but these, so that no example is cut short', () => {
    const known = ['param', 'returns', 'throws', 'example']
    const others = documented.flatMap(({ name, tags }) =>
      tags.filter((tag) => !known.includes(tag)).map((tag) => `${name} @${tag}`),
    )
    expect(others).toEqual([])
  })

  it('use in their examples what they describe', () => {
    const strangers = documented.filter(({ name, examples }) =>
      examples.some(({ code }) => !code.includes(name.replace('Auth.', 'auth.'))),
    )
    expect(strangers.map(({ name }) => name)).toEqual([])
  })

  it('have examples that compile in an app with strict types', () => {
    expect(compile(documented.flatMap(({ examples }) => examples)).errors).toEqual([])
  })
})

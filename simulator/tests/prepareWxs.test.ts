import { describe, expect, it } from 'vitest'
import { prepareWxs } from '../src/pack/wxs'

describe('a WXS module', () => {
  it('asks for the name of a type where it says constructor, on the same columns', () => {
    const source = `if (x.constructor === 'Array' && x['constructor'] == "Array") y . constructor`
    const { code } = prepareWxs(source)
    expect(code).not.toContain('constructor')
    expect(code.indexOf(`=== 'Array'`)).toBe(source.indexOf(`=== 'Array'`))
    expect(code).toHaveLength(source.length)
  })

  it.each(["a[\n'constructor']var b", 'a\n.\nconstructor; b', `a[ "constructor" ]`])(
    'keeps what follows where it is: %j',
    (source) => {
      const { code } = prepareWxs(source)
      expect(code).not.toContain('constructor')
      expect(code.split('\n').map(({ length }) => length)).toEqual(
        source.split('\n').map(({ length }) => length),
      )
    },
  )

  it('keeps the word in comments, texts and names', () => {
    const source = `// a.constructor\nvar constructor = 'a.constructor' /* b.constructor */`
    expect(prepareWxs(source).code).toBe(source)
  })

  it('may leave its last comment open', () => {
    expect(prepareWxs('var a = 1 /* all that follows\nvar b = ').code).toBe(
      'var a = 1 /* all that follows\nvar b = */',
    )
  })

  it.each([
    ['blanks', ' '],
    ['quotes that are escaped', '\\"'],
    ['regular expressions that are not ended', '=/['],
    ['slashes', '= / '],
  ])('is prepared in time by the length of it: %s', (_, unit) => {
    // In time by the square of that it would take longer than a test may.
    const source = `a = ${unit.repeat(1_000_000 / unit.length)}`
    expect(prepareWxs(source).code).toHaveLength(source.length)
  })

  it('may leave a text open, to the end of its line', () => {
    const source = `var a = "b.constructor\nvar c = d.constructor`
    expect(prepareWxs(source).code).toMatch(/^var a = "b\.constructor\nvar c = d\[/)
  })

  it('may name something by a word that only JavaScript reserves', () => {
    const source = `var class = ''; if (try) { class = 'on' }\nexports.name = class + ({ class: 1 }).class\n`
    const { code, foreign } = prepareWxs(source)
    expect(foreign).toBeUndefined()
    expect(code).toHaveLength(source.length)
    const exports = {}
    new Function('exports', /if \((.*?)\)/.exec(code)![1]!, code)(exports, true)
    expect(exports).toEqual({ name: 'on1' })
  })

  it('may name a member by any word, and by one that only begins like it', () => {
    expect(prepareWxs('var a = { new: 1, news: 2, lets : 3 }').foreign).toBeUndefined()
  })

  it('names the modules that it requires', () => {
    const source = `var a = require('./a.wxs'); var b = require("/b") // require('./c.wxs')`
    expect(prepareWxs(source).requires).toEqual(['./a.wxs', '/b'])
  })

  it.each([
    ['var a = 1\nlet b = 2', '"let" (line 2)'],
    ['var d = new Date()', '"new" (line 1)'],
    ['var f = function () {}\n\nvar g = () => 1', '"=>" (line 3)'],
    ["import * as a from './a'", '"import" (line 1)'],
    ['throw -1', '"throw" (line 1)'],
    ['var s = `a`', '"`" (line 1)'],
    ['try { a() } catch (e) {}', '"try" (line 1)'],
    ['s.replace(/"/g, "")', 'a regular expression (getRegExp makes one) (line 1)'],
  ])('that is JavaScript rather than WXS is noticed: %j', (source, what) => {
    expect(prepareWxs(source).foreign).toBe(`WXS has no ${what}`)
  })

  it('is not suspected for names, members, divisions and texts', () => {
    const source = `var a = { new: b.let / c / 2, class: "=> new" }; a.try = a.new; i = (n / 2) / 1`
    expect(prepareWxs(source).foreign).toBeUndefined()
  })
})

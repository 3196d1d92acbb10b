import { describe, expect, it, onTestFinished } from 'vitest'
import { pack } from '../src/pack/pack'
import { writeApp } from './support/appFiles'

const [well, bad] = ['pages/well/well', 'pages/bad/bad']

/** Packs an app with one template that is well and this one. */
function packTemplate(wxml: string) {
  const app = writeApp([well, bad], {
    [`${well}.wxml`]: '<view>well</view>',
    [`${well}.js`]: 'Page({})',
    [`${bad}.wxml`]: wxml,
    [`${bad}.js`]: 'Page({})',
  })
  onTestFinished(() => app.remove())
  return pack(app.dist)
}

/** The paths whose templates can be made, as the phone makes them. */
function madeTemplates(templates: string): string[] {
  const broken: string[] = []
  const wxs = {
    define: () => () => ({}),
    callable: () => () => undefined,
    observer: () => () => {},
    handle: () => {},
    broken: (path: string) => void broken.push(path),
  }
  const made = (0, eval)(templates) as (host: object) => Record<string, unknown>
  const paths = Object.entries(made(wxs)).map(([path]) => path)
  return paths.filter((path) => !broken.includes(path))
}

describe('a template that cannot be read', () => {
  it.each([
    ['a tag that is never closed', '<view>\n<text>', /missing end tag \(line 2/],
    ['tags that cross', '<view><text></view></text>', /missing end tag/],
    ['a tag without its end', '<view>a</view>\n<view class="a"', /incomplete tag \(line 2/],
    [
      'an expression without its end',
      '<view\n  wx:if="{{a">b</view>',
      /missing expression end \(line 2/,
    ],
    [
      'an expression that is none',
      '<view>{{ a ? }}</view>',
      /unexpected character inside expression/,
    ],
    ['an index without its end', '<view>{{a[}}</view>', /unexpected character/],
    ['a name that is none', '<view>{{a.b..c}}</view>', /not a valid identifier/],
    ['a handler that is no expression', '<view bindtap="{{a+}}"/>', /unexpected character/],
    ['a list that is none', '<view wx:for="{{[1,2}}"></view>', /unexpected character/],
    ['an entity that is none', '<view>&foo;</view>', /illegal entity/],
    ['an import without a source', '<import/>', /missing source path/],
    [
      'a blank of a Chinese keyboard in a tag',
      '<!-- <a\u3000 -->\n<view a="\u3000"\u3000b="c">\u3000</view>',
      /U\+3000, .* \(line 2, column 12\)/,
    ],
    ['a line separator after a name', '<wxs\u2028module="m">var a</wxs>', /U\+2028, /],
    ['tags in tags without end', '<view>'.repeat(10_000), /the template compiler fails on it/],
    ['WXS without a name', '<wxs>var a</wxs>', /missing module name/],
    ['WXS that is never closed', '<wxs module="m">var a', /missing end tag/],
    [
      'WXS that is no JavaScript',
      '<wxs module="m">\nvar = 1</wxs>',
      /WXS module "m": .*\(line 2\)/,
    ],
  ])('for %s is named with its line, and the others are made', (_, wxml, message) => {
    const { problems, templates } = packTemplate(wxml)
    expect(problems).toEqual([
      { file: `${bad}.wxml`, page: bad, message: expect.stringMatching(message) },
    ])
    expect(madeTemplates(templates)).toEqual([well])
  })
})

it('that ends the compiler takes none with it that imports it, and none after it', () => {
  const [importing, after] = ['pages/aaa/aaa', 'pages/zzz/zzz']
  const app = writeApp([importing, bad, after], {
    [`${importing}.wxml`]: `<import src="/${bad}.wxml"/><view>a</view>`,
    [`${bad}.wxml`]: '<view>'.repeat(10_000) + '</view>'.repeat(10_000),
    [`${after}.wxml`]: '<view>z</view>',
    ...Object.fromEntries([importing, bad, after].map((page) => [`${page}.js`, 'Page({})'])),
  })
  onTestFinished(() => app.remove())
  const { problems, templates } = pack(app.dist)
  expect(problems.map(({ file }) => file)).toEqual([`${bad}.wxml`])
  expect(madeTemplates(templates)).toEqual([importing, after])
})

it.each([
  ['expressions', '{{ '],
  ['comments', '<!-- '],
  ['WXS', '<wxs module="m"> '],
  ['WXS without an end of its tag', '<wxs module="'],
  ['texts of a tag', '<view a="'],
])('%s that are not ended are looked through once', (_, unit) => {
  // In time by the square of the length it would take longer than a test may.
  const { problems } = packTemplate(`<view>${unit.repeat(1_000_000 / unit.length)}`)
  expect(problems).toHaveLength(1)
})

describe('a template that can be read', () => {
  it.each([
    ['nothing in it', ''],
    ['a comment without its end', '<view>a</view><!-- and so on'],
    ['blanks of a Chinese keyboard outside of its tags', '<view a="\u3000">\u3000</view>'],
    ['such a blank in WXS', '<wxs module="m">if (1 <a)\u3000var a = 1</wxs>'],
    ['an attribute twice', '<view a="1" a="2"/>'],
    ['an else without an if', '<view wx:else>a</view>'],
    ['an end tag too many', '<view>a</view></view>'],
    ['a name for an item that is none', '<block wx:for="{{a}}" wx:for-item="b-c">{{b}}</block>'],
    ['bytes that are no text', '\u0000\uFFFD<view>\u0001</view>'],
    ['content in a slot', '<slot name="a"><view>instead</view></slot>'],
    ['a template that uses itself', '<template name="a"><template is="a"/></template>'],
    ['an unknown name', '<template is="{{nothing}}" data="{{...none}}"/>'],
  ])('though it has %s is made', (_, wxml) => {
    const { problems, templates } = packTemplate(wxml)
    expect(problems).toEqual([])
    expect(madeTemplates(templates)).toEqual([bad, well])
  })

  it('though what it imports or includes is not there is made, which is reported', () => {
    const { problems, templates } = packTemplate('<import src="no.wxml"/><include src="/none"/>')
    expect(problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      `${bad}.wxml: imports or includes pages/bad/no.wxml, which is not there`,
      `${bad}.wxml: imports or includes none.wxml, which is not there`,
    ])
    expect(madeTemplates(templates)).toEqual([bad, well])
  })
})

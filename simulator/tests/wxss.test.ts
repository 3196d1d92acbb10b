import { describe, expect, it } from 'vitest'
import { appSelector, componentSelector, convertWxss, pageSelector } from '../src/pack/wxss'

const convert = (wxss: string, selector = appSelector) => convertWxss(wxss, selector).css

describe('WXSS becomes CSS', () => {
  it.each([
    [
      'rpx by the width of the phone',
      'view{width:750rpx;margin:-1rpx .5rpx}',
      'wx-view{width:calc(750 * var(--rpx));margin:calc(-1 * var(--rpx)) calc(0.5 * var(--rpx))}',
    ],
    [
      'names that only look like lengths',
      '.w-10rpx{--gap-2rpx:0;width:calc(100% - 2rpx)}',
      '.w-10rpx{--gap-2rpx:0;width:calc(100% - calc(2 * var(--rpx)))}',
    ],
    ['vh of the page', '.a{height:100vh}', '.a{height:calc(100 * var(--page-vh, 1vh))}'],
    [
      'safe areas',
      '.a{bottom:env(safe-area-inset-bottom)}',
      '.a{bottom:var(--safe-area-inset-bottom)}',
    ],
    [
      'tag names and page',
      'page view>text.a,scroll-view~.b{}',
      'wx-page wx-view>wx-text.a,wx-scroll-view~.b{}',
    ],
    ['comments', '/* view{ */.a{color:red}', '.a{color:red}'],
    ['comments that keep words apart', '.a{margin:1px/* */2px}', '.a{margin:1px/**/2px}'],
    [
      'what is not in a text',
      'view[b="], view page"],text{content:"1rpx env(safe-area-inset-top)"}',
      'wx-view[b="], view page"],wx-text{content:"1rpx env(safe-area-inset-top)"}',
    ],
    ['comments that keep others from beginning', '.a{b:1 //* 2 */* 3}', '.a{b:1 //**/* 3}'],
    [
      'strings that look like rules',
      '.a::after{content:"view{1rpx}"}',
      '.a::after{content:"view{1rpx}"}',
    ],
    [
      'keyframes, whose steps are no selectors',
      '@keyframes x{from{width:2rpx}50%{width:4rpx}}',
      '@keyframes x{from{width:calc(2 * var(--rpx))}50%{width:calc(4 * var(--rpx))}}',
    ],
    [
      'rules inside media queries',
      '@media (min-width:1px){text{top:0}}',
      '@media (min-width:1px){wx-text{top:0}}',
    ],
    [
      "a query for the colour scheme, which is the phone's",
      '@media (prefers-color-scheme: dark){view{top:0}}',
      '@container style(--color-scheme: dark){wx-view{top:0}}',
    ],
    [
      'the colour scheme beside other conditions',
      '@media screen and (prefers-color-scheme:light) and (min-width:300px){view{top:0}}',
      '@container style(--color-scheme: light){@media (min-width:300px){wx-view{top:0}}}',
    ],
    [
      'the colour scheme among other queries',
      '@media (prefers-color-scheme: dark),print{.a{top:1rpx}}',
      '@container style(--color-scheme: dark){.a{top:calc(1 * var(--rpx))}}@media print{.a{top:calc(1 * var(--rpx))}}',
    ],
    [
      'the colour scheme denied',
      '@media not all and (prefers-color-scheme: dark){.a{top:0}}',
      '@container not (style(--color-scheme: dark)){.a{top:0}}',
    ],
    [
      'the colour scheme inside other blocks',
      '@supports (display:grid){@media (prefers-color-scheme: dark){view{top:0}}}',
      '@supports (display:grid){@container style(--color-scheme: dark){wx-view{top:0}}}',
    ],
    [
      'font faces',
      '@font-face{font-family:text;src:url(data:a)}',
      '@font-face{font-family:text;src:url(data:a)}',
    ],
    ['functional pseudo-classes', 'view:not(.a,.b) text{}', 'wx-view:not(.a,.b) wx-text{}'],
  ])('with %s', (_, wxss, css) => {
    expect(convert(wxss)).toBe(css)
  })

  it("keeps a page's rules to that page", () => {
    expect(convert('page{top:0}.a,.b view{}', pageSelector('pages/a/a'))).toBe(
      'wx-page[is="pages/a/a"]{top:0}wx-page[is="pages/a/a"] .a,wx-page[is="pages/a/a"] .b wx-view{}',
    )
  })

  it("prefixes a component's classes", () => {
    expect(convert('.a.b>view .c:hover{top:1.5px}', componentSelector('c1'))).toBe(
      '.c1--a.c1--b>wx-view .c1--c:hover{top:1.5px}',
    )
  })

  it.each([
    ['a brace too few', '.a{top:0', '.a{top:0}', 'has a "{" that is never closed', 2],
    ['a brace too many', '.a{top:0}}.b{top:1px}', '.a{top:0}.b{top:1px}', 'has a "}" too many', 9],
    [
      'a brace too few on its second line',
      '.a{}\n.b{c{}',
      '.a{}\n.b{c{}}',
      'has a "{" that is never closed',
      7,
    ],
    ['an open comment', '.a{top:0}/* .b{', '.a{top:0}', 'has a comment that is never closed', 9],
    [
      'an open string',
      '.a{content:"b;\ntop:0}',
      '.a{content:"b;\ntop:0}',
      'has a string that its line leaves open',
      11,
    ],
  ])('and says what is wrong in %s, and where', (_, wxss, css, message, offset) => {
    const converted = convertWxss(wxss, appSelector)
    expect(converted.css.replace(/\s/g, '')).toBe(css.replace(/\s/g, ''))
    expect(converted.fault).toEqual({ message, offset })
  })

  it('though not of blocks in blocks without end', () => {
    const { fault } = convertWxss('a{'.repeat(100_000), appSelector)
    expect(fault?.message).toBe('has blocks in blocks without end')
  })

  it('though not of queries that multiply each other', () => {
    const query = '@media (prefers-color-scheme: dark),print{'
    const { css, fault } = convertWxss(
      `${query.repeat(60)}.a{top:0}${'}'.repeat(60)}.b{}`,
      appSelector,
    )
    expect(fault?.message).toBe('has too many queries for the colour scheme in each other')
    expect(css).not.toContain('.a')
    expect(css.endsWith('.b{}')).toBe(true)
  })

  it('but leaves the texts in selectors of components alone', () => {
    const css = convert('.a[b=" .a"] .c{}', componentSelector('c1'))
    expect(css).toBe('.c1--a[b=" .a"] .c1--c{}')
  })

  it.each([
    ['texts that are not ended', "'\\"],
    ['comments that are not ended', '/* '],
    ['digits', '1'],
    ['letters before a bracket', 'view'],
    ['blanks in a query', '@media (prefers-color-scheme: dark) '],
  ])('in time by the length of it: %s', (_, unit) => {
    // In time by the square of that it would take longer than a test may.
    const many = unit.repeat(1_000_000 / unit.length)
    const blanks = ' '.repeat(1_000_000)
    const wxss = `@media (prefers-color-scheme: dark)${blanks}{}.a{b:${many};}${many}({}`
    expect(convert(wxss)).toBeTypeOf('string')
  })

  it('in time by the length of it: comments within a value', () => {
    const wxss = `.a{b:${'/*'.repeat(2_000_000)}}`
    expect(convertWxss(wxss, appSelector).fault?.message).toBe('has a comment that is never closed')
  })
})

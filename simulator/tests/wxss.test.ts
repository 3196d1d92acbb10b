import { describe, expect, it } from 'vitest'
import { appSelector, componentSelector, convertWxss, pageSelector } from '../src/pack/wxss'

const options = { width: 375, selector: appSelector }
const page = { width: 375, selector: pageSelector('pages/a/a') }
const component = { width: 375, selector: componentSelector('c1') }

describe('WXSS becomes CSS', () => {
  it.each([
    [
      'rpx by the width of the phone',
      'view{width:750rpx;margin:-1rpx .5rpx}',
      'wx-view{width:375px;margin:-0.5px 0.25px}',
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
    [
      'strings that look like rules',
      '.a::after{content:"view{1rpx}"}',
      '.a::after{content:"view{0.5px}"}',
    ],
    [
      'keyframes, whose steps are no selectors',
      '@keyframes x{from{width:2rpx}50%{width:4rpx}}',
      '@keyframes x{from{width:1px}50%{width:2px}}',
    ],
    [
      'rules inside media queries',
      '@media (min-width:1px){text{top:0}}',
      '@media (min-width:1px){wx-text{top:0}}',
    ],
    [
      'font faces',
      '@font-face{font-family:text;src:url(data:a)}',
      '@font-face{font-family:text;src:url(data:a)}',
    ],
    ['functional pseudo-classes', 'view:not(.a,.b) text{}', 'wx-view:not(.a,.b) wx-text{}'],
  ])('with %s', (_, wxss, css) => {
    expect(convertWxss(wxss, options)).toBe(css)
  })

  it("keeps a page's rules to that page", () => {
    expect(convertWxss('page{top:0}.a,.b view{}', page)).toBe(
      'wx-page[is="pages/a/a"]{top:0}wx-page[is="pages/a/a"] .a,wx-page[is="pages/a/a"] .b wx-view{}',
    )
  })

  it("gives a component's classes its prefix", () => {
    expect(convertWxss('.a.b>view .c:hover{top:1.5px}', component)).toBe(
      '.c1--a.c1--b>wx-view .c1--c:hover{top:1.5px}',
    )
  })
})

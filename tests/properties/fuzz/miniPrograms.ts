import fc from 'fast-check'
import type { CompiledDirectory } from '../../../simulator/src/pack/compiledDirectory'
import { createProblems } from '../../../simulator/src/pack/problem'
import { compileTemplates } from '../../../simulator/src/pack/templates'
import { prepareWxs } from '../../../simulator/src/pack/wxs'
import {
  appSelector,
  componentSelector,
  convertWxss,
  pageSelector,
} from '../../../simulator/src/pack/wxss'
import { linear } from './linear'
import { mutated } from './mutations'
import { target, type FuzzTarget } from './target'

const WXSS = [
  ...[
    '{',
    '}',
    ';',
    ':',
    ',',
    '(',
    ')',
    '[',
    ']',
    '"',
    "'",
    '/*',
    '*/',
    '/',
    '\\',
    '@media ',
    '@import "a"',
  ],
  ...[
    'rpx',
    '1',
    '.5',
    '-',
    '#',
    '.a',
    'view',
    'page',
    '>',
    '~',
    '+',
    ' ',
    '\n',
    'env(safe-area-inset-top)',
  ],
  ...['(prefers-color-scheme: dark)', ' and ', 'not ', 'url(', '@keyframes ', 'vh', '@supports '],
]
const validWxss = fc.constantFrom(
  'page view>text.a,scroll-view~.b{width:750rpx;margin:-1rpx .5vh}',
  '@media screen and (prefers-color-scheme:light) and (min-width:300px),print{view{top:0}}',
  '@keyframes x{from{width:2rpx}50%{width:4rpx}}.a::after{content:"}{1rpx"}',
  '/* view{ */.a:not(.b,[c="]"]){bottom:env(safe-area-inset-bottom)}@font-face{src:url(data:a)}',
)

const WXML = [
  ...[
    '<',
    '>',
    '/>',
    '</',
    '="',
    '"',
    "'",
    '{{',
    '}}',
    '<!--',
    '-->',
    '<view',
    '<block',
    '<wxs',
    '</wxs>',
  ],
  ...[
    '<template',
    '<import',
    '<include',
    '<slot',
    'wx:for',
    'wx:if',
    'wx:else',
    'wx:key',
    'bindtap',
    'src',
  ],
  ...[
    'a',
    '.b',
    '[0]',
    '?',
    ':',
    '...',
    '&amp;',
    '&',
    ' ',
    '\n',
    'module="m"',
    'name="t"',
    'is="t"',
    '\\',
  ],
]
const ELEMENTS = [
  '\u3000',
  ...['<view>', '</view>', '<view a="{{a}}"/>', '<slot/>', '<block wx:if="{{a}}">', '{{a}}'],
  ...[
    '<import src="a"/>',
    '<template name="t">',
    '<template is="t"/>',
    '<wxs module="m">var a</wxs>',
  ],
  ...['{{[', '{{(', '{{a+', '{{!', '{{a?b:'],
]
const validWxml = fc.constantFrom(
  '<view wx:for="{{list}}" wx:key="id" class="a {{item.b ? \'c\' : \'d\'}}" bindtap="go">{{item.n + 1}}</view>',
  '<template name="t"><text>{{a}}</text></template><template is="t" data="{{...b, c: [1, 2]}}"/>',
  '<wxs module="m">module.exports = { a: function (b) { return b.constructor } }</wxs><view>{{m.a(1)}}</view>',
  '<block wx:if="{{a}}"><slot name="s"/></block><block wx:else><!-- b --><input value="{{c}}"/></block>',
)

const WXS = [
  ...[
    '"',
    "'",
    '`',
    '/',
    '//',
    '/*',
    '*/',
    '\n',
    '\\',
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '=>',
    '=',
    ' ',
    ':',
    ',',
  ],
  ...[
    '.constructor',
    "['constructor']",
    'require("./a.wxs")',
    'require(',
    'let ',
    'return',
    'a',
    '1',
    '/g',
  ],
]
const validWxs = fc.constantFrom(
  'var a = require("./a.wxs");\nmodule.exports = { b: function (c) { return c.constructor === "Array" } }',
  "// let\nvar s = 'it is a \\' text' /* of a kind */; var d = a / b / c;",
  'var r = getRegExp("a/b", "g"); if (x["constructor"]) y . constructor',
)

const selectors = [appSelector, componentSelector('c1'), pageSelector('pages/home/home')]
const PAGE = 'pages/home/home'

/** A compiled directory that has only this template. */
function directoryOf(wxml: string): CompiledDirectory {
  return {
    files: new Set([`${PAGE}.wxml`]),
    read: () => wxml,
    readJson: () => ({}),
    sourceOf: (file) => file,
    sourceMaps: new Map(),
    packages: {},
  }
}

function compile(wxml: string) {
  const problems = createProblems()
  const { templates } = compileTemplates(directoryOf(wxml), [PAGE], { [PAGE]: {} }, problems)
  return { templates, problems: problems.list }
}

/** How deep braces are open at the end, outside of strings and comments; less than 0: one too many. */
function depthOf(css: string): number {
  let depth = 0
  const code = css.replace(/\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?/g, '')
  for (const letter of code) {
    if (letter === '{') depth++
    if (letter === '}' && --depth < 0) return depth
  }
  return depth
}

export const MINI_PROGRAMS: FuzzTarget[] = [
  target(
    'WXSS: becomes CSS whose blocks are closed, or is said to be at fault',
    2_000,
    fc.property(mutated(validWxss, WXSS), fc.constantFrom(...selectors), (wxss, selector) => {
      const { css, fault } = convertWxss(wxss, selector)
      return fault !== undefined || depthOf(wxss) !== 0 || depthOf(css) === 0
    }),
  ),
  target(
    'WXML: is compiled into a script that can be read, or is said to be at fault',
    300,
    fc.property(mutated(validWxml, WXML), (wxml) => {
      const { templates, problems } = compile(wxml)
      // Parsed only: nothing of it runs.
      new Function(`return ${templates}`)
      const isMade = templates.includes(`T(${JSON.stringify(PAGE)}`)
      return (
        isMade || problems.some(({ file, message }) => file === `${PAGE}.wxml` && message !== '')
      )
    }),
  ),
  target(
    'WXS: keeps its lines and columns',
    2_000,
    fc.property(mutated(validWxs, WXS), (source) => {
      const { code, foreign } = prepareWxs(source)
      const lines = code.split('\n')
      const before = source.split('\n')
      // A comment that nobody ends is ended.
      const added = lines.map((line, index) => line.length - (before[index]?.length ?? NaN))
      const isKept = added.every(
        (more, index) => more === 0 || (more === 2 && index === lines.length - 1),
      )
      return isKept && lines.length === before.length && foreign !== ''
    }),
  ),
  linear('WXSS: is converted', (wxss) => convertWxss(wxss, pageSelector(PAGE)), WXSS),
  linear('WXS: is prepared', prepareWxs, WXS),
  // glass-easel-template-compiler parses it; that is slow, but what is around it is no slower than that.
  linear('WXML: is compiled', compile, [...WXML, ...ELEMENTS], { length: 64_000, runs: 4 }),
]

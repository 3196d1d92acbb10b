import fc from 'fast-check'
import {
  appSelector,
  componentSelector,
  convertLengths,
  convertWxss,
  pageSelector,
} from '../../../simulator/src/pack/wxss'
import { mutated } from './mutations'
import { target, type FuzzTarget } from './target'

/** Whose selectors they are. */
type Owner = 'app' | 'page' | 'component'

/** A part of a style sheet as an app writes it, and as the browser must have it. */
interface Part {
  wxss: string
  css: Readonly<Record<Owner, string>>
}

const ROOT = 'wx-page[is="pages/home/home"]'
const selectorOf = {
  app: appSelector,
  page: pageSelector('pages/home/home'),
  component: componentSelector('c1'),
}

const part = (wxss: string, app = wxss, page = app, component = app): Part => ({
  wxss,
  css: { app, page, component },
})
const joined = (parts: readonly Part[], by = ''): Part =>
  part(
    parts.map(({ wxss }) => wxss).join(by),
    ...(['app', 'page', 'component'] as const).map((owner) =>
      parts.map(({ css }) => css[owner]).join(by),
    ),
  )

const tag = fc
  .constantFrom('view', 'text', 'scroll-view', 'page')
  .map((name) => part(name, `wx-${name}`))
const className = fc
  .constantFrom('a', 'b-1', '_c', 'w-10rpx')
  .map((name) => part(`.${name}`, `.${name}`, `.${name}`, `.c1--${name}`))
const other = fc.constantFrom('#d', '*', '::after', '[e="], view{;}.a"]').map((text) => part(text))
const negated = fc.oneof(tag, className).map((one) => joined([part(':not('), one, part(')')]))
const compound = fc
  .tuple(fc.oneof(tag, className, other), fc.array(fc.oneof(className, negated), { maxLength: 2 }))
  .map(([first, rest]) => joined([first, ...rest]))
const selector = fc
  .tuple(
    compound,
    fc.array(fc.tuple(fc.constantFrom(' ', '>', '~', '+'), compound), { maxLength: 2 }),
  )
  .map(([first, rest]) => {
    const all = joined([first, ...rest.flatMap(([combinator, one]) => [part(combinator), one])])
    const { app } = all.css
    const isOfPage = /^wx-page(?!\w)/.test(app)
    const page = isOfPage ? app.replace('wx-page', ROOT) : `${ROOT} ${app}`
    return { ...all, css: { ...all.css, page } }
  })

const length = fc
  .tuple(
    fc.constantFrom('1', '-1', '+2', '.5', '750', '-0.25'),
    fc.constantFrom('rpx', 'vh', 'px', ''),
  )
  .map(([n, unit]) => {
    if (unit === 'rpx') return part(n + unit, `calc(${Number(n)} * var(--rpx))`)
    if (unit === 'vh') return part(n + unit, `calc(${Number(n)} * var(--page-vh, 1vh))`)
    return part(n + unit)
  })
const word = fc.constantFrom('solid', 'w-10rpx', '#1rpx', 'a1rpx', '1rpxa').map((one) => part(one))
const area = fc
  .constantFrom(['env(safe-area-inset-top)', 'var(--safe-area-inset-top)'] as const)
  .map(([wxss, css]) => part(wxss, css))
const text = fc.constantFrom('"1rpx} /* "', "'\\'1vh;'", '"env(safe-area-inset-top)"')
const gap = fc.constantFrom(' ', '\n', ' /* 1rpx} */ ', '/* " */').map((one) => part(one, ' '))
const value = fc
  .tuple(
    fc.oneof(length, word),
    fc.array(fc.tuple(gap, fc.oneof(length, word)), { maxLength: 3 }),
    fc.option(
      fc.oneof(
        area,
        text.map((one) => part(one)),
      ),
    ),
  )
  .map(([first, rest, last]) => joined([first, ...rest.flat(), ...(last ? [part(' '), last] : [])]))
const declaration = fc
  .tuple(fc.constantFrom('margin', '--gap-2rpx', 'content'), value)
  .map(([name, one]) => joined([part(`${name}:`), one, part(';')]))
const blank = fc.constantFrom('', ' ', '\n', '/* { */').map((one) => part(one, ''))
const inBlock = (parts: readonly Part[]) => joined([part('{'), ...parts, part('}')])
const some = { maxLength: 3 }
const declarations = fc.array(
  fc.tuple(blank, declaration).map((all) => joined(all)),
  some,
)
const rule = fc
  .tuple(blank, fc.array(selector, { minLength: 1, maxLength: 3 }), declarations)
  .map(([before, selectors, own]) => joined([before, joined(selectors, ','), inBlock(own)]))
const frames = fc
  .array(fc.tuple(fc.constantFrom('from', '50%,60%'), declarations), some)
  .map((all) => {
    const blocks = all.map(([name, own]) => joined([part(name), inBlock(own)]))
    return joined([part('@keyframes view'), inBlock(blocks)])
  })
const rules = fc.array(fc.oneof(rule, frames), some)
const media = fc
  .tuple(fc.constantFrom('@media (min-width:300px),print', '@supports (top:1vh)'), rules)
  .map(([prelude, own]) => joined([part(prelude), inBlock(own)]))
const sheet = fc.array(fc.oneof(rule, frames, media), some).map((all) => joined(all))

/** Without what makes no difference: what is left of comments, and blanks. */
const plain = (css: string) =>
  css
    .replaceAll('/**/', ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .trim()

/** By what stands at each place, one after the other. */
function convertSlowly(css: string): string {
  let converted = ''
  let rest = css
  while (rest !== '') {
    const before = css.slice(0, css.length - rest.length).slice(-1)
    const [string] = /^(?:"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?)/.exec(rest) ?? []
    const [length, n, unit] = /^([-+]?\d*\.?\d+)(rpx|vh)(?!\w)/.exec(rest) ?? []
    const [area] = /^(?:env|constant)\(\s*safe-area-inset-/.exec(rest) ?? []
    if (length !== undefined && !/[\w#.-]/.test(before)) {
      converted += `calc(${Number(n)} * ${unit === 'rpx' ? 'var(--rpx)' : 'var(--page-vh, 1vh)'})`
      rest = rest.slice(length.length)
    } else if (area !== undefined && !/\w/.test(before)) {
      converted += 'var(--safe-area-inset-'
      rest = rest.slice(area.length)
    } else {
      const [letters] = [string ?? rest.slice(0, 1)]
      converted += letters
      rest = rest.slice(letters.length)
    }
  }
  return converted
}

const LENGTHS = [
  ...['rpx', 'vh', '1', '.', '-', '+', '#', 'a', ' ', '\n', '"', "'", '\\', ';', '(', ',', '/'],
  ...['env(', 'constant(', 'safe-area-inset-', 'top)'],
]

export const STYLE_SHEETS: FuzzTarget[] = [
  target(
    'WXSS: becomes the CSS that each of its parts becomes',
    1_000,
    fc.property(sheet, fc.constantFrom('app', 'page', 'component'), ({ wxss, css }, owner) => {
      const converted = convertWxss(wxss, selectorOf[owner])
      const [found, expected] = [plain(converted.css), plain(css[owner])]
      if (found !== expected) throw new Error(`${found}, but ${expected} by its parts`)
      return converted.fault === undefined
    }),
  ),
  target(
    'WXSS: lengths are converted as by a slow reader',
    2_000,
    fc.property(
      mutated(fc.constantFrom('margin:-1rpx .5vh "1rpx"', 'env( safe-area-inset-top)'), LENGTHS),
      (css) => {
        const [found, slow] = [convertLengths(css), convertSlowly(css)]
        if (found !== slow) throw new Error(`${found}, but ${slow} to the slow one`)
      },
    ),
  ),
]

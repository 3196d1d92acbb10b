// What is looked for below is found, or not, in one go: no pattern tries the same letters again and again.

/** One that is not ended reaches to the end of its line (CSS Syntax 3, 4.3). */
const string = String.raw`"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?`

/** `pattern` wherever it is not in a string. */
const orString = (pattern: string) => new RegExp(`${string}|${pattern}`, 'g')

/** The mini-program's own tags are `wx-view`, `wx-text` and so on in the document. */
const tagInSelector = orString(String.raw`(^|[\s>+~,(])(?=([a-z][a-z0-9-]*))\2(?![\w-]*\()`)

/** `page` is the root element; every other bare tag name gets the prefix `wx-`. */
const renameTags = (selector: string) =>
  selector.replace(tagInSelector, (all: string, before?: string, tag?: string) =>
    tag === undefined ? all : `${before}wx-${tag}`,
  )

/** Selectors of app.wxss hold on every page. */
export const appSelector = renameTags

/** Selectors of a page's WXSS hold on that page only. */
export const pageSelector = (route: string) => (selector: string) => {
  const root = `wx-page[is="${route}"]`
  const renamed = renameTags(selector)
  return /^wx-page(?![\w-])/.test(renamed) ? renamed.replace('wx-page', root) : `${root} ${renamed}`
}

const classInSelector = orString(String.raw`\.(-?[_a-zA-Z][\w-]*)`)

/** A component's classes carry its prefix, as the framework writes them on its elements. */
export const componentSelector = (prefix: string) => (selector: string) =>
  renameTags(selector).replace(classInSelector, (all: string, name?: string) =>
    name === undefined ? all : `.${prefix}--${name}`,
  )

/** What only WeChat has, or has otherwise: a length, the edge of a safe area. */
const ownValue = orString(
  String.raw`(?<![\w#.-])([-+]?(?:\d*\.)?\d+)(rpx|vh)\b|\b(?:env|constant)\(\s*safe-area-inset-`,
)

/** Lengths: rpx by the phone's width, vh of the page (the bars do not count), safe areas of the phone. */
export const convertLengths = (css: string) =>
  css.replace(ownValue, (all: string, n?: string, unit?: string) => {
    if (n !== undefined)
      return `calc(${+n} * ${unit === 'rpx' ? 'var(--rpx)' : 'var(--page-vh, 1vh)'})`
    return /^["']/.test(all) ? all : 'var(--safe-area-inset-'
  })

const pieceOfList = orString(String.raw`[(),[\]]|[^(),[\]"']+`)

/** Splits at the commas outside brackets. */
const splitList = (list: string) => {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const [piece] of list.matchAll(pieceOfList)) {
    if (piece === '(' || piece === '[') depth += 1
    if (piece === ')' || piece === ']') depth -= 1
    if (piece === ',' && depth === 0) {
      parts.push(part)
      part = ''
    } else part += piece
  }
  return [...parts, part].map((one) => one.trim()).filter(Boolean)
}

const colorScheme = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/g

/**
 * The phone is dark or light by its own setting, not by the computer's: a query for it asks the
 * style of what surrounds the page instead. Returns the at-rules to nest, the outer one first.
 */
function queryRules(query: string): string[] {
  const schemes = [...query.matchAll(colorScheme)].map(([, scheme]) => scheme)
  if (schemes.length === 0) return [`@media ${query}`]
  const style = schemes.map((scheme) => `style(--color-scheme: ${scheme})`).join(' and ')
  if (/^not\b/.test(query)) return [`@container not (${style})`]
  const others = query
    .replace(colorScheme, '')
    .split(/\band\b/)
    .map((part) => part.trim())
    .filter((part) => part && !/^(only\s+)?(screen|all)$/.test(part))
  return [`@container ${style}`, ...(others.length > 0 ? [`@media ${others.join(' and ')}`] : [])]
}

/** Letters: lists of queries in lists of queries multiply what is in them. */
const longest = 1_000_000

/**
 * A media query list around `rules`; one that asks for the colour scheme is taken apart. Undefined: nobody
 * could read what that makes.
 */
function mediaBlock(list: string, rules: string): string | undefined {
  if (!/prefers-color-scheme/.test(list)) return `@media ${list}{${rules}}`
  const queries = splitList(list)
  if (queries.length * rules.length > longest) return undefined
  return queries
    .map(queryRules)
    .map(
      (outer) => `${outer.map((rule) => `${rule}{`).join('')}${rules}${'}'.repeat(outer.length)}`,
    )
    .join('')
}

/** A comment that is not ended reaches to the end of all (CSS Syntax 3, 4.3). */
const token = orString(String.raw`\/\*[^]*?(?:\*\/|$)|[{};]|[^{};"'/]+|\/`)
const ended = /^(?:\/\*[^]*\*\/|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*')$/

/** What goes on after a comment as if it were not there, if nothing stands in its place. */
const joining = /[\w/\u0080-\uffff-]/

/** What is directly inside a block: rules with selectors of the app, keyframes, declarations. */
type Content = 'rules' | 'frames' | 'declarations'

const contentOf = (prelude: string): Content => {
  if (/^@(media|supports|layer|container)\b/.test(prelude)) return 'rules'
  return /^@(-\w+-)?keyframes\b/.test(prelude) ? 'frames' : 'declarations'
}

/** Blocks within each other; nobody writes so many, and a browser would not read them. */
const deepest = 100

/** Something that is wrong with WXSS, and where in its text. */
export interface WxssFault {
  message: string
  offset: number
}

/** CSS, and the first thing that is wrong with the WXSS it came from. */
export interface ConvertedWxss {
  css: string
  fault?: WxssFault
}

/**
 * Turns WXSS without imports into CSS. `selector` turns a selector as written into one that holds
 * in the browser.
 */
export function convertWxss(source: string, selector: (selector: string) => string): ConvertedWxss {
  const tokens = source.matchAll(token)
  let fault: WxssFault | undefined
  let isGivenUp = false

  const note = (message: string, { index }: RegExpExecArray) =>
    void (fault ??= { message, offset: index })
  const block = (prelude: string, around: Content, openings: RegExpExecArray[]) => {
    if (!prelude.startsWith('@')) {
      const selectors = around === 'rules' ? splitList(prelude).map(selector).join(',') : prelude
      return `${selectors}{${inside('declarations', openings)}}`
    }
    const rules = inside(contentOf(prelude), openings)
    const media = /^@media\b\s*([\s\S]*)$/.exec(prelude)?.[1]
    if (media === undefined) return `${prelude}{${rules}}`
    const block = mediaBlock(media, rules)
    if (block === undefined)
      note('has too many queries for the colour scheme in each other', openings.at(-1)!)
    return block ?? ''
  }
  const next = () => (isGivenUp ? undefined : tokens.next().value)
  /** `openings` are the "{" in front of it; none for the whole sheet. */
  const inside = (content: Content, openings: RegExpExecArray[]): string => {
    const opening = openings.at(-1)
    let css = ''
    let pending = ''
    /** The last of `pending`: to look at that itself would copy all that was added to it. */
    let last = ''
    for (let match = next(); match; match = next()) {
      const [text] = match
      if (text.startsWith('/*')) {
        if (!ended.test(text)) note('has a comment that is never closed', match)
        // Otherwise a slash and what follows could begin another, and two words be one.
        if (joining.test(last.slice(-1))) pending += last = '/**/'
      } else if (text === '{') {
        if (openings.length === deepest) {
          note('has blocks in blocks without end', match)
          isGivenUp = true
          return css
        }
        css += block(pending.trim(), content, [...openings, match])
        pending = last = ''
      } else if (text === ';') {
        css += `${convertLengths(pending)};`
        pending = last = ''
      } else if (text === '}') {
        if (opening) return css + convertLengths(pending)
        note('has a "}" too many', match)
      } else {
        if (/^["']/.test(text) && !ended.test(text))
          note('has a string that its line leaves open', match)
        pending += last = text
      }
    }
    if (opening) note('has a "{" that is never closed', opening)
    return opening ? css + convertLengths(pending) : css
  }
  const css = inside('rules', [])
  return fault === undefined ? { css } : { css, fault }
}

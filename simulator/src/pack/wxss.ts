/** How one WXSS file is to be turned into CSS. */
export interface WxssOptions {
  /** Width of the phone in CSS pixels: 750rpx. */
  width: number
  /** Turns a selector as written into one that holds in the browser. */
  selector: (selector: string) => string
}

/** The mini-program's own tags stand in the document as `wx-view`, `wx-text` and so on. */
const tagInSelector = /(^|[\s>+~,(])([a-z][a-z0-9-]*)(?![\w-]*\()/g

/** `page` is the root element; every other bare tag name gets the prefix `wx-`. */
const renameTags = (selector: string) =>
  selector.replace(tagInSelector, (_, before: string, tag: string) => `${before}wx-${tag}`)

/** Selectors of app.wxss hold on every page. */
export const appSelector = renameTags

/** Selectors of a page's WXSS hold on that page only. */
export const pageSelector = (route: string) => (selector: string) => {
  const root = `wx-page[is="${route}"]`
  const renamed = renameTags(selector)
  return /^wx-page(?![\w-])/.test(renamed) ? renamed.replace('wx-page', root) : `${root} ${renamed}`
}

/** A component's classes carry its prefix, as the framework writes them on its elements. */
export const componentSelector = (prefix: string) => (selector: string) =>
  renameTags(selector).replace(/\.(-?[_a-zA-Z][\w-]*)/g, `.${prefix}--$1`)

/** Lengths: rpx by the phone's width, vh of the page (the bars do not count), safe areas of the phone. */
export const convertLengths = (css: string, width: number) =>
  css
    .replace(/(-?\d*\.?\d+)rpx\b/g, (_, n: string) => `${+((+n * width) / 750).toFixed(4)}px`)
    .replace(/(-?\d*\.?\d+)vh\b/g, 'calc($1 * var(--page-vh, 1vh))')
    .replace(/\b(?:env|constant)\(\s*safe-area-inset-/g, 'var(--safe-area-inset-')

const splitSelectors = (list: string) => {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const char of list) {
    if (char === '(' || char === '[') depth += 1
    if (char === ')' || char === ']') depth -= 1
    if (char === ',' && depth === 0) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part].map((selector) => selector.trim()).filter(Boolean)
}

const token = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|[^{};"'/]+|\//g

/** Turns WXSS without imports into CSS. */
export function convertWxss(source: string, { width, selector }: WxssOptions): string {
  // Whether the rules directly inside each open block have selectors of the app (not keyframes').
  const blocks: ('rules' | 'frames' | 'declarations')[] = []
  let css = ''
  let pending = ''
  for (const [text] of source.matchAll(token)) {
    if (text.startsWith('/*')) continue
    if (text === '{') {
      const prelude = pending.trim()
      const inRules = (blocks.at(-1) ?? 'rules') === 'rules'
      if (prelude.startsWith('@')) {
        const holdsRules = /^@(media|supports|layer|container)\b/.test(prelude)
        blocks.push(
          holdsRules ? 'rules' : /^@(-\w+-)?keyframes\b/.test(prelude) ? 'frames' : 'declarations',
        )
        css += `${prelude}{`
      } else {
        blocks.push('declarations')
        css += `${inRules ? splitSelectors(prelude).map(selector).join(',') : prelude}{`
      }
      pending = ''
    } else if (text === '}' || text === ';') {
      css += convertLengths(pending, width) + text
      if (text === '}') blocks.pop()
      pending = ''
    } else pending += text
  }
  return css
}

import { posix } from 'node:path'
import type { Plugin } from 'vite'

interface Sheet {
  file: string
  css: string
}

/** Characters; an `@import` in each sheet has to cost less than it saves. */
const WORTH_A_FILE = 200

/** A rule with all that is nested in it, which is one level deep at most (`@media`, `@keyframes`). */
const rule = /[^{}]+\{(?:[^{}]|\{[^{}]*\})*\}/g

let isMinified = false

/**
 * What components `@import` is compiled into the sheet of each, as WeChat shows a component no
 * other. But WXSS has `@import` too, so that what several sheets begin with can be one file.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxss.html
 */
export const sharedStyles: Plugin = {
  name: 'shared-styles',
  enforce: 'post',
  configResolved({ build }) {
    isMinified = Boolean(build.minify)
  },
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      if (!isMinified) return
      const sheets = Object.values(bundle).flatMap((file) =>
        file.type === 'asset' && file.fileName.endsWith('.wxss')
          ? [{ file: file.fileName, css: String(file.source) }]
          : [],
      )
      for (const { file, css } of shareOpenings(sheets)) {
        const asset = bundle[file]
        if (asset?.type === 'asset') asset.source = css
        else this.emitFile({ type: 'asset', fileName: file, source: css })
      }
    },
  },
}

/** The sheets that got shorter, and the new ones that they import; the order of all rules stays. */
export function shareOpenings(sheets: readonly Sheet[]): Sheet[] {
  const opened = sheets
    .map(({ file, css }) => ({ file, css, rules: css.match(rule) ?? [], imports: '' }))
    .filter(({ css, rules }) => rules.join('') === css)
  const shared: Sheet[] = []

  function share(group: typeof opened): void {
    const [first, ...others] = group
    if (!first || others.length === 0) return
    const at = first.rules.findIndex((rule, i) => others.some(({ rules }) => rules[i] !== rule))
    const css = first.rules.slice(0, at < 0 ? undefined : at).join('')
    if (css.length < WORTH_A_FILE) return
    const file = `common/style${shared.length + 1}.wxss`
    shared.push({ file, css })
    for (const sheet of group) {
      sheet.imports += `@import "${posix.relative(posix.dirname(sheet.file), file)}";`
      sheet.rules.splice(0, at < 0 ? sheet.rules.length : at)
    }
    shareAlike(group)
  }

  function shareAlike(group: typeof opened): void {
    const firsts = new Set(group.flatMap(({ rules }) => rules.slice(0, 1)))
    for (const first of firsts) share(group.filter(({ rules }) => rules[0] === first))
  }

  shareAlike(opened)
  const shorter = opened.filter(({ imports }) => imports !== '')
  return [
    ...shared,
    ...shorter.map(({ file, imports, rules }) => ({ file, css: imports + rules.join('') })),
  ]
}

// glass-easel-template-compiler 0.12.1 takes blanks outside of ASCII for the end of a name and goes on no further:
// in a tag it fills its memory for seconds, and then ends. Chinese keyboards type U+3000.
const foreign = String.raw`\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`
const rest = String.raw`(?:[^<>"'${foreign}]|"[^"]*(?:"|$)|'[^']*(?:'|$))*`

/** Comments and WXS, and tags up to their end or to such a blank, which is captured. */
const tagOrOther = new RegExp(
  String.raw`<!--[^]*?(?:-->|$)|<wxs\b${rest}(?<!\/)>[^]*?(?:<\/wxs\s*>|$)|<[/a-zA-Z]${rest}([${foreign}])?`,
  'g',
)

/** What is wrong with a template that has a blank in a tag which is none to WXML; undefined: nothing. */
export function foreignBlankIn(wxml: string): string | undefined {
  for (const { 0: all, 1: blank, index } of wxml.matchAll(tagOrOther)) {
    if (blank === undefined) continue
    const lines = wxml.slice(0, index + all.length).split('\n')
    const code = blank.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return `a tag has U+${code}, which is no blank in WXML (line ${lines.length}, column ${lines.at(-1)!.length})`
  }
  return undefined
}

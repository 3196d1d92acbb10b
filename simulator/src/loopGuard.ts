// Loops that never end would hold the phone and the page around it: both share one thread.

/** What a guarded loop calls each time round; no name of an app's begins so. */
export const tickName = '$tick'

/** Something that was put into a line; columns count from 1, as in stacks. */
export interface Insertion {
  line: number
  /** Of the text behind it, before it was put in. */
  column: number
  length: number
}

const parts = [
  // Comments, texts and regular expressions, where nothing is a loop.
  String.raw`\/\/[^\n]*`,
  String.raw`\/\*[\s\S]*?\*\/`,
  String.raw`"(?:\\[\s\S]|[^"\\\n])*"`,
  String.raw`'(?:\\[\s\S]|[^'\\\n])*'`,
  String.raw`\/(?<=(?:^|[=(,:;!&|?{}\[+*%<>~^-]|\breturn|\btypeof|\bcase)\s*\/)(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`,
  '`',
  // What a loop's head is told by.
  String.raw`(?:while|for)(?<![.\w$](?:while|for))\s*\(`,
  String.raw`[()[\]{};]`,
]
const token = new RegExp(parts.join('|'), 'g')

/** A bracket that is open, and how many semicolons are directly in it. */
interface Open {
  isFor: boolean
  semicolons: number
}

/** Where the templates of JavaScript end, so that their texts are no code. */
function skipTemplate(source: string, start: number): number {
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source[at] === '`') return at + 1
  }
  return source.length
}

/** The places in `source` where a call is to be put, with what is put there. */
function findPlaces(source: string): { at: number; text: string }[] {
  const places: { at: number; text: string }[] = []
  const open: Open[] = []
  token.lastIndex = 0
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const [text] = match
    const end = match.index + text.length
    if (text === '`') token.lastIndex = skipTemplate(source, end)
    else if (text.startsWith('while')) {
      places.push({ at: end, text: `${tickName}(),` })
      open.push({ isFor: false, semicolons: 0 })
    } else if (text.startsWith('for')) open.push({ isFor: true, semicolons: 0 })
    else if (/^[([{]$/.test(text)) open.push({ isFor: false, semicolons: 0 })
    else if (/^[)\]}]$/.test(text)) open.pop()
    else if (text === ';') {
      const around = open.at(-1)
      if (!around?.isFor) continue
      around.semicolons += 1
      if (around.semicolons < 2) continue
      const isLast = /^\s*\)/.test(source.slice(end, end + 200))
      places.push({ at: end, text: isLast ? `${tickName}()` : `${tickName}(),` })
    }
  }
  return places
}

/**
 * Lets the loops of JavaScript call `$tick()` each time round, `for … in` and `for … of` excepted,
 * which end by themselves. Lines stay as they are. What is inside templates (`${…}`) is left alone.
 */
export function guardLoops(source: string): { code: string; insertions: Insertion[] } {
  const insertions: Insertion[] = []
  let code = ''
  let last = 0
  let [line, lineStart] = [1, 0]
  for (const { at, text } of findPlaces(source)) {
    for (let next = source.indexOf('\n', lineStart); next >= 0 && next < at;) {
      line += 1
      lineStart = next + 1
      next = source.indexOf('\n', lineStart)
    }
    code += source.slice(last, at) + text
    last = at
    insertions.push({ line, column: at - lineStart + 1, length: text.length })
  }
  return { code: code + source.slice(last), insertions }
}

/** The column in the source of one in the guarded code. */
export function unguardedColumn(
  insertions: readonly Insertion[],
  line: number,
  column: number,
): number {
  let shift = 0
  for (const insertion of insertions) {
    if (insertion.line === line && insertion.column + shift < column) shift += insertion.length
  }
  return column - shift
}

// WXS as WeChat's reference describes it (WeChat: WXS 语法参考), prepared for a browser.
import { typeAccess } from '../moduleWrapper'

/** A WXS module that a browser can run. */
export interface PreparedWxs {
  /** As long as the source, line by line, so that places in it stay true. */
  code: string
  /** The modules that it requires, as written. */
  requires: string[]
  /** What it uses though the language does not have it; one line. */
  foreign?: string
}

const parts = [
  // A comment; one that nobody ends reaches to the end of the file (WeChat: WXS 注释).
  String.raw`\/\/[^\n]*`,
  String.raw`\/\*[\s\S]*?(?:\*\/|$)`,
  // A regular expression, where a value may begin, and not a long one: looking for the end of each would take
  // time by the square. So would looking at what is before anything but a slash.
  String.raw`\/(?![*/])(?<=(?:[=(,:;!&|?{}[\n]|\breturn)\s*\/)(?:\\.|\[(?:\\.|[^\]\\\n]){0,200}\]|[^/\\\n[]){1,500}\/[a-z]*`,
  String.raw`\[\s*(?:"constructor"|'constructor')\s*\]`,
  String.raw`\.\s*constructor\b`,
  String.raw`\brequire\s*\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\)`,
  // A text that nobody ends reaches to the end of its line, for the same reason.
  String.raw`"(?:\\[\s\S]|[^"\\\n])*"?`,
  String.raw`'(?:\\[\s\S]|[^'\\\n])*'?`,
  '`',
  '=>',
  // Words that are no names of members.
  String.raw`(?<![.\w$])[A-Za-z_]\w*(?![\w$]|\s*:)`,
]
const token = new RegExp(parts.join('|'), 'g')

/** Words of JavaScript that no statement of WXS begins with (WeChat: WXS 语句, 保留标识符). */
const foreignWords = new Set([
  'async',
  'await',
  'catch',
  'class',
  'const',
  'export',
  'import',
  'let',
  'new',
  'throw',
  'try',
  'yield',
])

/** Words that JavaScript reserves, and WXS does not: a module may name something so. */
const reservedWords = new Set([
  ...['catch', 'class', 'const', 'enum', 'extends', 'finally', 'new', 'try', 'with'],
])

/** Whether a word is a name here, by what comes after it: no statement goes on like that. */
const isNameBefore = (rest: string) => /^\s*(?![\s\w$"'`{(])/.test(rest)

/** A name as long as the word, which no module has. */
const nameInsteadOf = (word: string) =>
  word.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))

const foreignName = (text: string) => {
  if (text === '=>' || text === '`' || foreignWords.has(text)) return `"${text}"`
  return text.startsWith('/') ? 'a regular expression (getRegExp makes one)' : undefined
}

const lineAt = (source: string, offset: number) => source.slice(0, offset).split('\n').length

/** Makes `x.constructor` return the name of a type, and finds what the module uses. */
export function prepareWxs(source: string): PreparedWxs {
  const requires: string[] = []
  let foreign: string | undefined
  const code = source.replace(token, (text: string, offset: number) => {
    if (text.startsWith('//')) return text
    if (text.startsWith('/*')) return text.length > 3 && text.endsWith('*/') ? text : `${text}*/`
    if (/^[.[]/.test(text)) return typeAccess(text)
    const end = offset + text.length
    if (reservedWords.has(text) && isNameBefore(source.slice(end, end + 100)))
      return nameInsteadOf(text)
    const required = /^require\s*\(\s*["'](.*)["']\s*\)$/.exec(text)?.[1]
    if (required !== undefined) requires.push(required)
    else if (foreign === undefined) {
      const name = foreignName(text)
      if (name) foreign = `WXS has no ${name} (line ${lineAt(source, offset)})`
    }
    return text
  })
  return { code, requires, ...(foreign !== undefined && { foreign }) }
}

/** How a file is written, so that new lines look like the reader's own. */
export interface Style {
  eol: '\n' | '\r\n'
  /** One level of indentation. */
  unit: string
  quote: "'" | '"'
  semicolon: ';' | ''
}

export function styleOf(text: string): Style {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  const inDouble = count(/^[^\n]*\b(?:from|import)\s*"/gm)
  const inSingle = count(/^[^\n]*\b(?:from|import)\s*'/gm)
  const ended = count(/^[^\n]*\bfrom\s*["'][^"'\n]*["'];/gm)
  const open = count(/^[^\n]*\bfrom\s*["'][^"'\n]*["']\s*$/gm)
  return {
    eol: /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n',
    // A line of a comment block begins with a space that is no indentation.
    unit: /^([ \t]+)[^\s*]/m.exec(text)?.[1] ?? '  ',
    quote: inDouble > inSingle ? '"' : "'",
    semicolon: ended > open ? ';' : '',
  }
}

/** The text as a string literal of TypeScript. */
export function quoted(text: string, quote: Style['quote']): string {
  const inDouble = JSON.stringify(text)
  if (quote === '"') return inDouble
  return `'${inDouble.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

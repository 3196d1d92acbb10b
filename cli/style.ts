/** How a file is written, so that new lines look like the reader's own. */
export interface Style {
  eol: '\n' | '\r\n'
  /** One level of indentation. */
  unit: string
  quote: "'" | '"'
  semicolon: ';' | ''
}

export function styleOf(text: string): Style {
  return {
    eol: /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n',
    // A line of a comment block begins with a space that is no indentation.
    unit: /^([ \t]+)[^\s*]/m.exec(text)?.[1] ?? '  ',
    quote: /^[^\n]*\b(?:from|import)\s*"/m.test(text) ? '"' : "'",
    semicolon: /^[^\n]*\bfrom\s*["'][^"'\n]*["'];/m.test(text) ? ';' : '',
  }
}

/** The text as a string literal of TypeScript. */
export function quoted(text: string, quote: Style['quote']): string {
  const inDouble = JSON.stringify(text)
  if (quote === '"') return inDouble
  return `'${inDouble.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** Text to put in at an offset: `init` only ever adds. */
export interface Insertion {
  offset: number
  text: string
}

/** Those of one offset follow each other as given. */
export function insertAll(text: string, insertions: readonly Insertion[]): string {
  const sorted = [...insertions].sort((a, b) => a.offset - b.offset)
  let done = 0
  let result = ''
  for (const insertion of sorted) {
    result += text.slice(done, insertion.offset) + insertion.text
    done = insertion.offset
  }
  return result + text.slice(done)
}

/** The whitespace that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /[ \t]*/y.exec(text.slice(start))![0]
}

/** Whether nothing but a comment follows on the line. */
export function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(\r?\n|$)/.test(text.slice(afterComment(text, offset)))
}

const comment =
  /^[ \t]*(?:\/\/(?!\s*#)[^\r\n]*|\/\*(?!\s*#)(?:(?!\*\/)[^\r\n])*\*\/(?=[ \t]*(?:\r?\n|$)))/

/** Behind the comment that ends the line of `offset`, which belongs to what is before. */
export function afterComment(text: string, offset: number): number {
  return offset + (comment.exec(text.slice(offset))?.[0].length ?? 0)
}

const known = new Map<string, number>()

/** Widths in em of a sans-serif, rather too wide than too narrow; Chinese signs fill their square. */
function charWidth(char: string): number {
  const width = known.get(char) ?? estimate(char)
  known.set(char, width)
  return width
}

function estimate(char: string): number {
  if (char.codePointAt(0)! >= 0x2e80) return 1
  if (/[iljtfr.,:;'!|()[\] ]/.test(char)) return 0.36
  return /[A-Zmw@%×→↻⋯]/.test(char) ? 0.8 : 0.58
}

/** About how wide a text is drawn, in px. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0
  for (const char of text) width += charWidth(char)
  return width * fontSize
}

/** The text if it fits, else its beginning with an ellipsis. Widths in px. */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text
  let taken = ''
  let used = fontSize
  for (const char of text) {
    used += charWidth(char) * fontSize
    if (used > width) break
    taken += char
  }
  return `${taken}…`
}

/**
 * What a line is broken between: words, parts of a path, a few Chinese signs. The sign of a replay
 * stays with its word, and a unit with its number.
 */
const piece =
  /\d\S* (?:ms|s|min|h)(?!\S)\s*|(?:↻ )?[\u2e80-\uffff]{1,4}\s*|↻ [^\s\u2e80-\uffff]+\s*|[^\s/\u2e80-\uffff]*\/\s*|[^\s/\u2e80-\uffff]+\s*|\s+/g

/** A piece in pieces that fit into `width` px. */
function splitPiece(text: string, fontSize: number, width: number): string[] {
  if (textWidth(text.trimEnd(), fontSize) <= width) return [text]
  const parts: string[] = []
  let part = ''
  for (const char of text) {
    if (part && textWidth(part + char, fontSize) > width) {
      parts.push(part)
      part = ''
    }
    part += char
  }
  return [...parts, part]
}

/**
 * The text in lines that fit into `width` px, `most` at most: the last ends with an ellipsis where
 * there are more. Blanks at which a line was broken stay at its end.
 */
export function wrapText(text: string, fontSize: number, width: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  const pieces = (text.match(piece) ?? []).flatMap((one) => splitPiece(one, fontSize, width))
  for (const [at, one] of pieces.entries()) {
    if (line && textWidth((line + one).trimEnd(), fontSize) > width) {
      if (lines.length === most - 1)
        return [...lines, fitText(line + pieces.slice(at).join(''), fontSize, width)]
      lines.push(line)
      line = ''
    }
    line += one
  }
  return [...lines, line]
}

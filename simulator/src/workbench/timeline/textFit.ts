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

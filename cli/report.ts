import { styleText } from 'node:util'
import { createTwoFilesPatch } from 'diff'
import type { ByHand, Change } from './change'
import type { Step } from './steps'
import type { Texts } from './texts'

type Color = 'bold' | 'green' | 'red' | 'cyan'

/** Sets text in a colour; the text itself where the terminal has none. */
export type Paint = (color: Color, text: string) => string

// The caller knows the terminal: later versions of Node would look at it again.
export const colored: Paint = (color, text) => styleText(color, text, { validateStream: false })
export const plain: Paint = (_, text) => text

/** The change as a unified diff. */
export function diffOf({ path, before, after }: Change, paint: Paint): string {
  const from = before === undefined ? '/dev/null' : `a/${path}`
  const patch = createTwoFilesPatch(from, `b/${path}`, before ?? '', after, '', '', { context: 3 })
  // Its first line only separates files.
  const [, ...lines] = patch.trimEnd().split(/\r?\n/)
  return lines.map((line) => colorOf(line, paint)).join('\n')
}

function colorOf(line: string, paint: Paint): string {
  if (/^(---|\+\+\+) /.test(line)) return paint('bold', line)
  if (line.startsWith('@@')) return paint('cyan', line)
  if (line.startsWith('+')) return paint('green', line)
  return line.startsWith('-') ? paint('red', line) : line
}

export function handList(byHand: readonly ByHand[], texts: Texts, paint: Paint): string {
  const items = byHand.map(({ path, reason, lines }) => {
    const indented = lines.replace(/^(?=.)/gm, '    ')
    return `${paint('bold', path)}: ${texts.reason(reason)}\n${indented}`
  })
  return [texts.byHand, ...items].join('\n\n')
}

export function stepList(steps: readonly Step[], texts: Texts): string {
  const numbered = steps.map((step, index) => `  ${index + 1}. ${texts.step(step)}`)
  return [texts.steps, ...numbered, '', texts.docs].join('\n')
}

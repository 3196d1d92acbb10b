import { styleText } from 'node:util'
import type { Outcome, Result } from '../run'

type Style = Parameters<typeof styleText>[0]

const marks: Record<Outcome['is'], [mark: string, style: Style]> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  skipped: ['–', 'dim'],
  blocked: ['?', 'yellow'],
}

/** The results as lines for the terminal: groups first, then each failure with what came. */
export function tableOf(results: readonly Result[], { isColoured = false } = {}): string {
  const paint = (style: Style, text: string) => (isColoured ? styleText(style, text) : text)
  const width = Math.max(...results.map(({ title }) => title.length))
  const lines: string[] = []
  let area = ''
  for (const { area: of, title, section, outcome } of results) {
    if (of.name !== area) {
      area = of.name
      lines.push('', `${paint('bold', of.title)} ${paint('dim', `(${area})`)}`)
    }
    const [mark, style] = marks[outcome.is]
    const note = outcome.is === 'skipped' ? outcome.reason : `#${section}`
    lines.push(`  ${paint(style, mark)} ${title.padEnd(width)}  ${paint('dim', note)}`)
  }
  for (const { id, section, outcome } of results) {
    if (outcome.is !== 'failed' && outcome.is !== 'blocked') continue
    const [mark, style] = marks[outcome.is]
    lines.push('', `${paint(style, mark)} ${paint('bold', id)}  docs/protocol.md#${section}`)
    if (outcome.is === 'failed') {
      lines.push(
        `    the contract wants  ${outcome.wants}`,
        `    what came           ${outcome.came}`,
      )
    } else {
      lines.push(`    could not be checked: ${outcome.reason}`)
    }
  }
  return [...lines, '', countOf(results)].join('\n').trimStart()
}

function countOf(results: readonly Result[]): string {
  const count = (is: Outcome['is']) => results.filter(({ outcome }) => outcome.is === is).length
  const blocked = count('blocked')
  return (
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped` +
    (blocked > 0 ? `, ${blocked} could not be checked` : '')
  )
}

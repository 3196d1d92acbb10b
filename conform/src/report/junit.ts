import type { Result } from '../run'

/** The results as JUnit XML, which CI systems show as tests. */
export function junitOf(results: readonly Result[]): string {
  const areas = [...new Set(results.map(({ area }) => area.title))]
  const suites = areas.map((area) => {
    const own = results.filter((result) => result.area.title === area)
    return [
      `  <testsuite name="${escape(area)}"${countsOf(own)}>`,
      ...own.map(caseOf),
      '  </testsuite>',
    ].join('\n')
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="watchword conform"${countsOf(results)}>`,
    ...suites,
    '</testsuites>\n',
  ].join('\n')
}

function countsOf(results: readonly Result[]): string {
  const count = (is: Result['outcome']['is']) =>
    results.filter(({ outcome }) => outcome.is === is).length
  return (
    ` tests="${results.length}" failures="${count('failed')}"` +
    ` errors="${count('blocked')}" skipped="${count('skipped')}"`
  )
}

function caseOf({ id, area, title, section, outcome }: Result): string {
  const open = `    <testcase classname="conform.${escape(area.name)}" name="${escape(`${id}: ${title}`)}"`
  const end = '    </testcase>'
  const place = `docs/protocol.md#${section}`
  switch (outcome.is) {
    case 'passed':
      return `${open}/>`
    case 'skipped':
      return [`${open}>`, `      <skipped message="${escape(outcome.reason)}"/>`, end].join('\n')
    case 'blocked':
      return [`${open}>`, `      <error message="${escape(outcome.reason)}"/>`, end].join('\n')
    case 'failed': {
      const text = `the contract wants: ${outcome.wants}\nwhat came: ${outcome.came}\n${place}`
      return [
        `${open}>`,
        `      <failure message="${escape(outcome.wants)}">${escape(text)}</failure>`,
        end,
      ].join('\n')
    }
  }
}

/** Characters that XML 1.0 cannot hold at all are left out. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

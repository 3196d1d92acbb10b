import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readDocument } from './documents'

/** `| B3 · S | threat | what holds it | shown by |` */
interface Threat {
  number: string
  shownBy: string
}

const text = readDocument('threat-model.md')

const threats: Threat[] = [...text.matchAll(/^\| ([A-Z]\d+) · [STRIDE] \|(.*)\|$/gm)].map(
  ([, number, row]) => ({ number: number!, shownBy: row!.split('|').at(-1)!.trim() }),
)

/** ``[`a.test.ts`](../a.test.ts) “the name of a test”, “another one”`` */
const citation = /\]\((\.\.\/[^)\s]+\.test\.ts)\)((?:,? “[^”]+”)*)/g

const citations = [...text.matchAll(citation)].map(([, path, names]) => ({
  file: join('docs', path!),
  names: [...names!.matchAll(/“([^”]+)”/g)].map(([, name]) => name!),
}))

/**
 * The tests of a file that run, by their names as written: `it.each(…)('refuses %s', …)` is `refuses %s`,
 * and each row of a table by its first text.
 */
function testsIn(file: string): Set<string> {
  const known = testsOf.get(file)
  if (known) return known
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node)) {
      for (const row of node.elements.filter(ts.isArrayLiteralExpression)) {
        const [first] = row.elements
        if (first && ts.isStringLiteralLike(first)) names.add(first.text)
      }
    }
    if (ts.isCallExpression(node)) {
      const [name] = node.arguments
      if (name && ts.isStringLiteralLike(name) && isTest(node.expression)) names.add(name.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  testsOf.set(file, names)
  return names
}
const testsOf = new Map<string, Set<string>>()

/** `it`, `test.each(…)`, `it.runIf(…)`; not `it.skip` or `it.todo`, which show nothing. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'it' || callee.text === 'test'
  if (ts.isPropertyAccessExpression(callee)) {
    return !/^(skip|todo|fails)$/.test(callee.name.text) && isTest(callee.expression)
  }
  return ts.isCallExpression(callee) && isTest(callee.expression)
}

describe('docs/threat-model.md', () => {
  it('numbers the threats to each element from 1 on, without a gap', () => {
    const elements = [...new Set(threats.map(({ number }) => number[0]!))]
    expect(elements).toEqual(['C', 'W', 'B', 'S', 'D', 'P'])
    for (const element of elements) {
      const own = threats.filter(({ number }) => number.startsWith(element))
      expect(own.map(({ number }) => number)).toEqual(
        own.map((_, index) => `${element}${index + 1}`),
      )
    }
  })

  it('names a test for each threat, or says that it is accepted', () => {
    const open = threats.filter(
      ({ shownBy }) => !/\.test\.ts\) “/.test(shownBy) && !/^accepted: /.test(shownBy),
    )
    expect(open.map(({ number }) => number)).toEqual([])
  })

  it('names at least one test of each file that it links', () => {
    const links = [...text.matchAll(/\]\((\.\.\/[^)\s]*tests?\/[^)\s]+)\)/g)]
    expect(links).toHaveLength(citations.length)
    expect(citations.filter(({ names }) => names.length === 0)).toEqual([])
  })

  it('cites tests that there are', () => {
    expect(citations.length).toBeGreaterThan(50)
    const missing = citations.flatMap(({ file, names }) => {
      const found = existsSync(file) ? testsIn(file) : new Set<string>()
      return names.filter((name) => !found.has(name)).map((name) => `${file}: ${name}`)
    })
    expect(missing).toEqual([])
  })

  it('would notice a test that is skipped, or has another name', () => {
    const file = 'server/tests/textCodes.test.ts'
    expect(testsIn(file)).toContain('has five tries, even if they come at once')
    expect(testsIn(file)).not.toContain('has six tries')
    const skipped = ts.createSourceFile('a', "it.skip('a', () => {})", ts.ScriptTarget.Latest, true)
    const call = (skipped.statements[0] as ts.ExpressionStatement).expression as ts.CallExpression
    expect(isTest(call.expression)).toBe(false)
  })
})

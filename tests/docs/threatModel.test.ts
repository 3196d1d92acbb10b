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

/** The tests of a file that run. */
function testsIn(file: string): Set<string> {
  const known = testsOf.get(file)
  if (known) return known
  const names = testsOfCode(readFileSync(file, 'utf8'))
  testsOf.set(file, names)
  return names
}
const testsOf = new Map<string, Set<string>>()

/**
 * The tests in code that run, by their names as written: `it.each(…)('refuses %s', …)` is `refuses %s`,
 * and each row of a table by its first text. What is skipped shows nothing, nor does what is in it.
 */
function testsOfCode(code: string): Set<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node)) {
      for (const row of node.elements.filter(ts.isArrayLiteralExpression)) {
        const [first] = row.elements
        if (first && ts.isStringLiteralLike(first)) names.add(first.text)
      }
    }
    if (ts.isCallExpression(node)) {
      const { root, isLeftOut } = readCallee(node)
      if (isLeftOut) return
      const [name] = node.arguments
      if (name && ts.isStringLiteralLike(name) && /^(it|test)$/.test(root)) names.add(name.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.test.ts', code, ts.ScriptTarget.Latest))
  return names
}

/** `it`, `describe.each(…)`, `it.runIf(…)`; `isLeftOut`: it or its block does not run, or has to fail. */
function readCallee({ expression, arguments: given }: ts.CallExpression): {
  root: string
  isLeftOut: boolean
} {
  let callee: ts.Expression = expression
  let isLeftOut = given.some((one) => ts.isObjectLiteralExpression(one) && leavesOut(one))
  for (;;) {
    if (ts.isCallExpression(callee)) {
      isLeftOut ||= isNever(callee)
      callee = callee.expression
    } else if (ts.isPropertyAccessExpression(callee)) {
      isLeftOut ||= /^(skip|todo|fails)$/.test(callee.name.text)
      callee = callee.expression
    } else break
  }
  const root = ts.isIdentifier(callee) ? callee.text : ''
  return { root, isLeftOut: isLeftOut && /^(it|test|describe|suite)$/.test(root) }
}

/** `it('…', { skip: true }, …)` */
const leavesOut = ({ properties }: ts.ObjectLiteralExpression) =>
  properties.some(
    (one) =>
      ts.isPropertyAssignment(one) &&
      ts.isIdentifier(one.name) &&
      /^(skip|todo|fails)$/.test(one.name.text) &&
      one.initializer.kind === ts.SyntaxKind.TrueKeyword,
  )

/** `it.skipIf(true)`, `it.runIf(false)` */
function isNever({ expression, arguments: [condition] }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false
  const { text } = expression.name
  if (text === 'skipIf') return condition?.kind === ts.SyntaxKind.TrueKeyword
  return text === 'runIf' && condition?.kind === ts.SyntaxKind.FalseKeyword
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

  it('would notice a test that has another name', () => {
    const file = 'server/tests/textCodes.test.ts'
    expect(testsIn(file)).toContain('has five tries, even if they come at once')
    expect(testsIn(file)).not.toContain('has six tries')
  })

  it.each([
    "it('a', () => {})",
    "it.each([1])('a', () => {})",
    "it.skipIf(isSlow)('a', () => {})",
    "it.each([['a', 1]])('%s', () => {})",
    "describe('b', { timeout: 1 }, () => { it('a', () => {}) })",
    "describe.each([1])('b', () => { test('a', () => {}) })",
    "describe.runIf(isFast)('b', () => { it('a', () => {}) })",
    "const queue = { skip() {} }; queue.skip(it('a', () => {}))",
  ])('would find the test in %s', (code) => {
    expect([...testsOfCode(code)]).toContain('a')
  })

  it.each([
    "it.skip('a', () => {})",
    "it.todo('a')",
    "it.fails('a', () => {})",
    "it.skip.each([['a', 1]])('%s', () => {})",
    "it.skipIf(true)('a', () => {})",
    "it('a', { skip: true }, () => {})",
    "describe.skip('b', () => { it('a', () => {}) })",
    "describe.todo('b', () => { it('a', () => {}) })",
    "describe.skip.each([1])('b', () => { it('a', () => {}) })",
    "describe.skip('b', () => { describe('c', () => { it.each([['a', 1]])('%s', () => {}) }) })",
    "describe.runIf(false)('b', () => { it('a', () => {}) })",
    "describe('b', { skip: true }, () => { it('a', () => {}) })",
  ])('would notice the test that does not run in %s', (code) => {
    expect([...testsOfCode(code)]).toEqual([])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readDocument } from './documents'

const tests = join(import.meta.dirname, '../..', 'tests')

/** The numbers of docs/guarantees.md, in their order. */
const guarantees = [...readDocument('guarantees.md').matchAll(/^(\d+)\. /gm)].map(([, one]) =>
  Number(one),
)

/** The guarantees that a `describe` in the tests names, as in `describe('guarantee 7: …')`. */
function described(): Set<number> {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  const sources = files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(tests, file), 'utf8'))
  const titles = sources.flatMap((source) => [
    ...source.matchAll(
      /^\s*describe(?:\.(?:each|skipIf)\([^]*?\))?\(\s*['"`]guarantees? ([\d, and]+)/gm,
    ),
  ])
  return new Set(titles.flatMap(([, numbers]) => numbers!.match(/\d+/g)!.map(Number)))
}

it('numbers the guarantees from 1 on, without a gap', () => {
  expect(guarantees.length).toBeGreaterThan(20)
  expect(guarantees).toEqual(guarantees.map((_, index) => index + 1))
})

it('every guarantee has its describe, and no describe names another', () => {
  expect([...described()].sort((a, b) => a - b)).toEqual(guarantees)
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { anchorOf } from '../../docs/.vitepress/anchors'
import { areas, sections } from '../src'

const contract = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')
const anchors = [...contract.matchAll(/^#{2,} (.+)$/gm)].map(([, title = '']) => anchorOf(title))
const checks = Object.values(areas).flatMap((area) => Object.values(area.checks))

it('every section that a check names is one of the contract', () => {
  expect(anchors).toEqual(expect.arrayContaining([...sections]))
})

it('every section of the contract has a check', () => {
  expect([...new Set(checks.map(({ section }) => section))].sort()).toEqual(anchors.sort())
})

it('no two checks have the same title', () => {
  const titles = checks.map(({ title }) => title)
  expect(titles.length).toBeGreaterThan(100)
  expect(new Set(titles).size).toBe(titles.length)
})

import { expect, it } from 'vitest'
import { createProblems } from '../src/pack/problem'

it('says the same thing once, however many files suffer from it', () => {
  const problems = createProblems()
  problems.add('a.wxml', 'is broken', 'a')
  problems.add('a.wxml', 'is broken', 'a')
  problems.add('a.wxml', 'is broken')
  expect(problems.list).toEqual([
    { file: 'a.wxml', message: 'is broken', page: 'a' },
    { file: 'a.wxml', message: 'is broken' },
  ])
})

it('collects problems in time by their number', () => {
  const problems = createProblems()
  // In time by the square of that it would take longer than a test may.
  for (let count = 0; count < 500_000; count++) problems.add('a.wxml', `imports ${count}`)
  expect(problems.list).toHaveLength(500_000)
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { errorColor } from '../../../example/errorColor'

it('is the --error of App.vue, light and dark', () => {
  const styles = readFileSync(new URL('../../../App.vue', import.meta.url), 'utf8')
  const inStyles = [...styles.matchAll(/--error: (#\w+);/g)].map(([, color]) => color)
  expect(inStyles).toEqual([errorColor.light, errorColor.dark])
})

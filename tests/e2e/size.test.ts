import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { sizesOf } from '../../scripts/compiledSize'
import { COMPILED, limitOf } from '../../scripts/recordedSizes'

test('the mini-program, and the client, its host and store in it, are at most 5 % over what was reached', async () => {
  const sizes = await sizesOf(inject('apps')[0]!.dist)
  expect(sizes.client).toBeGreaterThan(10_000)
  expect(sizes.client).toBeLessThanOrEqual(limitOf(COMPILED.client))
  expect(sizes.whole).toBeGreaterThan(sizes.client + sizes.components)
  expect(sizes.whole).toBeLessThanOrEqual(limitOf(COMPILED.whole))
})

test('modules are in four files, and their code is left for DevTools to make older', async () => {
  const { dist } = inject('apps')[0]!
  const files = (await readdir(dist, { recursive: true })).map((file) => file.replaceAll('\\', '/'))
  const shared = ['src/auth', 'src/components', 'src/pages'].map((folder) => `${folder}/shared.js`)
  expect(files.filter((file) => /(shared|vendor)\.js$/.test(file)).sort()).toEqual([
    'common/vendor.js',
    ...shared,
  ])
  for (const file of shared) expect(await readFile(join(dist, file), 'utf8')).toMatch(/\w\?\.\w/)
})

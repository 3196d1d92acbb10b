import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'

it('the compiled app has maps to its sources, where the simulator looks for them', async () => {
  const miniProgram = inject('services').unionid.dist
  const file = 'example/mine/mine.js'
  const map = await readFile(join(miniProgram, '../.sourcemap/mp-weixin', `${file}.map`), 'utf8')
  const { sources, mappings } = JSON.parse(map) as { sources: string[]; mappings: string }
  expect(sources).toContain('example/mine/mine.vue')
  expect(mappings).not.toBe('')
  expect(await readFile(join(miniProgram, file), 'utf8')).not.toContain('sourceMappingURL')
})

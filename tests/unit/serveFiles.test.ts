import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveFiles } from '../../scripts/serveFiles'

let around: string
let served: Awaited<ReturnType<typeof serveFiles>>
beforeAll(async () => {
  around = mkdtempSync(join(tmpdir(), 'watchword-served-'))
  mkdirSync(join(around, 'h5/assets'), { recursive: true })
  writeFileSync(join(around, 'secret.txt'), 'a secret')
  writeFileSync(join(around, 'h5/index.html'), '<h1>H5</h1>')
  served = await serveFiles(join(around, 'h5'))
})
afterAll(() => {
  served.close()
  rmSync(around, { recursive: true })
})

it.each([
  ['no address', '/'],
  ['a folder', 'assets'],
  ['a file below a file', 'index.html/x'],
  ['a name longer than any', 'x'.repeat(5000)],
  ['a file outside', '..%2fsecret.txt'],
  ['a file outside, in other words', '%2e%2e/secret.txt'],
])('the served H5 page lives on when a browser asks for %s', async (_, path) => {
  const answer = await fetch(served.url + path)
  expect([answer.status, await answer.text()]).toEqual([404, ''])
  expect(await (await fetch(served.url)).text()).toBe('<h1>H5</h1>')
})

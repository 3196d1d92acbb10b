import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { sizesOf } from '../../scripts/compiledSize'
import { COMPILED, limitOf } from '../../scripts/recordedSizes'

const { dist } = inject('services').unionid

test('the mini-program, and the client, its host and store in it, are at most 5 % over what was reached', async () => {
  const sizes = await sizesOf(dist)
  expect(sizes.client).toBeGreaterThan(10_000)
  expect(sizes.client).toBeLessThanOrEqual(limitOf(COMPILED.client))
  expect(sizes.whole).toBeGreaterThan(sizes.client + sizes.components)
  expect(sizes.whole).toBeLessThanOrEqual(limitOf(COMPILED.whole))
  expect(sizes.main).toBeLessThan(200_000)
})

test('a package requires nothing of a subpackage but its own, which has what it alone uses', async () => {
  const { subPackages } = JSON.parse(await readFile(join(dist, 'app.json'), 'utf8')) as {
    subPackages: { root: string }[]
  }
  const roots = subPackages.map(({ root }) => `${root}/`)
  expect(roots).toContain('example/diagnostics/')
  const packageOf = (file: string) => roots.find((root) => file.startsWith(root)) ?? 'main'
  const scripts = (await filesOf(dist)).filter((file) => file.endsWith('.js'))
  const required = await Promise.all(
    scripts.map(async (file) => {
      const code = await readFile(join(dist, file), 'utf8')
      return [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, path]) => ({
        file,
        path: join(file, '..', path!).replaceAll('\\', '/'),
      }))
    }),
  )
  expect(required.flat().length).toBeGreaterThan(10)
  const isForeign = (one: { file: string; path: string }) =>
    !['main', packageOf(one.file)].includes(packageOf(one.path))
  expect(required.flat().filter(isForeign)).toEqual([])
  const holds = async (text: string, file: string) =>
    (await readFile(join(dist, file), 'utf8')).includes(text)
  expect(await holds('小程序码', 'src/components/shared.js')).toBe(false)
  expect(await holds('小程序码', 'example/account/shared.js')).toBe(true)
  // It is one of many that watchword/host exports.
  expect(await holds('.openSetting', 'src/auth/shared.js')).toBe(false)
  expect(await holds('.openSetting', 'example/booking/shared.js')).toBe(true)
})

test('modules are in few files, and their code is left for DevTools to make older', async () => {
  const shared = [
    ...['src/auth', 'src/components', 'example'],
    ...['account', 'booking', 'coupon', 'diagnostics', 'profile', 'settings'].map(
      (page) => `example/${page}`,
    ),
  ].map((folder) => `${folder}/shared.js`)
  const files = (await filesOf(dist)).filter((file) => /(shared|vendor)\.js$/.test(file))
  expect(files.sort()).toEqual(['common/vendor.js', ...shared].sort())
  for (const file of ['src/auth', 'src/components', 'example'])
    expect(await readFile(join(dist, file, 'shared.js'), 'utf8')).toMatch(/\w\?\.\w/)
})

async function filesOf(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).map((file) => file.replaceAll('\\', '/'))
}

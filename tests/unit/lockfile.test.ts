import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  lockedPackagesOf,
  missingPackages,
  type LockedPackages,
} from '../../scripts/server/lockfile'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: LockedPackages
}
const nameOf = (place: string) => place.replace(/.*node_modules\//, '')
const isWithScript = ([, { hasInstallScript }]: [string, LockedPackages[string]]) =>
  hasInstallScript === true

test('package-lock.json has the packages of every system', () => {
  expect(missingPackages(packages)).toEqual([])
})

test('a package for another system that a lockfile lacks is found', () => {
  const sharp = {
    optionalDependencies: { '@img/sharp-linux-x64': '1', '@img/sharp-win32-x64': '1' },
  }
  const packages = { 'node_modules/sharp': sharp, 'node_modules/@img/sharp-linux-x64': {} }
  expect(missingPackages(packages)).toEqual(['sharp: @img/sharp-win32-x64'])
})

test('package-lock.json has the hash of every package, so that npm takes no other', () => {
  const published = Object.entries(packages).filter(
    ([place, { link }]) => place.includes('node_modules/') && !link,
  )
  expect(published.length).toBeGreaterThan(1000)
  const without = published.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))
  expect(without.map(([place]) => place)).toEqual([])
})

test('the packages that run a script when they are installed are these', () => {
  const names = Object.entries(packages)
    .filter(isWithScript)
    .map(([place]) => nameOf(place))
  expect([...new Set(names)].sort()).toEqual([
    '@alicloud/openapi-core',
    'core-js',
    'core-js-pure',
    'esbuild',
    'vue-demi',
  ])
})

test('no package that the backend needs in production runs a script when it is installed', async () => {
  const needed = Object.entries(await lockedPackagesOf('server'))
  expect(needed.map(([place]) => nameOf(place))).toContain('hono')
  expect(needed.filter(isWithScript)).toEqual([])
})

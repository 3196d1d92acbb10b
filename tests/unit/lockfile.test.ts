import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingPackages, type LockedPackages } from '../../scripts/server/lockfile'

test('package-lock.json has the packages of every system', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: LockedPackages
  }
  expect(missingPackages(packages)).toEqual([])
})

test('a package for another system that a lockfile lacks is found', () => {
  const sharp = {
    optionalDependencies: { '@img/sharp-linux-x64': '1', '@img/sharp-win32-x64': '1' },
  }
  const packages = { 'node_modules/sharp': sharp, 'node_modules/@img/sharp-linux-x64': {} }
  expect(missingPackages(packages)).toEqual(['sharp: @img/sharp-win32-x64'])
})

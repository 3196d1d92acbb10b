import { describe, expect, it } from 'vitest'
import { resolveFile } from '../src/pack/resolve'

const files = new Set([
  'a.js',
  'pages/a/a.js',
  'pages/a/part.js',
  'parts/index.js',
  'miniprogram_npm/kit/index.js',
  'miniprogram_npm/@scope/kit/button/index.js',
  'pages/miniprogram_npm/kit/index.js',
  'utils/deep/a.js',
])
const aliases = { '~/*': '/*', '@utils/*': 'utils/*', '@utils/near/*': '/pages/a/*' }

describe('a module is found', () => {
  it.each([
    ['beside the file', './part', 'pages/a/part.js'],
    ['beside the file, without a dot', 'part', 'pages/a/part.js'],
    ['with its ending', './part.js', 'pages/a/part.js'],
    ['from the root', '/a', 'a.js'],
    ['as the index of a folder', '../../parts', 'parts/index.js'],
    ['in the nearest miniprogram_npm', 'kit', 'pages/miniprogram_npm/kit/index.js'],
    ['in one further up', '@scope/kit/button/index', 'miniprogram_npm/@scope/kit/button/index.js'],
    [
      'as the index of a folder of a package',
      '@scope/kit/button',
      'miniprogram_npm/@scope/kit/button/index.js',
    ],
    ['by an alias', '~/parts/index', 'parts/index.js'],
    ['by an alias without a slash', '@utils/deep/a', 'utils/deep/a.js'],
    ['by the longest alias', '@utils/near/part', 'pages/a/part.js'],
  ])('%s', (_, target, file) => {
    expect(resolveFile(files, 'pages/a/a.js', target, '.js', aliases)).toBe(file)
  })

  it('nowhere else', () => {
    expect(resolveFile(files, 'pages/a/a.js', './kit', '.js')).toBeUndefined()
    expect(resolveFile(files, 'pages/a/a.js', 'toString', '.js')).toBeUndefined()
  })
})

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pack } from '../src/pack/pack'
import { PackError } from '../src/pack/packError'
import { fixtureApp } from './support/fixture'

let dist: string

beforeEach(() => {
  dist = fs.mkdtempSync(path.join(os.tmpdir(), 'pack-'))
  fs.cpSync(fixtureApp, dist, { recursive: true })
})
afterEach(() => fs.rmSync(dist, { recursive: true }))

const write = (file: string, text: string) => fs.writeFileSync(path.join(dist, file), text)
const remove = (file: string) => fs.rmSync(path.join(dist, file))

describe('a directory that can be run', () => {
  it('is packed with its sub-packages, components, styles and modules', () => {
    const app = pack(dist)
    expect(app.pages).toEqual([
      'pages/home/home',
      'pages/tab/tab',
      'pages/form/form',
      'pages/net/net',
      'pages/keyboard/keyboard',
      'pages/deep/deep',
    ])
    expect(app.components['pages/home/home']?.usingComponents).toEqual({
      card: '/components/card/card',
    })
    expect(app.modules['shout.js']).toContain('exports.shout')
    expect(app.styles.app).toContain('margin: 10px 15px')
    expect(app.styles['components/card/card']).toContain('.c1--title')
    expect(app.warnings).toEqual([])
  })
})

describe('a directory that cannot be run', () => {
  const faults: [string, () => void, string, RegExp][] = [
    ['no app.json', () => remove('app.json'), 'app.json', /no compiled mini-program/],
    ['an app.json that is not JSON', () => write('app.json', '{'), 'app.json', /is not JSON/],
    ['an app.json without pages', () => write('app.json', '{}'), 'app.json', /names no page/],
    ['no app.js', () => remove('app.js'), 'app.js', /is not there/],
    [
      'a page that is not there',
      () => remove('pages/net/net.js'),
      'app.json',
      /"pages\/net\/net".*net\.js is not there/,
    ],
    [
      'a component that is not there',
      () => write('pages/home/home.json', '{"usingComponents":{"card":"/nowhere/card"}}'),
      'pages/home/home.json',
      /nowhere\/card/,
    ],
    [
      'a plugin',
      () => write('pages/home/home.json', '{"usingComponents":{"card":"plugin://x/card"}}'),
      'pages/home/home.json',
      /plugins are not supported/,
    ],
    [
      'an expression that cannot be read',
      () => write('pages/net/net.wxml', '<view>\n  {{a b}}</view>'),
      'pages/net/net.wxml',
      /line 2/,
    ],
    [
      'a tag that is never closed',
      () => write('pages/net/net.wxml', '<view><text></view>'),
      'pages/net/net.wxml',
      /missing end tag/,
    ],
    [
      'an imported style sheet that is not there',
      () => remove('styles/base.wxss'),
      'app.wxss',
      /styles\/base\.wxss/,
    ],
    [
      'a page whose JSON is broken',
      () => write('pages/net/net.json', '{,}'),
      'pages/net/net.json',
      /is not JSON/,
    ],
  ]

  it.each(faults)('with %s is refused by the name of the file', (_, spoil, file, problem) => {
    spoil()
    let error: unknown
    try {
      pack(dist)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(PackError)
    expect(error).toMatchObject({ file })
    expect((error as PackError).message).toMatch(problem)
    expect((error as PackError).message.startsWith(`${file}: `)).toBe(true)
  })

  it('that does not exist is refused as one without app.json', () => {
    expect(() => pack(path.join(dist, 'nowhere'))).toThrow(/app\.json: not found in/)
  })
})

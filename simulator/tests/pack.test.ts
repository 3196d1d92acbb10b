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
    expect(app.styles.app).toContain('margin: calc(20 * var(--rpx)) calc(30 * var(--rpx))')
    expect(app.styles['components/card/card']).toContain('.c1--title')
    expect(app.problems).toEqual([])
  })
})

describe('a directory that cannot be run', () => {
  const faults: [string, () => void, string, RegExp][] = [
    ['no app.json', () => remove('app.json'), 'app.json', /no compiled mini-program/],
    ['an app.json that is not JSON', () => write('app.json', '{'), 'app.json', /is not JSON/],
    ['an app.json that is a list', () => write('app.json', '[]'), 'app.json', /no object/],
    ['an app.json without pages', () => write('app.json', '{}'), 'app.json', /names no page/],
    [
      'an app.json whose pages are no paths',
      () => write('app.json', '{"pages":[1]}'),
      'app.json',
      /no list of paths/,
    ],
    ['no app.js', () => remove('app.js'), 'app.js', /is not there/],
    [
      'the source of an app in it',
      () => {
        remove('app.json')
        write('pages.json', '{}')
      },
      'app.json',
      /compile it for mp-weixin first/,
    ],
    [
      'the source of a Taro app in it',
      () => {
        remove('app.json')
        write('package.json', '{"dependencies":{"@tarojs/taro":"4"}}')
      },
      'app.json',
      /source of a Taro project: compile it for mp-weixin first \(npm run build:weapp/,
    ],
    [
      'the compiled app in a folder',
      () => {
        remove('app.json')
        fs.cpSync(fixtureApp, path.join(dist, 'dist/build/mp-weixin'), { recursive: true })
      },
      'app.json',
      /open the folder dist\/build\/mp-weixin in it/,
    ],
    [
      'a project whose output is not there',
      () => {
        remove('app.json')
        write('project.config.json', '{"miniprogramRoot":"dist/"}')
      },
      'app.json',
      /not found in .*dist: project\.config\.json has the output there.*compile the project first/,
    ],
    [
      'an app for another vendor in it',
      () => {
        const templates = fs.readdirSync(dist, { recursive: true }).map(String)
        for (const file of templates.filter((name) => name.endsWith('.wxml')))
          fs.renameSync(path.join(dist, file), path.join(dist, file.replace(/wxml$/, 'axml')))
      },
      'app.json',
      /was compiled for Alipay/,
    ],
    [
      'a mini-game in it',
      () => {
        remove('app.json')
        write('game.json', '{}')
      },
      'app.json',
      /mini-game/,
    ],
    [
      'the app for H5 in it',
      () => {
        remove('app.json')
        write('index.html', '')
      },
      'app.json',
      /compiled for H5/,
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
    expect((error as PackError).message).not.toContain('\n')
  })

  it('that does not exist is refused by its own name', () => {
    const nowhere = path.join(dist, 'nowhere')
    expect(() => pack(nowhere)).toThrow(`${nowhere}: there is no such directory`)
  })
})

describe('a directory with faults in single files', () => {
  const net = 'pages/net/net'
  const faults: [string, () => void, { file: string; message: RegExp; page?: string }][] = [
    [
      'a page that is not there',
      () => remove(`${net}.js`),
      { file: 'app.json', message: /"pages\/net\/net".*net\.js is not there/, page: net },
    ],
    [
      'a component that is not there',
      () => write('pages/home/home.json', '{"usingComponents":{"card":"/nowhere/card"}}'),
      {
        file: 'pages/home/home.json',
        message: /"\/nowhere\/card".*nowhere\/card\.js is not there/,
      },
    ],
    [
      'a component without a template',
      () => remove('components/card/card.wxml'),
      { file: 'pages/home/home.json', message: /components\/card\/card\.wxml is not there/ },
    ],
    [
      'a component that is no path',
      () => write('pages/home/home.json', '{"usingComponents":{"card":1}}'),
      { file: 'pages/home/home.json', message: /"card" names no path/ },
    ],
    [
      'a plugin',
      () => write('pages/home/home.json', '{"usingComponents":{"card":"plugin://x/card"}}'),
      { file: 'pages/home/home.json', message: /plugins are not supported/ },
    ],
    [
      'an expression that cannot be read',
      () => write(`${net}.wxml`, '<view>\n  {{a b}}</view>'),
      { file: `${net}.wxml`, message: /line 2/, page: net },
    ],
    [
      'a tag that is never closed',
      () => write(`${net}.wxml`, '<view><text></view>'),
      { file: `${net}.wxml`, message: /missing end tag/, page: net },
    ],
    [
      'a script in a template that is no WXS',
      () => write(`${net}.wxml`, '<wxs module="m">\nvar a = ;</wxs><view>{{m.a}}</view>'),
      { file: `${net}.wxml`, message: /"m": Unexpected token.*line 2/, page: net },
    ],
    [
      'a WXS file that is not there',
      () => write(`${net}.wxml`, '<wxs module="m" src="./no.wxs"></wxs><view>{{m.a}}</view>'),
      { file: `${net}.wxml`, message: /pages\/net\/no\.wxs.*not there/, page: net },
    ],
    [
      'a WXS file that is broken',
      () => write('shared.wxs', 'module.exports = {'),
      { file: 'shared.wxs', message: /Unexpected token/ },
    ],
    [
      'a page whose JavaScript is broken',
      () => write(`${net}.js`, 'Page({\n  data: { a: }\n})'),
      { file: `${net}.js`, message: /Unexpected token.*line 2/, page: net },
    ],
    [
      'an imported style sheet that is not there',
      () => remove('styles/base.wxss'),
      { file: 'app.wxss', message: /styles\/base\.wxss.* \(line 1\)/ },
    ],
    [
      'a style sheet with a brace too few',
      () => write(`${net}.wxss`, '.b {}\n.a { top: 0'),
      { file: `${net}.wxss`, message: /never closed \(line 2\)/ },
    ],
    [
      'an imported style sheet with a brace too many',
      () => write('styles/base.wxss', '.b {}\n\n.a { top: 0 }}'),
      { file: 'styles/base.wxss', message: /"}" too many \(line 3\)/ },
    ],
    [
      'a style sheet with a brace too many behind what it imports',
      () => write('app.wxss', '@import "styles/base.wxss";\n.b {}\n}'),
      { file: 'app.wxss', message: /"}" too many \(line 3\)/ },
    ],
    [
      'style sheets each of which imports the next one twice',
      () => {
        const twice = (next: number) => `@import "/many/${next}.wxss";`.repeat(2)
        fs.mkdirSync(path.join(dist, 'many'))
        for (let at = 0; at < 30; at += 1) write(`many/${at}.wxss`, twice(at + 1))
        write('many/30.wxss', '.a {}')
        write(`${net}.wxss`, twice(0))
      },
      { file: `${net}.wxss`, message: /imports style sheets more than 10000 times/ },
    ],
    [
      'a style sheet of comments that are not ended',
      // In time by the square of that it would take longer than a test may.
      () => write(`${net}.wxss`, '/* '.repeat(300_000)),
      { file: `${net}.wxss`, message: /comment that is never closed \(line 1\)/ },
    ],
    [
      'a page whose JSON is broken',
      () => write(`${net}.json`, '{,}'),
      { file: `${net}.json`, message: /is not JSON/, page: net },
    ],
    [
      'a project.config.json that is broken',
      () => write('project.config.json', '{'),
      { file: 'project.config.json', message: /is not JSON/ },
    ],
    [
      'a tab that is no page',
      () => {
        const app = {
          pages: ['pages/home/home', net],
          tabBar: { list: [{ pagePath: 'x', text: 'x' }] },
        }
        write('app.json', JSON.stringify(app))
      },
      { file: 'app.json', message: /tabBar names "x"/ },
    ],
  ]

  it.each(faults)('such as %s is packed, with one problem', (_, spoil, { file, message, page }) => {
    spoil()
    const { problems, pages } = pack(dist)
    expect(problems).toEqual([
      { file, message: expect.stringMatching(message), ...(page && { page }) },
    ])
    expect(pages).toContain(net)
  })

  it('imports a style sheet also behind a string that looks like a comment', () => {
    write('app.wxss', '.a::before { content: "/*" }\n@import "styles/base.wxss";\n/* .b {} */')
    expect(pack(dist).styles.app).toContain('.row')
  })

  it('keeps all templates but the broken one', () => {
    write(`${net}.wxml`, '<view>{{a b}}</view>')
    const { templates } = pack(dist)
    expect(templates).toContain('"pages/home/home"')
    expect(templates).not.toContain('"pages/net/net"')
  })

  it('names a component that many use once', () => {
    write(
      'app.json',
      '{"pages":["pages/home/home","pages/net/net"],"usingComponents":{"gone":"/gone"}}',
    )
    expect(pack(dist).problems).toEqual([
      { file: 'app.json', message: 'names the component "/gone", but gone.js is not there' },
    ])
  })
})

import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import type { PackedApp } from '../src/pack/packedApp'
import { pack } from '../src/pack/pack'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const home = 'pages/home/home'
const view = '<view class="shown">{{text}}</view>'

/** Packs an app with one page, whose files these are. */
function packFiles(files: Record<string, string>, app: Record<string, unknown> = {}): PackedApp {
  const written = writeApp([home], { [`${home}.wxml`]: view, ...files }, app)
  onTestFinished(() => written.remove())
  return pack(written.dist)
}

const config = (setting: object) => JSON.stringify({ appid: 'touristappid', setting })

describe('ES modules', () => {
  it('become CommonJS, whatever else is on their line', () => {
    const { modules, problems, host } = packFiles({
      [`${home}.js`]: 'import kit, { two } from "../../kit"; Page({ data: { text: kit + two } })',
      'kit.js': 'const one = 1; export default one; export const two = 2',
      'plain.js': 'module.exports = { import: 1, export: 2 }',
    })
    expect(problems).toEqual([])
    expect(modules[`${home}.js`]).toContain('require("../../kit")')
    expect(modules['kit.js']).not.toMatch(/\bexport /)
    expect(modules['plain.js']).toBe('module.exports = { import: 1, export: 2 }')
    expect(Object.keys(host.sourceMaps).sort()).toEqual(['kit.js', `${home}.js`])
  })

  it.each([
    ['import a from "./a"\n\nPage({ data: { a: } })', /Unexpected "}" \(line 3\)/],
    ['\nPage({ data: { a: } }) // import', /Unexpected token '}' \(line 2\)/],
  ])('with faults are reported with their line: %j', (source, message) => {
    const { problems } = packFiles({ [`${home}.js`]: source })
    expect(problems).toEqual([
      { file: `${home}.js`, page: home, message: expect.stringMatching(message) },
    ])
  })
})

describe("languages that DevTools' plugins compile", () => {
  const sources = {
    'app.json': JSON.stringify({ pages: [home] }),
    'app.js': '',
    'app.ts': 'const started: boolean = true\nApp({ started })',
    'app.less': '@brand: rgb(1, 2, 3);\n.app { color: @brand }',
    [`${home}.ts`]: 'import type { Kit } from "./kit"\nPage({ data: { text: <string>"typed" } })',
    [`${home}.d.ts`]: 'declare const nothing: 1',
    [`${home}.less`]:
      '@import "/parts/mixin";\n.shown { .pad(); color: @brand; view { top: 1rpx } }',
    'parts/mixin.less': '.pad() { padding: (2rpx * 2) }',
    'parts/part.scss': '$gap: 3px;\n.part { .in { margin: $gap } color: global.$ink }',
    'global.scss': '$ink: rgb(4, 5, 6);',
    'parts/part.ts': 'Component({})',
    'parts/part.wxml': '<view class="part"><view class="in"/></view>',
    [`${home}.json`]: '{"usingComponents":{"part":"/parts/part"}}',
  }

  it('are compiled where project.config.json asks for it', () => {
    const { modules, styles, problems, host } = packFiles({
      ...sources,
      'project.config.json': config({ useCompilerPlugins: ['typescript', 'less', 'sass'] }),
    })
    expect(problems).toEqual([])
    expect(modules['app.js']).toContain('App({ started })')
    expect(modules[`${home}.js`]).not.toContain('import')
    expect(modules).not.toHaveProperty([`${home}.d.js`])
    expect(styles[home]).toContain('padding: calc(4 * var(--rpx))')
    expect(styles[home]).toContain('color: #010203')
    expect(styles[home]).toContain('.shown wx-view')
    expect(styles['parts/part']).toMatch(/\.c1--part\{\s*color: rgb\(4, 5, 6\)/)
    expect(Object.keys(host.sourceMaps)).toContain(`${home}.js`)
  })

  it('are named as the reason where it does not', () => {
    const { problems } = packFiles({ ...sources, [`${home}.js`]: 'Page({})' })
    expect(problems).toEqual([
      {
        file: `${home}.json`,
        message: expect.stringMatching(
          /parts\/part\.js is not there: it is TypeScript.*useCompilerPlugins/,
        ),
      },
    ])
    const { 'app.js': _, ...withoutScript } = sources
    const written = writeApp([home], withoutScript)
    onTestFinished(() => written.remove())
    fs.rmSync(path.join(written.dist, 'app.js'))
    expect(() => pack(written.dist)).toThrow(/app\.js: is not there: app\.ts is TypeScript/)
  })

  it.each([
    [`${home}.ts`, 'Page({\n  data: { a: }\n})', /Unexpected "}" \(line 2\)/],
    [`${home}.less`, '.a {\n  .unknown();\n}', /\.unknown is undefined \(line 2\)/],
    ['parts/part.scss', '.a {\n  color: $none;\n}', /Undefined variable.* \(line 2\)/],
  ])('with faults are reported by their own names: %s', (file, source, message) => {
    const { problems } = packFiles({
      ...sources,
      [file]: source,
      'project.config.json': config({ useCompilerPlugins: ['typescript', 'less', 'sass'] }),
    })
    expect(problems).toEqual([
      expect.objectContaining({ file, message: expect.stringMatching(message) }),
    ])
  })
})

describe('packages', () => {
  const kit = {
    'miniprogram_npm/kit/button/index.js':
      'import { word } from "../words"; Component({ data: { word } })',
    'miniprogram_npm/kit/button/index.wxml': '<view>{{word}}</view>',
    'miniprogram_npm/kit/button/index.json': '{"component":true}',
    'miniprogram_npm/kit/words.js': 'export const word = "kit"',
    'miniprogram_npm/kit/unused/index.js': 'this is no JavaScript',
    'miniprogram_npm/kit/unused/index.wxml': '<view>{{',
  }

  it('are taken from miniprogram_npm, as far as they are used', () => {
    const { components, modules, problems } = packFiles({
      ...kit,
      [`${home}.js`]: 'Page({})',
      [`${home}.json`]: '{"usingComponents":{"kit-button":"kit/button"}}',
    })
    expect(problems).toEqual([])
    expect(components[home]?.usingComponents).toEqual({
      'kit-button': '/miniprogram_npm/kit/button/index',
    })
    expect(Object.keys(modules)).toContain('miniprogram_npm/kit/words.js')
    expect(Object.keys(modules)).not.toContain('miniprogram_npm/kit/unused/index.js')
  })

  it('that nobody built are taken from node_modules, by the dependencies of package.json', () => {
    const { components, modules, problems, host } = packFiles({
      'package.json': '{"dependencies":{"kit":"*","plain":"*","@scope/missing":"*"}}',
      'node_modules/kit/package.json': '{"miniprogram":"lib"}',
      'node_modules/kit/lib/button.js': 'Component({})',
      'node_modules/kit/lib/button.wxml': '<view>kit</view>',
      'node_modules/plain/package.json': '{"main":"main.js"}',
      'node_modules/plain/main.js': 'exports.half = require("./half")',
      'node_modules/plain/half.js': 'module.exports = 0.5',
      'node_modules/kit/broken.js': 'this is not looked at',
      [`${home}.js`]: 'Page({ data: { half: require("plain").half } })',
      [`${home}.json`]:
        '{"usingComponents":{"kit-button":"kit/button","gone":"@scope/missing/gone"}}',
    })
    expect(components[home]?.usingComponents).toEqual({
      'kit-button': '/miniprogram_npm/kit/button',
    })
    expect(modules['miniprogram_npm/plain/index.js']).toContain('0.5')
    expect(Object.keys(host.packages)).toEqual(['miniprogram_npm/kit'])
    expect(problems).toEqual([
      {
        file: `${home}.json`,
        message: expect.stringMatching(
          /"@scope\/missing\/gone".*install @scope\/missing and name it/,
        ),
      },
    ])
  })

  it.each([
    ['installed', true],
    ['not installed', false],
  ])('that WeChat brings itself are taken from node_modules: %s', (_how, isInstalled) => {
    const { components, problems } = packFiles(
      {
        ...(isInstalled && {
          'node_modules/weui-miniprogram/package.json': '{}',
          'node_modules/weui-miniprogram/miniprogram_dist/cell/cell.js': 'Component({})',
          'node_modules/weui-miniprogram/miniprogram_dist/cell/cell.wxml': '<view/>',
        }),
        [`${home}.js`]: 'Page({})',
        [`${home}.json`]: '{"usingComponents":{"mp-cell":"weui-miniprogram/cell/cell"}}',
      },
      { useExtendedLib: { weui: true } },
    )
    expect(components[home]?.usingComponents).toEqual(
      isInstalled ? { 'mp-cell': '/miniprogram_npm/weui-miniprogram/cell/cell' } : {},
    )
    expect(problems.map(({ message }) => message)).toEqual(
      isInstalled
        ? []
        : [expect.stringMatching(/useExtendedLib\); here, install weui-miniprogram$/)],
    )
  })

  it('are found by aliases of app.json too, and plugins are refused by their names', () => {
    const { components, problems } = packFiles(
      {
        [`${home}.js`]: 'Page({})',
        [`${home}.json`]:
          '{"usingComponents":{"part":"@/parts/part","map":"plugin://routePlan/map"}}',
        'parts/part.js': 'Component({})',
        'parts/part.wxml': '<view/>',
      },
      { resolveAlias: { '@/*': '/*' } },
    )
    expect(components[home]?.usingComponents).toEqual({ part: '/parts/part' })
    expect(problems.map(({ message }) => message)).toEqual([
      '"plugin://routePlan/map": the plugin "routePlan" is not run, plugins are not supported',
    ])
  })
})

describe('a project', () => {
  const app = writeApp([], {
    'project.config.json': JSON.stringify({
      appid: 'wx0123456789abcdef',
      miniprogramRoot: 'miniprogram/',
      setting: {
        useCompilerPlugins: ['typescript'],
        packNpmManually: true,
        packNpmRelationList: [{ packageJsonPath: './package.json', miniprogramNpmDistDir: './' }],
      },
    }),
    'package.json': '{"dependencies":{"kit":"*"}}',
    'node_modules/kit/package.json': '{}',
    'node_modules/kit/index.js': 'module.exports = "一切正常"',
    'miniprogram/app.json': JSON.stringify({ pages: [home] }),
    'miniprogram/app.ts': 'App({})',
    [`miniprogram/${home}.wxml`]: `${view}<button class="fail" bindtap="fail">x</button>`,
    [`miniprogram/${home}.ts`]: `import text from 'kit'
interface Data { text: string }
const data: Data = { text }
Page({
  data,
  fail(): void {
    throw new Error('坏了')
  },
})`,
  })
  fs.rmSync(path.join(app.dist, 'app.json'))
  fs.rmSync(path.join(app.dist, 'app.js'))
  afterAll(() => app.remove())

  it.each([['.'], ['miniprogram']])('opens from its folder %s', (folder) => {
    const { appId, pages, problems } = pack(path.join(app.dist, folder))
    expect({ appId, pages, problems }).toEqual({
      appId: 'wx0123456789abcdef',
      pages: [home],
      problems: [],
    })
  })

  it('runs, and reports errors in the lines of its sources', async () => {
    const simulator = await startSimulator({ dist: app.dist })
    const phone = await simulator.launch()
    expect(await phone.text('.shown')).toBe('一切正常')
    await phone.tap('.fail')
    expect(phone.errors).toEqual([
      expect.stringMatching(/坏了\n\s+at .*pages\/home\/home\.ts:7:1\d/),
    ])
    await expect(phone.close()).rejects.toThrow('坏了')
    await simulator.close()
  })
})

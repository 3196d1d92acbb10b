import { afterAll, beforeAll, expect, describe, it } from 'vitest'
import type { DrivenPage, LaunchOptions, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import { openFresh } from './support/sharedPhones'
import { startSimulator } from './support/simulator'

const page = (name: string) => `pages/${name}/${name}`
const well = '<view class="well">好的 {{n}}</view>'

/** One app with a fault in nearly each of its pages. */
const app = writeApp(
  ['well', 'wxml', 'json', 'gone', 'syntax', 'throws', 'load', 'require', 'silent', 'wxs'].map(
    page,
  ),
  {
    [`${page('well')}.js`]: 'Page({ data: { n: 1 } })',
    [`${page('well')}.wxml`]: `${well}<absent class="absent">里面</absent><torn class="torn"/><burst class="burst"/>`,
    [`${page('well')}.json`]:
      '{"usingComponents":{"absent":"/parts/absent","torn":"/parts/torn","burst":"/parts/burst"}}',
    'parts/torn.js': 'Component({})',
    'parts/torn.wxml': '<view>{{</view>',
    'parts/burst.js': 'throw new Error("部件坏了")',
    'parts/burst.wxml': '<view>burst</view>',
    [`${page('wxml')}.js`]: 'Page({})',
    [`${page('wxml')}.wxml`]: '<view>\n  <text>{{a b}}</text></view>',
    [`${page('json')}.js`]: 'Page({})',
    [`${page('json')}.wxml`]: well,
    [`${page('json')}.json`]: '{,}',
    [`${page('syntax')}.js`]: 'Page({\n  data: {,\n})',
    [`${page('syntax')}.wxml`]: well,
    [`${page('throws')}.js`]: '\nthrow new TypeError("加载时坏了")',
    [`${page('throws')}.wxml`]: well,
    [`${page('load')}.js`]:
      'Page({\n  data: { n: 2 },\n  onLoad() { throw new Error("onLoad 坏了") },\n})',
    [`${page('load')}.wxml`]: well,
    [`${page('require')}.js`]: 'require("../../no/such")\nPage({})',
    [`${page('require')}.wxml`]: well,
    [`${page('silent')}.js`]: 'module.exports = 1',
    [`${page('silent')}.wxml`]: well,
    [`${page('wxs')}.js`]: 'Page({ data: { n: 3 } })',
    [`${page('wxs')}.wxml`]: `<wxs module="m">module.exports = { a: nothing.b }</wxs>${well}`,
  },
)

let simulator: Simulator

beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

const launch = (name: string, options: LaunchOptions = {}) => simulator.launch(page(name), options)
const seen = (driven: DrivenPage) => driven.page.locator('.simulator-error').innerText()
/** Leaves without the check that all was well, which it was not. */
const leave = (driven: DrivenPage) => expect(driven.close()).rejects.toThrow('did not run cleanly')

describe('an app with faults', () => {
  let driven: DrivenPage
  beforeAll(async () => void (driven = await launch('well')))
  afterAll(() => leave(driven))

  it('reports each at the start, and runs where it can', async () => {
    expect(await driven.text('.well')).toBe('好的 1')
    const faults = [
      /pages\/well\/well\.json: names the component "\/parts\/absent", but parts\/absent\.js is not/,
      /parts\/torn\.wxml: .*line 1/,
      /pages\/wxml\/wxml\.wxml: .*line 2, column \d+/,
      /pages\/json\/json\.json: is not JSON/,
      /app\.json: names the page "pages\/gone\/gone", but pages\/gone\/gone\.js is not there/,
      /pages\/syntax\/syntax\.js: Unexpected token.*line 2/,
    ]
    for (const fault of faults) {
      expect(driven.errors.filter((error) => fault.test(error))).toHaveLength(1)
    }
  })

  it('shows a component that is not there as a plain element', async () => {
    expect(await driven.locate('wx-absent').innerText()).toBe('里面')
  })

  it('shows nothing of components that are broken, and says so once', async () => {
    expect(await driven.text('.torn')).toBe('')
    expect(await driven.count('.burst')).toBe(1)
    expect(
      driven.errors.filter((error) => /部件坏了[\s\S]*parts\/burst\.js:1:7/.test(error)),
    ).toHaveLength(1)
  })
})

describe('a page that cannot be shown', () => {
  let shared: DrivenPage
  beforeAll(async () => void (shared = await launch('well')))
  afterAll(() => leave(shared))

  it.each([
    ['wxml', 'pages/wxml/wxml.wxml', /line 2/],
    ['json', 'pages/json/json.json', /is not JSON/],
    ['gone', 'app.json', /gone\.js is not there/],
    ['syntax', 'pages/syntax/syntax.js', /Unexpected token/],
    ['throws', 'pages/throws/throws.js:2', /加载时坏了/],
    ['require', 'pages/require/require.js:1', /module 'no\/such\.js' is not defined/],
    ['silent', 'pages/silent/silent.js', /calls neither Page nor Component/],
  ])(
    'for its %s names the file, the line where it threw, and what is wrong',
    async (name, file, message) => {
      await openFresh(shared, page(name))
      expect(await seen(shared)).toContain('这个页面打不开')
      expect(await seen(shared)).toContain(file)
      expect(await seen(shared)).toMatch(message)
      await callWx(shared, 'navigateTo', { url: `/${page('well')}` })
      expect(await shared.text('.well')).toBe('好的 1')
    },
  )

  it('says so in English on an English phone', async () => {
    const driven = await launch('wxml', { language: 'en' })
    expect(await seen(driven)).toContain('This page cannot be opened')
    await leave(driven)
  })

  it('says what it threw once, with its line', async () => {
    const driven = await launch('throws')
    const errors = driven.errors.filter((error) => error.includes('加载时坏了'))
    expect(errors).toEqual([expect.stringContaining('pages/throws/throws.js:2:7')])
    await leave(driven)
  })
})

describe('a page that goes on', () => {
  let driven: DrivenPage
  beforeAll(async () => void (driven = await launch('well')))
  afterAll(() => leave(driven))

  it('stays when onLoad throws, which is reported once', async () => {
    await openFresh(driven, page('load'))
    expect(await driven.text('.well')).toBe('好的 2')
    const errors = driven.errors.filter((error) => error.includes('onLoad 坏了'))
    expect(errors).toEqual([expect.stringContaining('pages/load/load.js:3:')])
  })

  it('stays when its WXS throws', async () => {
    await openFresh(driven, page('wxs'))
    expect(await driven.text('.well')).toBe('好的 3')
    expect(driven.errors.join('\n')).toContain('nothing is not defined')
  })

  it('is an error page for an address that is no page', async () => {
    const lost = await launch('nowhere')
    expect(await seen(lost)).toMatch(/nowhere[\s\S]*is not found/)
    await leave(lost)
  })
})

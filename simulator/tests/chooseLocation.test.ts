import { expect, it } from 'vitest'
import type { DrivenPage, ScriptedAnswer } from '../src'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import { usePhones } from './support/usePhones'

const app = writeApp(
  ['pages/a/a'],
  { 'pages/a/a.js': 'Page({})', 'pages/a/a.wxml': '<view>a</view>' },
  {
    requiredPrivateInfos: ['chooseLocation'],
    permission: { 'scope.userLocation': { desc: '用来在地图上选择地址' } },
  },
)

const phones = usePhones(app)

/** Nobody has been asked for the permission yet. */
const unasked = (answer: ScriptedAnswer, test: (page: DrivenPage) => Promise<void>) =>
  phones.on('pages/a/a', { answers: { chooseLocation: answer } }, async (page) => {
    await page.control({ type: 'forgetPermissions' })
    await test(page)
  })
const permitted = (answer: ScriptedAnswer, test: (page: DrivenPage) => Promise<void>) =>
  phones.on(
    'pages/a/a',
    { authSetting: { 'scope.userLocation': true }, answers: { chooseLocation: answer } },
    test,
  )

const chosen = { ok: true, result: { errMsg: 'chooseLocation:ok', name: '梧桐公园' } }
const failed = (why: string) => ({ ok: false, result: { errMsg: `chooseLocation:fail ${why}` } })
const choose = (page: DrivenPage) => callWx(page, 'chooseLocation')
const place = '梧桐公园[\\s\\S]*'

it('asks a person for the permission, and then for the place', () =>
  unasked('ask', async (page) => {
    const first = choose(page)
    await page.choose('允许')
    await page.choose(place)
    expect(await first).toMatchObject(chosen)
    const second = choose(page)
    await page.choose('取消')
    expect(await second).toEqual(failed('cancel'))
  }))

it('asks for no place where the permission is refused', () =>
  unasked('ask', async (page) => {
    const first = choose(page)
    await page.choose('不允许')
    expect(await first).toEqual(failed('auth deny'))
    expect(await choose(page)).toEqual(failed('auth deny'))
    expect(await page.page.getByRole('dialog').count()).toBe(0)
  }))

it.each([
  ['allowed, returns a place', 'allow', chosen],
  ['refused, is a map that was left', 'refuse', failed('cancel')],
  ['failed, fails', { fail: 'cancel' }, failed('cancel')],
  ['given, is given', { name: '湖滨站', address: '' }, { ok: true, result: { name: '湖滨站' } }],
] as const)('once permitted, a script that %s', (_how, answer, ended) =>
  permitted(answer, async (page) => {
    expect(await choose(page)).toMatchObject(ended)
  }),
)

it.each([
  ['allowed', 'allow', chosen],
  ['refused', 'refuse', failed('auth deny')],
] as const)('not permitted yet, a script decides on the permission: %s', (_how, answer, ended) =>
  unasked(answer, async (page) => {
    expect(await choose(page)).toMatchObject(ended)
  }),
)

// Since base library 3.4.2 the dialogue of a permission asks for the privacy terms too (WeChat:
// 基础库更新日志 v3.4.2, and 小程序隐私协议开发指南 › 官方隐私弹窗功能说明).
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DrivenPage } from '../src'
import { askEverything, createPersonSide, createScriptedSide } from '../src/host/answers'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import { lines, needsAuthorization, usePrivateApp } from './support/privateApp'
import { startSimulator } from './support/simulator'

const on = usePrivateApp()

const unread = { requirePrivacyAuthorize: 'ask' } as const

const dialogues = ({ page }: DrivenPage) => page.getByRole('dialog')

/** Begins a call that waits for a dialogue; returns how it ends. */
function begin(page: DrivenPage, name: string, options: Record<string, unknown> = {}) {
  const ended = callWx(page, name, options)
  return { ended, shown: dialogues(page).first().waitFor() }
}

describe('the dialogue of a permission', () => {
  it('has the terms ticked before it allows, and agrees to both at once', () =>
    on({ answers: { ...unread, getLocation: 'ask' } }, async (page) => {
      await page.tap('.locate')
      const allow = page.page.getByRole('button', { name: '允许', exact: true })
      expect(await allow.isDisabled()).toBe(true)
      await page.choose('我已阅读并同意')
      expect(await allow.isDisabled()).toBe(false)
      await page.choose('我已阅读并同意')
      expect(await allow.isDisabled()).toBe(true)
      expect(await needsAuthorization(page)).toBe(true)
      await page.choose('我已阅读并同意')
      await page.choose('允许')
      expect(await dialogues(page).count()).toBe(0)
      expect((await lines(page)).at(-1)).toContain('"latitude"')
      expect(await needsAuthorization(page)).toBe(false)
    }))

  it('leads to the terms, and back', () =>
    on({ answers: { ...unread, getLocation: 'ask' } }, async (page) => {
      await page.tap('.locate')
      await page.page.getByRole('button', { name: '《用户隐私保护指引》' }).click()
      await page.page.getByText('收集哪些个人信息').waitFor()
      await page.choose('返回')
      await page.choose('不允许')
      const denied = '{"errMsg":"getLocation:fail auth deny","errno":103}'
      expect((await lines(page)).at(-1)).toBe(denied)
      expect(await needsAuthorization(page)).toBe(true)
    }))

  it('of the phone number refuses both, and asks nobody again for ten seconds', () =>
    on({ answers: { ...unread, getPhoneNumber: 'ask' } }, async (page) => {
      await page.tap('.phone')
      expect(await page.page.getByRole('checkbox').count()).toBe(1)
      await page.choose('不允许')
      expect((await lines(page)).at(-1)).toContain(
        '"errMsg":"getPhoneNumber:fail user deny","errno":103',
      )
      await page.tap('.phone')
      expect(await dialogues(page).count()).toBe(0)
      expect((await lines(page)).at(-1)).toContain('"errno":104')
    }))

  it('is that of authorize too', () =>
    on({ answers: { ...unread, authorize: 'ask' } }, async (page) => {
      const { ended, shown } = begin(page, 'authorize', { scope: 'scope.record' })
      await shown
      await page.choose('我已阅读并同意')
      await page.choose('允许')
      expect((await ended).ok).toBe(true)
      expect(await needsAuthorization(page)).toBe(false)
    }))

  it('asks for itself alone once the terms are agreed to', () =>
    on({ answers: { ...unread, getLocation: 'ask', authorize: 'ask' } }, async (page) => {
      await page.tap('.locate')
      await page.choose('我已阅读并同意')
      await page.choose('允许')
      const { ended, shown } = begin(page, 'authorize', { scope: 'scope.record' })
      await shown
      expect(await page.page.getByRole('checkbox').count()).toBe(0)
      await page.choose('允许')
      await ended
    }))
})

describe('of two calls at once', () => {
  const both = { answers: { ...unread, getLocation: 'ask', authorize: 'ask' } } as const
  const checkboxes = ({ page }: DrivenPage) => page.getByRole('checkbox').count()

  it('one alone asks, and what it is told holds for the other', () =>
    on(both, async (page) => {
      const first = begin(page, 'getLocation')
      const second = callWx(page, 'getLocation')
      await first.shown
      await page.choose('我已阅读并同意')
      await page.choose('允许')
      const ends = await Promise.all([first.ended, second])
      expect(ends.map(({ ok }) => ok)).toEqual([true, true])
      expect(await dialogues(page).count()).toBe(0)
    }))

  it('both are refused by one refusal', () =>
    on(both, async (page) => {
      const first = begin(page, 'getLocation')
      const second = callWx(page, 'setClipboardData', { data: '订单' })
      await first.shown
      await page.choose('不允许')
      const ends = await Promise.all([first.ended, second])
      expect(ends.map(({ result }) => result.errno)).toEqual([103, 104])
      expect(await dialogues(page).count()).toBe(0)
    }))

  it('the second asks for its own permission alone, after the first', () =>
    on(both, async (page) => {
      const first = begin(page, 'getLocation')
      const second = callWx(page, 'authorize', { scope: 'scope.record' })
      await first.shown
      expect(await needsAuthorization(page)).toBe(true)
      await page.choose('我已阅读并同意')
      await page.choose('允许')
      expect((await first.ended).ok).toBe(true)
      await dialogues(page).waitFor()
      expect(await checkboxes(page)).toBe(0)
      await page.choose('允许')
      expect((await second).ok).toBe(true)
    }))
})

describe('the dialogue of the terms alone is drawn', () => {
  it('for what has no dialogue of a permission', () =>
    on({ answers: { ...unread, chooseAvatar: 'allow' } }, async (page) => {
      await page.tap('.avatar')
      expect(await page.page.getByRole('checkbox').count()).toBe(0)
      await page.choose('同意')
      expect((await lines(page)).at(-1)).toContain('"avatarUrl"')
    }))

  it('for the clipboard, whose refusal has the number of the terms', () =>
    on({ answers: unread }, async (page) => {
      const { ended, shown } = begin(page, 'setClipboardData', { data: '订单' })
      await shown
      await page.choose('拒绝')
      expect((await ended).result).toMatchObject({ errno: 104 })
    }))

  it('for a permission that was given before', () =>
    on(
      {
        answers: { ...unread, getLocation: 'ask' },
        authSetting: { 'scope.userLocation': true },
      },
      async (page) => {
        await page.tap('.locate')
        await page.choose('同意')
        expect((await lines(page)).at(-1)).toContain('"latitude"')
      },
    ))

  it.each(['3.4.1', '2.32.3'])('before the permission on base library %s', (sdkVersion) =>
    on({ sdkVersion, answers: { ...unread, getLocation: 'ask' } }, async (page) => {
      await page.tap('.locate')
      await page.choose('同意')
      expect(await page.page.getByRole('checkbox').count()).toBe(0)
      await page.choose('允许')
      expect((await lines(page)).at(-1)).toContain('"latitude"')
    }),
  )
})

it("the app's own dialogue of the terms comes first, and then the permission alone", () =>
  on({ answers: { ...unread, getLocation: 'ask' } }, async (page) => {
    await page.tap('.listen')
    await page.tap('.locate')
    await expect.poll(() => page.text('.referrer')).toBe('getLocation')
    await page.locate('.agree').click()
    await dialogues(page).waitFor()
    expect(await page.page.getByRole('checkbox').count()).toBe(0)
    await page.choose('允许')
    expect((await lines(page)).at(-1)).toContain('"latitude"')
  }))

it('a field for the nickname asks nobody, and is one once a permission has agreed to the terms', async () => {
  const app = writeApp(
    ['pages/a/a'],
    {
      'pages/a/a.js': 'Page({ locate() { wx.getLocation({}) } })',
      'pages/a/a.wxml':
        '<input class="nickname" type="nickname"/><button class="locate" bindtap="locate">定位</button>',
    },
    {
      __usePrivacyCheck__: true,
      requiredPrivateInfos: ['getLocation'],
      permission: { 'scope.userLocation': { desc: '填写地址' } },
    },
  )
  const other = await startSimulator({ dist: app.dist })
  onTestFinished(() => other.close())
  onTestFinished(app.remove)
  const page = await other.launch('', { answers: { ...unread, getLocation: 'ask' } })
  const offers = async () => {
    await page.tap('.nickname')
    const count = await page.page.getByText('用微信昵称').count()
    await callWx(page, 'hideKeyboard')
    return count
  }
  expect(await offers()).toBe(0)
  expect(await dialogues(page).count()).toBe(0)
  await page.tap('.locate')
  await page.choose('我已阅读并同意')
  await page.choose('允许')
  expect(await offers()).toBe(1)
  await page.close()
})

it('a side says what it will answer, without using up its answer', async () => {
  const script = createScriptedSide({ getLocation: ['ask', 'allow'], login: () => 'ask' })
  const next = (...apis: string[]) => apis.map((api) => script.next(api, {}))
  expect(next('getLocation', 'login', 'showModal')).toEqual(['ask', 'unknown', undefined])
  expect(await script.answer('getLocation', {}, false)).toBe('ask')
  expect(next('getLocation')).toEqual(['allow'])
  const person = createPersonSide({ ...askEverything, phoneNumber: 'allow' })
  expect(person.next('getPhoneNumber', { openType: true })).toBe('allow')
  expect(person.next('getLocation', {})).toBe('ask')
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, LaunchOptions, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import { startSimulator } from './support/simulator'

const app = writeApp(
  ['pages/a/a', 'pages/b/b', 'pages/c/c'],
  {
    'pages/a/a.js': `Page({
      data: { log: '' },
      note({ type, detail }) { this.setData({ log: this.data.log + type + ' ' + (detail.errMsg || '') }) },
    })`,
    'pages/a/a.wxml': `<button class="contact" open-type="contact" bindcontact="note">客服</button>
      <button class="avatar" open-type="chooseAvatar" bindchooseavatar="note">头像</button>
      <image class="broken" src="data:image/png;base64,AAAA" binderror="note"/><text class="log">{{log}}</text>`,
    'pages/b/b.js': 'Page({})',
    'pages/b/b.wxml': '<view>b</view>',
    'pages/c/c.js': 'Page({})',
    'pages/c/c.wxml': '<view>c</view>',
  },
  {
    __usePrivacyCheck__: true,
    tabBar: {
      list: [
        { pagePath: 'pages/a/a', text: '首页' },
        { pagePath: 'pages/b/b', text: '我的' },
      ],
    },
  },
)

let simulator: Simulator
beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

async function on(options: LaunchOptions, test: (page: DrivenPage) => Promise<void>) {
  const page = await simulator.launch('', options)
  await test(page)
  await page.close()
}
const unauthorised = (api: string) => ({
  ok: false,
  result: { errMsg: `${api}:fail privacy permission is not authorized`, errno: 104 },
})

it('what is copied can be read, also after a restart, and WeChat says that it was', () =>
  on({}, async (page) => {
    expect((await callWx(page, 'getClipboardData')).result.data).toBe('')
    expect((await callWx(page, 'setClipboardData', { data: '单号' })).result.errMsg).toBe(
      'setClipboardData:ok',
    )
    expect(await page.page.locator('.simulator-toast').innerText()).toBe('内容已复制')
    await page.restart()
    expect((await callWx(page, 'getClipboardData')).result.data).toBe('单号')
    page.answer('getClipboardData', { data: '别的' })
    expect((await callWx(page, 'getClipboardData')).result.data).toBe('别的')
  }))

it('the clipboard waits for the privacy terms from base library 2.32.3', async () => {
  const answers = { requirePrivacyAuthorize: 'refuse' } as const
  await on({ answers }, async (page) => {
    for (const api of ['setClipboardData', 'getClipboardData'])
      expect(await callWx(page, api, { data: 'x' })).toEqual(unauthorised(api))
    expect(await page.page.locator('.simulator-toast').count()).toBe(0)
  })
  await on({ answers, sdkVersion: '2.32.2' }, async (page) => {
    expect((await callWx(page, 'setClipboardData', { data: 'x' })).ok).toBe(true)
  })
})

it('an avatar that the privacy terms keep back fires no event; a broken picture does', () =>
  on({ answers: { requirePrivacyAuthorize: 'refuse' } }, async (page) => {
    await page.waitFor('.log:has-text("error")')
    const before = await page.text('.log')
    await page.tap('.avatar')
    expect(await page.text('.log')).toBe(before)
  }))

it('tabs change their text, on pages of the tab bar only', () =>
  on({}, async (page) => {
    const tabs = () => page.page.locator('.simulator-tab').allInnerTexts()
    await callWx(page, 'setTabBarItem', { index: 1, text: '订单' })
    expect(await tabs()).toEqual(['首页', '订单'])
    const none = await callWx(page, 'setTabBarItem', { index: 5, text: '?' })
    expect(none.ok).toBe(false)
    await page.page.locator('.simulator-tab', { hasText: '订单' }).click()
    await page.waitFor(({ route }) => route === 'pages/b/b')
    await callWx(page, 'navigateTo', { url: '/pages/c/c' })
    const { result } = await callWx(page, 'setTabBarItem', { index: 0, text: '家' })
    expect(result.errMsg).toBe('setTabBarItem:fail not TabBar page')
  }))

it("a chat and the system's settings are pages of their own, with a way back", () =>
  on({}, async (page) => {
    const dialogue = page.page.getByRole('dialog')
    await page.page.locator('.contact').click()
    expect(await dialogue.getAttribute('aria-label')).toBe('客服会话')
    await page.back()
    expect(await dialogue.count()).toBe(0)
    const opened = callWx(page, 'openAppAuthorizeSetting')
    await page.page.getByText('系统设置').waitFor()
    await page.choose('返回')
    expect((await opened).ok).toBe(true)
    const setting = () =>
      (window as unknown as { wx: Record<string, () => object> }).wx.getAppAuthorizeSetting!()
    expect(await page.page.evaluate(setting)).toMatchObject({ locationAuthorized: 'authorized' })
  }))

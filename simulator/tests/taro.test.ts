// A small app that the real Taro has compiled: see fixtures/taroApp/README.md.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWechat, type DrivenPage, type LaunchOptions, type Simulator } from '../src'
import { startSimulator } from './support/simulator'

const dist = fileURLToPath(new URL('fixtures/taroApp/compiled', import.meta.url))
const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ dist, wechat: await wechat.start() })
})
afterAll(async () => {
  await simulator.close()
  await wechat.close()
})

/**
 * Runs a test on the app; whatever is wrong with it, or unanswered, fails the test. React draws what
 * comes from outside of its events a task later: what is read is polled.
 */
async function on(url: string, options: LaunchOptions, test: (page: DrivenPage) => Promise<void>) {
  const page = await simulator.launch(url, { person: 'lin', ...options })
  await test(page)
  await page.close()
}

it('the list shows orders, ends one, and is pulled down', () =>
  on('', {}, async (page) => {
    await expect.poll(() => page.text('.order__from')).toBe('梧桐路 8 号')
    await expect.poll(() => page.text('.times')).toBe('第 1 次，刷新 0 次')
    expect(await page.locate('.news__text').first().isVisible()).toBe(true)
    await page.tap('.order__end')
    await expect.poll(() => page.text('.order__done')).toBe('已完成')
    expect((await page.state()).route).toBe('pages/list/list')
    await page.pullDown()
    await expect.poll(() => page.text('.times')).toBe('第 1 次，刷新 1 次')
    expect((await page.state()).storage).toMatchObject({ orders: [{ id: 1, isDone: true }] })
  }))

it('a card leads to its order, and back', () =>
  on('', {}, async (page) => {
    await page.tap('.order__from')
    expect(await page.state()).toMatchObject({ route: 'pages/order/order', query: { id: '1' } })
    await expect.poll(() => page.text('.known')).toBe('梧桐路 8 号：进行中')
    await page.back()
    await expect.poll(() => page.text('.times')).toBe('第 2 次，刷新 0 次')
  }))

it('the form collects every kind of field, asks for what is missing, and adds an order', () =>
  on(
    'pages/list/list',
    { answers: { picker: [{ value: 2 }, { value: '2030-06-01' }], showModal: 'allow' } },
    async (page) => {
      await page.tap('.new')
      await page.tap('.submit')
      expect((await page.state()).route).toBe('pages/order/order')
      await page.type('.from', '湖滨路 3 号')
      await page.type('.note', '有钢琴')
      await page.tap('.car')
      await page.tap('.date')
      expect([await page.text('.car'), await page.text('.date')]).toEqual(['厢货', '2030-06-01'])
      await page.tap('.extra')
      await page.locate('.pay').nth(1).click()
      await page.tap('.lift')
      await expect.poll(() => page.text('.chosen')).toBe('打包，有电梯，1 楼，later')
      await page.tap('.submit')
      await page.waitFor(({ route }) => route === 'pages/list/list')
      expect(await page.page.locator('.order__from').allInnerTexts()).toEqual([
        '梧桐路 8 号',
        '湖滨路 3 号',
      ])
    },
  ))

it("the tab has WeChat's open types, login, files and measures", () =>
  on(
    'pages/mine/mine',
    { answers: { chooseAvatar: 'allow', getPhoneNumber: ['refuse', 'allow'] } },
    async (page) => {
      await page.tap('.avatar')
      await expect.poll(() => page.count('.picture')).toBe(1)
      await page.tap('.number')
      await expect.poll(() => page.text('.phone')).toContain('user deny')
      await page.tap('.number')
      await expect.poll(() => page.text('.phone')).toBe('有号码')
      await page.tap('.login')
      await expect.poll(() => page.text('.phone')).toBe('已登录')
      await page.tap('.keep')
      await expect.poll(() => page.text('.kept')).toBe('箱子 12 个')
      await page.tap('.measure')
      await expect.poll(() => page.text('.width')).toBe('327')
    },
  ))

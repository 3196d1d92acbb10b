import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, LaunchOptions, Simulator } from '../src'
import { wechatApp } from './support/fixture'
import { startSimulator } from './support/simulator'

let simulator: Simulator
beforeAll(async () => void (simulator = await startSimulator({ dist: wechatApp })))
afterAll(() => simulator.close())

const answers = {
  getPhoneNumber: { code: 'phone-code' },
  getRealtimePhoneNumber: { code: 'realtime-code' },
  chooseAvatar: { avatarUrl: 'wxfile://tmp_1.png' },
}
const quotaUsedUp = { getPhoneNumber: { fail: 'no quota', errno: 1400001 } }

async function on(
  { url = '', ...options }: LaunchOptions & { url?: string },
  test: (page: DrivenPage) => Promise<void>,
) {
  const page = await simulator.launch(url, options)
  await test(page)
  await page.close()
}

it.each([
  ['.avatar', '2.21.1', '2.21.2', 'tmp_1'],
  ['.realtime', '2.24.3', '2.24.4', 'realtime-code'],
  ['.combined', '2.32.2', '2.32.3', 'phone-code'],
])('%s does nothing on base library %s, and works on %s', async (button, before, since, result) => {
  await on({ answers, sdkVersion: before }, async (page) => {
    await page.tap(button)
    expect(await page.text('.log')).toBe('')
  })
  await on({ answers, sdkVersion: since }, async (page) => {
    await page.tap(button)
    expect(await page.text('.log')).toContain(result)
  })
})

it('WeChat says when the phone numbers are used up, unless a newer app forbids it', async () => {
  const url = 'pages/wechat/wechat?quotaToast=false'
  const toasts = (page: DrivenPage) => page.page.locator('.simulator-toast').count()
  await on({ answers: quotaUsedUp }, async (page) => {
    await page.tap('.phone')
    expect(await toasts(page)).toBe(1)
    expect(await page.text('.log')).toContain('"errno":1400001')
  })
  await on({ answers: quotaUsedUp, url }, async (page) => {
    await page.tap('.phone')
    expect(await toasts(page)).toBe(0)
  })
  // The attribute came with 3.0.1: an older base library does not know it.
  await on({ answers: quotaUsedUp, url, sdkVersion: '3.0.0' }, async (page) => {
    await page.tap('.phone')
    expect(await toasts(page)).toBe(1)
  })
})

it('canIUse goes by API, option, component, attribute and value', () =>
  on({ sdkVersion: '2.24.4' }, async (page) => {
    const can = (schema: string) =>
      page.page.evaluate((schema) => {
        const { wx } = window as unknown as { wx: { canIUse(schema: string): boolean } }
        return wx.canIUse(schema)
      }, schema)
    expect(await can('onThemeChange')).toBe(true)
    expect(await can('getFuzzyLocation')).toBe(false)
    expect(await can('showModal.object.editable')).toBe(true)
    expect(await can('root-portal')).toBe(false)
    expect(await can('button.open-type.getRealtimePhoneNumber')).toBe(true)
    expect(await can('button.phone-number-no-quota-toast')).toBe(false)
    expect(await can('input.bindnicknamereview')).toBe(false)
  }))

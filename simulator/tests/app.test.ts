import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type DrivenPage, type LaunchOptions, type Simulator } from '../src'
import { callWx, fixtureApp } from './support/fixture'

let simulator: Simulator

beforeAll(async () => void (simulator = await startSimulator({ dist: fixtureApp })), 30_000)
afterAll(() => simulator.close())

const life = (page: DrivenPage) =>
  page.page.evaluate(() => (window as unknown as { getApp(): { life: string[] } }).getApp().life)
const fallback = (page: DrivenPage, name: string) =>
  page.page.evaluate((name) => {
    const { wx } = window as unknown as { wx: Record<string, unknown> }
    return typeof wx[name]
  }, name)

describe('pages', () => {
  it('go through load, show, ready, hide and unload', async () => {
    const page = await simulator.launch('pages/home/home?from=%E6%89%AB')
    // Values of a query stay encoded, as in WeChat.
    expect((await page.state()).storage.life).toEqual(['load %E6%89%AB', 'show', 'ready'])
    await page.tap('.link')
    await page.waitFor(({ routes }) => routes.length === 2)
    expect((await page.state()).storage.life).toEqual(['load %E6%89%AB', 'show', 'ready', 'hide'])
    await callWx(page, 'reLaunch', { url: '/pages/net/net' })
    expect((await page.state()).storage.life).toContain('unload')
    await page.close()
  })

  it('open each other with a query and an event channel', async () => {
    const page = await simulator.launch()
    await page.tap('.item', 1)
    await page.waitFor('.choose')
    expect(await page.state()).toMatchObject({ query: { id: '2' }, title: '表单' })
    await page.tap('.choose')
    await page.waitFor('.greeting')
    expect(await page.text('.greeting')).toBe('你好，选中')
    await page.close()
  })

  it('are ten at most', async () => {
    const page = await simulator.launch('pages/form/form')
    for (let open = 1; open < 10; open += 1) {
      await page.tap('.more')
      await page.waitFor(({ routes }) => routes.length === open + 1)
    }
    await page.tap('.more')
    await page.waitFor('.submitted:has-text("fail")')
    expect(await page.text('.submitted')).toBe('navigateTo:fail webview count limit exceed')
    await callWx(page, 'navigateBack', { delta: 99 })
    expect((await page.state()).routes).toEqual(['pages/form/form'])
    await page.close()
  })

  it('of the tab bar are kept, and reached by switchTab only', async () => {
    const page = await simulator.launch()
    await page.page.locator('.simulator-tab', { hasText: '我的' }).click()
    await page.waitFor('.opened')
    await page.page.locator('.simulator-tab', { hasText: '首页' }).click()
    await page.waitFor('.greeting')
    await callWx(page, 'switchTab', { url: '/pages/tab/tab' })
    expect(await page.text('.opened')).toBe('1')
    const refused = await callWx(page, 'navigateTo', { url: '/pages/home/home' })
    expect(refused.result.errMsg).toBe('navigateTo:fail can not navigateTo a tabbar page')
    const notTab = await callWx(page, 'switchTab', { url: '/pages/net/net' })
    expect(notTab.result.errMsg).toBe('switchTab:fail can not switch to no-tabBar page')
    await page.close()
  })

  it('that do not exist are refused, and the first page has no way back', async () => {
    const page = await simulator.launch()
    const { result } = await callWx(page, 'navigateTo', { url: '/pages/none/none' })
    expect(result.errMsg).toBe('navigateTo:fail page "pages/none/none" is not found')
    expect((await callWx(page, 'navigateBack')).ok).toBe(false)
    await page.close()
  })

  it('may do without the navigation bar', async () => {
    const page = await simulator.launch('pages/deep/deep')
    const box = await page.locate('.deep').boundingBox()
    expect(box?.y).toBe(0)
    await page.close()
  })
})

describe('the app', () => {
  it('learns of start, background and return', async () => {
    const page = await simulator.launch('pages/home/home?from=qr')
    await page.background()
    await page.foreground()
    expect(await life(page)).toEqual(['launch pages/home/home qr', 'show', 'hide', 'show'])
    await page.close()
  })

  it('starts anew with the same storage after a restart', async () => {
    const page = await simulator.launch('', { storage: { kept: { deep: [1] } } })
    await callWx(page, 'setStorage', { key: 'own', data: '值' })
    await page.tap('.link')
    await page.restart()
    expect(await page.state()).toMatchObject({
      routes: ['pages/home/home'],
      storage: { kept: { deep: [1] }, own: '值' },
    })
    expect(await life(page)).toEqual(['launch pages/home/home', 'show'])
    await page.close()
  })

  it('shares no storage with another launch', async () => {
    const first = await simulator.launch('', { storage: { mine: 1 } })
    const second = await simulator.launch('pages/net/net')
    expect((await second.state()).storage).toEqual({})
    await first.close()
    await second.close()
  })

  it('sees nothing of the browser', async () => {
    const page = await simulator.launch()
    const seen = await page.page.evaluate(
      () => (window as unknown as { getApp(): { seen: string[] } }).getApp().seen,
    )
    expect(seen).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'object'])
    await page.close()
  })
})

describe('errors', () => {
  it('in a handler are collected, reported to the app, and fail the close', async () => {
    const page = await simulator.launch('pages/deep/deep')
    await page.tap('.throw')
    expect(page.errors[0]).toMatch(/坏了[\s\S]*pages\/deep\/deep\.js:5/)
    expect(await life(page)).toContain('error Error: 坏了')
    await expect(page.close()).rejects.toThrow(/did not run cleanly[\s\S]*坏了/)
  })

  it('of a promise nobody catches are collected with their errMsg', async () => {
    const page = await simulator.launch('pages/deep/deep')
    await page.tap('.reject')
    expect(page.errors).toEqual(['Unhandled promise rejection: {"errMsg":"login:fail"}'])
    await expect(page.close()).rejects.toThrow(/login:fail/)
  })

  it('are reported for answers that nobody asked for', async () => {
    const page = await simulator.launch('', { answers: { login: [{ code: 'never' }] } })
    await expect(page.close()).rejects.toThrow('answers for login were never asked for')
  })

  it('are reported for a script that throws, which the app sees as a failure', async () => {
    const login = () => {
      throw new Error('the script is broken')
    }
    const page = await simulator.launch('', { answers: { login } })
    expect((await callWx(page, 'login')).result.errMsg).toBe('login:fail the script threw')
    await expect(page.close()).rejects.toThrow(
      'the answer for login threw: Error: the script is broken',
    )
  })

  it('are no warnings', async () => {
    const page = await simulator.launch('pages/deep/deep')
    const warned = page.page.waitForEvent('console', (message) => message.type() === 'warning')
    // As uni-app's first render does: a null for a property that is declared as text.
    await page.tap('.nothing')
    expect((await warned).text()).toMatch(/received type-incompatible value.*null/i)
    expect(page.errors).toEqual([])
    await page.close()
  })
})

describe('storage', () => {
  it('keeps values by kind, and returns an empty string for what is missing', async () => {
    const page = await simulator.launch('pages/net/net')
    const read = await page.page.evaluate(() => {
      const { wx } = window as unknown as {
        wx: { setStorageSync(k: string, v: unknown): void; getStorageSync(k: string): unknown }
      }
      const values = [0, false, '', '文', { a: [1, { b: null }] }]
      return [...values, undefined].map((value, i) => {
        if (value !== undefined) wx.setStorageSync(`k${i}`, value)
        return wx.getStorageSync(`k${i}`)
      })
    })
    expect(read).toEqual([0, false, '', '文', { a: [1, { b: null }] }, ''])
    const missing = await callWx(page, 'getStorage', { key: 'none' })
    expect(missing.result.errMsg).toBe('getStorage:fail data not found')
    await page.close()
  })

  it('decrypts only when asked to', async () => {
    const page = await simulator.launch('pages/net/net')
    await callWx(page, 'setStorage', { key: 'secret', data: { token: 't' }, encrypt: true })
    const open = await callWx(page, 'getStorage', { key: 'secret', encrypt: true })
    expect(open.result.data).toEqual({ token: 't' })
    const closed = await callWx(page, 'getStorage', { key: 'secret' })
    expect(typeof closed.result.data).toBe('string')
    await page.close()
  })

  it('refuses more than 1 MB a key and 10 MB in all', async () => {
    const page = await simulator.launch('pages/net/net')
    const big = await callWx(page, 'setStorage', { key: 'big', data: 'x'.repeat(1024 * 1024) })
    expect(big.result.errMsg).toBe('setStorage:fail entry size limit reached')
    const errMsg = await page.page.evaluate(() => {
      const { wx } = window as unknown as { wx: { setStorageSync(k: string, v: unknown): void } }
      try {
        for (let i = 0; i < 11; i += 1) wx.setStorageSync(`k${i}`, 'x'.repeat(1024 * 1000))
      } catch (error) {
        return (error as Error).message
      }
      return undefined
    })
    expect(errMsg).toBe('setStorageSync:fail exceed storage max size 10Mb')
    await page.close()
  })
})

describe('wx', () => {
  it('lacks what is newer than the base library', async () => {
    const old = await simulator.launch('pages/net/net', { sdkVersion: '2.10.3' })
    expect(await fallback(old, 'getUserProfile')).toBe('undefined')
    expect(await fallback(old, 'getDeviceInfo')).toBe('undefined')
    expect(await fallback(old, 'getSystemInfoSync')).toBe('function')
    await old.close()
    const today = await simulator.launch('pages/net/net')
    expect(await fallback(today, 'getUserProfile')).toBe('function')
    await today.close()
  })

  it('knows what it can use', async () => {
    const page = await simulator.launch('pages/net/net', { sdkVersion: '2.21.1' })
    const can = (schema: string) =>
      page.page.evaluate((schema) => {
        const { wx } = window as unknown as { wx: { canIUse(schema: string): boolean } }
        return wx.canIUse(schema)
      }, schema)
    expect(await can('getUserProfile')).toBe(true)
    expect(await can('getPrivacySetting')).toBe(false)
    expect(await can('button.open-type.chooseAvatar')).toBe(false)
    expect(await can('button.open-type')).toBe(true)
    expect(await can('input.nothing')).toBe(false)
    await page.close()
  })

  it('tells which phone it is', async () => {
    const page = await simulator.launch('pages/net/net', { platform: 'android' })
    const info = await callWx(page, 'getSystemInfo')
    expect(info.result).toMatchObject({
      platform: 'android',
      SDKVersion: '3.8.0',
      windowHeight: 700,
      statusBarHeight: 32,
    })
    await page.close()
  })

  it("tells WeChat's font size, and in getAppBaseInfo from base library 2.23.4", async () => {
    const sizes = async (options: LaunchOptions) => {
      const page = await simulator.launch('pages/net/net', options)
      const bar = await page.page.locator('.simulator-navigation-bar__title').boundingBox()
      const [base, all] = await page.page.evaluate(() => {
        const { wx } = window as unknown as { wx: Record<string, () => Record<string, number>> }
        return [wx.getAppBaseInfo!(), wx.getSystemInfoSync!()]
      })
      await page.close()
      const reported = [base!.fontSizeSetting, base!.fontSizeScaleFactor, all!.fontSizeSetting]
      return { reported, bar: bar?.height }
    }
    const normal = await sizes({})
    expect(normal.reported).toEqual([16, 1, 16])
    expect(await sizes({ fontScale: 1.1 })).toEqual({
      reported: [17.6, 1.1, 17.6],
      bar: normal.bar,
    })
    const old = await sizes({ fontScale: 1.4, sdkVersion: '2.23.3' })
    expect(old.reported).toEqual([undefined, undefined, 22.4])
  })

  it('tells phone and battery, and with the battery fault throws where phones did', async () => {
    const page = await simulator.launch('pages/net/net', { hasBatteryFault: true })
    const [model, fault] = await page.page.evaluate(() => {
      const { wx } = window as unknown as { wx: Record<string, () => Record<string, string>> }
      try {
        return [wx.getDeviceInfo!().model, String(wx.getSystemInfoSync!())]
      } catch (error) {
        return [wx.getDeviceInfo!().model, String(error)]
      }
    })
    expect(model).toBe('iPhone 13 mini')
    expect(fault).toMatch(/not a valid integer\. Path 'batteryLevel'/)
    const { ok, result } = await callWx(page, 'getSystemInfo')
    expect([ok, result.errMsg]).toEqual([false, expect.stringContaining('batteryLevel')])
    expect((await callWx(page, 'getBatteryInfo')).result).toMatchObject({ level: 80 })
    page.answer('getBatteryInfo', { level: '7.5' })
    expect((await callWx(page, 'getBatteryInfo')).result).toMatchObject({ level: '7.5' })
    await page.close()
  })

  it('rejects without callbacks, and records known APIs nobody prepared', async () => {
    const page = await simulator.launch('pages/net/net', { unanswered: ['getLocation'] })
    const errMsg = await page.page.evaluate(() => {
      const { wx } = window as unknown as { wx: { getLocation(): Promise<never> } }
      return wx.getLocation().catch((error: { errMsg: string }) => error.errMsg)
    })
    expect(errMsg).toBe('getLocation:fail nothing is prepared for it in this run')
    expect(page.unanswered).toEqual(['getLocation'])
    await page.close()
  })
})

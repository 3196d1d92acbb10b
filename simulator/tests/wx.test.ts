import { describe, expect, it } from 'vitest'
import type { DrivenPage, LaunchOptions } from '../src'
import { callWx, fixtureApp } from './support/fixture'
import { usePhones } from './support/usePhones'

const phones = usePhones(fixtureApp)

const on = (test: (page: DrivenPage) => Promise<void>) => phones.on('pages/net/net', {}, test)

const fallback = (page: DrivenPage, name: string) =>
  page.page.evaluate((name) => {
    const { wx } = window as unknown as { wx: Record<string, unknown> }
    return typeof wx[name]
  }, name)

describe('storage', () => {
  it('keeps values by kind, and returns an empty string for what is missing', () =>
    on(async (page) => {
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
    }))

  it('decrypts only when asked to', () =>
    on(async (page) => {
      await callWx(page, 'setStorage', { key: 'secret', data: { token: 't' }, encrypt: true })
      const open = await callWx(page, 'getStorage', { key: 'secret', encrypt: true })
      expect(open.result.data).toEqual({ token: 't' })
      const closed = await callWx(page, 'getStorage', { key: 'secret' })
      expect(typeof closed.result.data).toBe('string')
    }))

  it('refuses more than 1 MB a key and 10 MB in all', () =>
    on(async (page) => {
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
    }))
})

describe('wx', () => {
  it('lacks what is newer than the base library', async () => {
    const old = await phones.launch('pages/net/net', { sdkVersion: '2.10.3' })
    expect(await fallback(old, 'getUserProfile')).toBe('undefined')
    expect(await fallback(old, 'getDeviceInfo')).toBe('undefined')
    expect(await fallback(old, 'getSystemInfoSync')).toBe('function')
    await old.close()
    await on(async (today) => {
      expect(await fallback(today, 'getUserProfile')).toBe('function')
    })
  })

  it('knows what it can use', async () => {
    const page = await phones.launch('pages/net/net', { sdkVersion: '2.21.1' })
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

  it('reports which phone it is', async () => {
    const page = await phones.launch('pages/net/net', { platform: 'android' })
    const info = await callWx(page, 'getSystemInfo')
    expect(info.result).toMatchObject({
      platform: 'android',
      SDKVersion: '3.8.0',
      windowHeight: 700,
      statusBarHeight: 32,
    })
    await page.close()
  })

  it("reports WeChat's font size, and in getAppBaseInfo from base library 2.23.4", async () => {
    const sizes = async (options: LaunchOptions) => {
      const page = await phones.launch('pages/net/net', options)
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

  it('reports phone and battery, and with the battery fault throws where phones did', async () => {
    const page = await phones.launch('pages/net/net', { hasBatteryFault: true })
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
    const page = await phones.launch('pages/net/net', { unanswered: ['getLocation'] })
    const errMsg = await page.page.evaluate(() => {
      const { wx } = window as unknown as { wx: { getLocation(): Promise<never> } }
      return wx.getLocation().catch((error: { errMsg: string }) => error.errMsg)
    })
    expect(errMsg).toBe('getLocation:fail nothing is prepared for it in this run')
    expect(page.unanswered).toEqual(['getLocation'])
    await page.close()
  })
})

import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { callWx, fixtureApp } from './support/fixture'
import { usePhones } from './support/usePhones'

const phones = usePhones(fixtureApp)

/** For what does not depend on the start of the app. */
const on = (url: string, test: (page: DrivenPage) => Promise<void>) => phones.on(url, {}, test)

const life = (page: DrivenPage) =>
  page.page.evaluate(() => (window as unknown as { getApp(): { life: string[] } }).getApp().life)

describe('pages', () => {
  it('go through load, show, ready, hide and unload', async () => {
    const page = await phones.launch('pages/home/home?from=%E6%89%AB')
    // Values of a query stay encoded, as in WeChat.
    expect((await page.state()).storage.life).toEqual(['load %E6%89%AB', 'show', 'ready'])
    await page.tap('.link')
    await page.waitFor(({ routes }) => routes.length === 2)
    expect((await page.state()).storage.life).toEqual(['load %E6%89%AB', 'show', 'ready', 'hide'])
    await callWx(page, 'reLaunch', { url: '/pages/net/net' })
    expect((await page.state()).storage.life).toContain('unload')
    await page.close()
  })

  it('open each other with a query and an event channel', () =>
    on('pages/home/home', async (page) => {
      await page.tap('.item', 1)
      await page.waitFor('.choose')
      expect(await page.state()).toMatchObject({ query: { id: '2' }, title: '表单' })
      await page.tap('.choose')
      await page.waitFor('.greeting')
      expect(await page.text('.greeting')).toBe('你好，选中')
    }))

  it('are ten at most', () =>
    on('pages/form/form', async (page) => {
      for (let open = 1; open < 10; open += 1) {
        await page.tap('.more')
        await page.waitFor(({ routes }) => routes.length === open + 1)
      }
      await page.tap('.more')
      await page.waitFor('.submitted:has-text("fail")')
      expect(await page.text('.submitted')).toBe('navigateTo:fail webview count limit exceed')
      await callWx(page, 'navigateBack', { delta: 99 })
      expect((await page.state()).routes).toEqual(['pages/form/form'])
    }))

  it('of the tab bar are kept, and reached by switchTab only', async () => {
    const page = await phones.launch()
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

  it('that do not exist are refused, and the first page has no way back', () =>
    on('pages/home/home', async (page) => {
      const { result } = await callWx(page, 'navigateTo', { url: '/pages/none/none' })
      expect(result.errMsg).toBe('navigateTo:fail page "pages/none/none" is not found')
      expect((await callWx(page, 'navigateBack')).ok).toBe(false)
    }))

  it('may do without the navigation bar', () =>
    on('pages/deep/deep', async (page) => {
      const box = await page.locate('.deep').boundingBox()
      expect(box?.y).toBe(0)
    }))
})

describe('the app', () => {
  it('learns of start, background and return', async () => {
    const page = await phones.launch('pages/home/home?from=qr')
    await page.background()
    await page.foreground()
    expect(await life(page)).toEqual(['launch pages/home/home qr', 'show', 'hide', 'show'])
    await page.close()
  })

  it('starts anew with the same storage after a restart', async () => {
    const page = await phones.launch('', { storage: { kept: { deep: [1] } } })
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
    const first = await phones.launch('', { storage: { mine: 1 } })
    const second = await phones.launch('pages/net/net')
    expect((await second.state()).storage).toEqual({})
    await first.close()
    await second.close()
  })

  it('sees nothing of the browser', () =>
    on('pages/home/home', async (page) => {
      const seen = await page.page.evaluate(
        () => (window as unknown as { getApp(): { seen: string[] } }).getApp().seen,
      )
      expect(seen).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'object'])
    }))
})

describe('errors', () => {
  it('in a handler and of a promise nobody catches are collected, and fail the close', async () => {
    const page = await phones.launch('pages/deep/deep')
    await page.tap('.throw')
    expect(page.errors).toEqual([expect.stringMatching(/坏了[\s\S]*pages\/deep\/deep\.js:5/)])
    expect(await life(page)).toContain('error Error: 坏了')
    await page.tap('.reject')
    expect(page.errors.slice(1)).toEqual(['Unhandled promise rejection: {"errMsg":"login:fail"}'])
    await expect(page.close()).rejects.toThrow(/did not run cleanly[\s\S]*坏了[\s\S]*login:fail/)
  })

  it('are reported for answers that nobody asked for', async () => {
    const page = await phones.launch('', { answers: { login: [{ code: 'never' }] } })
    await expect(page.close()).rejects.toThrow('answers for login were never asked for')
  })

  it('are reported for a script that throws, which the app sees as a failure', async () => {
    const login = () => {
      throw new Error('the script is broken')
    }
    const page = await phones.launch('', { answers: { login } })
    expect((await callWx(page, 'login')).result.errMsg).toBe('login:fail the script threw')
    await expect(page.close()).rejects.toThrow(
      'the answer for login threw: Error: the script is broken',
    )
  })

  it('are no warnings', () =>
    on('pages/deep/deep', async (page) => {
      const warned = page.page.waitForEvent('console', (message) => message.type() === 'warning')
      // As uni-app's first render does: a null for a property that is declared as text.
      await page.tap('.nothing')
      expect((await warned).text()).toMatch(/received type-incompatible value.*null/i)
      expect(page.errors).toEqual([])
    }))
})

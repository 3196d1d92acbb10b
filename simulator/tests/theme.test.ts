import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, LaunchOptions, Simulator } from '../src'
import { callWx, fixtureApp, wechatApp } from './support/fixture'
import { startSimulator } from './support/simulator'

let simulator: Simulator
let lightOnly: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ dist: wechatApp })
  lightOnly = await startSimulator({ dist: fixtureApp })
})
afterAll(async () => {
  await simulator.close()
  await lightOnly.close()
})

async function on(
  where: Simulator,
  options: LaunchOptions,
  test: (page: DrivenPage) => Promise<void>,
) {
  const page = await where.launch('', options)
  await test(page)
  await page.close()
}

/** A style as the browser reckons it. */
const style = (page: DrivenPage, selector: string, property: string) =>
  page.page
    .locator(selector)
    .first()
    .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), property)
const bar = (page: DrivenPage) => style(page, '#simulator-navigation-bar', 'background-color')

it('a dark phone shows the colours of theme.json, and the app learns of it', () =>
  on(simulator, { theme: 'dark' }, async (page) => {
    expect(await bar(page)).toBe('rgb(25, 25, 25)')
    expect(await style(page, '.simulator-navigation-bar__title', 'color')).toBe(
      'rgb(255, 255, 255)',
    )
    expect(await style(page, '#simulator-tab-bar', 'background-color')).toBe('rgb(25, 25, 25)')
    expect(await style(page, '.simulator-tab', 'color')).toBe('rgb(6, 173, 86)')
    expect(await style(page, ':root', '--color-scheme')).toBe('dark')
    expect((await callWx(page, 'getSystemInfo')).result.theme).toBe('dark')
  }))

it('a change while the app runs repaints the bars and fires onThemeChange', () =>
  on(simulator, {}, async (page) => {
    expect(await bar(page)).toBe('rgb(246, 246, 246)')
    await page.page.evaluate(() => window.simulator.setTheme('dark'))
    expect(await bar(page)).toBe('rgb(25, 25, 25)')
    expect(await style(page, ':root', '--color-scheme')).toBe('dark')
    expect(await page.text('.log')).toContain('theme dark')
    const reported = await page.page.evaluate(
      () => (window as unknown as { getApp(): { themes: string[] } }).getApp().themes,
    )
    expect(reported).toEqual(['app dark'])
    expect((await callWx(page, 'getSystemInfo')).result.theme).toBe('dark')
  }))

it('an app that does not say darkmode stays light, though its styles may follow the phone', () =>
  on(lightOnly, { theme: 'dark' }, async (page) => {
    expect(await bar(page)).toBe('rgb(255, 255, 255)')
    expect(await style(page, ':root', '--color-scheme')).toBe('dark')
    expect(await page.page.locator('html').getAttribute('data-theme')).toBe('light')
    expect((await callWx(page, 'getSystemInfo')).result.theme).toBeUndefined()
  }))

it('WeChat speaks its language', () =>
  on(simulator, { language: 'en', answers: { getLocation: 'ask' } }, async (page) => {
    expect((await callWx(page, 'getSystemInfo')).result.language).toBe('en')
    await page.tap('.locate')
    expect(await page.page.getByRole('dialog').innerText()).toContain('Use your location')
    await page.choose('Reject')
    expect(await page.text('.log')).toContain('auth deny')
  }))

it.each([
  ['ios', 44, 44, 'center'],
  ['android', 32, 48, 'left'],
] as const)('%s is drawn with the measures that wx reports', (platform, status, titleBar, align) =>
  on(simulator, { platform }, async (page) => {
    const { result } = await callWx(page, 'getSystemInfo')
    const pages = await page.page.locator('#simulator-pages').boundingBox()
    expect(result).toMatchObject({ statusBarHeight: status, windowHeight: pages?.height })
    expect(pages?.y).toBe(status + titleBar)
    expect(await style(page, '.simulator-navigation-bar__title', 'text-align')).toBe(align)
    const reported = await page.page.evaluate(() => {
      const { wx } = window as unknown as { wx: Record<string, () => DOMRect> }
      return wx.getMenuButtonBoundingClientRect!()
    })
    const drawn = await page.page.locator('.simulator-navigation-bar__capsule').boundingBox()
    const { left, top, width, height } = reported
    expect(drawn).toEqual({ x: left, y: top, width, height })
  }),
)

const dialogues: LaunchOptions = {
  answers: { chooseAvatar: 'ask', getPhoneNumber: 'ask' },
  // Without a stand-in no number is known.
  unanswered: ['getPhoneNumber'],
}
it('a dialogue keeps the keyboard inside, and Escape leaves it where that is allowed', () =>
  on(simulator, dialogues, async (page) => {
    const inside = () =>
      page.page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)
    const dialogue = page.page.getByRole('dialog')
    await page.tap('.avatar')
    for (let i = 0; i < 6; i += 1) {
      await page.page.keyboard.press('Tab')
      expect(await inside()).toBe(true)
    }
    await page.page.keyboard.press('Escape')
    await dialogue.waitFor({ state: 'detached' })
    await page.tap('.phone')
    await page.page.keyboard.press('Escape')
    expect(await dialogue.count()).toBe(1)
    await page.page.keyboard.press('Shift+Tab')
    await page.page.keyboard.press('Enter')
    await dialogue.waitFor({ state: 'detached' })
    await page.settle()
    expect(await page.text('.log')).toContain('getPhoneNumber:fail nothing is prepared')
  }))

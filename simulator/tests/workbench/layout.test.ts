import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWechat, startServer, type SimulatorServer } from '../../src'
import type { OpenedPage } from '../../src/driver/openPage'
import { fixtureApp } from '../support/fixture'
import { openPage } from '../support/sharedBrowser'
import { errorsOf, insidePhone, phoneOf, started } from '../support/workbench'
import { compileWorkbench } from '../support/compileWorkbench'

const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })
let server: SimulatorServer

beforeAll(compileWorkbench)
beforeAll(async () => {
  server = await startServer({
    dist: fixtureApp,
    port: 0,
    workbench: { wechat: await wechat.start() },
  })
  // The first one waits for the page to be compiled.
  await fetch(`${server.url}/workbench.js`)
})
afterAll(async () => {
  await server.close()
  await wechat.close()
})

/** One workbench for the tests of a `describe`: most of them only look at it. */
function useWorkbench(locale: string) {
  let opened: OpenedPage
  let errors: string[]
  beforeAll(async () => {
    opened = await openPage({ locale })
    errors = errorsOf(opened.page.context())
    await opened.page.goto(server.url)
    await started(opened.page)
  })
  afterEach(() => expect(errors.splice(0)).toEqual([]))
  afterAll(() => opened.close())
  return {
    get page() {
      return opened.page
    },
  }
}

const control = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function expectRoomForEveryPanel(page: Page) {
  await page.setViewportSize({ width: 320, height: 568 })
  const tabs = page.getByRole('tab')
  // Those that a wide window has no need of come with the narrow one.
  await expect.poll(() => tabs.count()).toBe(9)
  for (const tab of await tabs.all()) {
    await tab.click()
    const overflow = await page.evaluate(() => {
      const panel = document.querySelector('.workbench__panel') ?? document.documentElement
      return Math.max(
        panel.scrollWidth - panel.clientWidth,
        document.documentElement.scrollWidth - innerWidth,
      )
    })
    expect(overflow, await tab.innerText()).toBeLessThanOrEqual(0)
  }
}

describe('the workbench in Chinese', () => {
  const workbench = useWorkbench('zh-CN')

  it.each([
    [1600, 900],
    [1280, 800],
    [900, 600],
    [390, 844],
    [320, 568],
  ])('shows the whole phone and its controls at %i by %i', async (width, height) => {
    const { page } = workbench
    await insidePhone(page, () => window.simulator.open('pages/home/home'), undefined)
    await page.setViewportSize({ width, height })
    const isInside = async (selector: string) => {
      const { x, y, width: w, height: h } = (await page.locator(selector).boundingBox())!
      return x >= 0 && y >= 0 && x + w <= width && y + h <= height
    }
    const controls = ['重新启动', '清空并重启', '切到后台', '截图']
    const all = ['.phone', ...controls.map((name) => `button:text-is("${name}")`)]
    for (const selector of all) {
      await expect.poll(() => isInside(selector), { message: selector }).toBe(true)
    }
    // The mini-program still believes in its own size, and is tapped where it is seen.
    expect(await insidePhone(page, () => [innerWidth, innerHeight], undefined)).toEqual([375, 812])
    await phoneOf(page).locator('.link').click()
    await phoneOf(page).locator('.choose').waitFor()
  })

  it('has room for every panel in a narrow window', () => expectRoomForEveryPanel(workbench.page))

  it('puts phone, timeline and panels side by side at 1280 pixels', async () => {
    const { page } = workbench
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('tab', { name: '用户', exact: true }).click()
    const boxes = await Promise.all(
      ['.phone', '.workbench__timeline', '.workbench__panel'].map((selector) =>
        page.locator(selector).boundingBox(),
      ),
    )
    const [phone, timeline, panel] = boxes.map((box) => box!)
    expect(phone!.x + phone!.width).toBeLessThanOrEqual(timeline!.x)
    expect(timeline!.width).toBeGreaterThan(480)
    expect(timeline!.x + timeline!.width).toBeLessThanOrEqual(panel!.x)
  })

  it('goes through all panels by keyboard alone', async () => {
    const { page } = workbench
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.getByRole('tab', { name: '用户', exact: true }).click()
    await control(page, '截图').focus()
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
    // The timeline lies between: its buttons, and one stop for all of its items.
    for (let stops = 0; stops < 8 && (await focused()) !== '用户'; stops += 1) {
      await page.keyboard.press('Tab')
    }
    const seen = [await focused()]
    for (let others = 0; others < 6; others += 1) {
      await page.keyboard.press('ArrowRight')
      seen.push(await focused())
      const name = seen.at(-1)!
      await page.getByRole('tabpanel', { name }).waitFor()
    }
    expect(seen).toEqual(['用户', '手机', '网络', '会话', '浏览器', '存储', '问题'])
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('用户')
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('换一个同类的新用户')
  })
})

describe('the workbench in a browser that is not Chinese', () => {
  const workbench = useWorkbench('en-US')

  it('has room for every panel in a narrow window', () => expectRoomForEveryPanel(workbench.page))

  it('has room for the names of all panels in a wide window', async () => {
    const { page } = workbench
    await page.setViewportSize({ width: 1280, height: 800 })
    await expect.poll(() => page.getByRole('tab').count()).toBe(7)
    const tabs = page.getByRole('tablist')
    expect(await tabs.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  })

  it('speaks English, and Chinese when asked, also next time', async () => {
    const { page } = workbench
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await started(page)
    for (const name of ['Restart', 'Clear and restart', 'To background', 'Screenshot']) {
      await expect.poll(() => control(page, name).count()).toBe(1)
    }
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await control(page, '中文').click()
    await expect.poll(() => control(page, '重新启动').count()).toBe(1)
    await page.reload()
    await control(page, '重新启动').waitFor()
    expect(await page.title()).toBe('小程序工作台')
  })
})

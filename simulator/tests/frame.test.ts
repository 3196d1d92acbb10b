import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWechat, findBrowser, startServer, type SimulatorServer } from '../src'
import { fixtureApp } from './support/fixture'

let browser: Browser
let wechatUrl: string
let server: SimulatorServer
let context: BrowserContext
let errors: string[]
const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })
const serve = (port = 0) =>
  startServer({ dist: fixtureApp, port, workbench: { wechat: wechatUrl } })

beforeAll(async () => {
  wechatUrl = await wechat.start()
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  browser = await chromium.launch({ executablePath: await findBrowser(), args })
}, 30_000)
afterAll(async () => {
  await browser.close()
  await wechat.close()
})
beforeEach(async () => {
  server = await serve()
  context = await browser.newContext({ locale: 'zh-CN' })
  errors = []
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
})
afterEach(async () => {
  await context.close()
  await server.close()
})

const phoneOf = (page: Page) => page.frameLocator('iframe')
const started = (page: Page) => phoneOf(page).locator('html[data-started]').waitFor()
const control = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function openTab(at = context): Promise<Page> {
  const page = await at.newPage()
  await page.goto(server.url)
  await started(page)
  return page
}

/** The phone's own window, as the page has it now. */
async function insidePhone<Result>(page: Page, look: () => Result): Promise<Result> {
  await started(page)
  const frame = await (await page.$('iframe'))!.contentFrame()
  return frame!.evaluate(look)
}

/** Calls `wx` inside the phone; ends only if the host has answered this very page. */
const userInfo = (page: Page) =>
  insidePhone(page, () => {
    type GetUserInfo = (options: { success: (info: unknown) => void }) => void
    const { wx } = window as unknown as { wx: { getUserInfo: GetUserInfo } }
    return new Promise<unknown>((success) => wx.getUserInfo({ success }))
  })
const store = (page: Page) =>
  insidePhone(page, () => {
    const { wx } = window as unknown as { wx: { setStorageSync(key: string, to: string): void } }
    wx.setStorageSync('note', 'kept')
  })
const note = (page: Page) =>
  insidePhone(page, () => {
    const { wx } = window as unknown as { wx: { getStorageSync(key: string): unknown } }
    return wx.getStorageSync('note')
  })
const personOf = (page: Page) => insidePhone(page, () => window.boot.person)

it('gives each tab a mini-program of its own, of the same person with the same values', async () => {
  const [first, second] = [await openTab(), await openTab()]
  expect(await Promise.all([userInfo(first), userInfo(second)])).toHaveLength(2)
  expect(await personOf(first)).toBe(await personOf(second))
  await store(second)
  await expect.poll(() => note(first)).toBe('kept')
  await first.close()
  await second.close()
  expect(await note(await openTab())).toBe('kept')
  expect(errors).toEqual([])
})

it('tells the oldest of five tabs that it has stopped, and brings it back when asked', async () => {
  const oldest = await openTab()
  for (let others = 0; others < 4; others += 1) await openTab()
  await oldest.getByText('打开的标签页太多').waitFor()
  await control(oldest, '重新启动').click()
  await oldest.locator('#notice').waitFor({ state: 'hidden' })
  await userInfo(oldest)
})

it('keeps the stored values on a restart, and clears them when asked', async () => {
  const page = await openTab()
  const restartBy = async (name: string) => {
    const before = await phoneOf(page).locator('html').elementHandle()
    await control(page, name).click()
    await expect.poll(() => before!.isVisible().catch(() => false)).toBe(false)
  }
  await store(page)
  await restartBy('重新启动')
  expect(await note(page)).toBe('kept')
  await restartBy('清空存储并重启')
  expect(await note(page)).toBe('')
  expect(errors).toEqual([])
})

it('becomes a new person in every tab, with nothing stored', async () => {
  const [page, other] = [await openTab(), await openTab()]
  await store(page)
  const before = await personOf(page)
  await control(page, '换一个新用户').click()
  await expect.poll(() => personOf(page).catch(() => before)).not.toBe(before)
  const now = await personOf(page)
  expect(await note(page)).toBe('')
  await expect.poll(() => personOf(other).catch(() => before)).toBe(now)
  expect(errors).toEqual([])
})

it('becomes a person whose unionid the code does not bring, and stays it on reload', async () => {
  const page = await openTab()
  const select = page.locator('#kind')
  await select.selectOption({ label: '没有 unionid 的用户' })
  await expect.poll(() => personOf(page).catch(() => 'visitor')).not.toBe('visitor')
  await page.reload()
  const code = await insidePhone(page, () => {
    type Login = (options: { success: (result: { code: string }) => void }) => void
    const { wx } = window as unknown as { wx: { login: Login } }
    return new Promise<string>((resolve) => wx.login({ success: ({ code }) => resolve(code) }))
  })
  const query = `appid=wx0123456789abcdef&secret=secret&grant_type=authorization_code&js_code=${code}`
  const answer = await fetch(`${wechatUrl}/sns/jscode2session?${query}`)
  const login = (await answer.json()) as object
  expect(Object.keys(login).sort()).toEqual(['openid', 'session_key'])
  expect(await select.inputValue()).toBe('encrypted')
})

it('says that the server has stopped, and comes back with it', async () => {
  const page = await openTab()
  await store(page)
  const port = Number(new URL(server.url).port)
  await server.close()
  const notice = page.getByText('服务已停止，请在终端重新运行 npm start')
  await notice.waitFor()
  const failed = await insidePhone(page, () => {
    type Login = (options: { fail: (error: { errMsg: string }) => void }) => void
    const { wx } = window as unknown as { wx: { login: Login } }
    return new Promise((resolve) => wx.login({ fail: ({ errMsg }) => resolve(errMsg) }))
  })
  expect(failed).toBe('login:fail the simulator does not answer')
  // The browser itself prints refused connections; nothing else may be there.
  const own = errors.filter((text) => !/net::ERR_/.test(text))
  expect(own).toEqual([])
  server = await serve(port)
  await notice.waitFor({ state: 'hidden', timeout: 15_000 })
  await expect.poll(() => userInfo(page).catch(() => undefined)).toBeDefined()
  expect(await note(page)).toBe('kept')
}, 30_000)

it.each([
  [1366, 650],
  [1200, 900],
  [390, 844],
  [320, 480],
])('shows the whole phone and all controls at %i by %i', async (width, height) => {
  const page = await openTab()
  await page.setViewportSize({ width, height })
  const isInside = async (selector: string) => {
    const { x, y, width: w, height: h } = (await page.locator(selector).boundingBox())!
    return x >= 0 && y >= 0 && x + w <= width && y + h <= height
  }
  for (const selector of ['.phone', '#restart', '#clear', '#newcomer', '#kind']) {
    await expect.poll(() => isInside(selector), { message: selector }).toBe(true)
  }
  // The mini-program still believes in its own size, and is tapped where it is seen.
  expect(await insidePhone(page, () => [innerWidth, innerHeight])).toEqual([375, 812])
  await phoneOf(page).locator('.link').click()
  await phoneOf(page).locator('.choose').waitFor()
})

it('labels its controls in English where the browser is not Chinese', async () => {
  const english = await browser.newContext({ locale: 'en-US' })
  const page = await openTab(english)
  for (const name of ['Restart', 'Clear storage and restart', 'New user']) {
    expect(await control(page, name).count()).toBe(1)
  }
  expect(await control(page, 'Restart').getAttribute('title')).toBe('重新启动')
  expect(await page.locator('#kind option').allInnerTexts()).toEqual([
    'Ordinary user',
    'User without unionid',
  ])
  await english.close()
})

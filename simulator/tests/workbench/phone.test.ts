import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWechat, startServer, type SimulatorServer } from '../../src'
import type { OpenedPage } from '../../src/driver/openPage'
import { fixtureApp } from '../support/fixture'
import { openPage } from '../support/sharedBrowser'
import {
  errorsOf,
  insidePhone,
  openPanel,
  phoneOf,
  started,
  store,
  visitSent,
} from '../support/workbench'
import { compileWorkbench } from '../support/compileWorkbench'

let wechatUrl: string
let server: SimulatorServer
let opened: OpenedPage
let errors: string[]
const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })
const serve = (port = 0) =>
  startServer({ dist: fixtureApp, port, workbench: { wechat: wechatUrl } })

beforeAll(compileWorkbench)
beforeAll(async () => {
  wechatUrl = await wechat.start()
})
afterAll(async () => {
  await wechat.close()
})
beforeEach(async () => {
  server = await serve()
  // The first one waits for the page to be compiled.
  await fetch(`${server.url}/workbench.js`)
  opened = await openPage({ locale: 'zh-CN' })
  errors = errorsOf(opened.page.context())
})
afterEach(async () => {
  await opened.close()
  await server.close()
})

/** Another tab beside the first one. */
const openAnother = async () => openTab(await opened.page.context().newPage())

const control = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function openTab(page = opened.page): Promise<Page> {
  await page.goto(server.url)
  await started(page)
  return page
}

/** Calls `wx` inside the phone; ends only if the host has answered this very page. */
const userInfo = (page: Page) =>
  insidePhone(
    page,
    () => {
      type GetUserInfo = (options: { success: (info: unknown) => void }) => void
      const { wx } = window as unknown as { wx: { getUserInfo: GetUserInfo } }
      return new Promise<unknown>((success) => wx.getUserInfo({ success }))
    },
    undefined,
  )
const note = (page: Page) =>
  insidePhone(
    page,
    () => {
      const { wx } = window as unknown as { wx: { getStorageSync(key: string): unknown } }
      return wx.getStorageSync('note')
    },
    undefined,
  )
const personOf = (page: Page) => insidePhone(page, () => window.boot.person, undefined)

it('runs a mini-program of its own in each tab, of the same person with the same values', async () => {
  const [first, second] = [await openTab(), await openAnother()]
  expect(await Promise.all([userInfo(first), userInfo(second)])).toHaveLength(2)
  expect(await personOf(first)).toBe(await personOf(second))
  await store(second, 'note', 'kept')
  await expect.poll(() => note(first)).toBe('kept')
  for (const tab of [first, second]) await tab.goto('about:blank')
  expect(await note(await openAnother())).toBe('kept')
  expect(errors).toEqual([])
})

it('shows in the oldest of five tabs that it has stopped, and restarts it on request', async () => {
  const oldest = await openTab()
  for (let others = 0; others < 4; others += 1) await openAnother()
  await oldest.getByText('打开的标签页太多').waitFor()
  await control(oldest, '重新启动').click()
  await oldest.getByText('打开的标签页太多').waitFor({ state: 'hidden' })
  await userInfo(oldest)
})

it('keeps the stored values on a restart, and clears them when asked', async () => {
  const page = await openTab()
  const restartBy = async (name: string) => {
    const before = await phoneOf(page).locator('html').elementHandle()
    await control(page, name).click()
    await expect.poll(() => before!.isVisible().catch(() => false)).toBe(false)
  }
  await store(page, 'note', 'kept')
  await restartBy('重新启动')
  expect(await note(page)).toBe('kept')
  await restartBy('清空并重启')
  expect(await note(page)).toBe('')
  expect(errors).toEqual([])
})

it('becomes a new person in every tab, with nothing stored', async () => {
  const [page, other] = [await openTab(), await openAnother()]
  await store(page, 'note', 'kept')
  const before = await personOf(page)
  await control(page, '换一个同类的新用户').click()
  await expect.poll(() => personOf(page).catch(() => before)).not.toBe(before)
  const now = await personOf(page)
  expect(await note(page)).toBe('')
  await expect.poll(() => personOf(other).catch(() => before)).toBe(now)
  expect(errors).toEqual([])
})

it('becomes a person whose unionid the code does not bring, and stays it on reload', async () => {
  const page = await openTab()
  const before = await personOf(page)
  await control(page, '没有 unionid').click()
  await expect.poll(() => personOf(page).catch(() => before)).not.toBe(before)
  await page.reload()
  const code = await insidePhone(
    page,
    () => {
      type Login = (options: { success: (result: { code: string }) => void }) => void
      const { wx } = window as unknown as { wx: { login: Login } }
      return new Promise<string>((resolve) => wx.login({ success: ({ code }) => resolve(code) }))
    },
    undefined,
  )
  const query = `appid=wx0123456789abcdef&secret=secret&grant_type=authorization_code&js_code=${code}`
  const answer = await fetch(`${wechatUrl}/sns/jscode2session?${query}`)
  const login = (await answer.json()) as object
  expect(Object.keys(login).sort()).toEqual(['openid', 'session_key'])
  await expect.poll(() => control(page, '没有 unionid').getAttribute('aria-pressed')).toBe('true')
})

it('says that the server has stopped, and comes back with it', async () => {
  const page = await openTab()
  await store(page, 'note', 'kept')
  const port = Number(new URL(server.url).port)
  await server.close()
  const notice = page.getByText('服务已停止，请在终端重新运行 npm start')
  await notice.waitFor()
  const failed = await insidePhone(
    page,
    () => {
      type Login = (options: { fail: (error: { errMsg: string }) => void }) => void
      const { wx } = window as unknown as { wx: { login: Login } }
      return new Promise((resolve) => wx.login({ fail: ({ errMsg }) => resolve(errMsg) }))
    },
    undefined,
  )
  expect(failed).toBe('login:fail the simulator does not answer')
  // The browser itself prints refused connections; nothing else may be there.
  const own = errors.filter((text) => !/net::ERR_/.test(text))
  expect(own).toEqual([])
  server = await serve(port)
  await notice.waitFor({ state: 'hidden' })
  await expect.poll(() => userInfo(page).catch(() => undefined)).toBeDefined()
  expect(await note(page)).toBe('kept')
})

it('shows the error in place of the phone where nothing can be started, and tries again', async () => {
  const page = await openTab()
  const error = 'pages/home/home.wxml: unexpected end of tag'
  await page.route('**/phone', (route) => route.fulfill({ status: 422, json: { error } }))
  await control(page, '重新启动').click()
  await page.getByRole('alert').getByText(error).waitFor()
  await expect.poll(() => page.locator('iframe').count()).toBe(0)
  await page.unroute('**/phone')
  await control(page, '重试').click()
  await started(page)
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  // The browser itself prints answers of 422.
  expect(errors.filter((text) => !text.includes('422'))).toEqual([])
})

it('saves a picture of the phone in the phone’s own size', async () => {
  const page = await openTab()
  const saving = page.waitForEvent('download')
  await control(page, '截图').click()
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/^pages-home-home-\d{8}-\d{6}\.png$/)
  const picture = await readFile(await download.path())
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([750, 1624])
  // Of a white picture, the compressed data are a few kB.
  expect(picture.length).toBeGreaterThan(20_000)
  expect(errors).toEqual([])
})

it('saves pictures, and no excuse, where somebody presses the button twice', async () => {
  const page = await openTab()
  let downloads = 0
  page.on('download', () => (downloads += 1))
  await control(page, '截图').dblclick()
  await expect.poll(() => downloads).toBe(2)
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
})

it('saves a picture of a phone that could not start, and starts it anew for another theme', async () => {
  const page = await openTab()
  const broken = { contentType: 'text/javascript', body: 'window.packedApp = { pages: [] }' }
  await page.route(/\/app-[0-9a-f]+\.js$/, (route) => route.fulfill(broken))
  await control(page, '重新启动').click()
  await phoneOf(page).getByText('这个小程序没有启动').waitFor()
  const saving = page.waitForEvent('download')
  await control(page, '截图').click()
  expect((await saving).suggestedFilename()).toMatch(/^phone-\d{8}-\d{6}\.png$/)
  await page.unroute(/\/app-[0-9a-f]+\.js$/)
  await openPanel(page, '手机')
  await visitSent(page, () => page.getByRole('radio', { name: '深色' }).check())
})

it('sends the app to the background and back', async () => {
  const page = await openTab()
  const life = () =>
    insidePhone(page, () => window.simulator.state().storage.life as string[], undefined)
  await control(page, '切到后台').click()
  await page.getByText('在后台').waitFor()
  expect((await life()).at(-1)).toBe('hide')
  await control(page, '回到前台').click()
  await control(page, '切到后台').click()
  await page.getByText('在后台').waitFor()
  expect((await life()).slice(-3)).toEqual(['hide', 'show', 'hide'])
})

it('obeys nobody but the workbench around it', async () => {
  const page = await openTab()
  const life = () =>
    insidePhone(page, () => window.simulator.state().storage.life as string[], undefined)
  // From the phone's own window, and from a window of another site that the phone has not around it.
  await insidePhone(page, () => window.postMessage({ do: 'hide' }, '*'), undefined)
  await page.evaluate(async () => {
    const other = document.createElement('iframe')
    other.srcdoc = `<script>parent.frames[0].postMessage({ do: 'hide' }, '*')</script>`
    const loaded = new Promise((resolve) => other.addEventListener('load', resolve))
    document.body.append(other)
    await loaded
  })
  await control(page, '切到后台').click()
  await page.getByText('在后台').waitFor()
  expect((await life()).filter((event) => event === 'hide')).toHaveLength(1)
  expect(errors).toEqual([])
})

it('has the phone’s back, which leaves the app from its first page', async () => {
  const page = await openTab()
  const state = () => insidePhone(page, () => window.simulator.state(), undefined)
  const opens = () =>
    insidePhone(
      page,
      () => {
        const { wx } = window as unknown as {
          wx: Record<string, (options: object) => Promise<void>>
        }
        return wx.navigateTo!({ url: '/pages/net/net' })
      },
      undefined,
    )
  await opens()
  expect((await state()).routes).toHaveLength(2)
  await control(page, '返回').click()
  await expect.poll(async () => (await state()).routes).toHaveLength(1)
  await control(page, '返回').click()
  await page.getByText('在后台').waitFor()
  await expect.poll(() => control(page, '返回').isDisabled()).toBe(true)
  await control(page, '回到前台').click()
  await expect.poll(() => control(page, '返回').isEnabled()).toBe(true)
})

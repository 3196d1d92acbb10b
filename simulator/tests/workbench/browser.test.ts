import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWechat, startServer, type SimulatorServer, type WorkbenchOptions } from '../../src'
import type { OpenedPage } from '../../src/driver/openPage'
import { fixtureApp, serveHttp } from '../support/fixture'
import { openPage } from '../support/sharedBrowser'
import { errorsOf, insidePhone, openPanel, started, visitSent } from '../support/workbench'
import { compileWorkbench } from '../support/compileWorkbench'

const app = { appid: 'wx0123456789abcdef', secret: 'secret' }
const wechat = createWechat({ appId: app.appid, appSecret: app.secret })
let wechatUrl: string
let h5: { url: string; close(): Promise<void> }
let server: SimulatorServer
let opened: OpenedPage
let page: Page
let errors: string[]

beforeAll(compileWorkbench)
beforeAll(async () => {
  wechatUrl = await wechat.start()
  h5 = await serveHttp((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(
      '<h1 id="h5">H5</h1><p id="width"></p><script>width.textContent = innerWidth</script>',
    )
  })
})
afterAll(async () => {
  await h5.close()
  await wechat.close()
})

async function open(workbench: WorkbenchOptions = {}, width = 1440) {
  server = await startServer({ dist: fixtureApp, workbench: { wechat: wechatUrl, ...workbench } })
  await fetch(`${server.url}/workbench.js`)
  opened = await openPage({ locale: 'en-US', viewport: { width, height: 800 } })
  page = opened.page
  errors = errorsOf(page.context())
  await page.goto(server.url)
  await started(page)
  await openPanel(page, 'Browser')
}
afterEach(async () => {
  expect(errors.splice(0)).toEqual([])
  await opened.close()
  await server.close()
})

async function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(wechatUrl + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** As a backend has a code made. */
async function makeCode(scene: string): Promise<void> {
  const credentials = { grant_type: 'client_credential', ...app }
  const token = (await (await post('/cgi-bin/stable_token', credentials)).json()) as {
    access_token: string
  }
  const code = { scene, page: 'pages/deep/deep', check_path: false }
  const made = await post(`/wxa/getwxacodeunlimit?access_token=${token.access_token}`, code)
  expect(made.headers.get('content-type')).toBe('image/png')
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const panel = () => page.getByRole('tabpanel')
const phone = () =>
  insidePhone(
    page,
    () => {
      const { wx } = window as unknown as { wx: { getEnterOptionsSync(): { scene: number } } }
      const { routes, query } = window.simulator.state()
      return { routes, query, scene: wx.getEnterOptionsSync().scene }
    },
    undefined,
  )

describe('text messages and codes', () => {
  beforeEach(() => open())

  it('shows the text messages of all phones, the newest first', async () => {
    await panel().getByText('None has been sent yet.').waitFor()
    await post('/_control/sms', { phone: '13900000001', code: '123456', purpose: 'login' })
    await post('/_control/sms', { phone: '13900000002', code: '654321', purpose: 'bind' })
    await panel().getByText('654321').waitFor()
    await expect
      .poll(() => panel().locator('.browser__messages strong').allInnerTexts())
      .toEqual(['654321', '123456'])
  })

  it('scans the newest code with the phone on which the app runs, or does not', async () => {
    await expect.poll(() => button('Scan with the phone').isDisabled()).toBe(true)
    await makeCode('older')
    await makeCode('newest')
    await panel()
      .getByText(/for pages\/deep\/deep/)
      .waitFor()
    await expect.poll(() => button('Scan with the phone').isEnabled()).toBe(true)
    await button('Scan with the phone').click()
    const entered = { routes: ['pages/deep/deep'], query: { scene: 'newest' }, scene: 1047 }
    await expect.poll(phone).toEqual(entered)

    const visit = await visitSent(page, () => button('Close the app, then scan').click())
    expect(visit).toMatchObject({ code: { page: 'pages/deep/deep', scene: 'newest' } })
    await expect.poll(phone).toEqual(entered)
    // The code is for that start only.
    const restarted = await visitSent(page, () => button('Restart').click())
    expect(restarted).not.toHaveProperty('code')
  })

  it('says where there is no page for a browser', async () => {
    await panel()
      .getByText(/Open your own app's H5 page in another tab/)
      .waitFor()
    await expect.poll(() => page.locator('.browser-page').count()).toBe(0)
  })
})

describe('the page in a browser', () => {
  const inPage = () => page.frameLocator('.browser-page iframe')

  it.each([
    ['in place of the timeline', 1440],
    ['in the panel', 1000],
  ])('is beside the phone, %s, as wide as on a computer', async (_, width) => {
    await open({ h5: () => Promise.resolve(h5.url) }, width)
    await inPage().locator('#h5').waitFor()
    await expect.poll(() => inPage().locator('#width').innerText()).toBe('1280')
    const box = await page.locator('.browser-page iframe').boundingBox()
    expect(box!.x + box!.width).toBeLessThanOrEqual(width)
  })

  it('stays open while another panel is looked at', async () => {
    await open({ h5: () => Promise.resolve(h5.url) })
    await inPage()
      .locator('#h5')
      .evaluate((heading) => (heading.textContent = 'kept'))
    await openPanel(page, 'Network')
    await expect.poll(() => page.locator('.browser-page').isVisible()).toBe(false)
    await openPanel(page, 'Browser')
    await expect.poll(() => inPage().locator('#h5').innerText()).toBe('kept')
  })

  it('is compiled when it is first asked for, and again after that has failed', async () => {
    let asked = 0
    const compile = () => {
      asked += 1
      return asked === 1
        ? Promise.reject(new Error('it does not compile'))
        : Promise.resolve(h5.url)
    }
    await open({ h5: compile })
    await inPage().getByText('it does not compile').waitFor()
    errors = errors.filter((error) => !error.includes('500'))
    const answer = await fetch(`${server.url}/h5`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toBe(h5.url)
    expect(asked).toBe(2)
    await expect.poll(() => errors.splice(0)).toEqual([])
  })
})

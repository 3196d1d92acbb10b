import fs from 'node:fs'
import path from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findBrowser, startServer, type SimulatorServer } from '../../src'
import { hang } from '../../src/driver/drivenPage'
import { writeApp } from '../support/appFiles'
import { compileWorkbench } from '../support/compileWorkbench'
import { hasIpv6 } from '../support/ipv6'
import { phoneOf } from '../support/workbench'

const home = 'pages/home/home'
/** No loop that is watched: each microtask begins the next. */
const endless = `function again() { Promise.resolve().then(again) }
Page({ onLoad() { wx.setStorageSync('at', 'onLoad'); setTimeout(again, 0) } })`

const app = writeApp([home], {
  [`${home}.js`]: endless,
  [`${home}.wxml`]: '<view class="well">好的</view>',
})
let server: SimulatorServer
let browser: Browser

beforeAll(compileWorkbench)
beforeAll(async () => {
  server = await startServer({ dist: app.dist, workbench: {} })
  await fetch(`${server.url}/workbench.js`)
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    // Chrome isolates sites by itself on computers; not so the browser that tests drive.
    args: ['--no-sandbox', '--disable-gpu', '--site-per-process'],
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
  app.remove()
})

it.for(['127.0.0.1', 'localhost', '[::1]'])(
  'an app that never ends a task leaves the workbench at %s usable, and can be restarted',
  async (host, { skip }) => {
    skip(host === '[::1]' && !hasIpv6, 'this machine has no IPv6')
    fs.writeFileSync(path.join(app.dist, `${home}.js`), endless)
    const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(hang)
    // The phone never tells that it has loaded.
    await page.goto(server.url.replace('127.0.0.1', host), { waitUntil: 'commit' })
    await page.locator('.phone iframe').waitFor({ state: 'attached' })
    await page.getByRole('tab', { name: 'Storage' }).click()
    await page.getByText('onLoad').waitFor()
    await page.getByRole('tab', { name: 'Network' }).click()
    await page.getByRole('checkbox', { name: 'Offline' }).check()

    fs.writeFileSync(path.join(app.dist, `${home}.js`), 'Page({})')
    await page.getByRole('button', { name: 'Restart', exact: true }).click()
    await phoneOf(page).locator('.well').waitFor()
    await expect.poll(() => page.getByRole('checkbox', { name: 'Offline' }).isChecked()).toBe(true)
    await page.close()
  },
)

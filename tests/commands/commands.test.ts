import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '@watchword/simulator'
import { chromium, type Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test as anywhere } from 'vitest'
import { writeApp } from '../../simulator/tests/support/appFiles'
import { anyFreePort, takePort } from '../support/ports'
import { dayFromNow } from '../e2e/support/world'
import { killScripts, startScript } from './support/npmScript'

/** Signals to a group of processes are POSIX. */
const test = anywhere.skipIf(process.platform === 'win32')

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchword-commands-'))
})
afterEach(async () => {
  await killScripts()
  rmSync(dataDir, { recursive: true, force: true })
})

const start = (script: string, env: Record<string, string>, until: RegExp) =>
  startScript(script, { env: { DATA_DIR: dataDir, ...env }, until })

const refuses = (address: string) =>
  expect(fetch(address)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })

/** Opens the address in a browser and fails on any console error. */
async function visit(address: string, run: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(address)
    await run(page)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
  }
}

// Compiles the app and drives a browser through it; the limit is that of a hang.
test(
  'npm start opens the mini-program in any browser, and Ctrl-C ends it all',
  { timeout: 300_000 },
  async () => {
    const ports = [await anyFreePort(), await anyFreePort(), await anyFreePort()].map(String)
    const { address, lines, interrupt } = await start(
      'start',
      { PORT: ports[0]!, WECHAT_PORT: ports[1]!, SIMULATOR_PORT: ports[2]! },
      /open (http\S+)/,
    )
    await visit(address, async (page) => {
      const phone = page.frameLocator('iframe')
      await phone.locator('.service').first().waitFor()

      // A person answers WeChat's dialogues by hand.
      await phone.locator('.service__book').first().click()
      await phone.locator('#name input').fill('林小舟')
      await phone.locator('#phone input').fill('15400001234')
      await phone.locator('#address input').fill('梧桐路 8 号 2 栋 301')
      await phone.locator('#date').click()
      await phone.locator('input[type=date]').fill(dayFromNow(7))
      await phone.getByText('确定', { exact: true }).click()
      await phone.locator('#submit').click()
      await phone.locator('.auth-sheet__allow').click()
      await phone.getByText('不允许', { exact: true }).click()
      await phone.locator('.auth-sheet__error').waitFor()
      await phone.locator('.auth-sheet__allow').click()
      await phone.getByText('允许', { exact: true }).click()
      await phone.locator('.booking-done').waitFor()
    })
    expect(lines.filter((line) => /warn|taken/i.test(line))).toEqual([])
    await interrupt()
    await refuses(address)
    await refuses(`http://127.0.0.1:${ports[0]}`)
    await refuses(`http://127.0.0.1:${ports[1]}`)
  },
)

test('npm start -- --dist opens an app of the reader’s own, whose logins the backend knows', async () => {
  const port = await anyFreePort()
  const app = writeApp(['pages/own/own'], {
    'pages/own/own.wxml': '<view class="login" bindtap="login">{{status}}</view>',
    'pages/own/own.js': `Page({
      data: { status: 'log in' },
      login() {
        wx.login({ success: ({ code }) => wx.request({
          url: 'http://127.0.0.1:${port}/auth/login', method: 'POST', data: { code },
          success: ({ statusCode }) => this.setData({ status: 'answered ' + statusCode }),
        }) })
      },
    })`,
  })
  try {
    const { address, lines, interrupt } = await start(
      `start -- --dist ${app.dist}`,
      { PORT: String(port), WECHAT_PORT: '0', SIMULATOR_PORT: '0' },
      /open (http\S+)/,
    )
    await visit(address, async (page) => {
      const phone = page.frameLocator('iframe')
      await phone.locator('.login').click()
      await phone.getByText('answered 200').waitFor()
    })
    expect(lines.join('\n')).not.toMatch(/compiling the mini-program/)
    await interrupt()
  } finally {
    app.remove()
  }
})

test.each([
  ['no-such-folder', /no-such-folder: there is no such directory$/],
  ['.', /app\.json: not found in .*: this is the source of a uni-app/],
])('npm start -- --dist refuses %s before anything is started', async (folder, line) => {
  await expect(start(`start -- --dist ${folder}`, {}, /never/)).rejects.toMatchObject({
    code: 1,
    message: expect.stringMatching(line),
  })
  expect(readdirSync(dataDir)).toEqual([])
})

test('npm run backend says which port is taken and picks the next', async () => {
  const { port, server } = await takePort()
  try {
    const { lines, address, interrupt } = await start(
      'backend',
      { PORT: String(port), WECHAT_PORT: '0' },
      /backend: +(http\S+)/,
    )
    expect(lines).toContain(`port ${port} is taken, trying ${port + 1}`)
    expect((await fetch(`${address}/services`)).status).toBe(200)
    await interrupt()
    await refuses(address)
  } finally {
    server.close()
  }
})

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a port, 0 to 65535'],
  [{ USER_INFO_POLICY: 'everything' }, 'USER_INFO_POLICY must be unionid or profile'],
])('npm run backend refuses %o with one line', async (environment, line) => {
  await expect(start('backend', environment, /never/)).rejects.toMatchObject({
    code: 1,
    message: expect.stringMatching(line),
  })
})

test('npm run backend -- --devtools takes the login codes of WeChat DevTools', async () => {
  for (const [script, status] of [
    ['backend -- --devtools', 200],
    ['backend', 401],
  ] as const) {
    const { address, interrupt } = await start(
      script,
      { PORT: '0', WECHAT_PORT: '0' },
      /backend: +(http\S+)/,
    )
    const response = await fetch(`${address}/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code: 'issued-by-wechat-itself' }),
    })
    expect(response.status).toBe(status)
    await interrupt()
  }
})

test('npm run backend listens where HOST says, for phones on the same network', async () => {
  const env = { PORT: '0', WECHAT_PORT: '0', HOST: '0.0.0.0' }
  const { address, interrupt } = await start('backend', env, /backend: +(http\S+)/)
  expect(address).toMatch(/^http:\/\/0\.0\.0\.0:/)
  expect((await fetch(`${address}/services`)).status).toBe(200)
  await interrupt()
})

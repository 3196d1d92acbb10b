// The package in a browser, served while it is developed and built: the app and the components share one copy.
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { findBrowser } from '@watchword/simulator'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { serveFiles } from '../../scripts/serveFiles'
import { messages } from '../../src/auth/errors'
import { createFreshApp, type FreshApp } from './support/freshApp'

let backend: Server
let apiBase: string
let app: FreshApp
let browser: Browser
let files: Awaited<ReturnType<typeof serveFiles>> | undefined
beforeAll(async () => {
  backend = createServer(askForPhoneNumber).listen(0, '127.0.0.1')
  await once(backend, 'listening')
  apiBase = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
  app = await createFreshApp(inject('built').tarball)
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => {
  await browser?.close()
  await app?.remove()
  files?.close()
  backend.close()
  backend.closeAllConnections()
})

/** Every request needs a phone number, which no browser can supply. */
const askForPhoneNumber: Parameters<typeof createServer>[1] = (request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Allow-Headers', '*')
  response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate')
  if (request.method === 'OPTIONS') return response.writeHead(204).end()
  response.writeHead(401, { 'WWW-Authenticate': 'getPhoneNumber' }).end()
}

/** Where the browser loads scripts of the package from. */
function recordScripts(page: Page): Set<string> {
  const found = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.includes('/watchword') && pathname.endsWith('.js')) found.add(pathname)
  })
  return found
}

async function open(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  page.setDefaultTimeout(60_000)
  // uni-h5's stylesheet loads a picture from DCloud's servers.
  await page.route(/^https:/, (route) => route.fulfill({ status: 204 }))
  return page
}

/** Books where a sheet is, then from a page without one, and declines both prompts. */
async function declineTwice(page: Page, address: string): Promise<void> {
  await page.goto(`${address}#/pages/entries/entries`)
  await page.locator('.platform').waitFor()
  // Vite knows every entry by now: during a second visit it reloads nothing.
  await page.goto('about:blank')
  await page.goto(`${address}#/pages/entries/entries`)
  await page.locator('.book').click()
  await page.locator('.auth-sheet__cancel').click()
  await page.locator('.auth-sheet').waitFor({ state: 'detached' })
  expect(page.url()).toContain('/entries')
  await page.locator('.leave').click()
  await page.waitForURL('**/pages/plain/plain')
  await page.locator('.book:visible').click()
  await page.waitForURL('**/pages/prompt/prompt')
  await page.locator('.auth-sheet__cancel:visible').click()
  await page.waitForURL('**/pages/plain/plain')
}

test('while the app is developed, Vite serves one copy to the app and the components', async () => {
  const page = await open()
  const scripts = recordScripts(page)
  await declineTwice(page, await app.serve(apiBase))
  const bundled = '/node_modules/.vite/deps/watchword'
  expect([...scripts].sort()).toEqual(
    ['.js', '_adapters.js', '_forms.js', '_host.js'].map((rest) => bundled + rest),
  )
  await page.close()
})

test('once built, the app and the components have one copy, without texts for developers', async () => {
  const dist = await app.build('h5', apiBase)
  const folder = join(dist, 'assets')
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const built = (
    await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')))
  ).join('\n')
  expect(built.match(/Symbol\("watchword"\)/g)).toHaveLength(1)
  expect(built).not.toContain('process.env.UNI_PLATFORM')
  expect(built).not.toContain(messages.prompt_cancelled)
  files = await serveFiles(dist)
  const page = await open()
  await declineTwice(page, files.url)
  await page.close()
})

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findBrowser } from '@watchword/simulator'
import { chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** A backend of which every request needs a phone number, which no browser can supply. */
export async function startAskingBackend(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*')
    response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate')
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    response.writeHead(401, { 'WWW-Authenticate': 'getPhoneNumber' }).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A browser whose pages are as large as a phone, and load nothing from elsewhere. */
export async function launchPhoneBrowser() {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  return {
    async open(): Promise<Page> {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
      page.setDefaultTimeout(60_000)
      // uni-h5's stylesheet loads a picture from DCloud's servers.
      await page.route(/^https:/, (route) => route.fulfill({ status: 204 }))
      return page
    },
    close: () => browser.close(),
  }
}

/** Books where a sheet is, then from a page without one, and declines both prompts. */
export async function declineTwice(page: Page, address: string, promptPage: string): Promise<void> {
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
  await page.waitForURL(`**${promptPage}`)
  await page.locator('.auth-sheet__cancel:visible').click()
  await page.waitForURL('**/pages/plain/plain')
}

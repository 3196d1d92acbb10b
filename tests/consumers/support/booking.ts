import { randomUUID } from 'node:crypto'
import { startSimulator } from '@watchword/simulator'
import type { Browser, Page, Route } from 'playwright-core'
import { expect } from 'vitest'
import type { Stack } from '../../../scripts/stack'

/**
 * Books in the browser as somebody who is signed in, and declines the sheet. No browser can give the number.
 * @returns the scripts of the package that the page loaded
 */
export async function declineInBrowser(
  browser: Browser,
  address: string,
  { backend, wechatUrl }: Stack,
): Promise<string[]> {
  const login = await post(`${wechatUrl}/_control/login-code`, { person: 'visitor' })
  const { tokenState } = await post(`${backend.url}/auth/login`, login)
  const entrance = `${address}#/pages/enter/enter?state=${encodeURIComponent(JSON.stringify(tokenState))}`

  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  page.setDefaultTimeout(60_000)
  try {
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    const scripts = recordScripts(page)
    await page.route(/^https:/, noContent)
    // unibest loads this console of its development server from a CDN.
    await page.addInitScript('globalThis.eruda = { init() {} }')
    await enterBooking(page, entrance)
    // Vite knows every import by now: during a second visit it reloads nothing.
    await page.goto('about:blank')
    await enterBooking(page, entrance)
    await page.locator('.book:visible').click()
    await page.locator('.auth-sheet__cancel').click()
    await page.locator('.outcome', { hasText: '尚未提交' }).waitFor()
    expect(errors).toEqual([])
    return scripts()
  } finally {
    await page.close()
  }
}

async function enterBooking(page: Page, entrance: string): Promise<void> {
  await page.goto(entrance)
  await page.locator('.leave').click()
  await page.locator('.book:visible').waitFor()
}

function recordScripts(page: Page): () => string[] {
  const found = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/\/watchword\b.*\.js$/.test(pathname)) found.add(pathname)
  })
  return () => [...found].sort()
}

/** Books in the simulator as somebody new, who gives the phone number. */
export async function bookInSimulator(
  browser: Browser,
  dist: string,
  { wechatUrl }: Stack,
): Promise<void> {
  const simulator = await startSimulator({
    dist,
    wechat: wechatUrl,
    async openPage(look) {
      const context = await browser.newContext(look)
      await context.route(/^https:/, noContent)
      return { page: await context.newPage(), close: () => context.close() }
    },
  })
  try {
    const phone = await simulator.launch('pages/book/book', {
      person: `newcomer ${randomUUID()}`,
      answers: { getPhoneNumber: ['allow'] },
    })
    await phone.tap('.book')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__allow')
    await expect.poll(() => phone.text('.outcome')).toBe('预约成功')
    await phone.close()
  } finally {
    await simulator.close()
  }
}

/** Templates, and uni-app's own styles, load pictures and fonts from elsewhere. */
const noContent = (route: Route) => route.fulfill({ status: 204 })

async function post(url: string, body: object): Promise<object & { tokenState?: object }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status, url).toBe(200)
  return (await response.json()) as object
}

import { randomInt } from 'node:crypto'
import { findBrowser } from '@watchword/simulator'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest'

/** The window of a phone, and that of a computer. */
export const sizes = {
  phone: { width: 390, height: 844 },
  computer: { width: 1280, height: 800 },
} as const

/** An invented mainland number, of a block that nobody has. */
export const inventNumber = () => `154${String(randomInt(1e8)).padStart(8, '0')}`

export interface Visitor {
  readonly page: Page
  /** Opens a page of the app anew, e.g. `example/mine/mine`. */
  open(route: string): Promise<void>
  /** What is on the visible page; uni-app keeps the others hidden. */
  at(selector: string, options?: Parameters<Page['locator']>[1]): ReturnType<Page['locator']>
  fill(selector: string, value: string): Promise<void>
  press(selector: string): Promise<void>
  /** Asks for a text code by the form, and returns it. */
  receiveCode(phone: string): Promise<string>
  /** By the form that is open. */
  signInByText(phone: string): Promise<void>
}

let browser: Browser | undefined

/** Once in a file: its tests share a browser, in which each visitor is somebody else. */
export function shareBrowser(): void {
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    browser = await chromium.launch({ executablePath: await findBrowser(), args })
  })
  afterAll(() => browser?.close())
}

/**
 * Somebody with a browser in which nothing is stored; `site` is the app's, if not another's. The test fails if the
 * app warns of anything in the console.
 */
export async function visit(
  options: BrowserContextOptions = {},
  { site }: { site: string } = inject('platforms'),
): Promise<Visitor> {
  const context = await browser!.newContext({ viewport: sizes.phone, locale: 'zh-CN', ...options })
  onTestFinished(() => context.close())
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const said = listenToConsole(page)
  onTestFinished(() => expect(said).toEqual([]))
  // uni-h5's stylesheet loads a picture from DCloud's servers.
  await page.route(/^https:/, (route) => route.fulfill({ status: 204 }))

  const at: Visitor['at'] = (selector, options) => page.locator(`${selector}:visible`, options)
  const press = (selector: string) => at(selector).click()
  const fill = (selector: string, value: string) => at(selector).fill(value)

  async function receiveCode(phone: string): Promise<string> {
    const before = (await messagesTo(phone)).length
    await fill('#sign-in-phone', phone)
    await press('.sign-in__send-code')
    await expect.poll(async () => (await messagesTo(phone)).length).toBe(before + 1)
    return (await messagesTo(phone)).at(-1)!.code
  }

  return {
    page,
    async open(route) {
      // A change behind # alone loads nothing.
      await page.goto('about:blank')
      await page.goto(`${site}#/${route}`)
    },
    ...{ at, fill, press, receiveCode },
    async signInByText(phone) {
      await fill('#sign-in-code', await receiveCode(phone))
      await agree(press, at)
      await press('.sign-in__submit')
    },
  }
}

/** What is said in the console from now on as a warning or an error, and what nobody catches. */
function listenToConsole(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => {
    const isGrave = ['warning', 'error'].includes(message.type())
    // The browser's own line of each answer of 400 and above: a 401 is how sign-in begins.
    const isAnswer = message.text().startsWith('Failed to load resource:')
    if (isGrave && !isAnswer) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(error.stack || error.message))
  return said
}

async function agree(press: Visitor['press'], at: Visitor['at']): Promise<void> {
  if ((await at('.terms-box__check').count()) > 0) await press('.terms-box__check')
}

/** What the stand-in for the phones has received, the newest last. */
export async function messagesTo(phone: string): Promise<{ code: string; purpose: string }[]> {
  const answer = await fetch(`${inject('platforms').wechat}/_control/sms?phone=${phone}`)
  return (await answer.json()) as { code: string; purpose: string }[]
}

/** Ends the session at the backend, of which the browser does not learn. */
export async function forgetToken({ page }: Visitor): Promise<void> {
  const token = await page.evaluate(() => {
    const kept = Object.entries(localStorage).find(([key]) => key.startsWith('watchword:'))
    return /"accessToken":"([^"\\]+)/.exec(kept?.[1].replaceAll('\\"', '"') ?? '')?.[1]
  })
  const answer = await fetch(`${inject('platforms').backend}/auth/logout`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  })
  expect(answer.status).toBe(204)
}

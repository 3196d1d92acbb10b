import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { MiniProgramRecord } from '../../src/record'

/** Gathers what the pages of a context print as errors. */
export function errorsOf(context: BrowserContext): string[] {
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return errors
}

/** The document inside the phone. */
export const phoneOf = (page: Page) => page.frameLocator('.phone iframe')

/** Waits until the mini-program in the phone has started. */
export const started = (page: Page) => phoneOf(page).locator('html[data-started]').waitFor()

/** The phone's own window, as the page has it now. */
export async function insidePhone<Result, Argument>(
  page: Page,
  look: (argument: Argument) => Result,
  argument: Argument,
): Promise<Awaited<Result>> {
  await started(page)
  const frame = await (await page.$('.phone iframe'))!.contentFrame()
  return (await frame!.evaluate(look as (argument: unknown) => Result, argument)) as Awaited<Result>
}

/** Stores a value as the mini-program would. */
export const store = (page: Page, key: string, value: unknown) =>
  insidePhone(
    page,
    ([key, value]) => {
      type Store = (key: string, value: unknown) => void
      const { wx } = window as unknown as { wx: { setStorageSync: Store } }
      wx.setStorageSync(String(key), value)
    },
    [key, value] as const,
  )

/** Lets the phone tell the workbench of records, as its line to the host does. */
export const record = (page: Page, ...records: MiniProgramRecord[]) =>
  insidePhone(
    page,
    (records) => {
      for (const record of records) window.parent.postMessage({ record }, '*')
    },
    records,
  )

/** What the workbench sends to the host as a control when `act` is done. */
export async function controlSent(page: Page, act: () => Promise<unknown>): Promise<unknown> {
  const request = page.waitForRequest(/\/control$/)
  await act()
  return (await request).postDataJSON() as unknown
}

/**
 * What the workbench asks of the host when `act` starts the mini-program anew. Waits until that has
 * started: what it was still loading when the next one takes its place would not be found.
 */
export async function visitSent(page: Page, act: () => Promise<unknown>): Promise<unknown> {
  const address = () => page.locator('.phone iframe').getAttribute('src')
  const before = await address()
  const request = page.waitForRequest(/\/phone$/)
  await act()
  const sent = (await request).postDataJSON() as unknown
  await expect.poll(address).not.toBe(before)
  await started(page)
  return sent
}

/** Shows a panel. */
export const openPanel = (page: Page, name: string) =>
  page.getByRole('tab', { name, exact: true }).click()

/** Lets the app have a page that sends a burst; holds from the next start on. */
export const giveBurstUrl = (page: Page) =>
  page.route('**/phone', async (route) => {
    const answer = await route.fetch()
    const json = { ...((await answer.json()) as object), burstUrl: 'pages/net/net?burst=100' }
    await route.fulfill({ response: answer, json })
  })

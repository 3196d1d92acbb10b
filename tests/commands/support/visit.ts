import { findBrowser } from '@watchword/simulator'
import { chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** Opens the address in a browser and fails on any console error. */
export async function visit(address: string, run: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(60_000)
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

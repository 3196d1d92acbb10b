import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '@watchword/simulator'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { buildApp } from '../../scripts/build'
import { serveFiles } from '../../scripts/serveFiles'
import { startStack, type Stack } from '../../scripts/stack'

let folder: string
let stack: Stack
let files: Awaited<ReturnType<typeof serveFiles>>
let browser: Browser
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-h5-'))
  const outDir = join(folder, 'h5')
  const dataDir = join(folder, 'data')
  await cp(inject('freshData'), dataDir, { recursive: true })
  stack = await startStack({ port: 0, wechatPort: 0, dataDir, logLevel: 'silent' })
  await buildApp('h5', { apiBase: stack.backend.url, outDir })
  files = await serveFiles(outDir)
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => {
  await browser.close()
  files.close()
  await stack.close()
  await rm(folder, { recursive: true })
})

/** Runs a test on the app in a browser and fails it on any console error. */
async function browse(run: (page: Page) => Promise<void>, route = ''): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  page.setDefaultTimeout(60_000)
  try {
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    // uni-h5's stylesheet loads a picture from DCloud's servers.
    await page.route(/^https:/, (route) => route.fulfill({ status: 204 }))
    await page.goto(files.url + route)
    if (!route) await page.locator('.service').first().waitFor()
    await run(page)
    expect(errors).toEqual([])
  } finally {
    await page.close()
  }
}

async function openBooking(page: Page): Promise<void> {
  await page.locator('.service__book').first().click()
  await page.locator('#submit').waitFor()
}

const input = (page: Page, field: string) => page.locator(`#${field}`).locator('input, textarea')

const reached = (page: Page, field: string) =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[id]')?.id), {
      message: field,
    })
    .toBe(field)

/** The picker's own panel, which uni-app moves out of the field while it is open. */
const pickerPanel = '.uni-picker-toggle'

test('the H5 build loads, and guests browse', () =>
  browse(async (page) => {
    await expect.poll(() => page.locator('.service').count()).toBeGreaterThan(1)
    await expect.poll(() => page.locator('.auth-sheet').count()).toBe(0)
    await expect.poll(() => page.locator('.page').first().innerText()).not.toContain('线上整理课')
    const name = await page.locator('.service .name').first().innerText()
    await openBooking(page)
    // What it was opened with arrived, too.
    await page.locator('.heading__name', { hasText: name }).waitFor()
  }))

// uni-h5 would decode it twice: %73 is an s.
test('a query is decoded once: a page opened with %73 is not taken for one opened with s', () =>
  browse(async (page) => {
    await page.locator('#name').waitFor()
    await input(page, 'name').fill('林')
    await expect
      .poll(() => page.evaluate(() => JSON.stringify(localStorage)))
      .toContain('%73torage')
  }, '#/example/booking/booking?service=%2573torage'))

test('the form is filled by a real keyboard alone, twice over, with a click back in between', () =>
  browse(async (page) => {
    await openBooking(page)
    const { keyboard } = page
    for (const round of [1, 2]) {
      if (round === 1) {
        // Nothing is filled in: the picker opens by itself, and Enter takes what it shows.
        await page.locator('#submit').click()
        await page.locator(pickerPanel).waitFor()
        await keyboard.press('Enter')
        await page.locator(pickerPanel).waitFor({ state: 'hidden' })
      } else await input(page, 'name').click()
      await reached(page, 'name')
      await keyboard.press('ControlOrMeta+A')
      await keyboard.type(`mover ${round}`)
      await expect.poll(() => input(page, 'name').getAttribute('enterkeyhint')).toBe('next')
      await keyboard.press('Enter')
      await reached(page, 'phone')
      await keyboard.press('ControlOrMeta+A')
      await keyboard.type('15400001234')
      await reached(page, 'address')
      await keyboard.press('ControlOrMeta+A')
      await keyboard.type(`wutong ${round}`)
      await keyboard.press('Enter')
      await reached(page, 'note')
    }
    await keyboard.type('no lift')
    await keyboard.press('Enter')
    await keyboard.type('call first')
    const fields = ['name', 'phone', 'address', 'note']
    expect(await Promise.all(fields.map((field) => input(page, field).inputValue()))).toEqual([
      'mover 2',
      '15400001234',
      'wutong 2',
      'no lift\ncall first',
    ])
    await expect.poll(() => page.locator('#date').innerText()).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    await expect.poll(() => page.locator('.keyboard-bar').count()).toBe(0)
  }))

test('Tab and Shift+Tab keep their order, and Enter goes on from where they led', () =>
  browse(async (page) => {
    await openBooking(page)
    await input(page, 'name').click()
    for (const field of ['phone', 'address', 'note']) {
      await page.keyboard.press('Tab')
      await reached(page, field)
    }
    for (const field of ['address', 'phone']) {
      await page.keyboard.press('Shift+Tab')
      await reached(page, field)
    }
    await page.keyboard.press('Enter')
    await reached(page, 'address')
  }))

test('an Enter that chooses a candidate of the input method does not move on', () =>
  browse(async (page) => {
    await openBooking(page)
    await input(page, 'name').click()
    const session = await page.context().newCDPSession(page)
    await session.send('Input.imeSetComposition', {
      text: 'lin',
      selectionStart: 3,
      selectionEnd: 3,
    })
    await page.keyboard.down('Enter')
    await session.send('Input.insertText', { text: '林' })
    await page.keyboard.up('Enter')
    await expect.poll(() => input(page, 'name').inputValue()).toBe('林')
    await reached(page, 'name')
    await page.keyboard.press('Enter')
    await reached(page, 'phone')
  }))

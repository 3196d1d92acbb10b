import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { OpenedPage } from '../../src/driver/openPage'
import { openPage } from '../support/sharedBrowser'
import { buildTimeline, show } from './mounted'
import { bookingWithPhone, burst, longDay } from './records'

let documentIn: (language: 'zh' | 'en') => string
let opened: OpenedPage
let page: Page
let errors: string[]

beforeAll(async () => void (documentIn = await buildTimeline()))
beforeEach(async () => {
  opened = await openPage({ viewport: { width: 640, height: 700 } })
  page = opened.page
  errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.setContent(documentIn('en'))
})
afterEach(async () => {
  await opened.close()
  expect(errors).toEqual([])
})

const item = (name: string | RegExp) => page.getByRole('button', { name })
const details = () => page.getByRole('region', { name: 'Details' })
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

it('shows times, headers and bodies of a request that is clicked', async () => {
  await show(page, bookingWithPhone())
  await item(/^#1 POST \/bookings, 401/)
    .locator('.label.back')
    .click()
  const text = await details().innerText()
  expect(text).toContain('http://127.0.0.1:3000/bookings')
  expect(text).toContain('reason=留位')
  expect(text).toContain('sent again as #3')
  expect(text).toContain('Bearer <9c27d410>')
  expect(text).toContain('"guests": 4')
  expect(text).toMatch(/queued 1 ms\s+waiting 30 ms\s+body 7.6 ms/)
})

it('is used with the keyboard alone: arrows move, Enter opens, Escape closes', async () => {
  await show(page, bookingWithPhone())
  await item(/^Page/).focus()
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toMatch(/^#1 POST \/bookings/)
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe('getPhoneNumber, asks, refused, 2.31 s')
  await page.keyboard.press('Enter')
  await expect.poll(() => details().innerText()).toContain('getPhoneNumber:fail user deny')
  await page.keyboard.press('End')
  expect(await focused()).toMatch(/^#3 POST \/bookings replay of #1/)
  await expect.poll(() => details().innerText()).toContain('"state": "held"')
  await page.keyboard.press('Escape')
  await expect.poll(() => details().count()).toBe(0)
  expect(await focused()).toMatch(/^#3 POST/)
  await expect.poll(() => page.locator('[data-id][tabindex="0"]').count()).toBe(1)
})

it('shows a burst as one login between two bundles, and the requests of a bundle', async () => {
  await show(page, burst())
  await expect.poll(() => page.getByRole('button', { name: /^Login/ }).count()).toBe(1)
  await item(/^GET \/coupons ×100, 100 × 401/)
    .locator('.label.back')
    .click()
  await expect.poll(() => details().getByRole('listitem').count()).toBe(100)
  await details().getByRole('button', { name: '#100', exact: false }).last().click()
  await expect.poll(() => details().innerText()).toContain('Bearer error=invalid_token')
  await details().getByRole('button', { name: 'All of the bundle' }).click()
  await expect.poll(() => details().getByRole('listitem').count()).toBe(100)
})

it.each([375, 496])(
  'lets no figure of its summary jump while they change, at %i px',
  async (width) => {
    await page.setViewportSize({ width, height: 700 })
    const places = () =>
      page.locator('.summary > div, .bar > *').evaluateAll((all) =>
        all.map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect()
          const isWhole = [...one.children].every((child) => child.scrollWidth <= child.clientWidth)
          return { x, y, width, height, isWhole }
        }),
      )
    const before = await places()
    expect(before).toHaveLength(10)
    for (const records of [burst().slice(0, 50), burst(), longDay(2_000)]) {
      await show(page, records)
      expect(await places()).toEqual(before)
    }
  },
)

it('follows what happens unless the person has scrolled up', async () => {
  const records = longDay(120)
  await show(page, records.slice(0, 60))
  const scroller = page.locator('.scroller')
  const below = () =>
    scroller.evaluate(
      ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
    )
  expect(await below()).toBeLessThan(2)
  await show(page, records.slice(0, 80))
  expect(await below()).toBeLessThan(2)
  await scroller.evaluate(async (element) => {
    const scrolled = new Promise((resolve) => element.addEventListener('scroll', resolve))
    element.scrollTop = 0
    await scrolled
  })
  await show(page, records)
  expect(await scroller.evaluate(({ scrollTop }) => scrollTop)).toBe(0)
  await page.getByRole('button', { name: 'Newest' }).click()
  expect(await below()).toBeLessThan(2)
})

it('draws of thousands of records only what can be seen', async () => {
  await show(page, longDay(2_000))
  const drawn = await page.locator('[data-id]').count()
  expect(drawn).toBeGreaterThan(5)
  expect(drawn).toBeLessThan(150)
})

async function saved(name: string): Promise<Buffer> {
  const button = page.getByRole('button', { name })
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return readFile(await download.path())
}

it('saves the whole picture as an SVG that needs no other file', async () => {
  await show(page, longDay(80))
  const svg = String(await saved('Save SVG'))
  expect(svg).not.toMatch(/var\(|class=|data-v-|aria-/)
  const [root, texts] = await page.evaluate((file) => {
    const { documentElement: read } = new DOMParser().parseFromString(file, 'image/svg+xml')
    return [read.nodeName, [...read.querySelectorAll('text')].map((one) => one.textContent!.trim())]
  }, svg)
  expect(root).toBe('svg')
  // The first launch and the last are more than a screen apart.
  expect(texts.filter((text) => text === 'wx.login').length).toBeGreaterThan(2)
  expect(texts).toContain('Launch src/pages/home/home')
})

it('saves the picture as a PNG of twice its size', async () => {
  await show(page, bookingWithPhone())
  const png = await saved('Save PNG')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const width = await page.locator('.drawing').getAttribute('width')
  expect(png.readUInt32BE(16)).toBe(2 * Number(width))
})

it('is read in Chinese too, and says so where nothing has happened', async () => {
  await page.setContent(documentIn('zh'))
  await page.getByText('还没有任何动静').waitFor()
  await show(page, burst())
  await item(/^登录 #101 POST \/auth\/login, 200/).waitFor()
})

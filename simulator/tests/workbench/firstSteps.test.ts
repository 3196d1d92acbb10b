import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWechat, startServer, type SimulatorServer } from '../../src'
import type { OpenedPage } from '../../src/driver/openPage'
import { fixtureApp } from '../support/fixture'
import { openPage } from '../support/sharedBrowser'
import {
  controlSent,
  errorsOf,
  giveBurstUrl,
  openPanel,
  phoneOf,
  started,
} from '../support/workbench'
import { compileWorkbench } from '../support/compileWorkbench'

const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })
let server: SimulatorServer
let opened: OpenedPage
let page: Page
let errors: string[]

beforeAll(compileWorkbench)
beforeAll(async () => {
  server = await startServer({ dist: fixtureApp, workbench: { wechat: await wechat.start() } })
  await fetch(`${server.url}/workbench.js`)
})
afterAll(async () => {
  await server.close()
  await wechat.close()
})
beforeEach(async () => {
  opened = await openPage({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  page = opened.page
  errors = errorsOf(page.context())
})
afterEach(async () => {
  await opened.close()
  expect(errors).toEqual([])
})

async function visit() {
  await page.goto(server.url)
  await started(page)
}
const steps = () => page.getByRole('region', { name: 'First steps' })
const stepsDone = () => steps().locator('li.done').count()

it('are three, each ticked once it is done, and gone after the last, also at the next visit', async () => {
  await giveBurstUrl(page)
  await visit()
  await expect.poll(() => steps().getByRole('listitem').count()).toBe(3)
  expect(await stepsDone()).toBe(0)

  await phoneOf(page).locator('.link').click()
  await expect.poll(stepsDone).toBe(1)
  // The second step of other apps; here it is the burst.
  await openPanel(page, 'Person')
  await controlSent(page, () =>
    page.getByRole('radiogroup', { name: 'Phone number' }).getByRole('radio').last().check(),
  )
  expect(await stepsDone()).toBe(1)
  await page.getByRole('button', { name: '100 requests, dead token' }).click()
  await expect.poll(stepsDone).toBe(2)
  const timeline = page.getByRole('region', { name: 'Timeline' }).first()
  await timeline.getByText('pages/net/net').first().click()
  await steps().waitFor({ state: 'detached' })

  await visit()
  await expect.poll(() => steps().count()).toBe(0)
})

it('name another second step for an app without a burst, and can be hidden for good', async () => {
  await visit()
  await steps().getByText('go offline in Network').waitFor()
  await steps().getByRole('button', { name: 'Hide' }).click()
  await steps().waitFor({ state: 'detached' })
  await visit()
  await expect.poll(() => steps().count()).toBe(0)
})

it('show only the next one in a narrow window', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await visit()
  await expect.poll(() => steps().getByRole('listitem').count()).toBe(1)
  await phoneOf(page).locator('.link').click()
  await steps().getByText('go offline in Network').waitFor()
  await expect.poll(() => steps().getByRole('listitem').count()).toBe(1)
})

it.each([1280, 390])('leave the bar with the burst in one line at %i px', async (width) => {
  await page.setViewportSize({ width, height: 800 })
  await giveBurstUrl(page)
  await visit()
  const bar = page.getByRole('banner')
  await bar.getByRole('button', { name: '100 requests, dead token' }).waitFor()
  for (const language of ['en', 'zh']) {
    const [lines, overflow] = await bar.evaluate((element) => [
      [...element.children].map((child) => {
        const range = document.createRange()
        range.selectNodeContents(child)
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
      }),
      element.scrollWidth - element.clientWidth,
    ])
    expect({ language, lines, overflow }).toEqual({ language, lines: [1, 1, 1], overflow: 0 })
    await bar.getByRole('button').last().click()
  }
})

it('send the burst from the bar, and show the timeline where a narrow window hides it', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await giveBurstUrl(page)
  await visit()
  await page.getByRole('button', { name: '100 requests, dead token' }).click()
  await page
    .getByRole('tabpanel', { name: 'Timeline' })
    .getByText('pages/net/net')
    .first()
    .waitFor()
})

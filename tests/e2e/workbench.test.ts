import { startServer, type SimulatorServer } from '@watchword/simulator'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { openPage } from '../../simulator/tests/support/sharedBrowser'
import type { OpenedPage } from '../../simulator/src/driver/openPage'
import { FORM } from './support/world'
import { compileWorkbench } from '../../simulator/tests/support/compileWorkbench'

let server: SimulatorServer
let opened: OpenedPage
let page: Page
let errors: string[]

beforeAll(compileWorkbench)
beforeAll(async () => {
  const { dist, wechat, backend } = inject('services').unionid
  server = await startServer({
    dist,
    workbench: {
      wechat,
      backend,
      burstUrl: 'example/diagnostics/diagnostics?burst=100',
    },
  })
})
afterAll(() => server.close())
beforeEach(async () => {
  errors = []
  opened = await openPage({
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  })
  page = opened.page
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(server.url)
  await phone('.service').first().waitFor()
})
afterEach(async () => {
  await opened.close()
  expect(errors).toEqual([])
})

const phone = (selector: string) => page.frameLocator('iframe').locator(selector)
const timeline = () => page.getByRole('region', { name: '时间线' }).first()
const open = (tab: string) => page.getByRole('tab', { name: tab }).click()
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

/** The mini-program before it is as like the next as can be, and can still be pressed. */
async function restartBy(name: string) {
  const phoneId = () => page.locator('iframe').getAttribute('src')
  const before = await phoneId()
  await press(name)
  await expect.poll(phoneId).not.toBe(before)
  await phone('.service').first().waitFor()
}

async function fillBooking() {
  await phone('.service__book').first().click()
  for (const name of ['name', 'phone', 'address'] as const) {
    await phone(`#${name} input`).fill(FORM[name])
  }
  // The day on which the picker opens.
  await phone('#date').click()
  await phone('.simulator-dialogue__button--primary').click()
}

test('100 requests at once with a dead token are drawn as one login', async () => {
  await press('口令失效，100 个请求')
  await phone('.burst-verdict').waitFor()
  await expect.poll(() => timeline().innerText()).toMatch(/登录\s+1\s/)
  await timeline().getByText('GET /auth/token-state').first().waitFor()
  // Calls about nobody are drawn as well: other tests at this stand-in hand over a code twice.
  const exchanges = timeline().getByRole('button').filter({ hasText: 'jscode2session' })
  await expect.poll(() => exchanges.filter({ hasNotText: 'errcode' }).count()).toBe(1)
})

test('somebody new is asked for the phone number, and the picture shows 401, prompt and replay', async () => {
  await restartBy('清空并重启')
  await fillBooking()
  await phone('#submit').click()
  await phone('.auth-sheet__allow').click()
  await page.frameLocator('iframe').getByRole('button', { name: '允许', exact: true }).click()
  await phone('.booking-done').waitFor()
  const text = () => timeline().innerText()
  await expect.poll(text).toMatch(/getPhoneNumber[^]*允许/)
  await timeline().getByText('getuserphonenumber').waitFor()
  await timeline()
    .getByText(/401 getPhoneNumber/)
    .waitFor()
  // Not even in the page's own markup is there a number; measures have a point.
  expect(await timeline().innerHTML()).not.toMatch(/(?<![\d.])154\d{8}/)
})

test('somebody whose phone is bound books without being asked', async () => {
  await open('用户')
  await restartBy('已绑定手机号')
  await fillBooking()
  await phone('#submit').click()
  await phone('.booking-done').waitFor()
  await expect.poll(() => phone('.auth-sheet').count()).toBe(0)
})

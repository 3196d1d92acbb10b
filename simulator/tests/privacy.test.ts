import { expect, it } from 'vitest'
import type { LaunchOptions } from '../src'
import { createPrivacy } from '../src/runtime/privacy'
import type { Outcome } from '../src/wire'
import { callWx } from './support/fixture'
import { lines, needsAuthorization, usePrivateApp } from './support/privateApp'

const on = usePrivateApp()

const phoneNumber = { code: 'phone-code' }
const asked: LaunchOptions = {
  answers: { requirePrivacyAuthorize: 'ask', getPhoneNumber: phoneNumber },
}
const unauthorised =
  '"errMsg":"getPhoneNumber:fail privacy permission is not authorized","errno":104'

it("WeChat's own dialogue asks once, and what was private goes on", () =>
  on(asked, async (page) => {
    expect(await needsAuthorization(page)).toBe(true)
    await page.tap('.phone')
    expect(await page.text('.log')).toBe('')
    await page.choose('同意')
    expect((await lines(page)).at(-1)).toContain('phone-code')
    expect(await needsAuthorization(page)).toBe(false)
    await page.tap('.phone')
    expect(await lines(page)).toHaveLength(2)
  }))

it('the terms can be read before the answer', () =>
  on(asked, async (page) => {
    await page.tap('.phone')
    await page.page.getByRole('button', { name: '《用户隐私保护指引》' }).click()
    await page.page.getByText('收集哪些个人信息').waitFor()
    await page.choose('返回')
    await page.choose('同意')
    expect((await lines(page)).at(-1)).toContain('phone-code')
  }))

it('a refusal fails the call, and for ten seconds nobody is asked again', () =>
  on(asked, async (page) => {
    await page.tap('.phone')
    await page.choose('拒绝')
    await page.tap('.phone')
    expect(await page.page.getByRole('dialog').count()).toBe(0)
    expect(await lines(page)).toEqual(Array(2).fill(expect.stringContaining(unauthorised)))
  }))

it("the app's own dialogue is asked in the place of WeChat's", () =>
  on(asked, async (page) => {
    await page.tap('.listen')
    await page.tap('.phone')
    await expect.poll(() => page.text('.referrer')).toBe('button.getPhoneNumber')
    await page.tap('.disagree')
    await expect.poll(async () => (await lines(page)).at(-1)).toContain(unauthorised)
    await page.tap('.phone')
    await page.tap('.agree')
    await expect.poll(async () => (await lines(page)).at(-1)).toContain('phone-code')
  }))

it('an agreement counts only if its button was tapped', () =>
  on(asked, async (page) => {
    await page.tap('.listen')
    await page.tap('.phone')
    await page.tap('.cheat')
    expect((await lines(page)).at(-1)).toContain('not authorized or buttonId is wrong')
    expect(await needsAuthorization(page)).toBe(true)
  }))

it('one tap on a combined button agrees and goes on', () =>
  on(asked, async (page) => {
    await page.tap('.combined')
    expect((await lines(page)).map((line) => line.split(' ')[0])).toEqual([
      'agreeprivacyauthorization',
      'getphonenumber',
    ])
    expect(await needsAuthorization(page)).toBe(false)
  }))

it('one tap on a combined button does not ask the app, which keeps its last listener only', () =>
  on(asked, async (page) => {
    await page.tap('.listen')
    await page.page.evaluate(() => {
      type Listener = (resolve: (decision: object) => void) => void
      const { wx } = window as unknown as { wx: Record<string, (listener: Listener) => void> }
      wx.onNeedPrivacyAuthorization!((resolve) => resolve({ event: 'disagree' }))
    })
    await page.tap('.phone')
    expect((await lines(page)).at(-1)).toContain(unauthorised)
    await page.tap('.combined')
    expect((await lines(page)).at(-1)).toContain('phone-code')
    expect(await page.count('.referrer')).toBe(0)
  }))

it('nobody is asked below base library 2.32.3', () =>
  on({ ...asked, sdkVersion: '2.32.2' }, async (page) => {
    await page.tap('.phone')
    expect((await lines(page)).at(-1)).toContain('phone-code')
  }))

it('a script agrees unless it says otherwise', async () => {
  await on({ answers: { getPhoneNumber: phoneNumber } }, async (page) => {
    await page.tap('.phone')
    expect((await lines(page)).at(-1)).toContain('phone-code')
  })
  const refuses = { requirePrivacyAuthorize: 'refuse', getPhoneNumber: phoneNumber } as const
  await on({ answers: refuses }, async (page) => {
    await page.tap('.phone')
    expect((await lines(page)).at(-1)).toContain(unauthorised)
    const required = await callWx(page, 'requirePrivacyAuthorize')
    expect(required.result).toEqual({
      errMsg: 'requirePrivacyAuthorize:fail privacy permission is not authorized',
      errno: 104,
    })
  })
})

it('the phone learns from each private call whether the terms are agreed to by now', () => {
  const app = { config: { pages: [], __usePrivacyCheck__: true } }
  const boot = { sdkVersion: '3.8.0', isPrivacyAgreed: false }
  const privacy = createPrivacy(app as never, boot as never, {} as never, {} as never)
  const isAgreedAfter = (api: string, outcome: Outcome) => {
    privacy.answered(api, outcome)
    return privacy.isAgreed()
  }
  expect(isAgreedAfter('getPrivacySetting', { kind: 'ok', result: {} })).toBe(false)
  expect(isAgreedAfter('getLocation', { kind: 'ask', about: 'privacy' })).toBe(false)
  expect(isAgreedAfter('getLocation', { kind: 'fail', errMsg: '', errno: 104 })).toBe(false)
  expect(isAgreedAfter('getLocation', { kind: 'fail', about: 'privacy', errMsg: '' })).toBe(false)
  expect(isAgreedAfter('getLocation', { kind: 'fail', errMsg: 'auth deny' })).toBe(true)
})

import { randomUUID } from 'node:crypto'
import { startSimulator, type Simulator } from '@watchword/simulator'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { fillBooking, formValues, FORM } from './support/booking'
import { inventNumber, shareBrowser, sizes, visit, type Visitor } from './support/visitor'

shareBrowser()

const MINE = 'example/mine/mine'
const ACCOUNT = 'example/account/account'
const COUPON = 'example/coupon/coupon'

/** WeChat's own browser, for the official account; a computer, for the website. */
const browsers: Record<string, BrowserContextOptions> = {
  'an official account': {
    userAgent: 'Mozilla/5.0 (Linux; Android 16) Chrome/126.0 Mobile MicroMessenger/8.0.68',
  },
  'a website': { viewport: sizes.computer },
}
const official = browsers['an official account']!
const website = browsers['a website']!

let simulator: Simulator
beforeAll(async () => {
  const { dist, wechat } = inject('platforms')
  simulator = await startSimulator({ dist, wechat })
})
afterAll(() => simulator?.close())

/** On the page where WeChat asks. */
async function answerWechat({ page }: Visitor, person: string, answer: 'allow' | 'decline') {
  await page.locator('input[name="person"]').fill(person)
  await page.locator(`button[value="${answer}"]`).click()
}

/** From 我的, by the page to sign in. */
async function openSignIn(visitor: Visitor) {
  await visitor.open(MINE)
  await visitor.press('#sign-in')
  await visitor.press('.terms-box__check')
}

async function signInByWechat(visitor: Visitor, person: string) {
  await openSignIn(visitor)
  await visitor.press('.sign-in__method--wechat')
  await answerWechat(visitor, person, 'allow')
  await visitor.at(':is(.bookings__empty, .booking)').first().waitFor()
}

async function bindNumber(visitor: Visitor, phone: string) {
  await visitor.open(ACCOUNT)
  await visitor.press('#way-phone-act')
  await visitor.fill('#sign-in-code', await visitor.receiveCode(phone))
  await visitor.press('.sign-in__submit')
  await visitor.at('#way-phone', { hasText: phone.slice(-4) }).waitFor()
}

async function register(visitor: Visitor, phone: string) {
  await visitor.open(MINE)
  await visitor.press('#sign-in')
  await visitor.signInByText(phone)
  await visitor.at('.bookings__empty').waitFor()
}

describe.each(Object.entries(browsers))('WeChat, by %s,', (_, options) => {
  test('signs in, leads back to where the user came from, and leaves nothing in the address', async () => {
    const visitor = await visit(options)
    await signInByWechat(visitor, randomUUID())
    expect(visitor.page.url()).toMatch(/#\/example\/mine\/mine$/)
    expect(visitor.page.url()).not.toMatch(/code=|state=/)
    await visitor.page.reload()
    await visitor.at('.bookings__empty').waitFor()
  })

  test('is declined: the user is a guest, and Back leads to the app', async () => {
    const visitor = await visit(options)
    await openSignIn(visitor)
    await visitor.press('.sign-in__method--wechat')
    await answerWechat(visitor, randomUUID(), 'decline')
    await visitor.page.getByText('已拒绝').waitFor()
    await visitor.page.goBack()
    await visitor.page.goBack()
    await visitor.at('#sign-in').waitFor()
  })
})

test('a booking that was typed before WeChat was asked is there afterwards', async () => {
  const visitor = await visit(official)
  await fillBooking(visitor)
  await visitor.press('#submit')
  await visitor.press('.terms-box__check')
  await visitor.press('.sign-in__method--wechat')
  await answerWechat(visitor, randomUUID(), 'allow')
  await visitor.at('#submit').waitFor()
  expect(await formValues(visitor)).toEqual(FORM)
  // WeChat knows no number here: the booking asks for it.
  await visitor.press('#submit')
  const phone = inventNumber()
  await visitor.fill('#sign-in-code', await visitor.receiveCode(phone))
  await visitor.press('.sign-in__submit')
  await visitor.at('.booking-done').waitFor()
})

describe('a code that WeChat has not sent to this browser', () => {
  test('signs nobody in without a question, and goes out of the address', async () => {
    const visitor = await visit(website)
    const { site } = inject('platforms')
    await visitor.page.goto(`${site}?code=0somebodyelses&state=0123456789abcdef#/${MINE}`)
    await visitor.at('#sign-in').waitFor()
    expect(visitor.page.url()).not.toMatch(/code=|state=/)
  })

  test('signs nobody in with another state than that of the question', async () => {
    const visitor = await visit(website)
    await openSignIn(visitor)
    await visitor.press('.sign-in__method--wechat')
    const asked = new URL(visitor.page.url()).searchParams
    const { wechat } = inject('platforms')
    const body = { person: randomUUID(), appId: asked.get('appid'), scope: asked.get('scope') }
    const headers = { 'Content-Type': 'application/json' }
    const allowed = await fetch(`${wechat}/_control/oauth-code`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    })
    const { code } = (await allowed.json()) as { code: string }
    const back = new URL(asked.get('redirect_uri')!)
    back.searchParams.set('code', code)
    back.searchParams.set('state', 'f'.repeat(32))
    await visitor.page.goto(back.href)
    await visitor.at('#sign-in-phone').waitFor()
    expect(visitor.page.url()).not.toMatch(/code=|state=/)
    await visitor.open(MINE)
    await visitor.at('#sign-in').waitFor()
  })

  test('is refused the second time, and the page says so', async () => {
    const visitor = await visit(website)
    const returns: URL[] = []
    visitor.page.on('request', (request) => {
      if (request.isNavigationRequest() && request.url().includes('code='))
        returns.push(new URL(request.url()))
    })
    await signInByWechat(visitor, randomUUID())
    const used = returns[0]!.searchParams.get('code')!

    const other = await visit(website)
    await openSignIn(other)
    await other.press('.sign-in__method--wechat')
    const asked = new URL(other.page.url()).searchParams
    const back = new URL(asked.get('redirect_uri')!)
    back.searchParams.set('code', used)
    back.searchParams.set('state', asked.get('state')!)
    await other.page.goto(back.href)
    await other.page.getByText('登录没有成功').waitFor()
    await other.open(MINE)
    await other.at('#sign-in').waitFor()
  })
})

describe('in 账号与安全', () => {
  test('WeChat is added to an account, signs it in, and is removed', async () => {
    const [phone, person] = [inventNumber(), randomUUID()]
    const visitor = await visit(website)
    await register(visitor, phone)
    await visitor.open(ACCOUNT)
    await visitor.press('#way-wechat-act')
    await answerWechat(visitor, person, 'allow')
    await visitor.at('#way-wechat-remove').waitFor()
    expect(visitor.page.url()).not.toMatch(/code=|state=/)

    const other = await visit(website)
    await signInByWechat(other, person)
    await other.open(ACCOUNT)
    await expect.poll(() => other.at('#way-phone').innerText()).toContain(phone.slice(-4))

    await visitor.open(ACCOUNT)
    await visitor.press('#way-wechat-remove')
    await visitor.press('.uni-modal__btn_primary')
    await visitor.at('#way-wechat-act').waitFor()
    await other.open(MINE)
    await other.at('#sign-in').waitFor()
  })

  test('the WeChat of another account stays there, and the page says so', async () => {
    const [phone, person] = [inventNumber(), randomUUID()]
    const owner = await visit(website)
    await signInByWechat(owner, person)
    await bindNumber(owner, inventNumber())

    const visitor = await visit(website)
    await register(visitor, phone)
    await visitor.open(ACCOUNT)
    await visitor.press('#way-wechat-act')
    await answerWechat(visitor, person, 'allow')
    await visitor.page.getByText('这个微信已属于另一个账号').waitFor()
    await expect.poll(() => visitor.at('#way-phone').innerText()).toContain(phone.slice(-4))
    await expect.poll(() => visitor.at('#way-wechat-act').count()).toBe(1)
  })
})

test('who signs in by WeChat in a browser is who they are in the mini-program', async () => {
  const [phone, person] = [inventNumber(), randomUUID()]
  const visitor = await visit(official)
  await signInByWechat(visitor, person)
  await bindNumber(visitor, phone)
  const mini = await simulator.launch(MINE, { person })
  await expect
    .poll(() => mini.text('.user-name'), { timeout: 60_000 })
    .toBe(`${phone.slice(0, 3)}****${phone.slice(-4)}`)
  await mini.close()
})

describe('the coupon, which is one for each WeChat user,', () => {
  test('is claimed in a browser once WeChat has said who that is', async () => {
    const visitor = await visit(website)
    await visitor.open(COUPON)
    await visitor.press('#claim')
    await visitor.signInByText(inventNumber())
    await visitor.press('#confirm')
    await answerWechat(visitor, randomUUID(), 'allow')
    await visitor.at('.coupon-done').waitFor()
  })

  test('is claimed at once by who signs in with WeChat for it', async () => {
    const visitor = await visit(official)
    await visitor.open(COUPON)
    await visitor.press('#claim')
    await visitor.press('.terms-box__check')
    await visitor.press('.sign-in__method--wechat')
    await answerWechat(visitor, randomUUID(), 'allow')
    await visitor.press('#claim')
    await visitor.at('.coupon-done').waitFor()
  })

  test('is for WeChat where the browser cannot ask it, and the page says so', async () => {
    const visitor = await visit()
    await visitor.open(COUPON)
    await visitor.press('#claim')
    await visitor.signInByText(inventNumber())
    await visitor.at('.coupon__elsewhere').waitFor()
    await expect.poll(() => visitor.at(':is(#claim, #confirm)').count()).toBe(0)
  })
})

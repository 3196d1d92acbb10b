import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWechat, startServer, type SimulatorServer } from '../../src'
import type { OpenedPage } from '../../src/driver/openPage'
import type { MiniProgramRecord } from '../../src/record'
import { calmNetwork } from '../../src/workbenchWire'
import { fixtureApp, readBody, serveHttp } from '../support/fixture'
import { openPage } from '../support/sharedBrowser'
import {
  controlSent,
  errorsOf,
  giveBurstUrl,
  insidePhone,
  openPanel,
  record,
  started,
  store,
  visitSent,
} from '../support/workbench'
import { compileWorkbench } from '../support/compileWorkbench'

const accessToken = 'kN3mQ8vXw2ZbYt7LpRcS5hDfGjA1eUoI9x4'
const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })

/** A backend that answers everything with a token state. */
let backend: { url: string; close(): Promise<void> }
const heard: string[] = []
/** What WeChat has pushed to it. */
const pushed: unknown[] = []
let server: SimulatorServer
let opened: OpenedPage
let page: Page
let errors: string[]

beforeAll(compileWorkbench)
beforeAll(async () => {
  backend = await serveHttp((request, response) => {
    if (request.url?.startsWith('/wechat/push')) {
      void readBody(request).then((body) => {
        if (body) pushed.push(JSON.parse(body))
        const { searchParams } = new URL(request.url ?? '', 'http://backend')
        response.end(searchParams.get('echostr') ?? 'success')
      })
      return
    }
    heard.push(`${request.method} ${request.url}`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ data: 1, tokenState: { accessToken, expiresIn: 7200 } }))
  })
  const wechatUrl = await wechat.start()
  await wechat.setPushAddress({ url: `${backend.url}/wechat/push`, token: 'token', format: 'json' })
  server = await startServer({
    dist: fixtureApp,
    workbench: { wechat: wechatUrl, backend: backend.url },
  })
  await fetch(`${server.url}/workbench.js`)
})
afterAll(async () => {
  await server.close()
  await backend.close()
  await wechat.close()
})
afterEach(() => expect(errors.splice(0)).toEqual([]))

async function open() {
  opened = await openPage({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  page = opened.page
  errors = errorsOf(page.context())
  await page.goto(server.url)
  await started(page)
}
const close = () => opened.close()

/** For tests that depend on nothing another one leaves: one workbench for all of them. */
function shareWorkbench() {
  beforeAll(open)
  afterAll(close)
}

/** For tests that begin with an untouched workbench. */
function openWorkbenchForEach() {
  beforeEach(open)
  afterEach(close)
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const panel = () => page.getByRole('tabpanel')
const option = (group: string, name: string) =>
  page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name })

const at = Date.UTC(2026, 4, 2, 9, 5)

describe('the person', () => {
  shareWorkbench()

  it.each([
    ['New', 'new'],
    ['Known unionid', 'known'],
    ['Phone bound', 'phoneBound'],
    ['Without unionid', 'withoutUnionid'],
    ['Signed in elsewhere', 'signedInElsewhere'],
  ])('becomes somebody new of the kind "%s"', async (name, kind) => {
    const before = await insidePhone(page, () => window.boot.person, undefined)
    const visit = await visitSent(page, () => button(name).click())
    expect(visit).toMatchObject({ kind })
    expect((visit as { person: string }).person).not.toBe(before)
    await expect.poll(() => button(name).getAttribute('aria-pressed')).toBe('true')
  })

  it('answers one question, then all, and the answers are there next time', async () => {
    const ask = { userInfo: 'ask', avatar: 'ask', privacy: 'ask', permission: 'ask' }
    expect(await controlSent(page, () => option('Phone number', 'Refuse').check())).toEqual({
      type: 'answers',
      answers: { ...ask, phoneNumber: 'refuse' },
    })
    await expect.poll(() => option('All of them', 'Ask me').isChecked()).toBe(false)
    await controlSent(page, () => option('All of them', 'Allow').check())
    await expect.poll(() => option('Privacy policy', 'Allow').isChecked()).toBe(true)
    const visit = await visitSent(page, () => page.reload())
    expect((visit as { answers: object }).answers).toEqual({
      phoneNumber: 'allow',
      userInfo: 'allow',
      avatar: 'allow',
      privacy: 'allow',
      permission: 'allow',
    })
  })

  it.each([
    ['Take back the number', { event: 'user_authorization_revoke', revokeInfo: 8 }],
    ['Take back the profile', { event: 'user_authorization_revoke', revokeInfo: 6 }],
    ['Profile is cleared', { event: 'user_info_modified' }],
    ['Leave WeChat', { event: 'user_authorization_cancellation' }],
  ])('"%s" is reported to the backend by the message push', async (name, push) => {
    pushed.splice(0)
    const control = await controlSent(page, () => button(name).click())
    expect(control).toEqual({ type: 'push', push })
    await page.getByRole('status').getByText('The backend has taken WeChat’s push.').waitFor()
    const person = await insidePhone(page, () => window.boot.person, undefined)
    const { openid } = wechat.person(person)
    const { event: Event, revokeInfo } = { revokeInfo: undefined, ...push }
    expect(pushed).toEqual([
      expect.objectContaining({
        Event,
        OpenID: openid,
        ...(revokeInfo && { RevokeInfo: String(revokeInfo) }),
      }),
    ])
  })

  it('forgets what was permitted', async () => {
    const control = await controlSent(page, () => button('Forget permissions').click())
    expect(control).toEqual({ type: 'forgetPermissions' })
    await page.getByRole('status').getByText('Permissions are forgotten.').waitFor()
  })
})

describe('the phone', () => {
  shareWorkbench()
  beforeEach(() => openPanel(page, 'Phone'))

  it('changes the phone, its measures and its base library, and remembers them', async () => {
    const change = () => option('System', 'Android').check()
    expect(await visitSent(page, change)).toMatchObject({ phone: { platform: 'android' } })
    const size = () => insidePhone(page, () => [innerWidth, innerHeight], undefined)
    await expect.poll(() => size().catch(() => [])).toEqual([360, 780])
    const choose = () => page.getByLabel('Base library').selectOption('2.21.2')
    expect(await visitSent(page, choose)).toMatchObject({ phone: { sdkVersion: '2.21.2' } })
    const english = () => option('WeChat’s language', 'English').check()
    expect(await visitSent(page, english)).toMatchObject({ phone: { language: 'en' } })
    expect(await visitSent(page, () => page.reload())).toMatchObject({
      phone: { platform: 'android', sdkVersion: '2.21.2', language: 'en' },
    })
  })

  it('starts the app anew with larger letters, and remembers them', async () => {
    const choose = () => page.getByLabel('WeChat’s font size').selectOption('120%')
    expect(await visitSent(page, choose)).toMatchObject({ phone: { fontScale: 1.2 } })
    expect(await visitSent(page, () => page.reload())).toMatchObject({ phone: { fontScale: 1.2 } })
    expect(await insidePhone(page, () => window.boot.fontScale, undefined)).toBe(1.2)
  })

  it('makes the phone dark', async () => {
    await option('Appearance', 'Dark').check()
    expect(await visitSent(page, () => page.reload())).toMatchObject({ phone: { theme: 'dark' } })
  })
})

describe('the network', () => {
  openWorkbenchForEach()
  beforeEach(() => openPanel(page, 'Network'))

  it('is slowed, by presets or in figures, and cut', async () => {
    expect(await controlSent(page, () => option('Presets', 'Slow').check())).toEqual({
      type: 'network',
      network: { ...calmNetwork, latency: 400, jitter: 200 },
    })
    const latency = page.getByLabel('Latency')
    await latency.fill('90000')
    expect(await controlSent(page, () => latency.press('Enter'))).toMatchObject({
      network: { latency: 60_000, jitter: 200 },
    })
    await expect.poll(() => latency.inputValue()).toBe('60000')
    const cut = () => page.getByLabel('Offline').check()
    expect(await controlSent(page, cut)).toMatchObject({ network: { offline: true } })
    await page.getByRole('list', { name: 'Conditions' }).getByText('Offline').waitFor()
    expect(await controlSent(page, () => button('Back to calm').click())).toEqual({
      type: 'network',
      network: calmNetwork,
    })
  })

  it('counts down the failures that are left, and sends no more of them again', async () => {
    await controlSent(page, () => button('Set').click())
    const left = panel().getByText('3 left')
    await left.waitFor()
    const failed = (id: string): MiniProgramRecord => ({
      ...{ kind: 'request', id, api: 'request', method: 'GET', url: 'http://127.0.0.1/x' },
      ...{ requestHeaders: {}, interference: 'failed', queuedAt: at },
    })
    await record(page, failed('a'), failed('b'), failed('a'))
    await panel().getByText('1 left').waitFor()
    const cut = () => page.getByLabel('Offline').check()
    expect(await controlSent(page, cut)).toMatchObject({ network: { failNext: 1 } })
  })
})

const logIn = () =>
  insidePhone(
    page,
    (url) => {
      const { wx } = window as unknown as { wx: { request(options: object): void } }
      wx.request({ url, method: 'POST', data: {} })
    },
    `${backend.url}/auth/login`,
  )

describe('the session', () => {
  openWorkbenchForEach()
  beforeEach(() => openPanel(page, 'Session'))

  it('shows the token state, and counts down to its end', async () => {
    await panel().getByText('No token state yet').waitFor()
    const now = Date.now()
    const tokenState = { accessToken: '••••', hasPhoneNumber: false, version: 3 }
    await record(page, { kind: 'token', id: 't', tokenState, at: now, expiresAt: now + 7_200_000 })
    await panel().getByText('hasPhoneNumber').waitFor()
    const timer = panel().getByRole('timer')
    const first = await timer.innerText()
    expect(first).toMatch(/^in (2:00:0\d|1:59:\d\d)$/)
    await expect.poll(() => timer.innerText()).not.toBe(first)
    await record(page, { kind: 'token', id: 'u', tokenState: null, at: now })
    await panel().getByText('The session has ended.').waitFor()
  })

  it('has nothing to end before there is a token', async () => {
    for (const name of ['Kill the token', 'Expire in 5 s']) {
      await expect.poll(() => button(name).isDisabled()).toBe(true)
    }
    await logIn()
    await expect.poll(() => button('Kill the token').isEnabled()).toBe(true)
    await button('Kill the token').click()
    await panel().getByText('The session has ended.').waitFor()
    expect(heard.at(-1)).toBe('POST /auth/logout')
  })

  it('says why something cannot be done now', async () => {
    const error = 'no token has been seen yet'
    await page.route('**/control', (route) => route.fulfill({ status: 409, json: { error } }))
    await logIn()
    await button('Kill the token').click()
    await page.getByRole('status').getByText(`Not done: ${error}`).waitFor()
    // The browser itself prints answers of 409.
    expect(errors.splice(0).filter((text) => !text.includes('409'))).toEqual([])
  })

  it("opens the app's page that sends the burst, on a timeline of its own", async () => {
    await giveBurstUrl(page)
    const phoneId = () => page.locator('iframe').getAttribute('src')
    const before = await phoneId()
    await button('Restart').click()
    await expect.poll(phoneId).not.toBe(before)
    const burst = button('100 requests, dead token')
    await logIn()
    const timeline = page.getByRole('region', { name: 'Timeline' }).first()
    await timeline.getByText('POST /auth/login').waitFor()
    await burst.click()
    const top = () => insidePhone(page, () => window.simulator.state(), undefined)
    await expect.poll(async () => (await top()).route).toBe('pages/net/net')
    expect((await top()).query).toEqual({ burst: '100' })
    await timeline.getByText('pages/net/net').waitFor()
    await expect.poll(() => timeline.getByText('POST /auth/login').count()).toBe(0)
  })
})

describe('what the session panel does', () => {
  // A token that is to expire does so during a later test: none of them needs an old one.
  shareWorkbench()
  beforeEach(() => openPanel(page, 'Session'))

  it.each([
    ['Kill the token', { type: 'killToken' }, 'The token is dead'],
    ['Expire in 5 s', { type: 'expireToken', after: 5_000 }, 'The token ends in 5 seconds.'],
    ['Rotate the session key', { type: 'rotateSessionKey' }, 'The session key is another one now.'],
  ])('does what "%s" says', async (name, control, said) => {
    await logIn()
    await expect.poll(() => button(name).isEnabled()).toBe(true)
    expect(await controlSent(page, () => button(name).click())).toEqual(control)
    await page.getByRole('status').getByText(said).waitFor()
  })

  it('lets the backend answer 401 to everything', async () => {
    const unauthorised = page.getByLabel('Backend always answers 401')
    expect(await controlSent(page, () => unauthorised.check())).toEqual({
      type: 'unauthorised',
      always: true,
    })
    expect(await controlSent(page, () => unauthorised.uncheck())).toMatchObject({ always: false })
  })

  it('has no burst for an app without a page for it, and says how to have it', async () => {
    await expect.poll(() => button('100 requests, dead token').count()).toBe(0)
    await panel().getByText('name it with --burst').waitFor()
  })
})

describe('what happened', () => {
  openWorkbenchForEach()

  it('shows what is stored without its secrets, and removes it', async () => {
    await openPanel(page, 'Storage')
    await store(page, 'session', JSON.stringify({ accessToken, uid: 'u1' }))
    await store(page, 'draft', { name: '林小舟', phone: '15400001234' })
    await panel().getByText('林小舟').waitFor()
    await panel().getByText('u1').waitFor()
    const text = await panel().innerText()
    expect(text).not.toContain(accessToken)
    expect(text).not.toContain('15400001234')
    expect(text).toMatch(/^3 keys, \d+ B/)
    // As the hint says.
    expect(text).toContain('shown as a fingerprint')
    expect(text).toMatch(/"accessToken":"<[0-9a-f]{8}>"/)
    await button('Remove draft').click()
    const keys = () =>
      insidePhone(page, () => Object.keys(window.simulator.state().storage), undefined)
    expect(await keys()).toEqual(['life', 'session'])
    await expect.poll(() => panel().innerText()).not.toContain('draft')
    await button('Clear all').click()
    expect(await keys()).toEqual([])
    await panel().getByText('The mini-program has stored nothing.').waitFor()
  })

  it('counts problems on their tab, and shows them with their places and stacks', async () => {
    await record(
      page,
      { kind: 'problem', id: 'p', at, type: 'unanswered', message: 'wx.requestPayment' },
      {
        ...{ kind: 'problem', id: 'q', at, type: 'error', message: 'TypeError: no name' },
        stack:
          '    at Array.map (<anonymous>)\n    at pick (common/vendor.js:2:1)\n' +
          '    at onLoad (src/pages/home/home.vue:31:9)\n    at app.js:2:65',
      },
    )
    await record(page, { kind: 'problem', id: 'r', at, type: 'compiled', message: 'app.wxss: }' })
    await page.getByRole('tab').getByRole('img', { name: '3 problems' }).waitFor()
    await page.getByRole('tab', { name: 'Problems' }).click()
    await panel().getByText('Not compiled', { exact: true }).waitFor()
    await panel().getByText('wx.requestPayment').waitFor()
    await panel().getByText('src/pages/home/home.vue:31:9', { exact: true }).waitFor()
    await panel().getByText('Stack').click()
    await panel().getByText('at app.js:2:65').waitFor()
  })

  it('fills the timeline, clears it, and keeps the problems', async () => {
    const timeline = page.getByRole('region', { name: 'Timeline' }).first()
    await record(page, { kind: 'problem', id: 'p', at, type: 'error', message: 'no name' })
    await timeline.getByText('no name').waitFor()
    await button('Clear').click()
    await timeline.getByText('Nothing has happened yet').waitFor()
    await expect.poll(() => page.getByRole('img', { name: '1 problem' }).count()).toBe(1)
  })
})

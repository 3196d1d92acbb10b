// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signInZhHans as texts } from '../../../src/locale/signInZhHans'
import { zhHans } from '../../../src/locale/zhHans'
import { stateOf } from '../../support/client'
import { outcomeOf } from '../../support/outcome'
import { challenge, challengeProblem, mountOn, phone, refused, unmountAll } from './signInSetup'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(unmountAll)

const id = 'AAAAAAAAAAAAAAAAAAAA-_'
const code = { id, secret: 's', expiresIn: 120, image: 'data:image/png;base64,' }

const openSignInPage = (options: Parameters<typeof mountOn>[2] = {}) =>
  mountOn('h5', 'SignInPage', options)

describe('the sign-in page', () => {
  it('asks the backend for the ways in, and shows a code to scan beside the form', async () => {
    const { host, has, settled } = await openSignInPage()
    const answer = await host.take('GET /auth/token-state')
    await answer.answer(401, challengeProblem('sms scan'))
    await settled()
    await (await host.take('POST /auth/scans')).answer(201, { data: code })
    await settled()
    expect([has('#sign-in-phone'), has('.scan-code__image')]).toEqual([true, true])
    expect(has('.sign-in__method--scan')).toBe(false)
  })

  it('lets users who are signed in choose another account', async () => {
    const { host, has, settled } = await openSignInPage({ token: 't' })
    await (await host.take('GET /auth/token-state')).answer(401, challengeProblem('sms'))
    await settled()
    expect([has('#sign-in-phone'), has('.sign-in__nothing')]).toEqual([true, false])
  })

  it('says that the backend cannot be reached, and tries again', async () => {
    const { host, has, press, settled } = await openSignInPage()
    await (await host.take('GET /auth/token-state')).fail('network')
    await settled()
    expect(has('.sign-in-page__failed')).toBe(true)
    await press('.sign-in-page__retry')
    await (await host.take('GET /auth/token-state')).answer(401, challengeProblem('sms'))
    await settled()
    expect(has('#sign-in-phone')).toBe(true)
  })

  it.each([
    [2, {}, [['navigateBack']]],
    [1, { home: '/pages/home/home' }, [['reLaunch', '/pages/home/home']]],
    [1, {}, []],
  ])('leads back, with %i pages open and %o, once', async (pages, more, moves) => {
    const props = { methods: ['password'], ...more }
    const page = await openSignInPage({ pages, props })
    await page.fill({ 'sign-in-phone': phone, 'sign-in-password': 'brown boxes' })
    await page.submit()
    await (await page.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await page.settled()
    expect(page.moves).toEqual(moves)
  })

  it('leads back when the user was signed in elsewhere, e.g. on the page for a password', async () => {
    const { auth, moves, settled } = await openSignInPage({ pages: 2, props: { methods: ['sms'] } })
    auth.adopt(stateOf('t'))
    await settled()
    expect(moves).toEqual([['navigateBack']])
  })

  it('leads back once it shows again, not from under the page that is over it', async () => {
    const { auth, moves, settled, runHook } = await openSignInPage({
      pages: 2,
      props: { methods: ['sms'] },
    })
    runHook('onHide')
    auth.adopt(stateOf('t'))
    await settled()
    expect(moves).toEqual([])
    runHook('onShow')
    await settled()
    expect(moves).toEqual([['navigateBack']])
  })

  it('leads home to a tab without closing the others', async () => {
    const { press, moves, settled } = await openSignInPage({
      props: { methods: ['sms'], home: '/pages/home/home' },
      tabs: ['/pages/home/home'],
    })
    await press('.sign-in__cancel')
    await settled()
    expect(moves).toEqual([['switchTab', '/pages/home/home']])
  })

  it.each([
    [1, undefined, [['reLaunch', '/pages/home/home']]],
    [1, ['sms'], []],
    [2, undefined, []],
  ])(
    'with a session, %i pages open and the methods %j, leads to %j',
    async (pages, methods, moves) => {
      const props = { home: '/pages/home/home', ...(methods && { methods }) }
      const page = await openSignInPage({ pages, props, token: 't' })
      expect(page.moves).toEqual(moves)
    },
  )

  it('leads home who is signed in where the host does not tell its pages', async () => {
    const props = { home: '/pages/home/home' }
    const page = await openSignInPage({ pages: 2, props, token: 't' })
    vi.stubGlobal('getCurrentPages', () => {
      throw new TypeError('not supported')
    })
    page.runHook('onShow')
    await page.settled()
    expect(page.moves).toEqual([['reLaunch', '/pages/home/home']])
  })

  it('leads back when the user does not want to', async () => {
    const { press, moves } = await openSignInPage({ pages: 2, props: { methods: ['sms'] } })
    await press('.sign-in__cancel')
    expect(moves).toEqual([['navigateBack']])
  })

  it('says why in a closed app, and stays until that leads the user on', async () => {
    const entry = { reason: () => '仅限本校师生使用', begin() {} }
    const props = { methods: ['password'], home: '/pages/home/home' }
    const page = await openSignInPage({ pages: 2, props, entry })
    expect(page.mounted.find('.sign-in-page__reason').text()).toBe('仅限本校师生使用')
    expect(page.has('.sign-in__cancel')).toBe(false)
    page.auth.adopt({ ...stateOf('t'), uid: 'u1' })
    await page.settled()
    expect(page.moves).toEqual([])
  })

  it('asks for the number in a closed app whose silent login knows nobody, and again on a press', async () => {
    const entry = { reason: () => '仅限本校师生使用', begin() {} }
    const page = await mountOn('mp-weixin', 'SignInPage', { token: 't', entry })
    await (await page.host.take('GET /auth/token-state')).answer(200, { tokenState: stateOf('t') })
    await page.settled()
    expect(page.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason: '仅限本校师生使用' })
    page.auth.cancelPrompt()
    await page.settled()
    await page.press('.sign-in-page__number')
    await (await page.host.take('GET /auth/token-state')).answer(200, { tokenState: stateOf('t') })
    await page.settled()
    expect(page.auth.prompt?.kind).toBe('getPhoneNumber')
  })

  it('answers a prompt that opens meanwhile, without a sheet over it, by what was typed before', async () => {
    const page = await openSignInPage({ props: { methods: ['password'] } })
    await page.fill({ 'sign-in-phone': phone, 'sign-in-password': 'brown boxes' })
    const waiting = outcomeOf(page.auth.request('/bookings'))
    await (await page.host.take('GET /bookings')).answer(401, {}, challenge('password'))
    await page.settled()
    expect(page.auth.prompt?.kind).toBe('login')
    expect(page.has('.auth-sheet')).toBe(false)
    await page.submit()
    await (await page.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await page.host.take('GET /bookings')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
  })
})

describe('the code to scan', () => {
  async function openCode() {
    const screen = await mountOn('h5', 'ScanCode')
    await (await screen.host.take('POST /auth/scans')).answer(201, { data: code })
    await screen.settled()
    const status = () => screen.mounted.find('.scan-code__status').text()
    const poll = async (answer: string) => {
      const call = await screen.host.take('GET /auth/scans/')
      await call.answer(200, { data: { status: answer } })
      await screen.settled()
    }
    return { ...screen, status, poll }
  }

  it('says that a phone has scanned it, and signs in when the user confirms there', async () => {
    const { host, mounted, status, poll, settled } = await openCode()
    expect(status()).toBe('')
    await poll('scanned')
    expect(status()).toBe(texts.scanScanned)
    await vi.advanceTimersByTimeAsync(1_000)
    await poll('confirmed')
    expect(status()).toBe(texts.scanConfirmed)
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ scan: { id, secret: 's' } })
    await login.answer(200, { tokenState: stateOf('t') })
    await settled()
    expect(mounted.emitted('done')).toHaveLength(1)
  })

  it('offers another one when it has expired', async () => {
    const { host, status, press, has } = await openCode()
    expect(has('.scan-code__again')).toBe(false)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(status()).toBe(texts.scanExpired)
    await press('.scan-code__again')
    expect(status()).toBe(texts.scanCreating)
    await host.take('POST /auth/scans')
  })

  it('is given up when its page is closed', async () => {
    const { host, mounted } = await openCode()
    const poll = await host.take('GET /auth/scans/')
    mounted.unmount()
    expect(poll.isAborted).toBe(true)
  })
})

describe('the page for a new password', () => {
  it('sets it with a text code, signs in and leads back', async () => {
    const page = await mountOn('h5', 'PasswordPage', { pages: 2 })
    const { fill, submit, press, host, settled, moves, kept } = page
    await fill({ 'sign-in-phone': phone })
    await press('.sign-in__send-code')
    const sent = await host.take('POST /auth/sms-codes')
    expect(sent.body).toEqual({ phone, purpose: 'password' })
    await sent.answer(202, { data: { resendAfter: 60, expiresIn: 300 } })
    await settled()
    expect(page.mounted.find('#new-password').attributes('autocomplete')).toBe('new-password')
    await fill({ 'sign-in-code': '123456', 'new-password': 'brown boxes' })
    await submit()
    const call = await host.take('PUT /auth/password')
    expect(call.body).toEqual({ phone, smsCode: '123456', password: 'brown boxes' })
    await call.answer(200, { tokenState: stateOf('t') })
    await settled()
    expect(moves).toEqual([['navigateBack']])
    expect(kept()).not.toMatch(/123456|brown boxes|13800138000/)
  })

  it.each([
    ['too short', 'short', undefined, texts.newPasswordInvalid],
    ['too common', '12345678', { status: 422, headers: {} }, texts.newPasswordRefused],
    [
      'given with a wrong code',
      'brown boxes',
      { status: 401, headers: refused },
      texts.codeRejected,
    ],
  ])('says that one is %s', async (_, password, answer, text) => {
    const page = await mountOn('h5', 'PasswordPage')
    await page.fill({ 'sign-in-phone': phone, 'sign-in-code': '123456', 'new-password': password })
    await page.submit()
    if (answer) {
      const call = await page.host.take('PUT /auth/password')
      await call.answer(answer.status, {}, answer.headers)
      await page.settled()
    } else page.host.assertIdle()
    expect(page.errors()).toEqual([text])
  })
})

describe('the terms on the page for a new password', () => {
  const terms = [{ title: '《用户协议》', url: '/pages/terms/terms' }]
  const given = { 'sign-in-phone': phone, 'sign-in-code': '123456', 'new-password': 'brown boxes' }

  it('come before the account that a new number gets', async () => {
    const page = await mountOn('h5', 'PasswordPage', { props: { terms } })
    await page.fill(given)
    await page.submit()
    expect(page.errors()).toEqual([texts.agreeFirst])
    page.host.assertIdle()
    await page.press('.terms-box__check')
    await page.submit()
    await page.host.take('PUT /auth/password')
  })

  it('are not shown to users who are signed in', async () => {
    const page = await mountOn('h5', 'PasswordPage', { props: { terms }, token: 't' })
    expect(page.has('.terms-box')).toBe(false)
    await page.fill(given)
    await page.submit()
    await page.host.take('PUT /auth/password')
  })
})

describe('the page that a scanned code opens', () => {
  const browser = { system: 'Edge, Windows', place: '浙江杭州', at: '2026-11-28T08:05:00Z' }

  const scan = (scene = id) =>
    mountOn('mp-weixin', 'ScanPage', { token: 't', props: { home: '/h/h' }, query: { scene } })

  async function look(asker: object = browser) {
    const phonePage = await scan()
    const call = await phonePage.host.take(`POST /auth/scans/${id}/scanned`)
    await call.answer(200, { data: { browser: asker } })
    await phonePage.settled()
    return phonePage
  }

  it('says who asks before the user confirms', async () => {
    const { mounted, has } = await look()
    expect(mounted.find('.scan-who').text()).toContain('Edge, Windows')
    expect(mounted.find('.scan-who').text()).toContain('浙江杭州')
    expect([has('.scan-confirm'), has('.scan-decline')]).toEqual([true, true])
  })

  it('shows of who asks only what the backend knows', async () => {
    const { mounted } = await look({ at: browser.at })
    const names = mounted.findAll('.scan-who__name').map((name) => name.text())
    expect(names).toEqual([texts.askerAt])
  })

  it.each([
    ['.scan-confirm', 'confirm', texts.confirmed],
    ['.scan-decline', 'decline', texts.declined],
  ])('%s is sent once, and leads on', async (button, call, text) => {
    const { press, host, mounted, moves, settled } = await look()
    await press(button)
    await press(button)
    await (await host.take(`POST /auth/scans/${id}/${call}`)).answer(204)
    host.assertIdle()
    await settled()
    expect(mounted.find('.scan-outcome').text()).toBe(text)
    await press('.scan-close')
    expect(moves).toEqual([['reLaunch', '/h/h']])
  })

  it('says that a code is of no use any more', async () => {
    const gone = await scan()
    await (await gone.host.take('POST /auth/scans/')).answer(410, {})
    await gone.settled()
    expect(gone.mounted.find('.scan-outcome').text()).toBe(texts.scanUnknown)
    const none = await scan('coupon%3D7')
    expect(none.mounted.find('.scan-outcome').text()).toBe(texts.scanUnknown)
    none.host.assertIdle()
  })

  it('lets the user try again without a network', async () => {
    const { host, press, has, mounted, settled } = await scan()
    await (await host.take('POST /auth/scans/')).fail('network')
    await settled()
    expect(mounted.find('.scan-outcome').text()).toBe(zhHans.errors.network)
    await press('.scan-retry')
    await (await host.take('POST /auth/scans/')).answer(200, { data: { browser } })
    await settled()
    expect(has('.scan-who')).toBe(true)
  })

  it('says how long to wait if there were too many tries', async () => {
    const { host, mounted, settled } = await scan()
    await (await host.take('POST /auth/scans/')).answer(429, {}, { 'Retry-After': '42' })
    await settled()
    expect(mounted.find('.scan-outcome').text()).toContain('42')
  })

  /** The user has signed out, is asked to sign in, and does not want to. */
  async function declineLogin({ host, auth, settled }: Awaited<ReturnType<typeof scan>>) {
    const call = await host.take('POST /auth/scans/')
    await call.answer(401, {}, challenge('sms'))
    expect(auth.prompt?.kind).toBe('login')
    auth.cancelPrompt()
    await settled()
  }

  it('asks a user who is not signed in, says what declining means, and leads back or asks again', async () => {
    const page = await scan()
    await page.auth.logout()
    await page.settled()
    expect(page.mounted.find('.scan-outcome').text()).toBe(zhHans.errors.signed_out)
    await page.press('.scan-retry')
    await declineLogin(page)
    expect(page.mounted.find('.scan-outcome').text()).toBe(texts.loginFirst)
    expect(page.mounted.find('.scan-retry').text()).toBe(texts.title)
    await page.press('.scan-retry')
    await declineLogin(page)
    await page.press('.sign-in__cancel')
    expect(page.moves).toEqual([['reLaunch', '/h/h']])
  })

  it('stays at the question when the user declines to sign in for the answer', async () => {
    const page = await look()
    await page.auth.logout()
    await page.press('.scan-confirm')
    await declineLogin(page)
    expect(page.mounted.find('.sign-in-page__failure').text()).toBe(texts.loginFirst)
    await page.press('.scan-decline')
    await page.host.take(`POST /auth/scans/${id}/decline`)
    expect(page.has('.sign-in-page__failure')).toBe(false)
  })
})

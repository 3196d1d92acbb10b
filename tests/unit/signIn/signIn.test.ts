import { afterEach, describe, expect, it, vi } from 'vitest'
import { createHost } from '../../support/host'
import { openClient, stateOf } from '../../support/client'
import { outcomeOf } from '../../support/outcome'
import {
  fetchLoginMethods,
  offeredMethods,
  readScanScene,
  requestSmsCode,
  scanOf,
  setPassword,
  signInHost,
  wechatAppCredentials,
} from '../../../src/signIn'

const all = ['sms', 'password', 'scan', 'wechat'] as const
const phone = '13800138000'
const openH5 = (token?: string) =>
  openClient({ host: createHost({ without: ['login'] }), ...(token && { token }) })

afterEach(() => vi.unstubAllGlobals())

describe('a text code', () => {
  it('is asked for in nobody’s name, and says when the next may be', async () => {
    const { host, auth } = openH5('t')
    const sent = outcomeOf(requestSmsCode(auth, { phone, purpose: 'login' }))
    const call = await host.take('POST /auth/sms-codes')
    expect(call.authorization).toBe(undefined)
    expect(call.body).toEqual({ phone, purpose: 'login' })
    await call.answer(202, { data: { resendAfter: 60, expiresIn: 300 } })
    expect(sent.value).toEqual({ resendAfter: 60, expiresIn: 300 })
  })

  it('for a number to add is asked for in the user’s name', async () => {
    const { host, auth } = openH5('t')
    void requestSmsCode(auth, { phone, purpose: 'bind' })
    expect((await host.take('POST /auth/sms-codes')).authorization).toBe('Bearer t')
  })

  it('does not come where there were too many: the error says when', async () => {
    const { host, auth } = openH5()
    const sent = outcomeOf(requestSmsCode(auth, { phone, purpose: 'login' }))
    await (await host.take('POST /auth/sms-codes')).answer(429, {}, { 'Retry-After': '42' })
    expect(sent.error).toMatchObject({ name: 'HttpError', status: 429, retryAfter: 42 })
  })
})

describe('a new password', () => {
  it('begins a session, answers the prompt, and is in no storage', async () => {
    const { host, auth } = openH5()
    const waiting = outcomeOf(auth.request('/bookings'))
    await (await host.take('GET /bookings')).answer(401)
    const set = outcomeOf(setPassword(auth, { phone, smsCode: '123456', password: 'brown boxes' }))
    const call = await host.take('PUT /auth/password')
    expect(call.body).toEqual({ phone, smsCode: '123456', password: 'brown boxes' })
    await call.answer(200, { tokenState: stateOf('n') })
    expect(set).toMatchObject({ is: 'resolved', value: { accessToken: 'n' } })
    await (await host.take('GET /bookings')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
    expect(JSON.stringify([...host.storage])).not.toMatch(/brown boxes|123456|138/)
  })

  it('that is refused leaves the session as it is', async () => {
    const { host, auth } = openH5('t')
    const set = outcomeOf(setPassword(auth, { phone, smsCode: '123456', password: 'short' }))
    await (await host.take('PUT /auth/password')).answer(422, { title: 'too short' })
    expect(set.error).toMatchObject({ code: 'login_rejected', status: 422 })
    expect(auth.tokenState?.accessToken).toBe('t')
  })
})

describe('the methods', () => {
  it.each([
    [{ is: 'miniProgram' }, ['wechat', 'sms', 'password']],
    [{ is: 'browser', isInWechat: true, isWide: false }, ['sms', 'password', 'wechat']],
    [{ is: 'browser', isInWechat: false, isWide: false }, ['sms', 'password']],
    [{ is: 'browser', isInWechat: false, isWide: true }, ['sms', 'password', 'scan']],
    [{ is: 'app', hasWechat: true }, ['sms', 'password', 'wechat']],
    [{ is: 'app', hasWechat: false }, ['sms', 'password']],
    [{ is: 'other' }, ['sms', 'password']],
  ] as const)('are what the host can do: %o', (host, offered) => {
    expect(offeredMethods(all, host)).toEqual(offered)
  })

  it('are what the backend has', () => {
    const host = { is: 'browser', isInWechat: false, isWide: true } as const
    expect(offeredMethods(['scan'], host)).toEqual(['scan'])
    expect(offeredMethods(undefined, host)).toEqual([])
    expect(offeredMethods(undefined, { is: 'miniProgram' })).toEqual(['wechat'])
  })

  it('are the mini-program’s where it is one', () => {
    expect(signInHost()).toEqual({ is: 'miniProgram' })
  })

  it.each(['', 'WxLogin realm="watchword", '])(
    'are asked for without a prompt: %s',
    async (first) => {
      const { host, auth } = openH5()
      const methods = outcomeOf(fetchLoginMethods(auth))
      const challenge = `${first}Bearer realm="watchword", methods="sms face password"`
      const call = await host.take('GET /auth/token-state')
      await call.answer(401, { challenges: challenge })
      expect(methods.value).toEqual(['sms', 'password'])
      expect(auth.prompt).toBe(null)
    },
  )

  it.each([
    ['a session, which stays', openH5('t')],
    ['a silent login, which does not happen', openClient()],
  ])('are those of a guest, also with %s', async (_, { host, auth }) => {
    const before = auth.tokenState
    const methods = outcomeOf(fetchLoginMethods(auth))
    const call = await host.take('GET /auth/token-state')
    expect(call.authorization).toBe(undefined)
    await call.answer(401, { challenges: 'Bearer methods="sms"' })
    expect([methods.value, auth.tokenState]).toEqual([['sms'], before])
    expect(host.logins).toBe(0)
  })
})

describe('the phone that has scanned a code', () => {
  const id = 'AAAAAAAAAAAAAAAAAAAA-_'

  it.each([
    [{ scene: id }, id],
    [{ scene: encodeURIComponent(id) }, id],
    [{ path: 'pages/scan/scan', scene: 1047, query: { scene: id } }, id],
    [{ path: 'pages/home/home', scene: 1001, query: {} }, undefined],
    [{ scene: 'coupon%3D7' }, undefined],
    [{ scene: '%' }, undefined],
    [{ scene: `${id}A` }, undefined],
    [undefined, undefined],
  ])('reads the scene of %o', (options, read) => {
    expect(readScanScene(options)).toBe(read)
  })

  it('sees who asks, and confirms or declines', async () => {
    const { host, auth } = openClient({ token: 't' })
    const browser = { system: 'Edge, Windows', place: '杭州', at: '2026-11-28T08:00:00Z' }
    const asker = outcomeOf(scanOf(auth, id).look())
    const call = await host.take(`POST /auth/scans/${id}/scanned`)
    expect(call.authorization).toBe('Bearer t')
    await call.answer(200, { data: { browser } })
    expect(asker.value).toEqual(browser)
    for (const what of ['confirm', 'decline'] as const) {
      const done = outcomeOf(scanOf(auth, id)[what]())
      await (await host.take(`POST /auth/scans/${id}/${what}`)).answer(204)
      expect(done).toMatchObject({ is: 'resolved', value: undefined })
    }
  })
})

describe('WeChat in the App', () => {
  const stubLogin = (login: (options: Record<string, (result: unknown) => void>) => void) =>
    vi.stubGlobal('uni', { login })

  it('gives a code that only the backend can exchange', async () => {
    const asked: object[] = []
    stubLogin((options) => {
      asked.push(options)
      options.success!({ code: 'c0de' })
    })
    expect(await wechatAppCredentials()).toEqual({ provider: 'wechat-app', code: 'c0de' })
    expect(asked).toMatchObject([{ provider: 'weixin', onlyAuthorize: true }])
  })

  it.each([
    ['login:fail User cancelled', 'prompt_denied'],
    ['login:fail not installed', 'login_failed'],
  ])('answers %s as %s', async (errMsg, code) => {
    stubLogin(({ fail }) => fail!({ errMsg }))
    await expect(wechatAppCredentials()).rejects.toMatchObject({ code })
  })

  it('that gives no code has failed', async () => {
    stubLogin(({ success }) => success!({}))
    await expect(wechatAppCredentials()).rejects.toMatchObject({ code: 'login_failed' })
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../support/clock'
import { KEY, openClient, stateOf } from '../../support/client'
import { createHost, type FakeHost } from '../../support/host'
import { outcomeOf } from '../../support/outcome'

const credentials = { phone: '13800138000', password: 'correct horse' }
const methods = 'Bearer realm="watchword", methods="wechat password"'
const tooOld = `WxLogin, ${methods}, error="insufficient_user_authentication", max_age="600"`

const pressed = (gave: object) => ({ errMsg: 'getPhoneNumber:ok', ...gave })

/** In WeChat, whose user need not be the one who signs in by phone and password. */
async function signIn(host = createHost(), state = {}) {
  const client = openClient({ host })
  const login = client.auth.login(credentials)
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('theirs', state) })
  await login
  return client
}

/** All that is on the wire is refused, what is sent again without a token too. */
async function refuse(host: FakeHost, times: number) {
  for (let round = 0; round < times; round++) {
    const call = await host.take('GET')
    await call.answer(401, {}, { 'WWW-Authenticate': `WxLogin, ${methods}` })
  }
}

describe('guarantee 29: a session that began with credentials is followed by no silent login', () => {
  it('its dead token opens the prompt, which replays what waits', async () => {
    const { host, auth } = await signIn()
    const booking = outcomeOf(auth.request({ url: '/book', method: 'POST' }))
    await (await host.take('POST /book')).answer(401)
    const guest = await host.take('POST /book')
    expect(guest.authorization).toBe(undefined)
    await guest.answer(401, {}, { 'WWW-Authenticate': `WxLogin, ${methods}` })
    expect(auth.prompt).toMatchObject({ kind: 'login', methods: ['password', 'wechat'] })
    expect(host.logins).toBe(0)

    void auth.submitLogin(credentials)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('again') })
    const again = await host.take('POST /book')
    expect(again.authorization).toBe('Bearer again')
    await again.answer(200, { data: 'booked' })
    expect(booking.value).toBe('booked')
  })

  it('nor after a restart, before its end or after it', async () => {
    const { host, auth } = await signIn()
    const before = openClient({ host })
    void before.auth.request('/a').catch(() => {})
    await refuse(host, 2)
    expect(before.auth.prompt?.kind).toBe('login')
    expect(host.storage.get(KEY)).toBe('{"byUser":true}')

    const after = openClient({ host })
    void after.auth.request('/b').catch(() => {})
    const first = await host.take('GET /b')
    expect(first.authorization).toBe(undefined)
    await first.answer(401)
    expect(after.auth.prompt?.kind).toBe('login')
    expect(host.logins).toBe(0)
    expect(auth.signedOut).toBe(false)
  })

  it('neither does verify(), nor a token that is known to have expired, nor a button on a page', async () => {
    const host = createHost()
    const { auth } = await signIn(host)
    await host.clock.advance(8_000_000)
    void auth.request('/late').catch(() => {})
    expect((await host.take('GET /late')).authorization).toBe('Bearer theirs')

    const verified = outcomeOf(auth.verify())
    await (await host.take('GET /auth/token-state')).answer(401)
    expect(verified.error).toMatchObject({ code: 'login_failed' })
    const given = outcomeOf(auth.submitPhoneNumber(pressed({ code: 'pressed' })))
    await flush()
    expect(given.error).toMatchObject({ code: 'login_failed' })
    expect(host.logins).toBe(0)
  })

  it('nor does a dead session key: what is encrypted then is not handed over', async () => {
    const { host, auth } = await signIn()
    const given = outcomeOf(auth.submitPhoneNumber(pressed({ encryptedData: 'e', iv: 'i' })))
    await (await host.take('POST /auth/phone-number')).answer(409)
    expect(given.error).toMatchObject({ code: 'login_failed' })
    expect(auth.tokenState?.accessToken).toBe('theirs')
    expect(host.logins).toBe(0)
  })

  it('nor do a dead token at a press, verify() without a session, or a button in sight', async () => {
    const { host, auth } = await signIn()
    const given = outcomeOf(auth.submitPhoneNumber(pressed({ code: 'pressed' })))
    await (await host.take('POST /auth/phone-number')).answer(401)
    expect(given.error).toMatchObject({ code: 'login_failed' })

    expect(auth.tokenState).toBe(null)
    const verified = outcomeOf(auth.verify())
    await flush()
    expect(verified.error).toMatchObject({ code: 'login_failed' })

    auth.adopt(stateOf('adopted'))
    const again = auth.login(credentials)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('theirs') })
    await again
    host.encrypts = () => true
    host.session = false
    await auth.preparePress('getPhoneNumber')
    expect(host.logins).toBe(0)
  })

  it('a login that is too old asks the user, and declining leaves the session', async () => {
    const { host, auth } = await signIn()
    const deletion = outcomeOf(auth.request({ url: '/account', method: 'DELETE' }))
    await (await host.take('DELETE /account')).answer(401, {}, { 'WWW-Authenticate': tooOld })
    expect(auth.prompt?.kind).toBe('login')
    auth.cancelPrompt()
    await flush()
    expect(deletion.error).toMatchObject({ code: 'prompt_cancelled' })
    expect(auth.tokenState?.accessToken).toBe('theirs')

    const second = outcomeOf(auth.request({ url: '/account', method: 'DELETE' }))
    await (await host.take('DELETE /account')).answer(401, {}, { 'WWW-Authenticate': tooOld })
    void auth.submitLogin(credentials)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('young') })
    const again = await host.take('DELETE /account')
    expect(again.authorization).toBe('Bearer young')
    await again.answer(204)
    expect(second.is).toBe('resolved')
  })

  it('another person’s login replays nothing that was asked for in this one’s name', async () => {
    const { host, auth } = await signIn(createHost(), { uid: 'u1' })
    const both = ['/orders/1', '/orders/2'].map((url) =>
      outcomeOf(auth.request({ url, method: 'DELETE' })),
    )
    const [first, second] = await host.takeAll('DELETE')
    await first!.answer(401, {}, { 'WWW-Authenticate': tooOld })
    void auth.submitLogin(credentials)
    const other = { tokenState: stateOf('other', { uid: 'u2' }) }
    await (await host.take('POST /auth/login')).answer(200, other)
    // It comes when the other person has logged in.
    await second!.answer(401, {}, { 'WWW-Authenticate': tooOld })
    for (const { error } of both) expect(error).toMatchObject({ code: 'signed_out' })
    host.assertIdle()
  })

  it.each([
    ['a press', pressed({ code: 'pressed' })],
    ['a text code', { phone: '13800138000', smsCode: '123456' }],
  ])('a login that is too old for %s is said, and the session goes on', async (_, number) => {
    const { host, auth } = await signIn()
    const given = outcomeOf(auth.submitPhoneNumber(number))
    const call = await host.take('POST /auth/phone-number')
    await call.answer(401, {}, { 'WWW-Authenticate': tooOld })
    expect(given.error).toMatchObject({ code: 'login_too_old', status: 401 })
    expect(auth.tokenState?.accessToken).toBe('theirs')
    host.assertIdle()
  })

  it('a number typed in it is not handed over in the name of WeChat’s user, who has taken its place', async () => {
    const { host, auth } = await signIn()
    const number = outcomeOf(auth.submitPhoneNumber({ phone: '13800138000', smsCode: '123456' }))
    const call = await host.take('POST /auth/phone-number')
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('wechat') })
    expect(login.value).toMatchObject({ accessToken: 'wechat' })
    await call.answer(401)
    expect(number.error).toMatchObject({ code: 'signed_out' })
    host.assertIdle()
  })

  it('the user’s press of WeChat’s login begins a session that renews silently again', async () => {
    const { host, auth } = await signIn()
    void auth.request('/a').catch(() => {})
    await refuse(host, 2)
    void auth.submitLogin()
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-1' })
    await login.answer(200, { tokenState: stateOf('own') })
    await (await host.take('GET /a')).answer(200, { data: 1 })

    void auth.request('/b').catch(() => {})
    await (await host.take('GET /b')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('renewed') })
    expect((await host.take('GET /b')).authorization).toBe('Bearer renewed')
  })

  it('WeChat’s login that fails leaves it as it is', async () => {
    const { host, auth } = await signIn()
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(401)
    expect(login.error).toMatchObject({ code: 'login_rejected' })
    expect(auth.tokenState?.accessToken).toBe('theirs')
  })

  it('after a logout WeChat’s user is asked as ever', async () => {
    const { host, auth } = await signIn()
    await auth.logout()
    expect(host.storage.get(KEY)).toBe('{"signedOut":true}')
  })
})

describe('guarantee 29: a session that storage has refused to keep', () => {
  it.each([
    ['keeps what was there', ['setItem'] as const],
    ['cannot be read either', ['setItem', 'getItem'] as const],
  ])('is ended by its own dead token only, where storage %s', async (_, broken) => {
    const host = createHost()
    host.storage.set(KEY, JSON.stringify({ state: stateOf('wechat'), at: host.clock.now() }))
    const { auth } = openClient({ host })
    for (const name of broken) host.broken.add(name)
    const login = auth.login(credentials)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('theirs') })
    await login
    host.broken.delete('getItem')
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(401)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe(undefined)
    await again.answer(401)
    expect(auth.prompt?.kind).toBe('login')
    expect(host.logins).toBe(0)
  })
})

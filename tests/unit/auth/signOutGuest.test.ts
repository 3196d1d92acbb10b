import { describe, expect, it } from 'vitest'
import { phoneCode } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { openClient, KEY, stateOf, type Client } from '../../support/client'

/** A client whose user signed out in an earlier life of the app. */
function createSignedOut(): Client {
  const client = openClient()
  client.host.storage.set(KEY, JSON.stringify({ signedOut: true }))
  return openClient({ host: client.host })
}

/** Signed out, and a request was answered 401. */
async function createAsked(path = '/a', options = {}) {
  const client = createSignedOut()
  const outcome = outcomeOf(client.auth.request({ url: path, ...options }))
  await (await client.host.take(`GET ${path}`)).answer(401)
  return { ...client, outcome }
}

describe('guarantee 14: while signed out', () => {
  it('sends every kind of request as a guest’s and takes no session from the answers', async () => {
    const { host, auth } = createSignedOut()
    host.serve = () => ({
      status: 200,
      data: { data: {}, tokenState: stateOf('gift') },
      headers: { 'Token-State': 'e30' },
    })
    await auth.request('/a')
    await auth.request({ url: '/b', method: 'POST', data: { a: 1 } })
    await auth.upload({ url: '/c', filePath: 'wxfile://f', name: 'file' })
    await auth.download({ url: '/d' })
    expect(host.sent.map(({ authorization }) => authorization)).toEqual(Array(4).fill(undefined))
    expect(auth.tokenState).toBe(null)
    expect(auth.signedOut).toBe(true)
    expect(host.logins).toBe(0)
  })

  it.each([200, 204, 400, 403, 404, 422, 429, 500, 503])('prompts for nothing on %i', async (s) => {
    const { host, auth } = createSignedOut()
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(s)
    expect(auth.prompt).toBe(null)
    expect(host.logins).toBe(0)
  })

  it.each([
    undefined,
    'WxLogin',
    'Bearer, WxLogin',
    'Bearer error="invalid_token"',
    'getUserInfo, getPhoneNumber reason="why"',
  ])('prompts for the login on 401 with %s', async (challenge) => {
    const { host, auth } = createSignedOut()
    const outcome = outcomeOf(auth.request('/a'))
    const headers = challenge === undefined ? {} : { 'WWW-Authenticate': challenge }
    await (await host.take('GET /a')).answer(401, {}, headers)
    expect(auth.prompt).toEqual({ kind: 'login', status: 'open' })
    expect(outcome.is).toBe('pending')
    expect(host.logins).toBe(0)
  })

  it('fails on a 401 that names only what is unknown here', async () => {
    const { host, auth } = createSignedOut()
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401, {}, { 'www-authenticate': 'Basic realm="x"' })
    expect(outcome).toMatchObject({ error: { code: 'unknown_challenge', status: 401 } })
    expect(auth.prompt).toBe(null)
  })

  it('logs in and replays when the user agrees', async () => {
    const { host, auth, outcome } = await createAsked()
    const second = outcomeOf(auth.request('/b'))
    await (await host.take('GET /b')).answer(401)
    const submit = outcomeOf(auth.submitLogin())
    expect(auth.prompt).toEqual({ kind: 'login', status: 'submitting' })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    expect(submit.is).toBe('resolved')
    expect(auth.prompt).toBe(null)
    expect(auth.signedOut).toBe(false)
    for (const call of await host.takeAll('GET')) {
      expect(call.authorization).toBe('Bearer t')
      await call.answer(200, { data: 1 })
    }
    expect([outcome.value, second.value]).toEqual([1, 1])
    expect(host.logins).toBe(1)
    host.assertIdle()
  })

  it('asks for the next thing after the login, one prompt after the other', async () => {
    const { host, auth, outcome } = await createAsked()
    void auth.submitLogin()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    const challenge = { 'WWW-Authenticate': 'getPhoneNumber' }
    await (await host.take('GET /a')).answer(401, {}, challenge)
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'open' })
    void auth.submitPhoneNumber(phoneCode)
    const state = stateOf('t', { hasPhoneNumber: true })
    await (await host.take('POST /auth/phone-number')).answer(200, { tokenState: state })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome).toEqual({ is: 'resolved', value: 1 })
  })

  it('gives up when the request is answered 401 after the login too', async () => {
    const { host, auth, outcome } = await createAsked()
    void auth.submitLogin()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /a')).answer(401)
    expect(outcome).toMatchObject({ error: { code: 'login_rejected' } })
    host.assertIdle()
  })

  it('settles with prompt_cancelled when the user declines, and stays signed out', async () => {
    const { host, auth, outcome } = await createAsked()
    auth.cancelPrompt()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(auth.prompt).toBe(null)
    expect(auth.signedOut).toBe(true)
    expect(host.sent).toHaveLength(1)
  })

  it('opens no prompt for a request with interactive: false', async () => {
    const { auth, outcome } = await createAsked('/a', { interactive: false })
    expect(outcome).toMatchObject({ error: { code: 'prompt_unavailable', status: 401 } })
    expect(auth.prompt).toBe(null)
  })

  it.each([
    ['wx.login fails', 'login_failed'],
    ['wx.login stays silent', 'login_timeout'],
    ['the backend refuses', 'login_rejected'],
    ['the backend is down', 'network'],
    ['the backend’s answer has no token state', 'protocol'],
  ] as const)('keeps the prompt open with the error when %s', async (_name, code) => {
    const { host, auth, outcome } = await createAsked()
    if (code === 'login_failed') host.login = 'fail'
    if (code === 'login_timeout') host.login = 'silent'
    const submit = outcomeOf(auth.submitLogin())
    if (code === 'login_rejected') await (await host.take('POST /auth/login')).answer(401)
    if (code === 'network') await (await host.take('POST /auth/login')).fail('network')
    if (code === 'protocol') await (await host.take('POST /auth/login')).answer(200, {})
    await host.clock.advance(10_000)
    expect(submit.is).toBe('resolved')
    expect(auth.prompt).toEqual({ kind: 'login', status: 'open', error: code })
    expect(outcome.is).toBe('pending')
    expect(auth.signedOut).toBe(true)

    host.login = 'code'
    void auth.submitLogin()
    expect(auth.prompt).toEqual({ kind: 'login', status: 'submitting' })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('rejects with the code when a login is submitted without a prompt and fails', async () => {
    const { host, auth } = createSignedOut()
    const submit = outcomeOf(auth.submitLogin())
    await (await host.take('POST /auth/login')).fail('network')
    expect(submit).toMatchObject({ is: 'rejected', error: { code: 'network' } })
    expect(auth.signedOut).toBe(true)
  })

  it('makes one login of two presses', async () => {
    const { host, auth } = await createAsked()
    const both = [outcomeOf(auth.submitLogin()), outcomeOf(auth.submitLogin())]
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    expect(both.map(({ is }) => is)).toEqual(['resolved', 'resolved'])
    expect(host.logins).toBe(1)
  })

  it('is ended by login(), which answers an open prompt too', async () => {
    const { host, auth, outcome } = await createAsked()
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    expect((await login).accessToken).toBe('t')
    expect(auth.prompt).toBe(null)
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(JSON.parse(String(host.storage.get(KEY)))).not.toHaveProperty('signedOut')
    expect(openClient({ host }).auth.signedOut).toBe(false)
  })

  it('lasts until the login has succeeded', async () => {
    const { host, auth } = createSignedOut()
    const login = outcomeOf(auth.login())
    expect(auth.signedOut).toBe(true)
    await (await host.take('POST /auth/login')).answer(403)
    expect(login).toMatchObject({ error: { code: 'login_rejected', status: 403 } })
    expect(auth.signedOut).toBe(true)
    expect(openClient({ host }).auth.signedOut).toBe(true)
  })

  it('replays a guest’s 401 that comes after the user has signed in, without a prompt', async () => {
    const { host, auth } = createSignedOut()
    const outcome = outcomeOf(auth.request('/a'))
    const late = await host.take('GET /a')
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await login
    await late.answer(401)
    expect(auth.prompt).toBe(null)
    const replayed = await host.take('GET /a')
    expect(replayed.authorization).toBe('Bearer t')
    await replayed.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(host.logins).toBe(1)
  })

  it.each([['verify()', (auth: Client['auth']) => auth.verify()]])(
    'is not ended by %s, which fails with signed_out',
    async (_name, call) => {
      const { host, auth } = createSignedOut()
      await expect(call(auth)).rejects.toMatchObject({ code: 'signed_out' })
      expect(host.sent).toHaveLength(0)
      expect(host.logins).toBe(0)
      expect(auth.signedOut).toBe(true)
    },
  )

  it('is not ended by any call that only looks or taps', async () => {
    const { host, auth } = createSignedOut()
    host.encrypts = () => true
    auth.pressPrompt()
    auth.cancelPrompt()
    auth.pageUnloaded()
    auth.subscribe(() => {})()
    await auth.logout()
    await host.clock.advance(120_000)
    expect(host.sent).toHaveLength(0)
    expect(host.logins).toBe(0)
    expect(auth.signedOut).toBe(true)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stateOf } from '../../support/client'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { createAppHost } from './appHost'

type Host = ReturnType<typeof createAppHost>

beforeEach(() => {
  // As uni-app names it today; older versions say `app-plus`.
  vi.stubEnv('UNI_PLATFORM', 'app')
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

/** The client of an app that has just been started, on this host. */
async function start(host: Host = createAppHost()) {
  vi.stubGlobal('uni', host.uni)
  vi.stubGlobal('plus', host.plus)
  vi.stubGlobal('getCurrentPages', () => [])
  // What the App has not: code that asks for it fails.
  vi.stubGlobal('window', undefined)
  vi.stubGlobal('navigator', undefined)
  vi.resetModules()
  const { createAuth } = await import('../../../src/createAuth')
  const signIn = await import('../../../src/signIn')
  const auth = createAuth({ baseURL: 'https://api.example.com' })
  return { host, auth, signIn }
}

const METHODS = {
  'WWW-Authenticate': 'Bearer realm="watchword", methods="sms password scan wechat"',
}
const session = (token: string) => ({ tokenState: { ...stateOf(token), hasPhoneNumber: false } })

describe('in the App', () => {
  it('a request that needs a session asks the user how, and goes on after WeChat', async () => {
    const { host, auth, signIn } = await start()
    const bookings = outcomeOf(auth.request('/bookings'))
    await flush()
    expect(host.latest().authorization).toBeUndefined()
    host.latest().answer(401, {}, METHODS)
    await flush()
    expect(host.loginsAsked).toEqual([])
    expect(auth.prompt).toMatchObject({ kind: 'login' })
    expect(signIn.offeredMethods(auth.prompt?.methods)).toEqual(['sms', 'password', 'wechat'])

    host.allowLogin('0c0de')
    const submitted = auth.submitLogin(await signIn.wechatAppCredentials())
    await flush()
    expect(host.loginsAsked).toMatchObject([{ provider: 'weixin', onlyAuthorize: true }])
    expect(host.latest()).toMatchObject({ body: { provider: 'wechat-app', code: '0c0de' } })
    host.latest().answer(200, session('t'))
    await submitted
    await flush()
    expect(host.latest().authorization).toBe('Bearer t')
    host.latest().answer(200, { data: [] })
    await flush()
    expect(bookings.value).toEqual([])
  })

  it('a number signs in where WeChat is not installed', async () => {
    const { host, auth, signIn } = await start(createAppHost({ hasWechat: false }))
    void auth.request('/bookings').catch(() => undefined)
    await flush()
    host.latest().answer(401, {}, METHODS)
    await flush()
    expect(signIn.offeredMethods(auth.prompt?.methods)).toEqual(['sms', 'password'])
    void auth.submitLogin({ phone: '13800138000', smsCode: '123456' })
    await flush()
    expect(host.latest().body).toEqual({ phone: '13800138000', smsCode: '123456' })
  })

  it.each([
    ['用户取消', -2, 'prompt_denied'],
    ['User cancelled', -2, 'prompt_denied'],
    ['业务参数配置缺失', -7, 'login_failed'],
  ])(
    'what WeChat says, %s (%i), is a refusal or a failure: %s',
    async (message, code, expected) => {
      const { host, signIn } = await start()
      host.refuseLogin(message, code)
      await expect(signIn.wechatAppCredentials()).rejects.toMatchObject({ code: expected })
    },
  )

  it('a session is in the storage of the App, and there after a restart', async () => {
    const { host, auth } = await start()
    auth.adopt({ ...stateOf('t'), version: 1 })
    const again = await start(host)
    const me = outcomeOf(again.auth.request('/me'))
    await flush()
    expect(host.latest().authorization).toBe('Bearer t')
    host.latest().answer(200, { data: 'me' })
    await flush()
    expect(me.value).toBe('me')
  })

  it('a dead token leads to one prompt, and no silent login is tried', async () => {
    const { host, auth } = await start()
    auth.adopt(stateOf('dead'))
    const both = [outcomeOf(auth.request('/a')), outcomeOf(auth.request('/b'))]
    await flush()
    const dead = { 'WWW-Authenticate': `${METHODS['WWW-Authenticate']}, error="invalid_token"` }
    for (const call of [...host.calls]) call.answer(401, {}, dead)
    await flush()
    // Guests may have some of it.
    expect(host.latest()).toMatchObject({
      url: expect.stringMatching(/\/a$/),
      authorization: undefined,
    })
    host.latest().answer(401, {}, METHODS)
    await flush()
    expect(auth.prompt?.kind).toBe('login')
    expect(host.loginsAsked).toEqual([])
    auth.cancelPrompt()
    await flush()
    expect(both.map(({ error }) => error)).toMatchObject([
      { code: 'prompt_cancelled' },
      { code: 'prompt_cancelled' },
    ])
  })

  it('an upload’s challenge is read from its problem: the App drops the headers', async () => {
    const { host, auth } = await start()
    auth.adopt(stateOf('t'))
    void auth
      .upload({ url: '/pictures', filePath: '_doc/1.jpg', name: 'file' })
      .catch(() => undefined)
    await flush()
    const problem = { type: '/problems/challenged', challenges: 'getPhoneNumber reason="delivery"' }
    host.latest().answer(401, problem)
    await flush()
    expect(auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason: 'delivery' })
  })

  it('headers that the system gives as a list are read', async () => {
    const { host, auth } = await start()
    auth.adopt(stateOf('t'))
    void auth.request('/bookings').catch(() => undefined)
    await flush()
    host.latest().answer(401, {}, { 'Www-Authenticate': ['Bearer realm="a"', 'getPhoneNumber'] })
    await flush()
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
  })

  it.each([
    ['timeout', 'timeout'],
    ['abort statusCode:0 Unable to resolve host', 'network'],
  ])('a request that fails with %s has the code %s', async (reason, code) => {
    const { host, auth } = await start()
    const asked = outcomeOf(auth.request('/services'))
    await flush()
    host.latest().fail(reason)
    await flush()
    expect(asked.error).toMatchObject({ code })
  })

  it('a download goes on although its task knows no headers', async () => {
    const { host, auth } = await start()
    auth.adopt(stateOf('t'))
    const file = outcomeOf(auth.download({ url: '/files/1' }))
    await flush()
    expect(host.latest()).toMatchObject({ api: 'downloadFile', authorization: 'Bearer t' })
    host.latest().answer(200)
    await flush()
    expect(file.value).toMatchObject({ tempFilePath: '_doc/uniapp_temp/download/1' })
  })
})

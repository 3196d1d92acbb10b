import { describe, expect, it } from 'vitest'
import { asking, challenge, givePhone } from '../../support/challenged'
import { isSpokenInCodes, openClient, stateOf } from '../../support/client'
import { flush } from '../../support/clock'
import { sendFirst } from '../../support/firstRequest'
import { createHost } from '../../support/host'

/** What a host may be without. */
const OPTIONAL = ['onHide', 'onShow', 'onStored', 'onInterference', 'pages', 'encrypts'] as const

const crash = () => {
  throw new Error('broken')
}

describe('a host', () => {
  it.each([
    // Its key counts as the one that WeChat encrypts with.
    { how: 'lacks', call: undefined, checks: 0 },
    { how: 'throws at', call: crash, checks: 1 },
  ])('that $how every call that it may lack serves sign-in all the same', async (given) => {
    const host = createHost()
    for (const name of OPTIONAL) Object.assign(host.platform, { [name]: given.call })
    const client = openClient({ host, token: 't' })
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    expect(client.auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'open' })
    expect(host.sessionChecks).toBe(given.checks)
    await givePhone(client)
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    client.auth.pageUnloaded()
    expect(client.warnings).toEqual([])
  })

  it('that reports what an interceptor has changed has it told as a warning', () => {
    const host = createHost()
    let report = (_detail: string) => {}
    host.platform.onInterference = (listener) => void (report = listener)
    const { warnings } = openClient({ host })
    expect(warnings).toEqual([])
    report('returnValue of request')
    expect(warnings).toMatchObject([{ code: 'interceptor_interferes' }])
    expect(warnings[0]?.message).toContain(': returnValue of request.')
  })

  it.skipIf(isSpokenInCodes)(
    'whose interceptor replaces the token is told of once, by the name of the header',
    async () => {
      const host = createHost()
      const { send } = host.platform
      host.platform.send = (call) => {
        Object.assign(call.header, { Authorization: 'Bearer theirs' })
        return send(call)
      }
      const { auth, warnings } = openClient({ host, token: 't' })
      for (const url of ['/a', '/b']) {
        void auth.request(url)
        await (await host.take('GET')).answer(200, {})
      }
      expect(warnings).toMatchObject([{ code: 'interceptor_interferes' }])
      expect(warnings[0]?.message).toContain(': Authorization header.')
    },
  )

  it('whose interceptor adds headers of its own is left alone', async () => {
    const host = createHost()
    const { send } = host.platform
    host.platform.send = (call) => {
      Object.assign(call.header, { 'x-own': '1' })
      return send(call)
    }
    const { auth, warnings } = openClient({ host, token: 't' })
    void auth.request('/a')
    await (await host.take('GET /a')).answer(200, {})
    expect(warnings).toEqual([])
  })

  it('has no ninth place for requests with a token that the backend has only refused', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(401, {}, asking('getUserInfo'))
    for (let i = 0; i < 12; i++) void auth.request(`/${i}`)
    expect(await host.takeAll('GET')).toHaveLength(8)
  })

  it('that carries one request at once has that one place', async () => {
    const { host, auth } = openClient({ host: createHost({ limit: 1 }), token: 't' })
    for (const url of ['/a', '/b']) void auth.request(url)
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await (await host.take('GET /b')).answer(401, {}, asking('getUserInfo'))
    expect(auth.prompt?.kind).toBe('getUserInfo')
    expect(host.most).toBe(1)
  })
})

describe('a login code', () => {
  it.each([undefined, null, '', 7, { code: 'c' }])('that is %j is none', async (code) => {
    const { host, auth } = openClient()
    host.platform.login = () => Promise.resolve(code as string)
    await expect(auth.login()).rejects.toMatchObject({ code: 'login_failed' })
    expect(host.sent).toEqual([])
  })

  it('that the host does not give is missed in its own words', async () => {
    const { host, auth } = openClient()
    host.login = 'fail'
    const error: unknown = await auth.login().catch((one: unknown) => one)
    expect(error).toMatchObject({ code: 'login_failed', cause: { errMsg: 'login:fail' } })
  })

  it('has replaced the session key though nobody has exchanged it, and the host checks none', async () => {
    const host = createHost({ without: ['checkSession'] })
    host.encrypts = () => true
    const client = openClient({ host, token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
    client.auth.cancelPrompt()

    void client.auth.login().catch(() => {})
    await (await host.take('POST /auth/login')).fail('network')
    await host.clock.advance(1_000)
    await challenge(client, '/b', 'getPhoneNumber')
    expect(client.auth.prompt).toBe(null)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
  })

  it('that is not the newest one leaves the backend without the newest key', async () => {
    const { host, auth, carrier } = await sendFirst()
    host.encrypts = () => true
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).fail('network')
    await carrier.answer(200, { data: 1, tokenState: stateOf('late') })
    void auth.preparePress('getPhoneNumber')
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-3' })
  })

  it('waits for each button that is pressed, whichever was pressed last', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.encrypts = () => true
    auth.pressPrompt('getPhoneNumber')
    auth.pressPrompt('getUserInfo')
    auth.releasePress('getUserInfo')
    void auth.login()
    await flush()
    expect(host.logins).toBe(0)
    auth.releasePress('getPhoneNumber')
    await flush()
    expect(host.logins).toBe(1)
  })
})

describe('a choice of the app', () => {
  it.each([
    [1, 1],
    [3, 3],
    [0, 8],
    [-1, 8],
    [NaN, 8],
    [undefined, 8],
  ])('of %s requests at once puts %i on the wire', async (concurrency, most) => {
    const { host, auth } = openClient({
      token: 't',
      ...(concurrency !== undefined && { concurrency }),
    })
    for (let i = 0; i < 12; i++) void auth.request(`/${i}`)
    expect(await host.takeAll('GET')).toHaveLength(most)
  })

  it('of no margin uses a token to its end', async () => {
    const { host, auth } = openClient({ token: 't', state: stateOf('t'), expiryMargin: 0 })
    await host.clock.advance(7_199_999)
    void auth.request('/a')
    expect((await host.take('GET /a')).authorization).toBe('Bearer t')
  })
})

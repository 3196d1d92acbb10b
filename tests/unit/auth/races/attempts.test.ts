import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { openClient, stateOf } from '../../../support/client'
import { sendFirst } from '../../../support/firstRequest'
import type { FakeHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'

const LOGIN = 'POST /auth/login'
const loginsOf = (host: FakeHost) => host.sent.filter(({ line }) => line === LOGIN).length
const issue = async (host: FakeHost, token: string) =>
  (await host.take(LOGIN)).answer(200, { tokenState: stateOf(token) })

describe('guarantee 2: one login at a time', () => {
  it('also if a listener signs out and logs in anew as the first one succeeds', async () => {
    const { host, auth } = openClient()
    let isFirst = true
    auth.subscribe(() => {
      if (!auth.tokenState || !isFirst) return
      isFirst = false
      void auth.logout()
      void auth.login()
    })
    void auth.login().catch(() => {})
    await issue(host, 'first')
    await flush()
    const joined = auth.login()
    await flush()
    expect(loginsOf(host)).toBe(2)
    await issue(host, 'second')
    expect((await joined).accessToken).toBe('second')
  })

  it('also if the answer of an earlier one, which was overtaken, comes meanwhile', async () => {
    const { host, auth, carrier, others } = await sendFirst()
    await host.clock.advance(3_000)
    await issue(host, 'new')
    for (const other of others) other.catch(() => {})
    const login = auth.login()
    await host.take(LOGIN)
    await carrier.answer(200, { data: 1 })
    const joined = auth.login()
    await flush()
    expect(loginsOf(host)).toBe(2)
    await issue(host, 'newest')
    expect(await Promise.all([login, joined])).toEqual([stateOf('newest'), stateOf('newest')])
  })
})

describe('guarantee 7: a login that was given up', () => {
  it('keeps none waiting if it fails', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(401)
    const login = await host.take(LOGIN)
    auth.adopt(stateOf('adopted'))
    await login.fail('network')
    await (await host.take('GET /a')).answer(204)
    void auth.request('/b')
    await (await host.take('GET /b')).answer(401)
    await issue(host, 'n')
    expect((await host.take('GET /b')).authorization).toBe('Bearer n')
  })

  it('in the background is not made again with what the user gave, which is good for one try', async () => {
    const { host, auth } = openClient()
    const login = outcomeOf(auth.login({ phone: '13800138000', smsCode: '123456' }))
    const call = await host.take(LOGIN)
    await host.hide()
    await call.fail('interrupted')
    await host.show()
    expect(login.error).toMatchObject({ code: 'network' })
    expect(loginsOf(host)).toBe(1)
  })
})

describe('a session', () => {
  it('that a first request brought is followed by silent logins', async () => {
    const { host, auth, carrier } = await sendFirst()
    await carrier.answer(200, { data: 1, tokenState: stateOf('t') })
    void auth.request('/next')
    await (await host.take('GET /next')).answer(401)
    expect((await host.take(LOGIN)).body).toEqual({ code: 'code-2' })
  })

  it('that was adopted is followed by silent logins', async () => {
    const { host, auth } = openClient()
    auth.adopt(stateOf('adopted'))
    void auth.request('/a')
    await (await host.take('GET /a')).answer(401)
    expect((await host.take(LOGIN)).body).toEqual({ code: 'code-1' })
  })

  it('that was adopted has no session key: WeChat encrypts with one of a new login', async () => {
    const { host, auth } = openClient()
    host.encrypts = () => true
    auth.adopt(stateOf('adopted'))
    const again = openClient({ host })
    void again.auth.preparePress('getPhoneNumber')
    await flush()
    expect(host.logins).toBe(1)
    expect(host.sessionChecks).toBe(0)
  })

  it('is not proven by an answer to the one before it', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.request('/old')
    const old = await host.take('GET /old')
    auth.adopt(stateOf('adopted'))
    await host.clock.advance(59_999)
    await old.answer(204)
    await host.clock.advance(1)
    for (let i = 0; i < 12; i++) void auth.request(`/${i}`)
    expect(await host.takeAll('GET')).toHaveLength(8)
  })

  it('that an answer has renewed counts, whatever became of the token before', async () => {
    const { host, auth } = openClient({ token: 't' })
    const [a, b] = ['/a', '/b'].map((url) => outcomeOf(auth.request(url)))
    const [first, second] = await host.takeAll('GET')
    await first!.answer(401)
    const c = outcomeOf(auth.request('/c'))
    await second!.answer(200, { data: 2, tokenState: stateOf('n', { version: 2 }) })
    await (await host.take(LOGIN)).answer(429)
    for (const [path, data] of [
      ['/a', 1],
      ['/c', 3],
    ] as const) {
      const call = await host.take(`GET ${path}`)
      expect(call.authorization).toBe('Bearer n')
      await call.answer(200, { data })
    }
    expect([a!.value, b!.value, c.value]).toEqual([1, 2, 3])
  })

  it('that an answer has renewed is tried once in the place of a login that failed', async () => {
    const { host, auth } = openClient({ token: 't' })
    const [a] = ['/a', '/b'].map((url) => outcomeOf(auth.request(url)))
    const [first, second] = await host.takeAll('GET')
    await first!.answer(401)
    await second!.answer(200, { data: 2, tokenState: stateOf('n', { version: 2 }) })
    await (await host.take(LOGIN)).answer(429)
    await (await host.take('GET /a')).answer(401)
    // Of that answer, not of the login.
    expect(a!.error).toMatchObject({ code: 'login_rejected', status: 401 })
    host.assertIdle()
  })

  it('is stored once for each login code that replaces its key', async () => {
    const { host, auth } = openClient({ token: 't' })
    let writes = 0
    const { setItem } = host.platform
    host.platform.setItem = (key, value) => {
      writes++
      setItem(key, value)
    }
    void auth.login()
    await host.take(LOGIN)
    expect(writes).toBe(1)
  })

  it('that is none stores nothing for a login code', async () => {
    const { host, auth } = openClient()
    let removals = 0
    host.platform.removeItem = () => void removals++
    void auth.login()
    await host.take(LOGIN)
    expect(removals).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import type { FakeHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf } from '../../../support/client'

const loginsOf = (host: FakeHost) =>
  host.sent.filter(({ line }) => line === 'POST /auth/login').length

describe('guarantee 9: whatever waits on the platform has a time limit', () => {
  it('wx.login: 10 s, then login_timeout for all who wait', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    host.login = 'silent'
    const outcomes = [outcomeOf<unknown>(auth.request('/a')), outcomeOf<unknown>(auth.login())]
    await host.clock.advance(9_999)
    expect(outcomes.map(({ is }) => is)).toEqual(['pending', 'pending'])
    await host.clock.advance(1)
    expect(outcomes[1]).toMatchObject({ is: 'rejected', error: { code: 'login_timeout' } })
    await (await host.take('GET /a')).answer(204)
    expect(outcomes[0]?.is).toBe('resolved')
  })

  it('wx.login: the limit the app chose', async () => {
    const { host, auth } = openClient({ loginTimeout: 2_000 })
    host.login = 'silent'
    const outcome = outcomeOf(auth.login())
    await host.clock.advance(2_000)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_timeout' } })
  })

  it('wx.login: 3 s for requests, also when the first one, which was to carry it, is aborted', async () => {
    const { host, auth } = openClient()
    host.login = 'silent'
    const first = auth.request('/a')
    first.catch(() => {})
    void auth.request('/b')
    await flush()
    first.abort()
    await host.clock.advance(3_000)
    expect((await host.take('GET /b')).authorization).toBeUndefined()
  })

  it('a code that comes too late is not used', async () => {
    const { host, auth } = openClient({ token: 't' })
    const wxLogin = holdLogin(host)
    const outcome = outcomeOf(auth.login())
    await host.clock.advance(10_000)
    await wxLogin.give('late')
    expect(outcome.is).toBe('rejected')
    expect(host.sent).toHaveLength(0)
  })

  it('the exchange: 10 s of its own', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    const call = await host.take('POST /auth/login')
    await host.clock.advance(9_999)
    expect(outcome.is).toBe('pending')
    await host.clock.advance(1)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    expect(call.isAborted).toBe(true)
    host.assertIdle()
  })

  it.each([
    ['the time limit of the call', { timeout: 1_500 }, 1_500],
    ['60 s if none is given', {}, 60_000],
  ])('a request on a host that never answers: %s', async (_, options, limit) => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.request({ url: '/a', ...options }))
    const call = await host.take('GET /a')
    await host.clock.advance(limit - 1)
    expect(outcome.is).toBe('pending')
    await host.clock.advance(1)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    expect(call.isAborted).toBe(true)
    expect(host.clock.pending).toBe(0)
  })

  it('counts a request’s limit for each sending, not while it waits for a login', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const outcome = outcomeOf(auth.request({ url: '/a', timeout: 5_000 }))
    await host.clock.advance(4_000)
    await (await host.take('GET /a')).answer(401)
    await host.clock.advance(4_000)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await host.clock.advance(4_000)
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome).toMatchObject({ is: 'resolved', value: 1 })
  })

  it('verify() on a backend that never answers lets the waiting requests go', async () => {
    const { host, auth } = openClient({ token: 't' })
    const verified = outcomeOf(auth.verify())
    const task = outcomeOf(auth.request('/a'))
    await host.clock.advance(10_000)
    expect(verified).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    await (await host.take('GET /a')).answer(204)
    expect(task.is).toBe('resolved')
  })

  it('leaves no timer behind when all went well', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /a')).answer(204)
    await task
    expect(host.clock.pending).toBe(0)
  })
})

describe('guarantee 9: a login interrupted by going to the background', () => {
  it('waits for coming back and is tried once more, with a new code', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401)
    const login = await host.take('POST /auth/login')
    await host.hide()
    await host.clock.advance(5_000)
    await login.fail('interrupted')
    expect(loginsOf(host)).toBe(1)
    await host.show()
    const again = await host.take('POST /auth/login')
    expect(again.body).toEqual({ code: 'code-2' })
    await again.answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(await task).toBe(1)
  })

  it('is tried once more at once when the app is back already', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    const login = await host.take('POST /auth/login')
    await host.hide()
    await host.show()
    await login.fail('interrupted')
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(outcome.is).toBe('resolved')
  })

  it('is tried once more though the app has said twice that it leaves', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    const login = await host.take('POST /auth/login')
    await host.hide()
    await login.fail('interrupted')
    await host.hide()
    await host.show()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(outcome.is).toBe('resolved')
  })

  it('is tried once more on a host that says at its start that it is in sight', async () => {
    const { host, auth } = openClient({ token: 't' })
    await host.show()
    const outcome = outcomeOf(auth.login())
    await host.hide()
    await (await host.take('POST /auth/login')).fail('interrupted')
    await host.show()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(outcome.is).toBe('resolved')
  })

  it('may have been interrupted in wx.login', async () => {
    const { host, auth } = openClient({ token: 't' })
    const wxLogin = holdLogin(host)
    const outcome = outcomeOf(auth.login())
    await flush()
    await host.hide()
    await wxLogin.refuse('login:fail interrupted')
    wxLogin.release()
    expect(outcome.is).toBe('pending')
    await host.show()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(outcome.is).toBe('resolved')
  })

  it('may have begun when the app was in the background already', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const task = auth.request('/a')
    await host.hide()
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).fail('interrupted')
    await host.show()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(await task).toBe(1)
  })

  it('may be one that a first request carries, while wx.login runs', async () => {
    const { host, auth } = openClient()
    const wxLogin = holdLogin(host)
    const tasks = [auth.request('/a'), auth.request('/b')]
    await flush()
    await host.hide()
    await wxLogin.refuse('login:fail interrupted')
    wxLogin.release()
    await host.show()
    const carrier = await host.take('GET /a')
    expect(carrier.authorization).toBe('WxLogin code-1')
    await carrier.answer(200, { data: 1, tokenState: stateOf('t') })
    await (await host.take('GET /b')).answer(200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([1, 2])
  })

  it('may follow a first request that was interrupted itself', async () => {
    const { host, auth } = openClient()
    const first = outcomeOf(auth.request('/a'))
    const second = auth.request('/b')
    const carrier = await host.take('GET /a')
    await host.hide()
    await carrier.fail('interrupted')
    expect(first).toMatchObject({ is: 'rejected', error: { code: 'network' } })
    await (await host.take('POST /auth/login')).fail('interrupted')
    await host.show()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /b')).answer(200, { data: 2 })
    expect(await second).toBe(2)
  })

  it('is tried once more only', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    for (let i = 0; i < 2; i++) {
      const login = await host.take('POST /auth/login')
      await host.hide()
      await login.fail('interrupted')
      await host.show()
    }
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'network' } })
    expect(loginsOf(host)).toBe(2)
    host.assertIdle()
  })

  it('is not tried again when the backend did answer', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    const login = await host.take('POST /auth/login')
    await host.hide()
    await login.answer(429)
    await host.show()
    expect(outcome).toMatchObject({ is: 'rejected', error: { status: 429 } })
    expect(loginsOf(host)).toBe(1)
  })

  it('is not tried again when the app stayed in the foreground', async () => {
    const { host, auth } = openClient({ token: 't' })
    await host.hide()
    await host.show()
    const outcome = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).fail('network')
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'network' } })
    host.assertIdle()
  })

  it('gives up when the app does not come back within a minute', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    const login = await host.take('POST /auth/login')
    await host.hide()
    await login.fail('interrupted')
    await host.clock.advance(60_000)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'network' } })
    await host.show()
    expect(loginsOf(host)).toBe(1)
  })

  it('is not taken up again after a logout', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    const login = await host.take('POST /auth/login')
    await host.hide()
    await login.fail('interrupted')
    await auth.logout()
    await host.show()
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    expect(host.logins).toBe(1)
    expect(loginsOf(host)).toBe(1)
    expect(auth.signedOut).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { othersGoWith, sendFirst } from '../../../support/firstRequest'
import { holdLogin } from '../../../support/heldLogin'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf } from '../../../support/client'

describe('guarantee 5: a first request that stays unanswered', () => {
  it('makes the others log in by POST after 3 s, with a new code', async () => {
    const { host, outcome, others } = await sendFirst()
    await host.clock.advance(2_999)
    expect(host.onWire).toHaveLength(1)
    await host.clock.advance(1)
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
    expect(outcome.is).toBe('pending')
    expect(host.sent.filter(({ line }) => line === 'GET /first')).toHaveLength(1)
  })

  it('counts the 3 s from the sending, not from wx.login', async () => {
    const { host, auth } = openClient()
    const wxLogin = holdLogin(host)
    void auth.request('/first')
    void auth.request('/b')
    await host.clock.advance(2_900)
    await wxLogin.give('slow')
    await host.clock.advance(2_999)
    expect(host.sent.map(({ line }) => line)).toEqual(['GET /first'])
  })

  it('has its own answer when it comes late, and leaves the newer session alone', async () => {
    const { host, auth, first, others, carrier } = await sendFirst()
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await carrier.answer(200, { data: 1, tokenState: stateOf('late', { version: 99 }) })
    expect(await first).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('new')
    await othersGoWith(host, 'new', others)
  })

  it('is replayed with the newer session when it gets 401 late', async () => {
    const { host, first, carrier } = await sendFirst()
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await carrier.answer(401)
    const replay = await host.take('GET /first')
    expect(replay.authorization).toBe('Bearer new')
    await replay.answer(200, { data: 1 })
    expect(await first).toBe(1)
    expect(host.logins).toBe(2)
  })

  it('joins the login under way when it gets 401 late', async () => {
    const { host, first, carrier } = await sendFirst()
    await host.clock.advance(3_000)
    await host.take('POST /auth/login')
    await carrier.answer(401)
    expect(await host.takeAll('POST /auth/login')).toHaveLength(1)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    const replay = await host.take('GET /first')
    expect(replay.authorization).toBe('Bearer new')
    await replay.answer(200, { data: 1 })
    expect(await first).toBe(1)
    expect(host.logins).toBe(2)
  })

  it('lends its late session when the login after it failed', async () => {
    const { host, auth, first, outcomes, carrier } = await sendFirst()
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).fail('network')
    expect(outcomes).toMatchObject([{ error: { code: 'network' } }, { error: { code: 'network' } }])
    await carrier.answer(200, { data: 1, tokenState: stateOf('late') })
    expect(await first).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('late')
    const next = auth.request('/next')
    const call = await host.take('GET /next')
    expect(call.authorization).toBe('Bearer late')
    await call.answer(204)
    await next
  })

  it('keeps its late session when the login that began after it is refused', async () => {
    const { host, auth, carrier } = await sendFirst()
    await host.clock.advance(3_000)
    const login = await host.take('POST /auth/login')
    await carrier.answer(200, { data: 1, tokenState: stateOf('late') })
    await login.answer(401)
    expect(auth.tokenState?.accessToken).toBe('late')
  })

  it('does not take the place of a session that the app has adopted', async () => {
    const { host, auth, first, carrier } = await sendFirst()
    await host.clock.advance(3_000)
    auth.adopt(stateOf('adopted'))
    await carrier.answer(200, { data: 1, tokenState: stateOf('late') })
    expect(await first).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('adopted')
  })

  it('ends by its own time limit, and nothing is left waiting', async () => {
    const { host, auth } = openClient()
    const outcome = outcomeOf(auth.request({ url: '/first', timeout: 5_000 }))
    await host.clock.advance(5_000)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    expect(host.clock.pending).toBe(0)
    host.assertIdle()
  })

  it('that ends by a time limit below 3 s lets the others log in at once', async () => {
    const { host, auth } = openClient()
    const outcome = outcomeOf(auth.request({ url: '/first', timeout: 500 }))
    void auth.request('/b')
    await host.clock.advance(500)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-2' })
  })
})

describe('guarantee 5: a first request that is aborted', () => {
  it('settles at once, goes on, and gives the others its session', async () => {
    const { host, first, outcome, others, carrier } = await sendFirst()
    first.abort()
    await flush()
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    expect(carrier.isAborted).toBe(false)
    await carrier.answer(200, { data: 1, tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
  })

  it('is not replayed after a 401, and the others log in', async () => {
    const { host, first, outcome, others, carrier } = await sendFirst()
    first.abort()
    await carrier.answer(401)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-1' })
    await login.answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
    expect(host.sent.filter(({ line }) => line === 'GET /first')).toHaveLength(1)
  })

  it('during wx.login is never sent, and leaves the login to the others', async () => {
    const { host, auth } = openClient()
    const wxLogin = holdLogin(host)
    const first = auth.request('/first')
    const outcome = outcomeOf(first)
    const second = auth.request('/b')
    await flush()
    first.abort()
    wxLogin.release()
    await wxLogin.give('code')
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /b')).answer(200, { data: 2 })
    expect(await second).toBe(2)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    expect(host.sent.map(({ line }) => line)).toEqual(['POST /auth/login', 'GET /b'])
  })

  it('while wx.login stays silent holds nobody up for longer than its limit', async () => {
    const { host, auth } = openClient()
    host.login = 'silent'
    const first = auth.request('/first')
    const outcome = outcomeOf(first)
    const second = auth.request('/b')
    await flush()
    first.abort()
    await host.clock.advance(10_000)
    const guest = await host.take('GET /b')
    expect(guest.authorization).toBeUndefined()
    await guest.answer(200, { data: 2 })
    expect(await second).toBe(2)
    expect(outcome.is).toBe('rejected')
  })
})

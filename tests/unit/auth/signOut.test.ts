import { describe, expect, it } from 'vitest'
import type { WireAnswer } from '../../../src/platform/platform'
import { challenge, holdLogins, phoneCode } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { createBench, KEY, stateOf, type Bench } from '../../support/signedIn'

const MARK = JSON.stringify({ signedOut: true })

/** What is left of a session anywhere. */
function expectSignedOut({ auth, host }: Bench) {
  expect(auth.tokenState).toBe(null)
  expect(auth.signedOut).toBe(true)
  expect(auth.prompt).toBe(null)
  expect([...host.storage]).toEqual([[KEY, MARK]])
}

function linesOf({ host }: Bench) {
  return host.sent.map(({ line, authorization }) => `${line} ${authorization ?? 'guest'}`)
}

async function tellBackend({ host }: Bench) {
  await (await host.take('POST /auth/logout')).answer(204)
}

describe('promise 13: signing out', () => {
  it('resolves once nothing is left here, before the backend has answered', async () => {
    const bench = createBench({ token: 't' })
    const logout = outcomeOf(bench.auth.logout())
    expectSignedOut(bench)
    await flush()
    expect(logout.is).toBe('resolved')
    expect((await bench.host.take('POST /auth/logout')).authorization).toBe('Bearer t')
    await tellBackend(bench)
    expect(bench.warnings).toEqual([])
  })

  it('tells the backend for 5 s at most', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    const told = await bench.host.take('POST /auth/logout')
    await bench.host.clock.advance(4_999)
    expect(told.isAborted).toBe(false)
    await bench.host.clock.advance(1)
    expect(told.isAborted).toBe(true)
    expect(bench.warnings.map(({ code }) => code)).toEqual(['logout_not_told'])
  })

  it.each([
    ['204', 204, []],
    ['401, which means that the token is dead already', 401, []],
    ['500', 500, ['logout_not_told']],
  ])('takes the answer %s', async (_name, status, warned) => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    await (await bench.host.take('POST /auth/logout')).answer(status)
    expect(bench.warnings.map(({ code }) => code)).toEqual(warned)
    expectSignedOut(bench)
  })

  it('never answers a challenge to the logout itself', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    const told = await bench.host.take('POST /auth/logout')
    await told.answer(401, {}, { 'WWW-Authenticate': 'getPhoneNumber' })
    expectSignedOut(bench)
    expect(linesOf(bench)).toEqual(['POST /auth/logout Bearer t'])
  })

  it('warns, and stays signed out, when the backend is down', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    await (await bench.host.take('POST /auth/logout')).fail('network')
    expect(bench.warnings.map(({ code }) => code)).toEqual(['logout_not_told'])
    expectSignedOut(bench)
  })

  it('tells nobody when there was no session, and only once when called twice', async () => {
    const guest = createBench()
    await guest.auth.logout()
    expect(guest.host.sent).toHaveLength(0)
    expectSignedOut(guest)

    const bench = createBench({ token: 't' })
    await Promise.all([bench.auth.logout(), bench.auth.logout()])
    await tellBackend(bench)
    expect(linesOf(bench)).toEqual(['POST /auth/logout Bearer t'])
  })

  it('survives a restart', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    await tellBackend(bench)
    const again = createBench({ host: bench.host })
    expectSignedOut(again)
    void again.auth.request('/a')
    expect((await bench.host.take('GET /a')).authorization).toBeUndefined()
    expect(bench.host.logins).toBe(0)
  })

  it('settles what waits and what runs with signed_out, and takes it off the wire', async () => {
    const bench = createBench({ token: 't' })
    const all = Array.from({ length: 20 }, (_, i) => outcomeOf(bench.auth.request(`/${i}`)))
    const upload = outcomeOf(bench.auth.upload({ url: '/u', filePath: 'wxfile://a', name: 'f' }))
    const onWire = await bench.host.takeAll('GET')
    await bench.auth.logout()
    await tellBackend(bench)
    for (const outcome of [...all, upload]) {
      expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    }
    expect(onWire.every(({ isAborted }) => isAborted)).toBe(true)
    expect(bench.host.sent).toHaveLength(onWire.length + 1)
    bench.host.assertIdle()
  })

  it('leaves out the answer of a request that was on its way', async () => {
    const bench = createBench({ token: 't' })
    let arrive: (answer: WireAnswer) => void = () => {}
    const { send } = bench.host.platform
    bench.host.platform.send = (call) => {
      if (!call.url.endsWith('/a')) return send(call)
      return { answer: new Promise((resolve) => (arrive = resolve)), abort: () => {} }
    }
    const outcome = outcomeOf(bench.auth.request('/a'))
    await flush()
    await bench.auth.logout()
    arrive({ status: 200, headers: {}, data: { data: 1, tokenState: stateOf('t', { uid: 'u' }) } })
    await tellBackend(bench)
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expectSignedOut(bench)
  })

  it('discards a login that waits for wx.login', async () => {
    const bench = createBench()
    const held = holdLogins(bench.host)
    const login = outcomeOf(bench.auth.login())
    await flush()
    await bench.auth.logout()
    held[0]!.give('late')
    await flush()
    expect(login).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    expect(bench.host.sent).toHaveLength(0)
    expectSignedOut(bench)
  })

  it('never exchanges the code of a discarded login, also when the user signs in again', async () => {
    const bench = createBench()
    const held = holdLogins(bench.host)
    void bench.auth.login().catch(() => {})
    await flush()
    await bench.auth.logout()
    const again = bench.auth.login()
    await flush()
    held[0]!.give('late')
    held[1]!.give('mine')
    await (await bench.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect((await again).accessToken).toBe('n')
    expect(bench.host.sent.map(({ body }) => body)).toEqual([{ code: 'mine' }])
  })

  it('discards a login in its exchange and revokes the token it brings', async () => {
    const bench = createBench()
    const login = outcomeOf(bench.auth.login())
    const exchange = await bench.host.take('POST /auth/login')
    await bench.auth.logout()
    await flush()
    expect(login).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    await exchange.answer(200, { tokenState: stateOf('late') })
    expect((await bench.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(bench)
    expectSignedOut(bench)
  })

  it('revokes both tokens when a session was being replaced', async () => {
    const bench = createBench({ token: 'old' })
    void bench.auth.login().catch(() => {})
    const exchange = await bench.host.take('POST /auth/login')
    await bench.auth.logout()
    await tellBackend(bench)
    await exchange.answer(200, { tokenState: stateOf('late') })
    await tellBackend(bench)
    expect(linesOf(bench)).toEqual([
      'POST /auth/login guest',
      'POST /auth/logout Bearer old',
      'POST /auth/logout Bearer late',
    ])
    expectSignedOut(bench)
  })

  it('revokes the discarded token also when the user has signed in again by then', async () => {
    const bench = createBench()
    void bench.auth.login().catch(() => {})
    const discarded = await bench.host.take('POST /auth/login')
    await bench.auth.logout()
    const again = bench.auth.login()
    await flush()
    const second = bench.host.onWire.find((call) => call !== discarded)!
    await second.answer(200, { tokenState: stateOf('mine') })
    await again
    await discarded.answer(200, { tokenState: stateOf('late') })
    expect((await bench.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(bench)
    expect(bench.auth.tokenState?.accessToken).toBe('mine')
    expect(JSON.parse(String(bench.host.storage.get(KEY)))).toMatchObject({
      state: { accessToken: 'mine' },
    })
  })

  it('revokes it also when the second login is still under way', async () => {
    const bench = createBench()
    void bench.auth.login().catch(() => {})
    const discarded = await bench.host.take('POST /auth/login')
    await bench.auth.logout()
    const again = bench.auth.login()
    await flush()
    await discarded.answer(200, { tokenState: stateOf('late') })
    await tellBackend(bench)
    expect(bench.auth.tokenState).toBe(null)
    await (await bench.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('mine') })
    expect((await again).accessToken).toBe('mine')
    bench.host.assertIdle()
  })

  it('discards a first request that carries its login, and revokes its token', async () => {
    const bench = createBench()
    const outcome = outcomeOf(bench.auth.request('/a'))
    const waiting = outcomeOf(bench.auth.request('/b'))
    const pilot = await bench.host.take('GET /a')
    await bench.auth.logout()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    await pilot.answer(200, { data: 1, tokenState: stateOf('late') })
    expect((await bench.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(bench)
    expectSignedOut(bench)
  })

  it('revokes the token of a discarded first request after the user signed in again', async () => {
    const bench = createBench()
    void bench.auth.request('/a').catch(() => {})
    const pilot = await bench.host.take('GET /a')
    await bench.auth.logout()
    const again = bench.auth.login()
    await (await bench.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('mine') })
    await again
    await pilot.answer(401, { tokenState: stateOf('late'), challenges: 'getPhoneNumber' })
    expect((await bench.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(bench)
    expect(bench.auth.tokenState?.accessToken).toBe('mine')
    expect(bench.auth.prompt).toBe(null)
  })

  it('sends nothing for a first request whose wx.login answers after it', async () => {
    const bench = createBench()
    const held = holdLogins(bench.host)
    void bench.auth.request('/a').catch(() => {})
    await flush()
    await bench.auth.logout()
    held[0]!.give('late')
    await flush()
    expect(bench.host.sent).toHaveLength(0)
    expectSignedOut(bench)
  })

  it('discards a login that waits for the app to come back from the background', async () => {
    const bench = createBench()
    void bench.auth.login().catch(() => {})
    const exchange = await bench.host.take('POST /auth/login')
    await bench.host.hide()
    await exchange.fail('interrupted')
    await bench.auth.logout()
    await bench.host.show()
    await bench.host.clock.advance(60_000)
    expect(bench.host.sent).toHaveLength(1)
    expectSignedOut(bench)
  })

  it('discards a submit in flight, whatever it is answered', async () => {
    for (const status of [200, 401, 409, 500]) {
      const bench = createBench({ token: 't' })
      const waiting = await challenge(bench, '/a', 'getPhoneNumber')
      const submit = outcomeOf(bench.auth.submitPhoneNumber(phoneCode))
      const sent = await bench.host.take('POST /auth/phone-number')
      await bench.auth.logout()
      await tellBackend(bench)
      expect(submit).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
      expect(waiting).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
      await sent.answer(status, { tokenState: stateOf('t', { uid: 'u' }) })
      await bench.host.clock.advance(60_000)
      expectSignedOut(bench)
      expect(bench.host.logins).toBe(0)
      bench.host.assertIdle()
    }
  })

  it('asks nobody about a submit that fails on the wire after it', async () => {
    const bench = createBench({ token: 't' })
    void bench.auth.submitPhoneNumber(phoneCode).catch(() => {})
    const sent = await bench.host.take('POST /auth/phone-number')
    await bench.auth.logout()
    await tellBackend(bench)
    await sent.fail('network')
    expect(linesOf(bench)).toEqual([
      'POST /auth/phone-number Bearer t',
      'POST /auth/logout Bearer t',
    ])
  })

  it('keeps a submit of the last session from touching a prompt of the next', async () => {
    for (const late of [200, 'network'] as const) {
      const bench = createBench({ token: 't' })
      void bench.auth.submitPhoneNumber(phoneCode).catch(() => {})
      const old = await bench.host.take('POST /auth/phone-number')
      await bench.auth.logout()
      await tellBackend(bench)
      const login = bench.auth.login()
      await (await bench.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
      await login
      const waiting = await challenge(bench, '/a', 'getPhoneNumber')
      const submit = outcomeOf(bench.auth.submitPhoneNumber({ ...phoneCode, code: 'second' }))
      await flush()
      const [, mine] = bench.host.onWire
      expect(mine?.body).toEqual({ code: 'second' })
      if (late === 200) await old.answer(200, { tokenState: stateOf('t', { uid: 'u' }) })
      else await old.fail(late)
      expect(bench.auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'submitting' })
      expect(waiting.is).toBe('pending')
      await mine!.answer(200, { tokenState: stateOf('n', { hasPhoneNumber: true }) })
      await (await bench.host.take('GET /a')).answer(200, { data: 'a' })
      expect(submit.is).toBe('resolved')
      expect(waiting).toEqual({ is: 'resolved', value: 'a' })
      bench.host.assertIdle()
    }
  })

  it('discards the question whether a submit had arrived', async () => {
    const bench = createBench({ token: 't' })
    const submit = outcomeOf(bench.auth.submitPhoneNumber(phoneCode))
    await (await bench.host.take('POST /auth/phone-number')).fail('network')
    const question = await bench.host.take('GET /auth/token-state')
    await bench.auth.logout()
    await tellBackend(bench)
    await question.answer(200, { tokenState: stateOf('t', { hasPhoneNumber: true }) })
    expect(submit).toMatchObject({ error: { code: 'signed_out' } })
    expectSignedOut(bench)
  })

  it('discards a check of the token, whatever it is answered', async () => {
    for (const status of [200, 401, 500]) {
      const bench = createBench({ token: 't' })
      const check = outcomeOf(bench.auth.verify())
      const waiting = outcomeOf(bench.auth.request('/a'))
      const sent = await bench.host.take('GET /auth/token-state')
      await bench.auth.logout()
      await tellBackend(bench)
      await sent.answer(status, { tokenState: stateOf('t', { uid: 'u' }) })
      expect(check).toMatchObject({ error: { code: 'signed_out' } })
      expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
      expectSignedOut(bench)
      expect(bench.host.logins).toBe(0)
      bench.host.assertIdle()
    }
  })

  it('is not undone by a check whose answer makes a listener sign out', async () => {
    const bench = createBench({ token: 't' })
    const { auth, host } = bench
    auth.subscribe(() => {
      if (auth.tokenState?.uid) void auth.logout()
    })
    const check = outcomeOf(auth.verify())
    const sent = await host.take('GET /auth/token-state')
    await sent.answer(200, { tokenState: stateOf('t', { uid: 'u' }) })
    await tellBackend(bench)
    expect(check).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.logins).toBe(0)
    expectSignedOut(bench)
  })

  it('is not undone when it comes in the very moment a login has ended', async () => {
    const bench = createBench({ token: 't' })
    const { auth, host } = bench
    void auth.verify().catch(() => {})
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /auth/token-state')).answer(401)
    const leaving = auth.login().then(() => auth.logout())
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await leaving
    await tellBackend(bench)
    expect(host.logins).toBe(1)
    expectSignedOut(bench)
  })

  it('discards a first login whose token makes a listener sign out', async () => {
    const bench = createBench()
    const { auth, host } = bench
    auth.subscribe(() => {
      if (auth.tokenState) void auth.logout()
    })
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer n')
    await tellBackend(bench)
    expect(login).toMatchObject({ error: { code: 'signed_out' } })
    expectSignedOut(bench)
  })

  it('closes an open prompt; the requests of it settle with signed_out', async () => {
    const bench = createBench({ token: 't' })
    const seen: unknown[] = []
    const waiting = await challenge(bench, '/a', 'getUserInfo, getPhoneNumber')
    bench.auth.subscribe(() => seen.push(bench.auth.prompt))
    await bench.auth.logout()
    await tellBackend(bench)
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    expect(new Set(seen)).toEqual(new Set([null]))
    expectSignedOut(bench)
  })

  it('opens no prompt that was being made ready', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = () => true
    bench.host.session = undefined
    const waiting = await challenge(bench, '/a', 'getPhoneNumber')
    await bench.auth.logout()
    await tellBackend(bench)
    await bench.host.clock.advance(10_000)
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    expect(bench.host.logins).toBe(0)
    expectSignedOut(bench)
  })

  it('ends the hold on wx.login, so that signing in again does not wait', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = () => true
    bench.auth.pressPrompt()
    await bench.auth.logout()
    await tellBackend(bench)
    void bench.auth.login().catch(() => {})
    await bench.host.take('POST /auth/login')
    expect(bench.host.logins).toBe(1)
  })

  it('forgets the token even if storage refuses to write', async () => {
    const bench = createBench({ token: 't' })
    bench.host.broken.add('setItem')
    await bench.auth.logout()
    await tellBackend(bench)
    expect(bench.auth.tokenState).toBe(null)
    expect([...bench.host.storage]).toEqual([])
    expect(bench.warnings.map(({ code }) => code)).toEqual(['storage_failed'])
  })
})

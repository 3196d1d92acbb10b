import { describe, expect, it } from 'vitest'
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

describe('promise 13: nothing in flight brings the session back', () => {
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

  it('is complete although the host throws at every abort', async () => {
    const bench = createBench({ token: 't' })
    const { send } = bench.host.platform
    bench.host.platform.send = (call) => ({
      ...send(call),
      abort() {
        throw new Error('no such task')
      },
    })
    const outcomes = ['/a', '/b'].map((path) => outcomeOf(bench.auth.request(path)))
    await flush()
    await bench.auth.logout()
    await flush()
    for (const outcome of outcomes) expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(bench.auth.tokenState).toBe(null)
    expect([...bench.host.storage.values()]).toEqual([JSON.stringify({ signedOut: true })])
  })
})

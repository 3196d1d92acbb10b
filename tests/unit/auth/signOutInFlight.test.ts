import { describe, expect, it } from 'vitest'
import { challenge, phoneCode } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { holdLogin } from '../../support/heldLogin'
import { openClient, KEY, stateOf, type Client } from '../../support/client'

const MARK = JSON.stringify({ signedOut: true })

/** What is left of a session anywhere. */
function expectSignedOut({ auth, host }: Client) {
  expect(auth.tokenState).toBe(null)
  expect(auth.signedOut).toBe(true)
  expect(auth.prompt).toBe(null)
  expect([...host.storage]).toEqual([[KEY, MARK]])
}

function linesOf({ host }: Client) {
  return host.sent.map(({ line, authorization }) => `${line} ${authorization ?? 'guest'}`)
}

async function tellBackend({ host }: Client) {
  await (await host.take('POST /auth/logout')).answer(204)
}

describe('guarantee 13: nothing in flight brings the session back', () => {
  it('discards a login that waits for wx.login', async () => {
    const client = openClient()
    const held = holdLogin(client.host)
    const login = outcomeOf(client.auth.login())
    await flush()
    await client.auth.logout()
    await held.give('late')
    expect(login).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    expect(client.host.sent).toHaveLength(0)
    expectSignedOut(client)
  })

  it('never exchanges the code of a discarded login, also when the user signs in again', async () => {
    const client = openClient()
    const held = holdLogin(client.host)
    void client.auth.login().catch(() => {})
    await flush()
    await client.auth.logout()
    const again = client.auth.login()
    await flush()
    await held.give('late', 0)
    await held.give('mine')
    await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect((await again).accessToken).toBe('n')
    expect(client.host.sent.map(({ body }) => body)).toEqual([{ code: 'mine' }])
  })

  it('discards a login in its exchange and revokes the token it brings', async () => {
    const client = openClient()
    const login = outcomeOf(client.auth.login())
    const exchange = await client.host.take('POST /auth/login')
    await client.auth.logout()
    await flush()
    expect(login).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    await exchange.answer(200, { tokenState: stateOf('late') })
    expect((await client.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(client)
    expectSignedOut(client)
  })

  it('revokes both tokens when a session was being replaced', async () => {
    const client = openClient({ token: 'old' })
    void client.auth.login().catch(() => {})
    const exchange = await client.host.take('POST /auth/login')
    await client.auth.logout()
    await tellBackend(client)
    await exchange.answer(200, { tokenState: stateOf('late') })
    await tellBackend(client)
    expect(linesOf(client)).toEqual([
      'POST /auth/login guest',
      'POST /auth/logout Bearer old',
      'POST /auth/logout Bearer late',
    ])
    expectSignedOut(client)
  })

  it('revokes the discarded token also when the user has signed in again by then', async () => {
    const client = openClient()
    void client.auth.login().catch(() => {})
    const discarded = await client.host.take('POST /auth/login')
    await client.auth.logout()
    const again = client.auth.login()
    await flush()
    const second = client.host.onWire.find((call) => call !== discarded)!
    await second.answer(200, { tokenState: stateOf('mine') })
    await again
    await discarded.answer(200, { tokenState: stateOf('late') })
    expect((await client.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(client)
    expect(client.auth.tokenState?.accessToken).toBe('mine')
    expect(JSON.parse(String(client.host.storage.get(KEY)))).toMatchObject({
      state: { accessToken: 'mine' },
    })
  })

  it('revokes it also when the second login is still under way', async () => {
    const client = openClient()
    void client.auth.login().catch(() => {})
    const discarded = await client.host.take('POST /auth/login')
    await client.auth.logout()
    const again = client.auth.login()
    await flush()
    await discarded.answer(200, { tokenState: stateOf('late') })
    await tellBackend(client)
    expect(client.auth.tokenState).toBe(null)
    await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('mine') })
    expect((await again).accessToken).toBe('mine')
    client.host.assertIdle()
  })

  it('discards a first request that carries its login, and revokes its token', async () => {
    const client = openClient()
    const outcome = outcomeOf(client.auth.request('/a'))
    const waiting = outcomeOf(client.auth.request('/b'))
    const carrier = await client.host.take('GET /a')
    await client.auth.logout()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    await carrier.answer(200, { data: 1, tokenState: stateOf('late') })
    expect((await client.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(client)
    expectSignedOut(client)
  })

  it('revokes the token of a discarded first request after the user signed in again', async () => {
    const client = openClient()
    void client.auth.request('/a').catch(() => {})
    const carrier = await client.host.take('GET /a')
    await client.auth.logout()
    const again = client.auth.login()
    await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('mine') })
    await again
    await carrier.answer(401, { tokenState: stateOf('late'), challenges: 'getPhoneNumber' })
    expect((await client.host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    await tellBackend(client)
    expect(client.auth.tokenState?.accessToken).toBe('mine')
    expect(client.auth.prompt).toBe(null)
  })

  it('sends nothing for a first request whose wx.login answers after it', async () => {
    const client = openClient()
    const held = holdLogin(client.host)
    void client.auth.request('/a').catch(() => {})
    await flush()
    await client.auth.logout()
    await held.give('late')
    expect(client.host.sent).toHaveLength(0)
    expectSignedOut(client)
  })

  it('discards a login that waits for the app to come back from the background', async () => {
    const client = openClient()
    void client.auth.login().catch(() => {})
    const exchange = await client.host.take('POST /auth/login')
    await client.host.hide()
    await exchange.fail('interrupted')
    await client.auth.logout()
    await client.host.show()
    await client.host.clock.advance(60_000)
    expect(client.host.sent).toHaveLength(1)
    expectSignedOut(client)
  })

  it('discards a submit in flight, whatever it is answered', async () => {
    for (const status of [200, 401, 409, 500]) {
      const client = openClient({ token: 't' })
      const waiting = await challenge(client, '/a', 'getPhoneNumber')
      const submit = outcomeOf(client.auth.submitPhoneNumber(phoneCode))
      const sent = await client.host.take('POST /auth/phone-number')
      await client.auth.logout()
      await tellBackend(client)
      expect(submit).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
      expect(waiting).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
      await sent.answer(status, { tokenState: stateOf('t', { uid: 'u' }) })
      await client.host.clock.advance(60_000)
      expectSignedOut(client)
      expect(client.host.logins).toBe(0)
      client.host.assertIdle()
    }
  })

  it('asks nobody about a submit that fails on the wire after it', async () => {
    const client = openClient({ token: 't' })
    void client.auth.submitPhoneNumber(phoneCode).catch(() => {})
    const sent = await client.host.take('POST /auth/phone-number')
    await client.auth.logout()
    await tellBackend(client)
    await sent.fail('network')
    expect(linesOf(client)).toEqual([
      'POST /auth/phone-number Bearer t',
      'POST /auth/logout Bearer t',
    ])
  })

  it('keeps a submit of the last session from touching a prompt of the next', async () => {
    for (const late of [200, 'network'] as const) {
      const client = openClient({ token: 't' })
      void client.auth.submitPhoneNumber(phoneCode).catch(() => {})
      const old = await client.host.take('POST /auth/phone-number')
      await client.auth.logout()
      await tellBackend(client)
      const login = client.auth.login()
      await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
      await login
      const waiting = await challenge(client, '/a', 'getPhoneNumber')
      const submit = outcomeOf(client.auth.submitPhoneNumber({ ...phoneCode, code: 'second' }))
      await flush()
      const [, mine] = client.host.onWire
      expect(mine?.body).toEqual({ code: 'second' })
      if (late === 200) await old.answer(200, { tokenState: stateOf('t', { uid: 'u' }) })
      else await old.fail(late)
      expect(client.auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'submitting' })
      expect(waiting.is).toBe('pending')
      await mine!.answer(200, { tokenState: stateOf('n', { hasPhoneNumber: true }) })
      await (await client.host.take('GET /a')).answer(200, { data: 'a' })
      expect(submit.is).toBe('resolved')
      expect(waiting).toEqual({ is: 'resolved', value: 'a' })
      client.host.assertIdle()
    }
  })

  it('discards the question whether a submit had arrived', async () => {
    const client = openClient({ token: 't' })
    const submit = outcomeOf(client.auth.submitPhoneNumber(phoneCode))
    await (await client.host.take('POST /auth/phone-number')).fail('network')
    const question = await client.host.take('GET /auth/token-state')
    await client.auth.logout()
    await tellBackend(client)
    await question.answer(200, { tokenState: stateOf('t', { hasPhoneNumber: true }) })
    expect(submit).toMatchObject({ error: { code: 'signed_out' } })
    expectSignedOut(client)
  })

  it('discards a check of the token, whatever it is answered', async () => {
    for (const status of [200, 401, 500]) {
      const client = openClient({ token: 't' })
      const check = outcomeOf(client.auth.verify())
      const waiting = outcomeOf(client.auth.request('/a'))
      const sent = await client.host.take('GET /auth/token-state')
      await client.auth.logout()
      await tellBackend(client)
      await sent.answer(status, { tokenState: stateOf('t', { uid: 'u' }) })
      expect(check).toMatchObject({ error: { code: 'signed_out' } })
      expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
      expectSignedOut(client)
      expect(client.host.logins).toBe(0)
      client.host.assertIdle()
    }
  })

  it('is not undone by a check whose answer makes a listener sign out', async () => {
    const client = openClient({ token: 't' })
    const { auth, host } = client
    auth.subscribe(() => {
      if (auth.tokenState?.uid) void auth.logout()
    })
    const check = outcomeOf(auth.verify())
    const sent = await host.take('GET /auth/token-state')
    await sent.answer(200, { tokenState: stateOf('t', { uid: 'u' }) })
    await tellBackend(client)
    expect(check).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.logins).toBe(0)
    expectSignedOut(client)
  })

  it('is not undone when it comes in the very moment a login has ended', async () => {
    const client = openClient({ token: 't' })
    const { auth, host } = client
    void auth.verify().catch(() => {})
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /auth/token-state')).answer(401)
    const leaving = auth.login().then(() => auth.logout())
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await leaving
    await tellBackend(client)
    expect(host.logins).toBe(1)
    expectSignedOut(client)
  })

  it('discards a first login whose token makes a listener sign out', async () => {
    const client = openClient()
    const { auth, host } = client
    auth.subscribe(() => {
      if (auth.tokenState) void auth.logout()
    })
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer n')
    await tellBackend(client)
    expect(login).toMatchObject({ error: { code: 'signed_out' } })
    expectSignedOut(client)
  })

  it('is complete although the host throws at every abort', async () => {
    const client = openClient({ token: 't' })
    const { send } = client.host.platform
    client.host.platform.send = (call) => ({
      ...send(call),
      abort() {
        throw new Error('no such task')
      },
    })
    const outcomes = ['/a', '/b'].map((path) => outcomeOf(client.auth.request(path)))
    await flush()
    await client.auth.logout()
    await flush()
    for (const outcome of outcomes) expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(client.auth.tokenState).toBe(null)
    expect([...client.host.storage.values()]).toEqual([JSON.stringify({ signedOut: true })])
  })
})

import { describe, expect, it } from 'vitest'
import type { WireAnswer } from '../../../src/auth/platform'
import { challenge } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
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

describe('guarantee 13: signing out', () => {
  it('resolves once nothing is left here, before the backend has answered', async () => {
    const client = openClient({ token: 't' })
    const logout = outcomeOf(client.auth.logout())
    expectSignedOut(client)
    await flush()
    expect(logout.is).toBe('resolved')
    expect((await client.host.take('POST /auth/logout')).authorization).toBe('Bearer t')
    await tellBackend(client)
    expect(client.warnings).toEqual([])
  })

  it('notifies the backend for 5 s at most', async () => {
    const client = openClient({ token: 't' })
    await client.auth.logout()
    const logout = await client.host.take('POST /auth/logout')
    await client.host.clock.advance(4_999)
    expect(logout.isAborted).toBe(false)
    await client.host.clock.advance(1)
    expect(logout.isAborted).toBe(true)
    expect(client.warnings.map(({ code }) => code)).toEqual(['logout_unconfirmed'])
  })

  it.each([
    ['204', 204, []],
    ['401, which means that the token is dead already', 401, []],
    ['500', 500, ['logout_unconfirmed']],
  ])('takes the answer %s', async (_name, status, warned) => {
    const client = openClient({ token: 't' })
    await client.auth.logout()
    await (await client.host.take('POST /auth/logout')).answer(status)
    expect(client.warnings.map(({ code }) => code)).toEqual(warned)
    expectSignedOut(client)
  })

  it('never answers a challenge to the logout itself', async () => {
    const client = openClient({ token: 't' })
    await client.auth.logout()
    const logout = await client.host.take('POST /auth/logout')
    await logout.answer(401, {}, { 'WWW-Authenticate': 'getPhoneNumber' })
    expectSignedOut(client)
    expect(linesOf(client)).toEqual(['POST /auth/logout Bearer t'])
  })

  it('warns, and stays signed out, when the backend is down', async () => {
    const client = openClient({ token: 't' })
    await client.auth.logout()
    await (await client.host.take('POST /auth/logout')).fail('network')
    expect(client.warnings.map(({ code }) => code)).toEqual(['logout_unconfirmed'])
    expectSignedOut(client)
  })

  it('notifies nobody when there was no session, and only once when called twice', async () => {
    const guest = openClient()
    await guest.auth.logout()
    expect(guest.host.sent).toHaveLength(0)
    expectSignedOut(guest)

    const client = openClient({ token: 't' })
    await Promise.all([client.auth.logout(), client.auth.logout()])
    await tellBackend(client)
    expect(linesOf(client)).toEqual(['POST /auth/logout Bearer t'])
  })

  it('survives a restart', async () => {
    const client = openClient({ token: 't' })
    await client.auth.logout()
    await tellBackend(client)
    const again = openClient({ host: client.host })
    expectSignedOut(again)
    void again.auth.request('/a')
    expect((await client.host.take('GET /a')).authorization).toBeUndefined()
    expect(client.host.logins).toBe(0)
  })

  it('settles what waits and what runs with signed_out, and takes it off the wire', async () => {
    const client = openClient({ token: 't' })
    const all = Array.from({ length: 20 }, (_, i) => outcomeOf(client.auth.request(`/${i}`)))
    const upload = outcomeOf(client.auth.upload({ url: '/u', filePath: 'wxfile://a', name: 'f' }))
    const onWire = await client.host.takeAll('GET')
    await client.auth.logout()
    await tellBackend(client)
    for (const outcome of [...all, upload]) {
      expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    }
    expect(onWire.every(({ isAborted }) => isAborted)).toBe(true)
    expect(client.host.sent).toHaveLength(onWire.length + 1)
    client.host.assertIdle()
  })

  it('leaves out the answer of a request that was on its way', async () => {
    const client = openClient({ token: 't' })
    let arrive: (answer: WireAnswer) => void = () => {}
    const { send } = client.host.platform
    client.host.platform.send = (call) => {
      if (!call.url.endsWith('/a')) return send(call)
      return { answer: new Promise((resolve) => (arrive = resolve)), abort: () => {} }
    }
    const outcome = outcomeOf(client.auth.request('/a'))
    await flush()
    await client.auth.logout()
    arrive({ status: 200, headers: {}, data: { data: 1, tokenState: stateOf('t', { uid: 'u' }) } })
    await tellBackend(client)
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expectSignedOut(client)
  })

  it('closes an open prompt; the requests of it settle with signed_out', async () => {
    const client = openClient({ token: 't' })
    const seen: unknown[] = []
    const waiting = await challenge(client, '/a', 'getUserInfo, getPhoneNumber')
    client.auth.subscribe(() => seen.push(client.auth.prompt))
    await client.auth.logout()
    await tellBackend(client)
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    expect(new Set(seen)).toEqual(new Set([null]))
    expectSignedOut(client)
  })

  it('opens no prompt that was being made ready', async () => {
    const client = openClient({ token: 't' })
    client.host.encrypts = () => true
    client.host.session = undefined
    const waiting = await challenge(client, '/a', 'getPhoneNumber')
    await client.auth.logout()
    await tellBackend(client)
    await client.host.clock.advance(10_000)
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    expect(client.host.logins).toBe(0)
    expectSignedOut(client)
  })

  it('ends the hold on wx.login, so that signing in again does not wait', async () => {
    const client = openClient({ token: 't' })
    client.host.encrypts = () => true
    client.auth.pressPrompt()
    await client.auth.logout()
    await tellBackend(client)
    void client.auth.login().catch(() => {})
    await client.host.take('POST /auth/login')
    expect(client.host.logins).toBe(1)
  })

  it('forgets the token even if storage refuses to write', async () => {
    const client = openClient({ token: 't' })
    client.host.broken.add('setItem')
    await client.auth.logout()
    await tellBackend(client)
    expect(client.auth.tokenState).toBe(null)
    expect([...client.host.storage]).toEqual([])
    expect(client.warnings.map(({ code }) => code)).toEqual(['storage_failed'])
  })
})

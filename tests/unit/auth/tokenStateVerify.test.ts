import { describe, expect, it } from 'vitest'
import { asking } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { openClient, stateOf, type Client } from '../../support/client'

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('verify', () => {
  it('asks the backend once for all who call it, and gives the token state', async () => {
    const { host, auth } = openClient({ token: 't', state: { version: 1 } })
    const both = [outcomeOf(auth.verify()), outcomeOf(auth.verify())]
    const check = await host.take('GET /auth/token-state')
    expect(check.authorization).toBe('Bearer t')
    const state = stateOf('t', { version: 2, uid: 'u' })
    await check.answer(200, { tokenState: state })
    for (const outcome of both) expect(outcome).toEqual({ is: 'resolved', value: state })
    expect(host.sent).toHaveLength(1)
    void auth.verify().catch(() => {})
    await host.take('GET /auth/token-state')
  })

  it('lets new requests wait for it, and spares a burst on a dead token its 401s', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const check = outcomeOf(auth.verify())
    const burst = Array.from({ length: 20 }, (_, i) => outcomeOf(auth.request(`/${i}`)))
    await (await host.take('GET /auth/token-state')).answer(401)
    expect(host.onWire.map(({ line }) => line)).toEqual(['POST /auth/login'])
    host.serve = ({ authorization }) => ({ status: 200, data: { data: authorization } })
    await logIn(client)
    await host.clock.advance(1_000)
    expect(check.value).toEqual(stateOf('n'))
    expect(burst.map(({ value }) => value)).toEqual(Array(20).fill('Bearer n'))
    expect(host.sent).toHaveLength(22)
    expect(host.logins).toBe(1)
  })

  it.each([
    ['network', 'network'],
    ['timeout', 'timeout'],
  ] as const)('rejects on %s; the session stays and the requests go on', async (kind, code) => {
    const { host, auth } = openClient({ token: 't' })
    const check = outcomeOf(auth.verify())
    const waiting = outcomeOf(auth.request('/a'))
    await (await host.take('GET /auth/token-state')).fail(kind)
    expect(check).toMatchObject({ is: 'rejected', error: { code } })
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer t')
    await call.answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
    expect(host.logins).toBe(0)
  })

  it('is held to a time limit', async () => {
    const { host, auth } = openClient({ token: 't', loginTimeout: 4_000 })
    const check = outcomeOf(auth.verify())
    const waiting = outcomeOf(auth.request('/a'))
    await host.clock.advance(4_000)
    expect(check).toMatchObject({ error: { code: 'timeout' } })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
  })

  it('rejects with HttpError on another status', async () => {
    const { host, auth } = openClient({ token: 't' })
    const check = outcomeOf(auth.verify())
    await (await host.take('GET /auth/token-state')).answer(503, {}, { 'Retry-After': '9' })
    expect(check).toMatchObject({ error: { name: 'HttpError', status: 503, retryAfter: 9 } })
    expect(auth.tokenState?.accessToken).toBe('t')
  })

  it('logs in once on 401, and fails with the login', async () => {
    const { host, auth } = openClient({ token: 't' })
    const both = [outcomeOf(auth.verify()), outcomeOf(auth.verify())]
    await (await host.take('GET /auth/token-state')).answer(401)
    await (await host.take('POST /auth/login')).answer(403)
    for (const { error } of both) {
      expect(error).toMatchObject({ code: 'login_rejected', status: 403 })
    }
    expect(host.logins).toBe(1)
    host.assertIdle()
  })

  it('never prompts, whatever the 401 asks for', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const check = outcomeOf(auth.verify())
    const challenge = asking('getUserInfo, getPhoneNumber')
    await (await host.take('GET /auth/token-state')).answer(401, {}, challenge)
    expect(auth.prompt).toBe(null)
    await logIn(client)
    expect(auth.prompt).toBe(null)
    expect(check.value).toEqual(stateOf('n'))
  })

  it('logs in where there is no session, or joins the login under way', async () => {
    const client = openClient()
    const check = outcomeOf(client.auth.verify())
    const login = outcomeOf(client.auth.login())
    await logIn(client)
    expect(check.value).toEqual(stateOf('n'))
    expect(login.value).toEqual(stateOf('n'))
    expect(client.host.sent).toHaveLength(1)
  })

  it('takes a token that has replaced the checked one for good', async () => {
    const client = openClient({ token: 't' })
    const check = outcomeOf(client.auth.verify())
    const sent = await client.host.take('GET /auth/token-state')
    const login = client.auth.login()
    await logIn(client)
    await login
    await sent.answer(401)
    expect(check.value).toEqual(stateOf('n'))
    expect(client.host.logins).toBe(1)
  })

  it('that a logout has ended does not end the next one, which others join', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    void auth.verify().catch(() => {})
    const old = await host.take('GET /auth/token-state')
    await auth.logout()
    void auth.login()
    await logIn(client)
    void auth.verify()
    await flush()
    await old.answer(200, {})
    void auth.verify()
    expect(await host.takeAll('GET /auth/token-state')).toHaveLength(1)
  })

  it('fails with signed_out when the user has signed out, and asks nobody', async () => {
    const { host, auth } = openClient()
    await auth.logout()
    await expect(auth.verify()).rejects.toMatchObject({ code: 'signed_out' })
    await flush()
    expect(host.sent).toHaveLength(0)
    expect(host.logins).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { asking } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { createBench, stateOf, type Bench } from '../../support/signedIn'

async function logIn({ host }: Bench, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('verify', () => {
  it('asks the backend once for all who call it, and gives the token state', async () => {
    const { host, auth } = createBench({ token: 't', state: { version: 1 } })
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
    const bench = createBench({ token: 't' })
    const { host, auth } = bench
    const check = outcomeOf(auth.verify())
    const burst = Array.from({ length: 20 }, (_, i) => outcomeOf(auth.request(`/${i}`)))
    await (await host.take('GET /auth/token-state')).answer(401)
    expect(host.onWire.map(({ line }) => line)).toEqual(['POST /auth/login'])
    host.serve = ({ authorization }) => ({ status: 200, data: { data: authorization } })
    await logIn(bench)
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
    const { host, auth } = createBench({ token: 't' })
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
    const { host, auth } = createBench({ token: 't', loginTimeout: 4_000 })
    const check = outcomeOf(auth.verify())
    const waiting = outcomeOf(auth.request('/a'))
    await host.clock.advance(4_000)
    expect(check).toMatchObject({ error: { code: 'timeout' } })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
  })

  it('rejects with HttpError on another status', async () => {
    const { host, auth } = createBench({ token: 't' })
    const check = outcomeOf(auth.verify())
    await (await host.take('GET /auth/token-state')).answer(503, {}, { 'Retry-After': '9' })
    expect(check).toMatchObject({ error: { name: 'HttpError', status: 503, retryAfter: 9 } })
    expect(auth.tokenState?.accessToken).toBe('t')
  })

  it('logs in once on 401, and fails with the login', async () => {
    const { host, auth } = createBench({ token: 't' })
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
    const bench = createBench({ token: 't' })
    const { host, auth } = bench
    const check = outcomeOf(auth.verify())
    const challenge = asking('getUserInfo, getPhoneNumber')
    await (await host.take('GET /auth/token-state')).answer(401, {}, challenge)
    expect(auth.prompt).toBe(null)
    await logIn(bench)
    expect(auth.prompt).toBe(null)
    expect(check.value).toEqual(stateOf('n'))
  })

  it('logs in where there is no session, or joins the login under way', async () => {
    const bench = createBench()
    const check = outcomeOf(bench.auth.verify())
    const login = outcomeOf(bench.auth.login())
    await logIn(bench)
    expect(check.value).toEqual(stateOf('n'))
    expect(login.value).toEqual(stateOf('n'))
    expect(bench.host.sent).toHaveLength(1)
  })

  it('takes a token that has replaced the checked one for good', async () => {
    const bench = createBench({ token: 't' })
    const check = outcomeOf(bench.auth.verify())
    const sent = await bench.host.take('GET /auth/token-state')
    const login = bench.auth.login()
    await logIn(bench)
    await login
    await sent.answer(401)
    expect(check.value).toEqual(stateOf('n'))
    expect(bench.host.logins).toBe(1)
  })

  it('fails with signed_out when the user has signed out, and asks nobody', async () => {
    const { host, auth } = createBench()
    await auth.logout()
    await expect(auth.verify()).rejects.toMatchObject({ code: 'signed_out' })
    await flush()
    expect(host.sent).toHaveLength(0)
    expect(host.logins).toBe(0)
  })
})

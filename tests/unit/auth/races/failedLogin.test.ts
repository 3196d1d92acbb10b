import { describe, expect, it } from 'vitest'
import { asking, phoneCode } from '../../../support/challenged'
import { flush } from '../../../support/clock'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 7: the wait after a failed login', () => {
  it('lasts as long as Retry-After said, whatever fails meanwhile', async () => {
    const { host, auth } = openClient()
    const fail = async (status: number, headers = {}) => {
      const outcome = outcomeOf(auth.login())
      await (await host.take('POST /auth/login')).answer(status, {}, headers)
      expect(outcome.is).toBe('rejected')
    }
    const isHeldBack = async () => {
      const outcome = outcomeOf(auth.verify())
      await flush()
      return outcome.is === 'rejected'
    }
    await fail(429, { 'Retry-After': '60' })
    await host.clock.advance(10_000)
    await fail(500)
    await host.clock.advance(10_000)
    await fail(429, { 'Retry-After': '1' })
    await host.clock.advance(39_999)
    expect(await isHeldBack()).toBe(true)
    await host.clock.advance(1)
    expect(await isHeldBack()).toBe(false)
    expect(host.logins).toBe(4)
  })

  it.each([
    ['without a session', undefined, undefined],
    ['after 401', 't', 401],
    ['after 409', 't', 409],
  ])('is not heeded by what the user submits (%s)', async (_name, token, status) => {
    const client = openClient(token === undefined ? {} : { token })
    const { host, auth } = client
    const failed = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(429, {}, { 'Retry-After': '600' })
    expect(failed.is).toBe('rejected')
    const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
    if (status) await (await host.take('POST /auth/phone-number')).answer(status)
    await logIn(client)
    if (status === 409) return expect(submit).toMatchObject({ error: { code: 'press_again' } })
    await (await host.take('POST /auth/phone-number')).answer(200, {})
    expect(submit.is).toBe('resolved')
  })

  it('reaches a listener that calls verify() when a refused login ends the session', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const checks: ReturnType<typeof outcomeOf>[] = []
    auth.subscribe(() => checks.push(outcomeOf(auth.verify())))
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(403)
    await flush()
    expect(login.is).toBe('rejected')
    expect(checks).toMatchObject([{ error: { code: 'login_rejected', status: 403 } }])
    expect(host.logins).toBe(1)
    host.assertIdle()
  })

  it('changes nothing else when a login without a session is refused', async () => {
    const client = openClient()
    const { host, auth } = client
    const seen: unknown[] = []
    auth.subscribe(() => seen.push(auth.tokenState))
    const late = outcomeOf(auth.request('/first'))
    const first = await host.take('GET /first')
    const other = outcomeOf(auth.request('/b'))
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(401)
    expect(other.is).toBe('rejected')
    expect(seen).toEqual([])
    await first.answer(200, { data: 1, tokenState: stateOf('late') })
    expect(late.value).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('late')
  })
})

describe('guarantee 4: a token issued a moment ago', () => {
  it('is looked at again when it expired while the request waited for its place', async () => {
    const client = openClient({ token: 'old', state: { expiresIn: 100 }, concurrency: 1 })
    const { host, auth } = client
    await host.clock.advance(100_000)
    const [a, b] = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    await (
      await host.take('POST /auth/login')
    ).answer(200, { tokenState: stateOf('short', { expiresIn: 20 }) })
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer short')
    await host.clock.advance(21_000)
    await call.answer(200, { data: 1 })
    await logIn(client)
    const next = await host.take('GET /b')
    expect(next.authorization).toBe('Bearer n')
    await next.answer(200, { data: 2 })
    expect([a!.value, b!.value]).toEqual([1, 2])
  })
})

describe('guarantee 2: a guest’s 401 when there is a session by now', () => {
  it.each([
    ['nothing', {}],
    ['a phone number', asking('getPhoneNumber')],
    ['an unknown scheme', asking('Basic')],
  ])('is replayed with it, whatever was asked for: %s', async (_name, headers) => {
    const client = openClient()
    const { host, auth } = client
    host.login = 'fail'
    const outcome = outcomeOf(auth.request('/a'))
    const guest = await host.take('GET /a')
    expect(guest.authorization).toBeUndefined()
    host.login = 'code'
    void auth.login()
    await logIn(client)
    await guest.answer(401, {}, headers)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(auth.prompt).toBe(null)
  })
})

describe('guarantee 7: a request that does not need the login that failed', () => {
  it('goes on with the token at hand', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.login().catch(() => {})
    const login = await host.take('POST /auth/login')
    const outcome = outcomeOf(auth.request('/a'))
    await login.answer(500)
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer t')
    await call.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('goes on with the session that a late first answer has brought', async () => {
    const { host, auth } = openClient()
    void auth.request('/first')
    const outcome = outcomeOf(auth.request('/other'))
    const first = await host.take('GET /first')
    await host.clock.advance(3_000)
    const login = await host.take('POST /auth/login')
    await first.answer(200, { data: 1, tokenState: stateOf('late') })
    await login.answer(500)
    const call = await host.take('GET /other')
    expect(call.authorization).toBe('Bearer late')
    await call.answer(200, { data: 2 })
    expect(outcome.value).toBe(2)
  })

  it('is replayed after a late 401, with the token that has replaced its own', async () => {
    const { host, auth } = openClient({ token: 't1' })
    const outcomes = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    const [a, b] = await host.takeAll('GET')
    await a!.answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t2') })
    void auth.login().catch(() => {})
    const login = await host.take('POST /auth/login')
    await b!.answer(401)
    await login.answer(500)
    const again = await host.take('GET /b')
    expect(again.authorization).toBe('Bearer t2')
    await again.answer(200, { data: 2 })
    expect(outcomes[1]!.value).toBe(2)
  })
})

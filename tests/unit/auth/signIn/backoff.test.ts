import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { outcomeOf } from '../../../support/outcome'
import { openClient, KEY, stateOf } from '../../../support/client'

type Client = ReturnType<typeof openClient>

const codeOf = (error: unknown) => (error as { code?: string }).code
const loginsOf = ({ host }: Client) =>
  host.sent.filter(({ line }) => line === 'POST /auth/login').length

/** A client whose token is dead and whose logins end as `login` says. */
function createFailing(status: number, headers: Record<string, unknown> = {}) {
  const client = openClient({ token: 'dead' })
  client.host.serve = ({ line }) =>
    line === 'POST /auth/login' ? { status, headers } : { status: 401 }
  return client
}

/** Sends one request, which settles with the login's error, and counts the logins so far. */
async function probe(client: Client): Promise<number> {
  await client.auth.request('/a').catch(() => {})
  return loginsOf(client)
}

describe('guarantee 7: when a login fails, every waiter settles with the same error', () => {
  it('be it challenged, waiting, an upload, or a caller of login()', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const outcomes = [
      outcomeOf<unknown>(auth.request('/a')),
      outcomeOf<unknown>(auth.request('/b')),
    ]
    for (const call of await host.takeAll('GET')) await call.answer(401)
    outcomes.push(outcomeOf<unknown>(auth.request('/waits')))
    outcomes.push(
      outcomeOf<unknown>(auth.upload({ url: '/up', filePath: 'wxfile://a', name: 'f' })),
    )
    outcomes.push(outcomeOf<unknown>(auth.login()))
    await (await host.take('POST /auth/login')).answer(429, {}, { 'X-Request-Id': 'r9' })
    const [first] = outcomes
    expect(first).toMatchObject({
      is: 'rejected',
      error: { code: 'login_rejected', status: 429, requestId: 'r9' },
    })
    for (const { error } of outcomes) expect(error).toBe(first?.error)
    expect(host.sent).toHaveLength(3)
    host.assertIdle()
  })

  it.each([
    ['network', 'network'],
    ['timeout', 'timeout'],
  ] as const)('a login without an answer (%s) says so', async (kind, code) => {
    const { host, auth } = openClient({ token: 'dead' })
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).fail(kind)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code } })
  })

  it.each([
    ['no token state', {}],
    ['a malformed one', { tokenState: { accessToken: 'two words', expiresIn: 1 } }],
    ['a lifetime of zero', { tokenState: { accessToken: 't', expiresIn: 0 } }],
  ])('a login answered 200 with %s is a breach of the protocol', async (_, body) => {
    const { host, auth } = openClient({ token: 'dead' })
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, body)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'protocol' } })
    expect(auth.tokenState?.accessToken).toBe('dead')
  })
})

describe('guarantee 7: when the next login may start', () => {
  it('after 1 s; until then requests that need it settle at once with that error', async () => {
    const client = createFailing(429)
    const { host, auth } = client
    const first = await auth.request('/a').catch((error: unknown) => error)
    await host.clock.advance(999)
    const next = outcomeOf(auth.request('/b'))
    await flush()
    expect(next.is).toBe('rejected')
    expect(next.error).toBe(first)
    expect(loginsOf(client)).toBe(1)
    await host.clock.advance(1)
    expect(await probe(client)).toBe(2)
  })

  it('doubling to 30 s', async () => {
    const client = createFailing(500)
    let logins = await probe(client)
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      await client.host.clock.advance(seconds * 1000 - 1)
      expect(await probe(client)).toBe(logins)
      await client.host.clock.advance(1)
      expect(await probe(client)).toBe(++logins)
    }
  })

  it('beginning at 1 s again after a success', async () => {
    const client = createFailing(500)
    await probe(client)
    for (const seconds of [1, 2, 4]) {
      await client.host.clock.advance(seconds * 1000)
      await probe(client)
    }
    const failing = client.host.serve
    client.host.serve = () => ({ status: 200, data: { tokenState: stateOf('t') } })
    await client.auth.login()
    client.host.serve = failing
    const logins = await probe(client)
    await client.host.clock.advance(999)
    expect(await probe(client)).toBe(logins)
    await client.host.clock.advance(1)
    expect(await probe(client)).toBe(logins + 1)
  })

  it('after Retry-After, in seconds, if that is longer', async () => {
    const client = createFailing(429, { 'retry-after': '90' })
    await probe(client)
    await client.host.clock.advance(89_999)
    expect(await probe(client)).toBe(1)
    await client.host.clock.advance(1)
    expect(await probe(client)).toBe(2)
  })

  it('after Retry-After as an HTTP date', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const until = new Date(host.clock.now() + 90_000).toUTCString()
    host.serve = ({ line }) =>
      line === 'POST /auth/login'
        ? { status: 429, headers: { 'Retry-After': until } }
        : { status: 401 }
    const error = await auth.request('/a').catch((error: unknown) => error)
    expect(error).toMatchObject({ retryAfter: 90 })
    await host.clock.advance(89_999)
    await auth.request('/a').catch(() => {})
    expect(host.logins).toBe(1)
    await host.clock.advance(1)
    await auth.request('/a').catch(() => {})
    expect(host.logins).toBe(2)
  })

  it.each(['0', '1', 'soon', '', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
    'after 1 s if Retry-After (%j) is no longer than that',
    async (value) => {
      const client = createFailing(429, { 'Retry-After': value })
      await probe(client)
      await client.host.clock.advance(999)
      expect(await probe(client)).toBe(1)
      await client.host.clock.advance(1)
      expect(await probe(client)).toBe(2)
    },
  )

  it.each(['9999999999', '9'.repeat(400)])(
    'not at once if Retry-After (%s) is longer than a timer can be',
    async (value) => {
      const client = createFailing(429, { 'Retry-After': value })
      await probe(client)
      await client.host.clock.advance(20 * 86_400_000)
      expect(await probe(client)).toBe(1)
    },
  )

  it('does not matter to requests whose token works', async () => {
    const { host, auth } = openClient({ token: 'good' })
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(500)
    expect(login.is).toBe('rejected')
    const task = auth.request('/a')
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer good')
    await call.answer(200, { data: 1 })
    expect(await task).toBe(1)
  })

  it('does not hold login() back, which settles the requests after it too', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const failed = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(429, {}, { 'Retry-After': '600' })
    expect(failed.is).toBe('rejected')
    const login = auth.login()
    const task = auth.request('/b')
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    expect((await login).accessToken).toBe('t')
    await (await host.take('GET /b')).answer(200, { data: 2 })
    expect(await task).toBe(2)
  })

  it('does not hold submitLogin() back', async () => {
    const { host, auth } = openClient()
    await auth.logout()
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401)
    expect(auth.prompt).toMatchObject({ kind: 'login', status: 'open' })
    const refused = auth.submitLogin()
    await (await host.take('POST /auth/login')).answer(503, {}, { 'Retry-After': '600' })
    await refused
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'network', retryAfter: 600 })
    const accepted = auth.submitLogin()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await accepted
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(await task).toBe(1)
  })

  it('holds verify() back, as it holds back requests', async () => {
    const { host, auth } = openClient()
    const login = await loginRefused(auth, () => host.take('POST /auth/login'))
    const verified = outcomeOf(auth.verify())
    await flush()
    expect(verified.is).toBe('rejected')
    expect(verified.error).toBe(login)
    expect(host.logins).toBe(1)
  })

  it('starts no login by a timer', async () => {
    const client = createFailing(500)
    await probe(client)
    await client.host.clock.advance(3_600_000)
    expect(loginsOf(client)).toBe(1)
    expect(client.host.clock.pending).toBe(0)
  })
})

async function loginRefused(
  auth: Client['auth'],
  take: () => ReturnType<Client['host']['take']>,
): Promise<unknown> {
  const outcome = outcomeOf(auth.login())
  await (await take()).answer(429)
  return outcome.error
}

describe('guarantee 7: a session that came by another way', () => {
  it('ends the wait: once it is lost, the next request carries a login at once', async () => {
    const client = openClient()
    const { host, auth } = client
    host.login = 'fail'
    await auth.login().catch(() => {})
    host.login = 'code'
    auth.adopt(stateOf('adopted'))
    await host.storeElsewhere(KEY, undefined)
    void auth.request('/a')
    expect((await host.take('GET /a')).authorization).toBe('WxLogin code-2')
  })
})

describe('guarantee 7: what ends a stored session', () => {
  it.each([400, 401, 403])('a refusal with %i does', async (status) => {
    const { host, auth } = openClient({ token: 'dead' })
    const error = await (async () => {
      const outcome = outcomeOf(auth.request('/a'))
      await (await host.take('GET /a')).answer(401)
      await (await host.take('POST /auth/login')).answer(status)
      return outcome.error
    })()
    expect(error).toMatchObject({ code: 'login_rejected', status })
    expect(auth.tokenState).toBe(null)
    expect(auth.signedOut).toBe(false)
    expect(host.storage.size).toBe(0)
  })

  it.each([404, 408, 409, 429, 500, 502, 503, 504])('%i does not', async (status) => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(status)
    expect(outcome).toMatchObject({ is: 'rejected', error: { status } })
    expect(auth.tokenState?.accessToken).toBe('t')
    expect(String(host.storage.get(KEY))).toContain('"accessToken":"t"')
  })

  it.each(['network', 'timeout', 'interrupted'] as const)(
    'no answer (%s) does not',
    async (kind) => {
      const { host, auth } = openClient({ token: 't' })
      const outcome = outcomeOf(auth.login())
      await (await host.take('POST /auth/login')).fail(kind)
      expect(outcome.is).toBe('rejected')
      expect(auth.tokenState?.accessToken).toBe('t')
      expect(host.storage.size).toBe(1)
    },
  )

  it('wx.login failing or staying silent does not', async () => {
    for (const script of ['fail', 'silent'] as const) {
      const { host, auth } = openClient({ token: 't' })
      host.login = script
      const outcome = outcomeOf(auth.login())
      await host.clock.advance(10_000)
      expect(codeOf(outcome.error)).toBe(script === 'fail' ? 'login_failed' : 'login_timeout')
      expect(auth.tokenState?.accessToken).toBe('t')
    }
  })

  it('an ordinary 403 to a request does not', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(403)
    expect(outcome).toMatchObject({ is: 'rejected', error: { name: 'HttpError', status: 403 } })
    expect(auth.tokenState?.accessToken).toBe('t')
  })
})

import { describe, expect, it } from 'vitest'
import { createAuth } from '../../../src/createAuth'
import type { Auth } from '../../../src/auth/auth'
import type { Dialect, DialectAnswer, Reading } from '../../../src/auth/dialect'
import { hints } from '../../../src/auth/errors'
import { warnings as texts } from '../../../src/auth/warnings'
import type { AuthWarning, TokenState } from '../../../src/auth/types'
import { createHost, BASE, type FakeHost } from '../../support/host'
import { KEY } from '../../support/client'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'

interface Body {
  code: number
  msg?: string
  data?: unknown
}

/** Everything is 200, and `code` says what it is. */
const read = ({ data }: DialectAnswer): Reading => {
  const { code, msg, data: content } = Object(data) as Body
  if (code === 401) return { kind: 'login' }
  if (code === 403) return { kind: 'prompt', ask: 'getPhoneNumber', reason: 'to call you' }
  if (code === 200) return { kind: 'success', data: content, tokenState: undefined }
  return { kind: 'failure', code, message: msg ?? '', isTemporary: code === 500 }
}

const refreshing: Dialect = {
  authorize: ({ accessToken }) => ({ 'X-Access-Token': accessToken }),
  header: () => ({ clientid: 'mini' }),
  read: (answer) => {
    const reading = read(answer)
    const isOwn = answer.call === 'login' || answer.call === 'refresh'
    return isOwn && reading.kind === 'success' ? { ...reading, tokenState: reading.data } : reading
  },
  login: (credentials) => ({ url: '/login', data: credentials }),
  refresh: ({ refreshToken }) =>
    refreshToken ? { url: '/refresh', data: { refreshToken } } : null,
  tokenState: () => null,
  logout: () => null,
}

function open(dialect: Dialect, state?: TokenState, host: FakeHost = createHost()) {
  if (state) host.storage.set(KEY, JSON.stringify({ state, at: host.clock.now() }))
  const warnings: AuthWarning[] = []
  const auth = createAuth({
    ...{ baseURL: BASE, platform: host.platform, dialect },
    onWarning: (warning) => warnings.push(warning),
  })
  return { host, auth, warnings }
}

const held = { accessToken: 'old', refreshToken: 'r1', hasPhoneNumber: true }

/** 20 requests on a dead token, and what became of them. */
async function burst(client: ReturnType<typeof open>) {
  const outcomes = Array.from({ length: 20 }, (_, i) => outcomeOf(client.auth.request(`/a/${i}`)))
  for (const call of await client.host.takeAll('GET')) await call.answer(200, { code: 401 })
  return outcomes
}

describe('guarantee 27: a dialect', () => {
  it('reads what each answer says, whatever its status', async () => {
    const { host, auth } = open(refreshing, held)
    const fine = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(200, { code: 200, data: [1] })
    expect(fine).toEqual({ is: 'resolved', value: [1] })
    const refused = outcomeOf(auth.request('/b'))
    await (await host.take('GET /b')).answer(200, { code: 5001, msg: '名额已满' })
    expect(refused).toMatchObject({
      error: { name: 'BackendError', code: 5001, message: '名额已满', status: 200 },
    })
    void auth.request('/c').catch(() => {})
    await (await host.take('GET /c')).answer(200, { code: 403 })
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', reason: 'to call you', status: 'open' })
  })

  it.each<[string, Extract<Reading, { kind: 'prompt' }>, object]>([
    [
      'whose account it is',
      { kind: 'prompt', ask: 'getUserInfo', scope: 'unionid' },
      { kind: 'getUserInfo', scope: 'unionid' },
    ],
    [
      'a number by text message',
      { kind: 'prompt', ask: 'getPhoneNumber', proof: 'sms' },
      { kind: 'getPhoneNumber', proof: 'sms' },
    ],
  ])('may ask for %s', async (_name, asked, prompt) => {
    const { host, auth } = open({ ...refreshing, read: () => asked }, held)
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(200, { code: 403 })
    expect(auth.prompt).toEqual({ ...prompt, status: 'open' })
  })

  it('has its headers on every call, anew for each, and the session where it wants it', async () => {
    let calls = 0
    const { host, auth } = open(
      { ...refreshing, header: () => ({ count: `${(calls += 1)}` }) },
      held,
    )
    const sent = outcomeOf(auth.request({ url: '/a', header: { mine: '1' } }))
    const first = await host.take('GET /a')
    expect(first.call.header).toEqual({ mine: '1', count: '1', 'x-access-token': 'old' })
    await first.answer(200, { code: 401 })
    const refresh = await host.take('POST /refresh')
    expect(refresh.call.header).toMatchObject({ count: '2' })
    expect(refresh.call.header).not.toHaveProperty('x-access-token')
    await refresh.answer(200, { code: 200, data: { accessToken: 'new', refreshToken: 'r2' } })
    expect((await host.take('GET /a')).call.header).toMatchObject({
      ...{ count: '3', 'x-access-token': 'new' },
    })
    expect(sent.is).toBe('pending')
  })

  it('leaves to the contract what it does not read', async () => {
    const { host, auth } = open({ ...refreshing, read: () => undefined }, held)
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(404, { title: 'no' })
    expect(outcome).toMatchObject({ error: { name: 'HttpError', status: 404 } })
  })

  it('without a login by request sends no WxLogin', async () => {
    const { host, auth } = open(refreshing)
    void auth.request('/a')
    expect((await host.take('POST /login')).body).toEqual({ code: 'code-1' })
  })

  it.each<[string, Dialect]>([
    ['throws', { read: () => JSON.parse('{') as Reading }],
    ['returns text', { read: () => 'success' as unknown as Reading }],
    ['returns null', { read: () => null as unknown as Reading }],
    ['returns an unknown kind', { read: () => ({ kind: 'fine' }) as unknown as Reading }],
    ['returns a promise', { read: () => Promise.resolve({ kind: 'success' }) as never }],
    ...(
      [
        ['a prompt for nothing', { kind: 'prompt' }],
        ['a prompt for something unknown', { kind: 'prompt', ask: 'address' }],
        ['no challenges', { kind: 'unauthorized' }],
        ['challenges in text', { kind: 'unauthorized', challenges: 'Bearer' }],
        ['a challenge that is null', { kind: 'unauthorized', challenges: [null] }],
        ['a challenge without a scheme', { kind: 'unauthorized', challenges: [{}] }],
      ] as const
    ).map(
      ([name, reading]) =>
        [`reads ${name}`, { read: () => reading as unknown as Reading }] satisfies [
          string,
          Dialect,
        ],
    ),
    ['has a header that cannot be sent', { header: () => ({ a: 'x\ny' }) }],
    ['has no headers', { authorize: () => 'Bearer x' as never }],
    ['promises its headers', { header: () => Promise.resolve({ a: '1' }) as never }],
  ])('that %s fails the request, and warns once', async (name, broken) => {
    const { host, auth, warnings } = open({ ...refreshing, ...broken }, held)
    for (const url of ['/a', '/b']) {
      const outcome = outcomeOf(auth.request(url))
      for (const call of await host.takeAll('GET')) await call.answer(200, { code: 200, data: 1 })
      // Null is no reading: the contract's is taken.
      if (name === 'returns null') expect(outcome).toMatchObject({ is: 'resolved' })
      else expect(outcome).toMatchObject({ error: { code: 'protocol' } })
    }
    expect(warnings.map(({ code }) => code)).toEqual(
      name === 'returns null' ? [] : ['dialect_failed'],
    )
  })

  it.each<[string, Dialect]>([
    ['header', { header: () => JSON.parse('{') as never }],
    ['authorize', { authorize: () => JSON.parse('{') as never }],
    ['read', { read: () => JSON.parse('{') as never }],
    ['refresh', { refresh: () => JSON.parse('{') as never }],
  ])('whose %s throws is named in the warning, with that member', async (member, broken) => {
    const { host, auth, warnings } = open({ ...refreshing, ...broken }, held)
    const outcome = outcomeOf(auth.request('/a'))
    for (const call of await host.takeAll('GET')) await call.answer(200, { code: 401 })
    expect(warnings.map(({ message }) => message)).toEqual([`${texts.dialect_failed}: ${member}.`])
    if (member === 'refresh') return
    const message = expect.stringContaining(hints.dialect) as string
    expect(outcome).toMatchObject({ error: { code: 'protocol', message } })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['something without a status', { headers: {}, data: {} }],
  ])('is not blamed where the host answers %s', async (_name, given) => {
    const { host, auth, warnings } = open(refreshing, held)
    host.platform.send = () => ({ answer: Promise.resolve(given) as never, abort() {} })
    const message = expect.stringContaining(hints.answer) as string
    await expect(auth.request('/a')).rejects.toMatchObject({ code: 'protocol', message })
    expect(warnings).toEqual([])
  })

  it('has nothing to read of a file', async () => {
    const { host, auth } = open(refreshing, held)
    const outcome = outcomeOf(auth.download({ url: '/d' }))
    await (await host.take('DOWNLOAD')).answer(200, { tempFilePath: 'wxfile://tmp' })
    expect(outcome).toEqual({ is: 'resolved', value: { tempFilePath: 'wxfile://tmp' } })
  })

  it.each<[string, Reading, object]>([
    ['a code alone', { kind: 'failure', code: 7 }, { code: 7, message: '7' }],
    ['words alone', { kind: 'failure', message: '名额已满' }, { message: '名额已满' }],
  ])('may say by %s why it refuses', async (_name, reading, expected) => {
    const { host, auth } = open({ ...refreshing, read: () => reading }, held)
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(200, {})
    expect(outcome).toMatchObject({ error: { name: 'BackendError', status: 200, ...expected } })
  })

  it.each(['GET', 'HEAD', 'POST'] as const)(
    'may ask for the token state by %s: an object is the query, or JSON',
    async (method) => {
      const data = { clientid: 'mini' }
      const tokenState = () => ({ url: '/me', method, data })
      const { host, auth } = open({ ...refreshing, tokenState }, held)
      void auth.verify().catch(() => {})
      const { call } = await host.take(`${method} /me`)
      expect(call).toMatchObject({ data: method === 'POST' ? JSON.stringify(data) : data })
    },
  )

  it('may send a login as text, and a call without a body', async () => {
    const login = () => ({ url: '/login', data: 'a=1' })
    const { host, auth } = open({ ...refreshing, login, logout: () => ({ url: '/logout' }) }, held)
    void auth.login().catch(() => {})
    expect((await host.take('POST /login')).call).toMatchObject({ data: 'a=1' })
    await auth.logout()
    expect((await host.take('POST /logout')).call).not.toHaveProperty('data')
  })

  it('may add fields to the upload of the picture', async () => {
    const avatar = () => ({ url: '/pictures', name: 'pic', formData: { kind: 'avatar' } })
    const { host, auth } = open({ ...refreshing, avatar }, held)
    void auth.submitUserInfo({ avatarUrl: 'wxfile://1' }).catch(() => {})
    const { call } = await host.take('UPLOAD /pictures')
    expect(call).toMatchObject({ name: 'pic', formData: { kind: 'avatar' } })
  })

  it('that cannot say whether a submit has arrived lets the user press again', async () => {
    const { host, auth } = open(refreshing, held)
    const submit = outcomeOf(auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' }))
    await (await host.take('POST /auth/phone-number')).fail('network')
    expect(submit).toMatchObject({ error: { code: 'network' } })
  })

  it('without a logout is told of none, and of no failure', async () => {
    const { host, auth, warnings } = open(refreshing, held)
    await auth.logout()
    await flush()
    expect(host.sent).toEqual([])
    expect(warnings).toEqual([])
  })

  it('may read a challenge without parameters', async () => {
    const challenges = [{ scheme: 'Bearer' }, { scheme: 'getPhoneNumber' }] as never
    const { host, auth } = open(
      { ...refreshing, read: () => ({ kind: 'unauthorized', challenges }) },
      held,
    )
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(200, { code: 1 })
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('may be an instance of a class, whose methods have their this', async () => {
    class Own implements Dialect {
      readonly tenant = '7'
      header() {
        return { tenant: this.tenant }
      }
      login(credentials: object) {
        return { url: `/${this.tenant}/login`, data: credentials }
      }
      read() {
        return { kind: 'success' as const, tokenState: { accessToken: `of-${this.tenant}` } }
      }
    }
    const { host, auth } = open(new Own())
    const login = auth.login()
    const call = await host.take('POST /7/login')
    expect(call.call.header).toMatchObject({ tenant: '7' })
    await call.answer(200, '')
    expect(await login).toEqual({ accessToken: 'of-7' })
  })

  it('has the members of the contract where its own are undefined', async () => {
    const names = ['header', 'authorize', 'read', 'login', 'refresh', 'carriesLogin']
    const nothing = Object.fromEntries(names.map((name) => [name, undefined])) as Dialect
    const { host, auth, warnings } = open(nothing, held)
    const outcome = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    expect(call.call.header).toEqual({ authorization: 'Bearer old' })
    await call.answer(401)
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-1' })
    expect(outcome.is).toBe('pending')
    expect(warnings).toEqual([])
  })

  it.each<[string, Dialect]>([
    ['throws', { login: () => JSON.parse('{') as never }],
    ['returns nothing', { login: () => undefined as never }],
    ['leaves baseURL', { login: () => ({ url: 'https://evil.example/login' }) }],
    ['returns a promise', { login: () => Promise.resolve({ url: '/login' }) as never }],
  ])('whose login %s fails the login, and warns once', async (_name, broken) => {
    const { host, auth, warnings } = open({ ...refreshing, ...broken })
    await expect(auth.login()).rejects.toMatchObject({ code: 'protocol' })
    await expect(auth.login()).rejects.toMatchObject({ code: 'protocol' })
    expect(host.sent).toEqual([])
    expect(warnings.map(({ code }) => code)).toEqual(['dialect_failed'])
  })

  it.each([
    ['HTML', '<!doctype html><title>Sign in to the Wi-Fi</title>'],
    ['nothing', ''],
    ['text', 'ok'],
    ['a list', [1]],
    ['half JSON', '{"code":20'],
    ['a null code', { code: null }],
  ])('gets %s to read, and a login does not take it for a success', async (_name, data) => {
    const { host, auth } = open(refreshing)
    const outcome = outcomeOf(auth.login())
    await (await host.take('POST /login')).answer(200, data)
    expect(outcome).toMatchObject({ error: { code: 'login_rejected' } })
  })
})

describe('a login whose answer is cut off', () => {
  it('fails, as nobody knows what it said', async () => {
    const { host, auth } = open({})
    const login = outcomeOf(auth.login())
    const json = { 'content-type': 'application/json' }
    await (await host.take('POST /auth/login')).answer(200, '{"tokenState":{"acc', json)
    const message = expect.stringContaining(hints.answer) as string
    expect(login).toMatchObject({ error: { code: 'protocol', message } })
  })
})

describe('guarantee 27: a login that the backend refuses in its own words', () => {
  it.each<[string, number, object, Reading, boolean]>([
    ['a code in 200', 200, { code: 4007 }, { kind: 'failure', code: 4007 }, true],
    ['words in 422', 422, {}, { kind: 'failure', message: 'no such code' }, true],
    ['401', 401, {}, { kind: 'failure' }, true],
    ['403', 403, {}, { kind: 'failure' }, true],
    ['a busy backend in 200', 200, {}, { kind: 'failure', code: 5, isTemporary: true }, false],
    ['a busy backend in 403', 403, {}, { kind: 'failure', code: 5, isTemporary: true }, false],
    ['words in 503', 503, {}, { kind: 'failure', message: 'in an hour' }, false],
    ['a page of a proxy', 200, {}, { kind: 'failure' }, false],
  ])('%s', async (_name, status, body, reading, isOver) => {
    const { host, auth } = open({ read: () => reading }, { accessToken: 'old' })
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(status, body)
    expect(login).toMatchObject({ error: { code: 'login_rejected', status } })
    expect(auth.tokenState?.accessToken).toBe(isOver ? undefined : 'old')
  })
})

describe('guarantee 28: a refresh', () => {
  it('is one for a burst, and is stored before any request is sent again', async () => {
    const client = open(refreshing, held)
    const { host, auth } = client
    const outcomes = await burst(client)
    const refreshes = await host.takeAll('POST')
    expect(refreshes.map(({ line, body }) => [line, body])).toEqual([
      ['POST /refresh', { refreshToken: 'r1' }],
    ])
    let storedAtReplay: unknown
    const { setItem } = host.platform
    host.platform.setItem = (key, value) => {
      if (host.onWire.some(({ line }) => line.startsWith('GET'))) storedAtReplay = 'too late'
      setItem(key, value)
    }
    const data = { accessToken: 'new', refreshToken: 'r2' }
    await refreshes[0]!.answer(200, { code: 200, data })
    expect(storedAtReplay).toBeUndefined()
    expect(auth.tokenState).toEqual({ ...data, hasPhoneNumber: true })
    for (;;) {
      const calls = await host.takeAll('GET')
      if (calls.length === 0) break
      for (const call of calls) await call.answer(200, { code: 200, data: 'there' })
    }
    expect(outcomes.map(({ value }) => value)).toEqual(outcomes.map(() => 'there'))
    expect(host.logins).toBe(0)
  })

  it.each([
    ['by its code', 200, { code: 401 }],
    ['by a code of the business', 200, { code: 5003, msg: '刷新令牌已过期' }],
    ['by its status', 400, ''],
    ['with the same dead token', 200, { code: 200, data: held }],
    ['without a token', 200, { code: 200, data: {} }],
    ['with a malformed token', 200, { code: 200, data: { accessToken: 'a b' } }],
  ])('that is refused %s leads to one login, and is not tried again', async (_n, status, body) => {
    const client = open(refreshing, held)
    const { host, auth } = client
    await burst(client)
    await (await host.take('POST /refresh')).answer(status, body)
    const login = await host.take('POST /login')
    expect(host.logins).toBe(1)
    await login.fail('network')
    await host.clock.advance(60_000)
    void auth.request('/again').catch(() => {})
    await (await host.take('GET /again')).answer(200, { code: 401 })
    expect((await host.takeAll('POST')).map(({ line }) => line)).toEqual(['POST /login'])
  })

  it.each([
    ['no answer', (call: { fail(kind: 'network'): Promise<void> }) => call.fail('network')],
    ['502', (call: { answer(status: number): Promise<void> }) => call.answer(502)],
    ['429', (call: { answer(status: number): Promise<void> }) => call.answer(429)],
    [
      'a code that means busy',
      (call: { answer(status: number, body: object): Promise<void> }) =>
        call.answer(200, { code: 500 }),
    ],
  ])('that gets %s fails what waits, and keeps the session', async (_name, end) => {
    const client = open(refreshing, held)
    const { host, auth } = client
    const outcomes = await burst(client)
    await end(await host.take('POST /refresh'))
    expect(outcomes.every(({ is }) => is === 'rejected')).toBe(true)
    expect(auth.tokenState?.accessToken).toBe('old')
    expect(host.logins).toBe(0)
  })

  it('that throws is none: the login comes at once', async () => {
    const client = open({ ...refreshing, refresh: () => JSON.parse('{') as never }, held)
    await burst(client)
    await client.host.take('POST /login')
    expect(client.warnings.map(({ code }) => code)).toEqual(['dialect_failed'])
  })

  it('that is undefined is none', async () => {
    const client = open({ ...refreshing, refresh: () => undefined as never }, held)
    await burst(client)
    await client.host.take('POST /login')
    expect(client.warnings).toEqual([])
  })

  it('comes before the sending of a token that is known to be expired', async () => {
    const { host, auth } = open(refreshing, { ...held, expiresIn: 100 })
    await host.clock.advance(100_000)
    void auth.request('/a')
    expect((await host.takeAll('')).map(({ line }) => line)).toEqual(['POST /refresh'])
  })

  it('works where no silent login is possible; once refused, the session is over', async () => {
    const host = createHost({ without: ['login'] })
    const { auth } = open(refreshing, held, host)
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(200, { code: 401 })
    const data = { accessToken: 'new', refreshToken: 'r2' }
    await (await host.take('POST /refresh')).answer(200, { code: 200, data })
    await (await host.take('GET /a')).answer(200, { code: 200, data: 1 })
    expect(outcome.value).toBe(1)
    const next = outcomeOf(auth.request('/b'))
    await (await host.take('GET /b')).answer(200, { code: 401 })
    await (await host.take('POST /refresh')).answer(200, { code: 401 })
    expect(auth.tokenState).toBe(null)
    // As a guest.
    const last = await host.take('GET /b')
    expect(last.call.header).not.toHaveProperty('x-access-token')
    await last.answer(200, { code: 401 })
    expect(next.is).toBe('pending')
    expect(auth.prompt).toEqual({ kind: 'login', status: 'open' })
  })

  it('that is refused after a logout is followed by no login', async () => {
    const client = open(refreshing, held)
    await burst(client)
    const refresh = await client.host.take('POST /refresh')
    await client.auth.logout()
    await refresh.answer(200, { code: 401 })
    expect(client.host.logins).toBe(0)
    client.host.assertIdle()
  })

  it('leaves the session key as it is: over a restart, too, no login is needed for it', async () => {
    const { host, auth } = open(refreshing, held)
    void auth.request('/a')
    await (await host.take('GET /a')).answer(200, { code: 401 })
    await (await host.take('POST /refresh')).answer(200, { code: 200, data: { accessToken: 'n' } })
    expect(auth.tokenState?.accessToken).toBe('n')
    host.encrypts = () => true
    await open(refreshing, undefined, host).auth.preparePress('getPhoneNumber')
    expect(host.logins).toBe(0)
  })

  it('whose answer comes after a logout brings nothing back', async () => {
    const client = open(refreshing, held)
    await burst(client)
    const refresh = await client.host.take('POST /refresh')
    await client.auth.logout()
    await refresh.answer(200, { code: 200, data: { accessToken: 'new' } })
    expect(client.auth.tokenState).toBe(null)
    expect(client.auth.signedOut).toBe(true)
  })
})

describe('guarantee 29: credentials of the user', () => {
  it('log in without wx.login, and requests wait for them', async () => {
    const { host, auth } = open(refreshing)
    const login = auth.login({ phone: '15400001234', smsCode: '123456' })
    void auth.request('/a')
    const calls = await host.takeAll('')
    expect(calls.map(({ line, body }) => [line, body])).toEqual([
      ['POST /login', { phone: '15400001234', smsCode: '123456' }],
    ])
    await calls[0]!.answer(200, { code: 200, data: { accessToken: 'mine' } })
    expect(await login).toEqual({ accessToken: 'mine' })
    expect((await host.take('GET /a')).call.header).toMatchObject({ 'x-access-token': 'mine' })
    expect(host.logins).toBe(0)
  })

  it('that are wrong leave the session, and the next silent login, as they are', async () => {
    const { host, auth } = open(refreshing, held)
    const login = outcomeOf(auth.login({ username: 'lin', password: 'wrong' }))
    await (await host.take('POST /login')).answer(200, { code: 401 })
    expect(login).toMatchObject({ error: { code: 'login_rejected' } })
    expect(auth.tokenState?.accessToken).toBe('old')
    void auth.login()
    expect((await host.take('POST /login')).body).toEqual({ code: 'code-1' })
  })

  it('that are wrong fail no request that waits for them: it logs in without', async () => {
    const { host, auth } = open(refreshing)
    const login = outcomeOf(auth.login({ username: 'lin', password: 'wrong' }))
    const waiting = outcomeOf(auth.request('/a'))
    const silent = outcomeOf(auth.login())
    await (await host.take('POST /login')).answer(200, { code: 401 })
    expect(login).toMatchObject({ error: { code: 'login_rejected' } })
    const next = await host.take('POST /login')
    expect(next.body).toEqual({ code: 'code-1' })
    await next.answer(200, { code: 200, data: { accessToken: 'silent' } })
    await (await host.take('GET /a')).answer(200, { code: 200, data: 1 })
    expect(waiting.value).toBe(1)
    expect(silent.value).toEqual({ accessToken: 'silent' })
  })

  it('that are wrong leave a dead token to be replaced without them', async () => {
    const { host, auth } = open(refreshing, { accessToken: 'old' })
    const waiting = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    void auth.login({ username: 'lin', password: 'wrong' }).catch(() => {})
    await call.answer(200, { code: 401 })
    await (await host.take('POST /login')).answer(200, { code: 401 })
    const next = await host.take('POST /login')
    expect(next.body).toEqual({ code: 'code-1' })
    await next.answer(200, { code: 200, data: { accessToken: 'silent' } })
    await (await host.take('GET /a')).answer(200, { code: 200, data: 1 })
    expect(waiting.value).toBe(1)
  })

  describe('given while the session is refreshed', () => {
    async function logInDuringRefresh() {
      const client = open({ ...refreshing, logout: () => ({ url: '/logout' }) }, held)
      const waiting = outcomeOf(client.auth.request('/a'))
      await (await client.host.take('GET /a')).answer(200, { code: 401 })
      const refresh = await client.host.take('POST /refresh')
      const login = outcomeOf(client.auth.login({ username: 'lin', password: 'a password' }))
      expect(await client.host.takeAll('POST /login')).toEqual([])
      return { ...client, waiting, refresh, login }
    }

    it('go out once it is over: if they are wrong, the session stays that it has brought', async () => {
      const { host, auth, waiting, refresh, login } = await logInDuringRefresh()
      const data = { accessToken: 'new', refreshToken: 'r2' }
      await refresh.answer(200, { code: 200, data })
      await (await host.take('POST /login')).answer(200, { code: 401 })
      expect(login).toMatchObject({ error: { code: 'login_rejected' } })
      expect(auth.tokenState).toMatchObject(data)
      await (await host.take('GET /a')).answer(200, { code: 200, data: 1 })
      expect(waiting.value).toBe(1)
      host.assertIdle()
    })

    it.each(['failed', 'been refused'])('go out once it has %s', async (how) => {
      const { host, refresh, login } = await logInDuringRefresh()
      // No code of wx.login is exchanged before them.
      if (how === 'failed') await refresh.fail('network')
      else await refresh.answer(200, { code: 401 })
      const data = { accessToken: 'mine' }
      const call = await host.take('POST /login')
      expect(call.body).toMatchObject({ username: 'lin' })
      await call.answer(200, { code: 200, data })
      expect(login.value).toEqual(data)
    })

    it('do not go out after a logout', async () => {
      const { host, auth, refresh, login } = await logInDuringRefresh()
      const logout = auth.logout()
      await (await host.take('POST /logout')).answer(200, { code: 200 })
      expect(login).toMatchObject({ error: { code: 'signed_out' } })
      await refresh.answer(200, { code: 200, data: { accessToken: 'new' } })
      await (await host.take('POST /logout')).answer(200, { code: 200 })
      await logout
      expect(auth.tokenState).toBe(null)
      host.assertIdle()
    })
  })

  it('take the place of a login under way, whose session is revoked', async () => {
    const { host, auth } = open({ ...refreshing, logout: () => ({ url: '/logout' }) })
    const silent = auth.login()
    const slow = await host.take('POST /login')
    const login = auth.login({ username: 'lin', password: 'right' })
    await (
      await host.takeAll('POST /login')
    )[1]!.answer(200, {
      ...{ code: 200, data: { accessToken: 'mine' } },
    })
    expect(await login).toEqual({ accessToken: 'mine' })
    await slow.answer(200, { code: 200, data: { accessToken: 'theirs' } })
    const logout = await host.take('POST /logout')
    expect(logout.call.header).toMatchObject({ 'x-access-token': 'theirs' })
    expect(auth.tokenState?.accessToken).toBe('mine')
    void silent.catch(() => {})
  })
})

describe('adopt()', () => {
  it('begins the session, ends the state signed out, and lets requests go on', async () => {
    const { host, auth } = open(refreshing)
    void auth.request('/a')
    await host.take('POST /login')
    expect(auth.adopt({ accessToken: 'adopted', uid: '7' })).toEqual({
      ...{ accessToken: 'adopted', uid: '7' },
    })
    expect((await host.take('GET /a')).call.header).toMatchObject({ 'x-access-token': 'adopted' })
    expect(host.storage.get(KEY)).toContain('adopted')
  })

  it('refuses what is malformed, and says which member', () => {
    const { auth, warnings } = open(refreshing, held)
    expect(() => auth.adopt({ accessToken: 'a b' })).toThrow('malformed')
    expect(warnings[0]?.message).toContain('U+0020')
    expect(auth.tokenState?.accessToken).toBe('old')
  })
})

describe('a login that needs the phone number', () => {
  const needy: Dialect = { ...refreshing, refresh: () => null, loginNeeds: 'getPhoneNumber' }

  it('lets guests browse, and asks at the first 401; number and code go into one call', async () => {
    const { host, auth } = open(needy)
    const browsed = outcomeOf(auth.request('/open'))
    await (await host.take('GET /open')).answer(200, { code: 200, data: 1 })
    expect(browsed.value).toBe(1)
    const mine = outcomeOf(auth.request('/mine'))
    await (await host.take('GET /mine')).answer(200, { code: 401 })
    expect(host.logins).toBe(0)
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    void auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'phone-1' })
    const login = await host.take('POST /login')
    expect(login.body).toMatchObject({ code: 'code-1', phoneNumber: { code: 'phone-1' } })
    await login.answer(200, { code: 200, data: { accessToken: 'new' } })
    await (await host.take('GET /mine')).answer(200, { code: 200, data: 2 })
    expect(mine.value).toBe(2)
    expect(auth.prompt).toBe(null)
  })

  it.each<[string, (auth: Auth) => unknown]>([
    ['a password', (auth) => auth.login({ username: 'lin', password: 'right' })],
    ['adopt()', (auth) => auth.adopt({ accessToken: 'new' })],
  ])('is not asked for any more once there is a session by %s', async (_name, signIn) => {
    const { host, auth } = open(needy)
    const mine = outcomeOf(auth.request('/mine'))
    await (await host.take('GET /mine')).answer(200, { code: 401 })
    void signIn(auth)
    for (const login of await host.takeAll('POST /login'))
      await login.answer(200, { code: 200, data: { accessToken: 'new' } })
    expect(auth.prompt).toBe(null)
    const replay = await host.take('GET /mine')
    expect(replay.call.header).toMatchObject({ 'x-access-token': 'new' })
    await replay.answer(200, { code: 200, data: 2 })
    expect(mine.value).toBe(2)
  })

  it('is made by no call without the number, and by a text code, which is one', async () => {
    const { host, auth } = open(needy)
    const login = outcomeOf(auth.login())
    await flush()
    expect(login.error).toMatchObject({ code: 'login_failed' })
    expect(host.logins).toBe(0)

    const textCode = { phone: '13800138000', smsCode: '123456' }
    void auth.submitPhoneNumber(textCode)
    const call = await host.take('POST /login')
    expect(call.body).toEqual(textCode)
    await call.answer(200, { code: 200, data: { accessToken: 'new' } })
    expect(auth.tokenState).toEqual({ accessToken: 'new' })
  })

  it('is not made once more where a user who is signed in gives the number', async () => {
    const { host, auth } = open(needy, { accessToken: 'old' })
    void auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'phone-1' })
    expect((await host.take('POST /auth/phone-number')).body).toEqual({ code: 'phone-1' })
    expect(host.logins).toBe(0)
  })

  it('stays asked for what a user who is signed in has to give', async () => {
    const { host, auth } = open(needy, { accessToken: 'old' })
    const mine = outcomeOf(auth.request('/mine'))
    await (await host.take('GET /mine')).answer(200, { code: 403 })
    auth.adopt({ accessToken: 'new' })
    await flush()
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    expect(mine.is).toBe('pending')
  })

  it('asks again once the token is dead, and a refusal rejects', async () => {
    const { host, auth } = open(needy, { accessToken: 'old' })
    const mine = outcomeOf(auth.request('/mine'))
    await (await host.take('GET /mine')).answer(200, { code: 401 })
    await (await host.take('GET /mine')).answer(200, { code: 401 })
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    auth.cancelPrompt()
    await flush()
    expect(mine).toMatchObject({ error: { code: 'prompt_cancelled' } })
  })
})

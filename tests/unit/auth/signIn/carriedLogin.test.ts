import { describe, expect, it } from 'vitest'
import { othersGoWith, sendFirst } from '../../../support/firstRequest'
import { outcomeOf } from '../../../support/outcome'
import { isSpokenInCodes, openClient, stateOf } from '../../../support/client'

const unnamed = [
  ['no WWW-Authenticate', {}],
  ['Bearer alone', { 'WWW-Authenticate': 'Bearer error="invalid_token"' }],
] as const

describe('guarantee 5: the first request carries its own login', () => {
  it('needs one round trip to the first answer, and the others share its session', async () => {
    const { host, auth, first, others, carrier } = await sendFirst()
    expect(carrier.authorization).toBe('WxLogin code-1')
    expect(host.onWire).toEqual([carrier])
    await carrier.answer(200, { data: 1, tokenState: stateOf('t') })
    expect(await first).toBe(1)
    expect(auth.tokenState).toEqual(stateOf('t'))
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
    expect(host.sent).toHaveLength(3)
    expect(host.clock.pending).toBe(0)
  })

  it.each(['GET', 'POST', 'PUT', 'DELETE'] as const)('may be a %s', async (method) => {
    const { host, auth } = openClient()
    const task = auth.request({ url: '/a', method, data: { x: '1' } })
    const carrier = await host.take(`${method} /a`)
    expect(carrier.authorization).toBe('WxLogin code-1')
    expect(carrier.body).toEqual({ x: '1' })
    await carrier.answer(201, { data: 1, tokenState: stateOf('t') })
    expect(await task).toBe(1)
  })

  it.skipIf(isSpokenInCodes)('takes the session from the header Token-State too', async () => {
    const { host, auth, others, carrier } = await sendFirst()
    const header = Buffer.from(JSON.stringify(stateOf('t'))).toString('base64url')
    await carrier.answer(200, [1], { 'token-state': header })
    expect(auth.tokenState).toEqual(stateOf('t'))
    await othersGoWith(host, 't', others)
  })

  it.skipIf(isSpokenInCodes)(
    'takes the session of the header though the body was cut off',
    async () => {
      const { host, auth, first, others, carrier } = await sendFirst()
      const headers = {
        'content-type': 'application/json',
        'token-state': Buffer.from(JSON.stringify(stateOf('t'))).toString('base64url'),
      }
      const rejected = outcomeOf(first)
      await carrier.answer(200, '{"data":[1,', headers)
      expect(rejected).toMatchObject({ is: 'rejected', error: { code: 'protocol' } })
      expect(auth.tokenState).toEqual(stateOf('t'))
      await othersGoWith(host, 't', others)
      expect(host.logins).toBe(1)
    },
  )

  it.each([
    ['an upload', { type: 'upload' }],
    ['a download', { type: 'download' }],
    ['a request for raw bytes', { type: 'bytes' }],
    ['a form', { type: 'form' }],
  ])('is not carried by %s: it waits for POST /auth/login', async (_, { type }) => {
    const { host, auth } = openClient()
    const task =
      type === 'upload'
        ? auth.upload({ url: '/a', filePath: 'wxfile://a', name: 'f' })
        : type === 'download'
          ? auth.download({ url: '/a' })
          : type === 'bytes'
            ? auth.request({ url: '/a', responseType: 'arraybuffer' })
            : auth.request({
                url: '/a',
                method: 'POST',
                data: 'a=1',
                header: { 'content-type': 'application/x-www-form-urlencoded' },
              })
    const login = await host.take('POST /auth/login')
    expect(host.onWire).toHaveLength(1)
    await login.answer(200, { tokenState: stateOf('t') })
    const [call] = await host.takeAll('')
    expect(call?.authorization).toBe('Bearer t')
    await call?.answer(200, {})
    await task
  })

  it('is not carried while an upload logs in: a JSON request waits with it', async () => {
    const { host, auth } = openClient()
    const tasks = [
      auth.upload({ url: '/a', filePath: 'wxfile://a', name: 'f' }),
      auth.request('/b'),
    ]
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    for (const call of await host.takeAll('')) {
      expect(call.authorization).toBe('Bearer t')
      await call.answer(200, { data: 1 })
    }
    expect(await Promise.all(tasks)).toEqual([1, 1])
    expect(host.logins).toBe(1)
  })

  it('is carried again by the next request, once the wait after a refused login is over', async () => {
    const { host, auth } = openClient({ token: 't' })
    const refused = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(403)
    expect(refused.is).toBe('rejected')
    expect(auth.tokenState).toBe(null)
    await host.clock.advance(1000)
    void auth.request('/a')
    expect((await host.take('GET /a')).authorization).toBe('WxLogin code-2')
  })
})

describe('guarantee 5: an answer without a session', () => {
  it.each([
    ['a success', 200, { data: 1 }],
    ['204', 204, undefined],
    ['a failure', 500, { title: 'no' }],
    ['a malformed token state', 200, { data: 1, tokenState: { accessToken: '' } }],
  ])('(%s) makes the others log in by POST with a new code', async (_, status, body) => {
    const { host, first, outcome, others, carrier } = await sendFirst()
    await carrier.answer(status, body)
    await first.catch(() => {})
    expect(outcome.is).toBe(status < 300 ? 'resolved' : 'rejected')
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
    expect(host.sent.filter(({ line }) => line === 'GET /first')).toHaveLength(1)
  })

  it.each(['network', 'timeout', 'interrupted'] as const)(
    '(none: %s) makes the others log in by POST; its own error is its own',
    async (kind) => {
      const { host, outcome, others, carrier } = await sendFirst()
      await carrier.fail(kind)
      const code = kind === 'timeout' ? 'timeout' : 'network'
      expect(outcome).toMatchObject({ is: 'rejected', error: { code } })
      const login = await host.take('POST /auth/login')
      expect(login.body).toEqual({ code: 'code-2' })
      await login.answer(200, { tokenState: stateOf('t') })
      await othersGoWith(host, 't', others)
    },
  )

  it('leaves the next request to log in by POST when nobody waited', async () => {
    const { host, auth } = openClient()
    const first = auth.request('/public')
    await (await host.take('GET /public')).answer(200, { data: 1 })
    expect(await first).toBe(1)
    const second = auth.request('/b')
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /b')).answer(200, { data: 2 })
    expect(await second).toBe(2)
  })

  it('gives its HttpError to the first request alone', async () => {
    const { host, outcome, others, carrier } = await sendFirst()
    await carrier.answer(409, { title: 'full' }, { 'X-Request-Id': 'r1' })
    expect(outcome).toMatchObject({
      is: 'rejected',
      error: { name: 'HttpError', status: 409, requestId: 'r1' },
    })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
  })

  it('may fail with a session: the error is its own, the session everyone’s', async () => {
    const { host, auth, outcome, others, carrier } = await sendFirst()
    await carrier.answer(422, { title: 'no', tokenState: stateOf('t') })
    expect(outcome).toMatchObject({ is: 'rejected', error: { status: 422 } })
    expect(auth.tokenState?.accessToken).toBe('t')
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
  })
})

describe('guarantee 5: a first request that is answered 401', () => {
  it('naming WxLogin is sent again after a login with a new code', async () => {
    const { host, first, others, carrier } = await sendFirst()
    await carrier.answer(401, {}, { 'Www-Authenticate': 'WxLogin error="invalid_code"' })
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(200, { tokenState: stateOf('t') })
    const replay = await host.take('GET /first')
    expect(replay.authorization).toBe('Bearer t')
    await replay.answer(200, { data: 1 })
    expect(await first).toBe(1)
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(2)
  })

  it('naming WxLogin among others still knows the scheme', async () => {
    const { host, auth, first, carrier } = await sendFirst()
    await carrier.answer(401, {}, { 'WWW-Authenticate': ['Bearer', 'wxlogin'] })
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(401)
    await expect(first).rejects.toMatchObject({ code: 'login_rejected', status: 401 })
    await host.clock.advance(1000)
    void auth.request('/later')
    expect((await host.take('GET /later')).authorization).toBe('WxLogin code-3')
  })

  it.each(unnamed)('(%s) is sent again after a login with the same code', async (_, headers) => {
    const { host, first, others, carrier } = await sendFirst()
    await carrier.answer(401, {}, headers)
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-1' })
    await login.answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /first')).answer(200, { data: 1 })
    expect(await first).toBe(1)
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
  })

  it.each(unnamed)('(%s) is spoken to by POST from then on', async (_, headers) => {
    const { host, auth, first, carrier } = await sendFirst()
    await carrier.answer(401, {}, headers)
    await (await host.take('POST /auth/login')).answer(403)
    await expect(first).rejects.toMatchObject({ code: 'login_rejected', status: 403 })
    await host.clock.advance(1000)
    void auth.request('/later')
    expect((await host.take('')).line).toBe('POST /auth/login')
    expect((await host.take('')).body).toEqual({ code: 'code-2' })
  })

  it('with a session and a prompt is asked and replayed, and the others go at once', async () => {
    const { host, auth, first, others, carrier } = await sendFirst()
    await carrier.answer(
      401,
      { tokenState: stateOf('t') },
      { 'www-authenticate': 'getPhoneNumber reason="why"' },
    )
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', reason: 'why', status: 'open' })
    await othersGoWith(host, 't', others)
    const submit = auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await (await host.take('POST /auth/phone')).answer(200, { tokenState: stateOf('t') })
    await submit
    await (await host.take('GET /first')).answer(200, { data: 1 })
    expect(await first).toBe(1)
    expect(host.logins).toBe(1)
  })

  it('is sent again once only', async () => {
    const { host, outcome, carrier } = await sendFirst()
    await carrier.answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /first')).answer(401)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_rejected' } })
  })

  it('reads the challenges of the body when there is no header', async () => {
    const { host, carrier } = await sendFirst()
    await carrier.answer(401, { challenges: 'WxLogin error="invalid_code"' })
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-2' })
  })

  it('fails for itself when only an unknown scheme is asked for; the others log in', async () => {
    const { host, outcome, others, carrier } = await sendFirst()
    await carrier.answer(401, {}, { 'WWW-Authenticate': 'Basic realm="x"' })
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'unknown_challenge' } })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
  })

  it.each([
    ['just in time', 239_999, 'code-1'],
    ['too late', 240_000, 'code-2'],
    ['at no time that is known, as the clock was set back', -1, 'code-2'],
  ])('keeps its code for a login that comes %s', async (_when, ms, code) => {
    const { host, auth } = openClient()
    const first = auth.request('/first')
    const outcome = outcomeOf(first)
    const carrier = await host.take('GET /first')
    first.abort()
    await carrier.answer(401)
    expect(outcome.is).toBe('rejected')
    host.clock.set(host.clock.now() + ms)
    void auth.login()
    expect((await host.take('POST /auth/login')).body).toEqual({ code })
  })

  it('does not keep its code for a login that comes too late for it', async () => {
    const { host, auth } = openClient()
    const first = auth.request('/first')
    const outcome = outcomeOf(first)
    const carrier = await host.take('GET /first')
    first.abort()
    await carrier.answer(401)
    expect(outcome.is).toBe('rejected')
    await host.clock.advance(5 * 60_000)
    void auth.request('/b')
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-2' })
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import type { FakeHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { createBench, stateOf } from '../../../support/signedIn'

/** A client without a session, its first request on the wire, and two that wait. */
async function takeOff(given: Parameters<typeof createBench>[0] = {}) {
  const { host, auth, warnings } = createBench(given)
  const first = auth.request('/first')
  const others = [auth.request('/b'), auth.upload({ url: '/c', filePath: 'wxfile://c', name: 'f' })]
  const outcomes = others.map((one) => outcomeOf<unknown>(one))
  const pilot = await host.take('GET /first')
  return { host, auth, warnings, first, outcome: outcomeOf(first), others, outcomes, pilot }
}

async function othersGoWith(host: FakeHost, token: string, others: Promise<unknown>[]) {
  const calls = [await host.take('GET /b'), await host.take('UPLOAD /c')]
  for (const call of calls) {
    expect(call.authorization).toBe(`Bearer ${token}`)
    await call.answer(200, { data: call.line })
  }
  expect(await Promise.all(others)).toEqual(['GET /b', 'UPLOAD /c'])
}

const unnamed = [
  ['no WWW-Authenticate', {}],
  ['Bearer alone', { 'WWW-Authenticate': 'Bearer error="invalid_token"' }],
] as const

describe('promise 5: the first request carries its own login', () => {
  it('needs one round trip to the first answer, and the others share its session', async () => {
    const { host, auth, first, others, pilot } = await takeOff()
    expect(pilot.authorization).toBe('WxLogin code-1')
    expect(host.onWire).toEqual([pilot])
    await pilot.answer(200, { data: 1, tokenState: stateOf('t') })
    expect(await first).toBe(1)
    expect(auth.tokenState).toEqual(stateOf('t'))
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
    expect(host.sent).toHaveLength(3)
    expect(host.clock.pending).toBe(0)
  })

  it.each(['GET', 'POST', 'PUT', 'DELETE'] as const)('may be a %s', async (method) => {
    const { host, auth } = createBench()
    const task = auth.request({ url: '/a', method, data: { x: '1' } })
    const pilot = await host.take(`${method} /a`)
    expect(pilot.authorization).toBe('WxLogin code-1')
    expect(pilot.body).toEqual({ x: '1' })
    await pilot.answer(201, { data: 1, tokenState: stateOf('t') })
    expect(await task).toBe(1)
  })

  it('takes the session from the header Token-State too', async () => {
    const { host, auth, others, pilot } = await takeOff()
    const header = Buffer.from(JSON.stringify(stateOf('t'))).toString('base64url')
    await pilot.answer(200, [1], { 'token-state': header })
    expect(auth.tokenState).toEqual(stateOf('t'))
    await othersGoWith(host, 't', others)
  })

  it.each([
    ['an upload', { type: 'upload' }],
    ['a download', { type: 'download' }],
    ['a request for raw bytes', { type: 'bytes' }],
    ['a form', { type: 'form' }],
  ])('is not carried by %s: it waits for POST /auth/login', async (_, { type }) => {
    const { host, auth } = createBench()
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
    const { host, auth } = createBench()
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

  it('starts for the next request after a logout is over and a login failed', async () => {
    const { host, auth } = createBench({ token: 't' })
    const refused = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(403)
    expect(refused.is).toBe('rejected')
    expect(auth.tokenState).toBe(null)
    await host.clock.advance(1000)
    void auth.request('/a')
    expect((await host.take('GET /a')).authorization).toBe('WxLogin code-2')
  })
})

describe('promise 5: an answer without a session', () => {
  it.each([
    ['a success', 200, { data: 1 }],
    ['204', 204, undefined],
    ['a failure', 500, { title: 'no' }],
    ['a malformed token state', 200, { data: 1, tokenState: { accessToken: '' } }],
  ])('(%s) makes the others log in by POST with a new code', async (_, status, body) => {
    const { host, first, outcome, others, pilot } = await takeOff()
    await pilot.answer(status, body)
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
      const { host, outcome, others, pilot } = await takeOff()
      await pilot.fail(kind)
      const code = kind === 'timeout' ? 'timeout' : 'network'
      expect(outcome).toMatchObject({ is: 'rejected', error: { code } })
      const login = await host.take('POST /auth/login')
      expect(login.body).toEqual({ code: 'code-2' })
      await login.answer(200, { tokenState: stateOf('t') })
      await othersGoWith(host, 't', others)
    },
  )

  it('leaves the next request to log in by POST when nobody waited', async () => {
    const { host, auth } = createBench()
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
    const { host, outcome, others, pilot } = await takeOff()
    await pilot.answer(409, { title: 'full' }, { 'X-Request-Id': 'r1' })
    expect(outcome).toMatchObject({
      is: 'rejected',
      error: { name: 'HttpError', status: 409, requestId: 'r1' },
    })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
  })

  it('may fail with a session: the error is its own, the session everyone’s', async () => {
    const { host, auth, outcome, others, pilot } = await takeOff()
    await pilot.answer(422, { title: 'no', tokenState: stateOf('t') })
    expect(outcome).toMatchObject({ is: 'rejected', error: { status: 422 } })
    expect(auth.tokenState?.accessToken).toBe('t')
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
  })
})

describe('promise 5: a first request that is answered 401', () => {
  it('naming WxLogin is sent again after a login with a new code', async () => {
    const { host, first, others, pilot } = await takeOff()
    await pilot.answer(401, {}, { 'Www-Authenticate': 'WxLogin error="invalid_code"' })
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
    const { host, auth, first, pilot } = await takeOff()
    await pilot.answer(401, {}, { 'WWW-Authenticate': ['Bearer', 'wxlogin'] })
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(401)
    await expect(first).rejects.toMatchObject({ code: 'login_rejected', status: 401 })
    await host.clock.advance(1000)
    void auth.request('/later')
    expect((await host.take('GET /later')).authorization).toBe('WxLogin code-3')
  })

  it.each(unnamed)('(%s) is sent again after a login with the same code', async (_, headers) => {
    const { host, first, others, pilot } = await takeOff()
    await pilot.answer(401, {}, headers)
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-1' })
    await login.answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /first')).answer(200, { data: 1 })
    expect(await first).toBe(1)
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
  })

  it.each(unnamed)('(%s) is spoken to by POST from then on', async (_, headers) => {
    const { host, auth, first, pilot } = await takeOff()
    await pilot.answer(401, {}, headers)
    await (await host.take('POST /auth/login')).answer(403)
    await expect(first).rejects.toMatchObject({ code: 'login_rejected', status: 403 })
    await host.clock.advance(1000)
    void auth.request('/later')
    expect((await host.take('')).line).toBe('POST /auth/login')
    expect((await host.take('')).body).toEqual({ code: 'code-2' })
  })

  it('with a session and a prompt is asked and replayed, and the others go at once', async () => {
    const { host, auth, first, others, pilot } = await takeOff()
    await pilot.answer(
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
    const { host, outcome, pilot } = await takeOff()
    await pilot.answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /first')).answer(401)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_rejected' } })
  })

  it('reads the challenges of the body when there is no header', async () => {
    const { host, pilot } = await takeOff()
    await pilot.answer(401, { challenges: 'WxLogin error="invalid_code"' })
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-2' })
  })

  it('fails for itself when only an unknown scheme is asked for; the others log in', async () => {
    const { host, outcome, others, pilot } = await takeOff()
    await pilot.answer(401, {}, { 'WWW-Authenticate': 'Basic realm="x"' })
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'unknown_challenge' } })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
  })

  it('does not keep its code for a login that comes too late for it', async () => {
    const { host, auth } = createBench()
    const first = auth.request('/first')
    const outcome = outcomeOf(first)
    const pilot = await host.take('GET /first')
    first.abort()
    await pilot.answer(401)
    expect(outcome.is).toBe('rejected')
    await host.clock.advance(5 * 60_000)
    void auth.request('/b')
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-2' })
  })
})

describe('promise 5: a first request that stays unanswered', () => {
  it('makes the others log in by POST after 3 s, with a new code', async () => {
    const { host, outcome, others } = await takeOff()
    await host.clock.advance(2_999)
    expect(host.onWire).toHaveLength(1)
    await host.clock.advance(1)
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
    expect(outcome.is).toBe('pending')
    expect(host.sent.filter(({ line }) => line === 'GET /first')).toHaveLength(1)
  })

  it('counts the 3 s from the sending, not from wx.login', async () => {
    const { host, auth } = createBench()
    const wxLogin = holdLogin(host)
    void auth.request('/first')
    void auth.request('/b')
    await host.clock.advance(9_000)
    await wxLogin.give('slow')
    await host.clock.advance(2_999)
    expect(host.sent.map(({ line }) => line)).toEqual(['GET /first'])
  })

  it('has its own answer when it comes late, and leaves the newer session alone', async () => {
    const { host, auth, first, others, pilot } = await takeOff()
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await pilot.answer(200, { data: 1, tokenState: stateOf('late', { version: 99 }) })
    expect(await first).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('new')
    await othersGoWith(host, 'new', others)
  })

  it('is replayed with the newer session when it gets 401 late', async () => {
    const { host, first, pilot } = await takeOff()
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await pilot.answer(401)
    const replay = await host.take('GET /first')
    expect(replay.authorization).toBe('Bearer new')
    await replay.answer(200, { data: 1 })
    expect(await first).toBe(1)
    expect(host.logins).toBe(2)
  })

  it('joins the login under way when it gets 401 late', async () => {
    const { host, first, pilot } = await takeOff()
    await host.clock.advance(3_000)
    await host.take('POST /auth/login')
    await pilot.answer(401)
    expect(await host.takeAll('POST /auth/login')).toHaveLength(1)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    const replay = await host.take('GET /first')
    expect(replay.authorization).toBe('Bearer new')
    await replay.answer(200, { data: 1 })
    expect(await first).toBe(1)
    expect(host.logins).toBe(2)
  })

  it('lends its late session when the login after it failed', async () => {
    const { host, auth, first, outcomes, pilot } = await takeOff()
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).fail('network')
    expect(outcomes).toMatchObject([{ error: { code: 'network' } }, { error: { code: 'network' } }])
    await pilot.answer(200, { data: 1, tokenState: stateOf('late') })
    expect(await first).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('late')
    const next = auth.request('/next')
    const call = await host.take('GET /next')
    expect(call.authorization).toBe('Bearer late')
    await call.answer(204)
    await next
  })

  it('keeps its late session when the login that began after it is refused', async () => {
    const { host, auth, pilot } = await takeOff()
    await host.clock.advance(3_000)
    const login = await host.take('POST /auth/login')
    await pilot.answer(200, { data: 1, tokenState: stateOf('late') })
    await login.answer(401)
    expect(auth.tokenState?.accessToken).toBe('late')
  })

  it('ends by its own time limit, and nothing is left waiting', async () => {
    const { host, auth } = createBench()
    const outcome = outcomeOf(auth.request({ url: '/first', timeout: 5_000 }))
    await host.clock.advance(5_000)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    expect(host.clock.pending).toBe(0)
    host.assertIdle()
  })

  it('that ends by a time limit below 3 s lets the others log in at once', async () => {
    const { host, auth } = createBench()
    const outcome = outcomeOf(auth.request({ url: '/first', timeout: 500 }))
    void auth.request('/b')
    await host.clock.advance(500)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-2' })
  })
})

describe('promise 5: a first request that is aborted', () => {
  it('settles at once, goes on, and gives the others its session', async () => {
    const { host, first, outcome, others, pilot } = await takeOff()
    first.abort()
    await flush()
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    expect(pilot.isAborted).toBe(false)
    await pilot.answer(200, { data: 1, tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
    expect(host.logins).toBe(1)
  })

  it('is not replayed after a 401, and the others log in', async () => {
    const { host, first, outcome, others, pilot } = await takeOff()
    first.abort()
    await pilot.answer(401)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-1' })
    await login.answer(200, { tokenState: stateOf('t') })
    await othersGoWith(host, 't', others)
    expect(host.sent.filter(({ line }) => line === 'GET /first')).toHaveLength(1)
  })

  it('during wx.login is never sent, and leaves the login to the others', async () => {
    const { host, auth } = createBench()
    const wxLogin = holdLogin(host)
    const first = auth.request('/first')
    const outcome = outcomeOf(first)
    const second = auth.request('/b')
    await flush()
    first.abort()
    wxLogin.release()
    await wxLogin.give('code')
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /b')).answer(200, { data: 2 })
    expect(await second).toBe(2)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    expect(host.sent.map(({ line }) => line)).toEqual(['POST /auth/login', 'GET /b'])
  })

  it('while wx.login stays silent holds nobody up for longer than its limit', async () => {
    const { host, auth } = createBench()
    host.login = 'silent'
    const first = auth.request('/first')
    const outcome = outcomeOf(first)
    const second = auth.request('/b')
    await flush()
    first.abort()
    await host.clock.advance(10_000)
    const guest = await host.take('GET /b')
    expect(guest.authorization).toBeUndefined()
    await guest.answer(200, { data: 2 })
    expect(await second).toBe(2)
    expect(outcome.is).toBe('rejected')
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import { createHost, type FakeHost, type PendingCall } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { createBench, stateOf } from '../../../support/signedIn'

async function answerAll(calls: PendingCall[], status: number, data?: unknown): Promise<void> {
  for (const call of calls) await call.answer(status, data)
}

const linesOf = (host: FakeHost) => host.sent.map(({ line }) => line)

describe('promise 1: one login for all that are challenged, one replay each', () => {
  it('logs in once when five requests are challenged at once', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const paths = ['/a', '/b', '/c', '/d', '/e']
    const all = Promise.all(paths.map((path) => auth.request(path)))
    await answerAll(await host.takeAll('GET'), 401)
    const login = await host.take('POST /auth/login')
    expect(linesOf(host)).toHaveLength(6)
    await login.answer(200, { tokenState: stateOf('new') })
    const replays = await host.takeAll('GET')
    expect(replays.map(({ authorization }) => authorization)).toEqual(paths.map(() => 'Bearer new'))
    for (const call of replays) await call.answer(200, { data: call.line })
    expect(await all).toEqual(paths.map((path) => `GET ${path}`))
    expect(host.logins).toBe(1)
    for (const path of paths) {
      expect(linesOf(host).filter((line) => line === `GET ${path}`)).toHaveLength(2)
    }
    host.assertIdle()
  })

  it('logs in once for requests, uploads and downloads together', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const all = Promise.all([
      auth.request('/a'),
      auth.upload({ url: '/b', filePath: 'wxfile://tmp/b.png', name: 'file' }),
      auth.download({ url: '/c' }),
    ])
    await answerAll(await host.takeAll(''), 401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await (await host.take('UPLOAD /b')).answer(200, '{"data":2}')
    await (await host.take('DOWNLOAD /c')).answer(200, { tempFilePath: 'wxfile://tmp/c' })
    expect(await all).toEqual([1, 2, { tempFilePath: 'wxfile://tmp/c' }])
    expect(linesOf(host)).toHaveLength(7)
  })

  it('logs in once when the challenges come at every stage of the login', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const wxLogin = holdLogin(host)
    const tasks = ['/a', '/b', '/c', '/d'].map((path) => auth.request(path))
    const [a, b, c, d] = (await host.takeAll('GET')) as [
      PendingCall,
      PendingCall,
      PendingCall,
      PendingCall,
    ]
    await a.answer(401)
    await b.answer(401) // during wx.login
    await wxLogin.give('code')
    const login = await host.take('POST /auth/login')
    await c.answer(401) // during the exchange
    await login.answer(200, { tokenState: stateOf('new') })
    await d.answer(401) // after it
    const replays = await host.takeAll('GET')
    expect(replays.map(({ line }) => line).sort()).toEqual(['GET /a', 'GET /b', 'GET /c', 'GET /d'])
    await answerAll(replays, 200, { data: 1 })
    await Promise.all(tasks)
    expect(wxLogin.calls).toBe(1)
    expect(linesOf(host).filter((line) => line === 'POST /auth/login')).toHaveLength(1)
  })

  it.each([
    ['no header', {}],
    ['Bearer', { 'Www-Authenticate': 'Bearer' }],
    ['WxLogin', { 'www-authenticate': 'WxLogin' }],
    ['both, in an array', { 'WWW-Authenticate': ['WxLogin', 'Bearer error="invalid_token"'] }],
    [
      'a prompt beside a dead token',
      { 'WWW-AUTHENTICATE': 'Bearer error="invalid_token", getPhoneNumber' },
    ],
  ])('logs in and replays after a 401 with %s', async (_, headers) => {
    const { host, auth } = createBench({ token: 'old' })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401, {}, headers)
    expect(auth.prompt).toBe(null)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(await task).toBe(1)
  })

  it("lets the app's own login() join the one under way, and gives both the same state", async () => {
    const { host, auth } = createBench({ token: 'old' })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401)
    const logins = [auth.login(), auth.login()]
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await task
    const [one, other] = await Promise.all(logins)
    expect(one).toEqual(stateOf('new'))
    expect(other).toBe(one)
    expect(one).toBe(auth.tokenState)
    expect(host.logins).toBe(1)
  })

  it('sends the login with its code, without Authorization, naming the token it replaces', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const login = auth.login()
    const call = await host.take('POST /auth/login')
    expect(call.body).toEqual({ code: 'code-1' })
    expect(call.call.header).toEqual({
      'Content-Type': 'application/json',
      'Replaces-Token': 'old',
    })
    await call.answer(200, { tokenState: stateOf('new') })
    await login
  })

  it('may log in again, once, when the new token dies later', async () => {
    const { host, auth } = createBench({ token: 't0' })
    for (const token of ['t1', 't2', 't3']) {
      const tasks = Promise.all([auth.request('/a'), auth.request('/b')])
      await answerAll(await host.takeAll('GET'), 401)
      await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
      await answerAll(await host.takeAll('GET'), 200, { data: 1 })
      await tasks
    }
    expect(host.logins).toBe(3)
    expect(host.sent).toHaveLength(15)
  })

  it('shares one login between a challenge and a listener that logs in at each change', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const seen: string[] = []
    auth.subscribe(() => {
      if (seen.push(auth.tokenState!.accessToken) === 1) void auth.login()
    })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await task
    expect(host.logins).toBe(1)
  })
})

describe('promise 1: whatever the app does meanwhile', () => {
  it('a listener that signs out as soon as a login succeeded has its way', async () => {
    const { host, auth } = createBench({ token: 'old' })
    auth.subscribe(() => {
      if (auth.tokenState?.accessToken === 'new') void auth.logout()
    })
    const outcomes = [outcomeOf<unknown>(auth.request('/a')), outcomeOf<unknown>(auth.login())]
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    for (const one of outcomes) expect(one).toMatchObject({ error: { code: 'signed_out' } })
    expect(auth.tokenState).toBe(null)
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer new')
  })

  it('a warning reporter that throws fails no login and no request', async () => {
    const host = createHost()
    host.broken.add('setItem')
    const onWarning = () => {
      throw new Error('the reporter is not set up')
    }
    const { auth } = createBench({ host, onWarning })
    const tasks = [auth.request('/a'), auth.request('/b')]
    const state = { ...stateOf('t'), openid: 'dropped, with a warning' }
    await (await host.take('GET /a')).answer(200, { data: 1, tokenState: state })
    await (await host.take('GET /b')).answer(200, { data: 2, tokenState: 'malformed' })
    expect(await Promise.all(tasks)).toEqual([1, 2])
    expect(auth.tokenState).toEqual(stateOf('t'))
    expect(host.logins).toBe(1)
  })
})

describe('promise 2: a late 401 for a replaced token', () => {
  it('is replayed with the new token, without a login', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const tasks = [auth.request('/a'), auth.request('/late')]
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await host.clock.advance(20_000)
    await (await host.take('GET /late')).answer(401, {}, { 'WWW-Authenticate': 'Bearer' })
    const replay = await host.take('GET /late')
    expect(replay.authorization).toBe('Bearer new')
    await replay.answer(200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([1, 2])
    expect(host.logins).toBe(1)
  })

  it('is replayed without a login when an answer has renewed the token meanwhile', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const tasks = [auth.request('/a'), auth.request('/late')]
    await (await host.take('GET /a')).answer(200, { data: 1, tokenState: stateOf('rotated') })
    await (await host.take('GET /late')).answer(401)
    const replay = await host.take('GET /late')
    expect(replay.authorization).toBe('Bearer rotated')
    await replay.answer(200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([1, 2])
    expect(host.logins).toBe(0)
  })

  it('takes the token that its own 401 brought', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401, { tokenState: stateOf('rotated') })
    const replay = await host.take('GET /a')
    expect(replay.authorization).toBe('Bearer rotated')
    await replay.answer(200, { data: 1 })
    expect(await task).toBe(1)
    expect(host.logins).toBe(0)
  })

  it('waits for a newer login that is under way, and shares it', async () => {
    const { host, auth } = createBench({ token: 't0' })
    const tasks = [auth.request('/late'), auth.request('/a')]
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t1') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    tasks.push(auth.request('/b'))
    await (await host.take('GET /b')).answer(401)
    await host.take('POST /auth/login')
    await (await host.take('GET /late')).answer(401) // refuses t0, two tokens ago
    expect(await host.takeAll('GET')).toEqual([])
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t2') })
    const replays = await host.takeAll('GET')
    expect(replays.map(({ authorization }) => authorization)).toEqual(['Bearer t2', 'Bearer t2'])
    await answerAll(replays, 200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([2, 1, 2])
    expect(host.logins).toBe(2)
  })

  it('of a guest is replayed with the token, when a login has succeeded since', async () => {
    const { host, auth } = createBench()
    await auth.logout()
    const task = auth.request('/a')
    const call = await host.take('GET /a')
    expect(call.authorization).toBeUndefined()
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await login
    await call.answer(401)
    const replay = await host.take('GET /a')
    expect(replay.authorization).toBe('Bearer t')
    await replay.answer(200, { data: 1 })
    expect(await task).toBe(1)
    expect(auth.prompt).toBe(null)
    expect(host.logins).toBe(1)
  })
})

describe('promise 3: new requests wait for a login under way', () => {
  it('sends them with the new token, none before, whatever the stage of the login', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const wxLogin = holdLogin(host)
    const tasks = [auth.request('/a')]
    await (await host.take('GET /a')).answer(401)
    tasks.push(auth.request('/b')) // during wx.login
    await wxLogin.give('code')
    tasks.push(auth.request('/c')) // during the exchange
    tasks.push(auth.upload({ url: '/d', filePath: 'wxfile://tmp/d', name: 'file' }))
    expect(await host.takeAll('')).toHaveLength(1)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    const calls = await host.takeAll('')
    expect(calls).toHaveLength(4)
    for (const call of calls) {
      expect(call.authorization).toBe('Bearer new')
      await call.answer(200, { data: call.line })
    }
    expect(await Promise.all(tasks)).toEqual(['GET /a', 'GET /b', 'GET /c', 'UPLOAD /d'])
    expect(host.sent).toHaveLength(6)
  })

  it("also waits for the app's own login(), though the token it holds may be good", async () => {
    const { host, auth } = createBench({ token: 'old' })
    const login = auth.login()
    const task = auth.request('/a')
    expect(await host.takeAll('GET')).toEqual([])
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer new')
    await call.answer(204)
    expect(await task).toBeUndefined()
  })

  it('waits, while signed out, for the login that ends that', async () => {
    const { host, auth } = createBench()
    await auth.logout()
    const login = auth.login()
    const task = auth.request('/a')
    expect(await host.takeAll('GET')).toEqual([])
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer new')
    await call.answer(204)
    await task
  })

  it('settles an aborted waiter at once and never sends it', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const login = auth.login()
    const waiting = auth.request('/a')
    const outcome = outcomeOf(waiting)
    await flush()
    waiting.abort()
    await flush()
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    expect(host.sent).toHaveLength(1)
    host.assertIdle()
  })

  it('goes on with the login when everyone who waited for it has aborted', async () => {
    const { host, auth } = createBench({ token: 'old' })
    const task = auth.request('/a')
    const outcome = outcomeOf(task)
    await (await host.take('GET /a')).answer(401)
    task.abort()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    expect(auth.tokenState?.accessToken).toBe('new')
    expect(host.sent).toHaveLength(2)
    host.assertIdle()
    expect(host.clock.pending).toBe(0)
  })

  it('sends again with the token at hand after a login that failed and may be retried', async () => {
    const { host, auth } = createBench({ token: 'good' })
    const login = outcomeOf(auth.login())
    const task = auth.request('/a')
    await (await host.take('POST /auth/login')).answer(503)
    expect(login).toMatchObject({ is: 'rejected', error: { code: 'login_rejected', status: 503 } })
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer good')
    await call.answer(200, { data: 1 })
    expect(await task).toBe(1)
  })
})

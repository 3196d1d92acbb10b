import { describe, expect, it } from 'vitest'
import { holdLogin } from '../../../support/heldLogin'
import { createHost, type FakeHost, type PendingCall } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf } from '../../../support/client'

async function answerAll(calls: PendingCall[], status: number, data?: unknown): Promise<void> {
  for (const call of calls) await call.answer(status, data)
}

const linesOf = (host: FakeHost) => host.sent.map(({ line }) => line)

describe('guarantee 1: one login for all that are challenged, one replay each', () => {
  it('logs in once when five requests are challenged at once', async () => {
    const { host, auth } = openClient({ token: 'old' })
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
    const { host, auth } = openClient({ token: 'old' })
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
    const { host, auth } = openClient({ token: 'old' })
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
    const { host, auth } = openClient({ token: 'old' })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401, {}, headers)
    expect(auth.prompt).toBe(null)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(await task).toBe(1)
  })

  it("lets the app's own login() join the one under way, and gives both the same state", async () => {
    const { host, auth } = openClient({ token: 'old' })
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
    const { host, auth } = openClient({ token: 'old' })
    const login = auth.login()
    const call = await host.take('POST /auth/login')
    expect(call.body).toEqual({ code: 'code-1' })
    expect(call.call.header).toEqual({
      'content-type': 'application/json',
      'replaces-token': 'old',
    })
    await call.answer(200, { tokenState: stateOf('new') })
    await login
  })

  it('may log in again, once, when the new token dies later', async () => {
    const { host, auth } = openClient({ token: 't0' })
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
    const { host, auth } = openClient({ token: 'old' })
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

describe('guarantee 1: whatever the app does meanwhile', () => {
  it('a listener that signs out as soon as a login succeeded has its way', async () => {
    const { host, auth } = openClient({ token: 'old' })
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
    const { auth } = openClient({ host, onWarning })
    const tasks = [auth.request('/a'), auth.request('/b')]
    const state = { ...stateOf('t'), openid: 'dropped, with a warning' }
    await (await host.take('GET /a')).answer(200, { data: 1, tokenState: state })
    await (await host.take('GET /b')).answer(200, { data: 2, tokenState: 'malformed' })
    expect(await Promise.all(tasks)).toEqual([1, 2])
    expect(auth.tokenState).toEqual(stateOf('t'))
    expect(host.logins).toBe(1)
  })
})

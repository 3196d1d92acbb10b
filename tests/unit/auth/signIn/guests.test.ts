import { describe, expect, it } from 'vitest'
import { createHost, type FakeHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf } from '../../../support/client'

type Client = ReturnType<typeof openClient>

/** Every way in which a silent login cannot be made, and the error it leaves. */
const ways: [string, () => Client, (host: FakeHost) => Promise<void>, object][] = [
  [
    'wx.login fails',
    () => {
      const client = openClient()
      client.host.login = 'fail'
      return client
    },
    async () => {},
    { code: 'login_failed' },
  ],
  [
    'wx.login throws',
    () => {
      const client = openClient()
      client.host.platform.login = () => {
        throw new Error('no such api')
      }
      return client
    },
    async () => {},
    { code: 'login_failed' },
  ],
  [
    'wx.login gives an empty code',
    () => {
      const client = openClient()
      client.host.platform.login = () => Promise.resolve('')
      return client
    },
    async () => {},
    { code: 'login_failed' },
  ],
  [
    'wx.login stays silent',
    () => {
      const client = openClient()
      client.host.login = 'silent'
      return client
    },
    (host) => host.clock.advance(10_000),
    { code: 'login_timeout' },
  ],
]

const withoutLogin: (typeof ways)[number] = [
  'a platform without wx.login',
  () => openClient({ host: createHost({ without: ['login'] }) }),
  async () => {},
  {},
]

describe('guarantee 6: without a silent login, requests go as a guest’s', () => {
  it.each([...ways, withoutLogin])(
    '%s: a request is sent without Authorization',
    async (_, client, happen) => {
      const { host, auth } = client()
      const tasks = [
        auth.request('/a'),
        auth.request({ url: '/b', method: 'POST', data: {} }),
        auth.upload({ url: '/c', filePath: 'wxfile://c', name: 'f' }),
        auth.download({ url: '/d' }),
      ]
      await happen(host)
      const calls = await host.takeAll('')
      const lines = calls.map(({ line }) => line)
      expect(new Set(lines)).toEqual(new Set(['GET /a', 'POST /b', 'UPLOAD /c', 'DOWNLOAD /d']))
      for (const call of calls) {
        expect(call.call.header).not.toHaveProperty('authorization')
        await call.answer(200, { data: 1 })
      }
      expect((await Promise.all(tasks)).slice(0, 3)).toEqual([1, 1, 1])
      expect(host.logins).toBeLessThanOrEqual(1)
    },
  )

  it.each(ways)('%s: only a 401 settles, with that error', async (_, client, happen, error) => {
    const { host, auth } = client()
    const names = ['/401', '/200', '/404', '/500']
    const outcomes = names.map((name) => outcomeOf(auth.request(name)))
    await happen(host)
    for (const call of await host.takeAll('GET')) await call.answer(Number(call.line.slice(5)), {})
    expect(outcomes).toMatchObject([
      { is: 'rejected', error },
      { is: 'resolved' },
      { is: 'rejected', error: { name: 'HttpError', status: 404 } },
      { is: 'rejected', error: { name: 'HttpError', status: 500 } },
    ])
    expect(host.sent).toHaveLength(4)
  })

  it('503 from the login: guests, and a 401 to them settles with the login’s error', async () => {
    const { host, auth } = openClient()
    const upload = outcomeOf(auth.upload({ url: '/401', filePath: 'wxfile://a', name: 'f' }))
    const other = outcomeOf(auth.request('/200'))
    await (await host.take('POST /auth/login')).answer(503, {}, { 'Retry-After': '5' })
    for (const call of await host.takeAll('')) {
      expect(call.authorization).toBeUndefined()
      await call.answer(Number(call.line.slice(-3)), { data: 1 })
    }
    expect(other).toMatchObject({ is: 'resolved', value: 1 })
    expect(upload).toMatchObject({
      is: 'rejected',
      error: { code: 'login_rejected', status: 503, retryAfter: 5 },
    })
  })

  it('gives the same error object to every guest that got 401', async () => {
    const { host, auth } = openClient()
    host.login = 'fail'
    const outcomes = ['/a', '/b', '/c'].map((path) => outcomeOf(auth.request(path)))
    for (const call of await host.takeAll('GET')) await call.answer(401)
    expect(outcomes[0]?.error).toMatchObject({ code: 'login_failed' })
    expect(new Set(outcomes.map(({ error }) => error)).size).toBe(1)
    expect(host.sent).toHaveLength(3)
  })

  it('does not ask wx.login again for each guest while the wait lasts', async () => {
    const { host, auth } = openClient()
    host.login = 'fail'
    host.serve = () => ({ status: 200, data: { data: 1 } })
    for (let i = 0; i < 5; i++) await auth.request('/a')
    expect(host.logins).toBe(1)
    await host.clock.advance(1_000)
    await auth.request('/a')
    expect(host.logins).toBe(2)
  })

  it('signs the guests in as soon as wx.login works again', async () => {
    const { host, auth } = openClient()
    host.login = 'fail'
    const guest = auth.request('/a')
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await guest
    host.login = 'code'
    await host.clock.advance(1_000)
    const task = auth.request('/b')
    const carrier = await host.take('GET /b')
    expect(carrier.authorization).toBe('WxLogin code-2')
    await carrier.answer(200, { data: 2, tokenState: stateOf('t') })
    expect(await task).toBe(2)
    expect(auth.tokenState?.accessToken).toBe('t')
  })

  it('never prompts a guest of that kind, whatever the 401 asks for', async () => {
    const { host, auth } = openClient()
    host.login = 'fail'
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401, {}, { 'WWW-Authenticate': 'getPhoneNumber' })
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_failed' } })
    expect(auth.prompt).toBe(null)
  })

  it.each([429, 500, 502, 404, 400])(
    'does not make guests of those whose login was answered %i',
    async (status) => {
      const { host, auth } = openClient()
      const outcome = outcomeOf(auth.upload({ url: '/a', filePath: 'wxfile://a', name: 'f' }))
      await (await host.take('POST /auth/login')).answer(status)
      expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_rejected', status } })
      expect(host.sent).toHaveLength(1)
    },
  )

  it('sends those that waited for an expired token’s renewal as guests, and keeps the token', async () => {
    const { host, auth } = openClient({ token: 't', state: { expiresIn: 100 } })
    await host.clock.advance(200_000)
    const task = auth.request('/a')
    await (await host.take('POST /auth/login')).answer(503)
    const call = await host.take('GET /a')
    expect(call.authorization).toBeUndefined()
    await call.answer(200, { data: 1 })
    expect(await task).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('t')
  })

  it('rejects the app’s own login() with the error', async () => {
    const { auth } = openClient({ host: createHost({ without: ['login'] }) })
    await expect(auth.login()).rejects.toMatchObject({ code: 'login_failed' })
  })
})

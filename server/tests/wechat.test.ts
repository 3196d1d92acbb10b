import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWeChat, type WeChat } from '../src/wechat/client'
import {
  appSecret,
  openTestBackend,
  stateOf,
  type Answer,
  type TestBackend,
  wechatTimeout,
} from './support/backend'
import { startFakeWeChat, type FakeWeChat } from './support/fakeWeChat'
import { appId, loginReply, makePerson, makePhoneNumber, phoneInfo } from './support/people'

describe('the shared access token', () => {
  let server: FakeWeChat
  let wechat: WeChat
  let time = 0
  beforeEach(async () => {
    server = await startFakeWeChat()
    time = 0
    const config = {
      apiBase: `${server.url}/`,
      apps: [{ appId, appSecret }] as const,
      timeout: wechatTimeout,
      concurrency: 64,
    }
    wechat = createWeChat(config, () => time, new AbortController().signal)
    return async () => {
      await server.close()
      expect(server.faults()).toEqual([])
    }
  })

  const token = (access_token: string) => ({ access_token, expires_in: 7200 })
  const askPhone = (code: string) => {
    server.script(`phone ${code}`, { errcode: 0, phone_info: phoneInfo(makePhoneNumber()) })
    return wechat.phoneNumberOf(code, { appId, subject: 'an-openid' })
  }
  const tokensUsed = () =>
    server.calls.flatMap(({ query }) => (query.access_token ? [query.access_token] : []))
  const refreshes = () => server.calls.filter(({ path }) => path === '/cgi-bin/stable_token')

  it('is fetched once for twenty requests at once', async () => {
    server.script('token', token('shared'))
    await Promise.all(Array.from({ length: 20 }, (_, number) => askPhone(`code-${number}`)))
    expect(refreshes().map(({ body }) => body)).toEqual([
      { grant_type: 'client_credential', appid: appId, secret: appSecret },
    ])
    expect(new Set(tokensUsed())).toEqual(new Set(['shared']))
  })

  it('is kept until five minutes before its end', async () => {
    server.script('token', token('first'), token('second'))
    await askPhone('a')
    time = (7200 - 300) * 1000 - 1
    await askPhone('b')
    time += 1
    await askPhone('c')
    expect(tokensUsed()).toEqual(['first', 'first', 'second'])
  })

  it.each([40001, 40014, 42001])(
    'is fetched anew once when WeChat answers %i to it',
    async (errcode) => {
      server.script('token', token('revoked'), token('valid'))
      server.script('phone a', { errcode })
      await askPhone('a')
      expect(tokensUsed()).toEqual(['revoked', 'valid'])
    },
  )

  it('is replaced once for all the requests it was refused to', async () => {
    server.script('token', token('revoked'), token('valid'))
    for (const code of ['a', 'b', 'c']) server.script(`phone ${code}`, { errcode: 40001 })
    await Promise.all(['a', 'b', 'c'].map(askPhone))
    expect(refreshes()).toHaveLength(2)
  })

  it('is forced when WeChat goes on giving the refused one, at most every 72 minutes', async () => {
    server.script('token', token('same'), token('same'), token('forced'), token('forced'))
    server.script('phone a', { errcode: 40001 })
    await askPhone('a')
    expect(refreshes().map(({ body }) => body.force_refresh)).toEqual([undefined, undefined, true])

    time += 71 * 60_000
    server.script('phone b', { errcode: 40001 }, { errcode: 40001 })
    await expect(wechat.phoneNumberOf('b', { appId, subject: 'an-openid' })).rejects.toMatchObject({
      reason: 'unavailable',
      errcode: 40001,
    })
    expect(refreshes()).toHaveLength(4)
  })

  it('is tried for again after a failure', async () => {
    server.script('token', { errcode: 40125, errmsg: 'invalid appsecret' }, token('good'))
    await expect(wechat.phoneNumberOf('a', { appId, subject: 'an-openid' })).rejects.toMatchObject({
      errcode: 40125,
    })
    await askPhone('b')
  })

  it('is what checksession is asked with, along with the signature of nothing', async () => {
    server.script('token', token('shared'))
    server.script('check', { errcode: 0 }, { errcode: 87009 })
    expect(
      await wechat.isSessionKeyLive({ appId, subject: 'open-1' }, 'o0q0otL8aEzpcZL/FT9WsQ=='),
    ).toBe(true)
    expect(
      await wechat.isSessionKeyLive({ appId, subject: 'open-1' }, 'o0q0otL8aEzpcZL/FT9WsQ=='),
    ).toBe(false)
    expect(server.calls.at(-1)?.query).toEqual({
      access_token: 'shared',
      openid: 'open-1',
      signature: expect.stringMatching(/^[\da-f]{64}$/) as string,
      sig_method: 'hmac_sha256',
    })
  })
})

describe('calls of WeChat at once', () => {
  let server: FakeWeChat
  beforeEach(async () => {
    server = await startFakeWeChat()
    return async () => {
      await server.close()
      expect(server.faults()).toEqual([])
    }
  })
  const connect = (timeout: number, closing = new AbortController()) => {
    const apps = [{ appId, appSecret }] as const
    const config = { apiBase: server.url, apps, timeout, concurrency: 2 }
    return createWeChat(config, () => 0, closing.signal)
  }

  it('are as many as configured; the others follow in their order', async () => {
    const wechat = connect(wechatTimeout)
    const names = ['a', 'b', 'c', 'd']
    const held = names.map((name) => server.hold(`login ${name}`))
    const logins = names.map((name) => wechat.logIn(appId, name))
    await Promise.all([held[0]!.arrived, held[1]!.arrived])
    for (const [turn, call] of held.entries()) {
      await call.arrived
      expect(server.calls).toHaveLength(Math.min(turn + 2, 4))
      call.reply({ errcode: 40029 })
      await expect(logins[turn]).rejects.toMatchObject({ reason: 'refused' })
      await held[turn + 2]?.arrived
    }
  })

  it('leave one that waits as unavailable after the time limit, and never send it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const wechat = connect(wechatTimeout)
      const held = [server.hold('login a'), server.hold('login b')]
      const logins = ['a', 'b', 'c'].map((name) => wechat.logIn(appId, name))
      const failed = logins.map((login) =>
        expect(login).rejects.toMatchObject({ reason: 'unavailable' }),
      )
      await Promise.all(held.map(({ arrived }) => arrived))
      vi.advanceTimersByTime(wechatTimeout)
      await Promise.all(failed)
      await Promise.all(held.map(({ ended }) => ended))
      expect(server.calls).toHaveLength(2)
      server.script('login d', { errcode: 40029 })
      await expect(wechat.logIn(appId, 'd')).rejects.toMatchObject({ reason: 'refused' })
    } finally {
      vi.useRealTimers()
    }
  })

  it('that wait when the backend closes are not made', async () => {
    const closing = new AbortController()
    const wechat = connect(wechatTimeout, closing)
    const held = [server.hold('login a'), server.hold('login b')]
    const logins = ['a', 'b', 'c'].map((name) => wechat.logIn(appId, name))
    const failed = logins.map((login) =>
      expect(login).rejects.toMatchObject({ reason: 'unavailable' }),
    )
    await Promise.all(held.map(({ arrived }) => arrived))
    closing.abort()
    await Promise.all(failed)
    expect(server.calls).toHaveLength(2)
  })
})

describe('when WeChat fails', () => {
  let backend: TestBackend
  beforeAll(async () => {
    backend = await openTestBackend()
  })
  afterAll(() => backend.close())

  function expect503(answer: Answer) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Retry-After')).toBe('2')
    expect(answer.body.type).toBe('/problems/wechat-unavailable')
  }

  const logIn = (code: string) => backend.send('POST', '/auth/login', { json: { code } })

  it.each([
    ['is busy (-1)', { errcode: -1, errmsg: 'system error' }],
    ['answers no JSON', 'garbage'],
    ['refuses the app itself', { errcode: 40125, errmsg: 'invalid appsecret' }],
    ['answers something unheard of', { hello: 'world' }],
  ] as const)('a login is answered 503 with Retry-After: it %s', async (fault, reply) => {
    const before = await backend.rows()
    backend.wechat.script(`login ${fault}`, reply)
    expect503(await logIn(fault))
    expect(await backend.rows()).toEqual(before)
  })

  it('a login is answered 503 with Retry-After: it never answers', async () => {
    const before = await backend.rows()
    const answer = await backend.unanswered('login silent', () => logIn('silent'))
    expect503(answer)
    expect(await backend.rows()).toEqual(before)
  })

  it('a login is answered 429 with Retry-After when it is too frequent', async () => {
    backend.wechat.script('login often', { errcode: 45011, errmsg: 'api minute-quota reach limit' })
    const answer = await logIn('often')
    expect(answer.status).toBe(429)
    expect(answer.headers.get('Retry-After')).toBe('60')
  })

  it('a request that brings its own login is answered 503 and not performed', async () => {
    backend.wechat.script('login brought', { errcode: -1 })
    const headers = { Authorization: 'WxLogin brought' }
    expect((await backend.send('GET', '/services', { headers })).status).toBe(503)
  })

  it('a phone code is answered 503 and the session goes on', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    const submit = () =>
      backend.send('POST', '/auth/phone-number', { token, json: { code: 'pressed' } })
    const failed = await backend.unanswered('token', submit)
    expect(failed.status).toBe(503)
    expect(stateOf(failed).hasPhoneNumber).toBe(false)

    backend.wechat.script('token', { access_token: 't', expires_in: 7200 })
    backend.wechat.script('phone pressed', { errcode: 0, phone_info: phoneInfo(makePhoneNumber()) })
    expect(stateOf(await submit()).hasPhoneNumber).toBe(true)
  })

  it('requests with a token are served without asking WeChat', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    const asked = backend.wechat.calls.length
    expect((await backend.send('GET', '/me', { token })).status).toBe(200)
    expect(backend.wechat.calls.length).toBe(asked)
  })

  it('a slow login does not hold up others', async () => {
    let answerSlow: (reply: object) => void = () => {}
    backend.wechat.script('login slow', new Promise<object>((resolve) => (answerSlow = resolve)))
    const slow = logIn('slow')
    await backend.signIn(makePerson())
    answerSlow(loginReply(makePerson()))
    expect((await slow).status).toBe(200)
  })
})

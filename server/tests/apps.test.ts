// Several mini-programs of one open platform account, whose users are the same people.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import {
  appId,
  makePerson,
  makePhoneNumber,
  newSessionKey,
  phoneInfo,
  sealedPhone,
  sealedUserInfo,
  type Person,
} from './support/people'
import {
  plainPush,
  pushAesKey,
  pushJson,
  pushToken,
  safePush,
  sendPush,
  type Push,
} from './support/push'

const second = { appId: 'wxfedcba9876543210', appSecret: 'a-secret-of-the-second-app' }
const otherApps = [second]

let backend: TestBackend
const open = (options: Parameters<typeof openTestBackend>[0] = {}) => {
  beforeAll(async () => void (backend = await openTestBackend({ otherApps, ...options })))
  afterAll(() => backend.close())
}

/** The same user as the second app knows them: by another openid, with another session key. */
const elsewhere = (person: Person): Person => ({
  ...person,
  openid: `${person.openid}-elsewhere`,
  sessionKey: newSessionKey(),
})

const logIn = (person: Person, json: object = {}) =>
  backend.send('POST', '/auth/login', { json: { code: backend.loginCode(person), ...json } })
const signInToSecond = async (person: Person) =>
  stateOf(await logIn(person, { appId: second.appId })).accessToken
const submit = (path: string, token: string, json: object) =>
  backend.send('POST', path, { token, json })

describe('a backend of two mini-programs', () => {
  open()

  it('exchanges a code with the AppID and the secret of the app that the login names', async () => {
    expect((await logIn(makePerson(), { appId: second.appId })).status).toBe(200)
    expect(backend.wechat.calls.at(-1)?.query).toMatchObject({
      appid: second.appId,
      secret: second.appSecret,
    })
  })

  it('takes a login that names none for the first app, also one that a request brings', async () => {
    expect((await logIn(makePerson())).status).toBe(200)
    expect(backend.wechat.calls.at(-1)?.query.appid).toBe(appId)

    const headers = { Authorization: `WxLogin ${backend.loginCode(makePerson())}` }
    expect((await backend.send('GET', '/me', { headers })).status).toBe(200)
    expect(backend.wechat.calls.at(-1)?.query.appid).toBe(appId)
  })

  it('answers 400 to an AppID that it does not serve, and does not ask WeChat', async () => {
    const asked = backend.wechat.calls.length
    const json = { code: 'a-code', appId: 'wx-of-another' }
    const { status, body } = await backend.send('POST', '/auth/login', { json })
    expect([status, body.type]).toEqual([400, '/problems/unknown-app'])
    expect(backend.wechat.calls).toHaveLength(asked)
  })

  it.each([{ appId: '' }, { appId: 7 }, { appId: null }])('answers 422 to %o', async (json) => {
    const { status, body } = await backend.send('POST', '/auth/login', {
      json: { code: 'a-code', ...json },
    })
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '#/appId'])
  })

  it.each([
    ['another openid', elsewhere],
    ['the same openid', (person: Person) => person],
  ])('knows one person over both by the unionid, with %s', async (_, inSecond) => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    const other = await signInToSecond(inSecond(person))
    await submit('/auth/user-info', token, { nickname: '小林' })

    const { body } = await backend.send('GET', '/me', { token: other })
    expect(body.data).toMatchObject({ nickname: '小林' })
  })

  it('keeps users apart who have one openid in two apps', async () => {
    const person = makePerson({ unionid: false })
    const { accessToken: token } = await backend.signIn(person)
    const other = await signInToSecond(person)
    await submit('/auth/user-info', token, { nickname: '小林' })

    const { body } = await backend.send('GET', '/me', { token: other })
    expect(body.data).toMatchObject({ nickname: null })
  })

  it('asks for a phone number with the access token of the app of the session', async () => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    const other = await signInToSecond(makePerson())
    backend.wechat.script(
      'token',
      { access_token: 'of-the-first', expires_in: 7200 },
      { access_token: 'of-the-second', expires_in: 7200 },
    )
    const codes = { first: makePhoneNumber(), second: makePhoneNumber() }
    const info = (number: string, app: string) => ({
      errcode: 0,
      phone_info: phoneInfo(number, app),
    })
    backend.wechat.script('phone first', info(codes.first, appId))
    backend.wechat.script('phone second', info(codes.second, second.appId))

    expect((await submit('/auth/phone-number', token, { code: 'first' })).status).toBe(200)
    expect((await submit('/auth/phone-number', other, { code: 'second' })).status).toBe(200)

    const ofTokens = backend.wechat.calls.filter(({ path }) => path === '/cgi-bin/stable_token')
    expect(ofTokens.map(({ body }) => body.appid)).toEqual([appId, second.appId])
    const ofPhones = backend.wechat.calls.filter(({ query }) => query.access_token)
    expect(ofPhones.map(({ query }) => query.access_token)).toEqual([
      'of-the-first',
      'of-the-second',
    ])
  })

  it('opens what was encrypted for the app of the session, and nothing of the other', async () => {
    const person = makePerson({ unionid: false })
    const token = await signInToSecond(person)
    const send = (json: object) => submit('/auth/user-info', token, json)

    const foreign = await send(sealedUserInfo(person, 'union-of-the-second', appId))
    expect([foreign.status, foreign.body.type]).toEqual([422, '/problems/foreign-watermark'])
    const own = await send(sealedUserInfo(person, 'union-of-the-second', second.appId))
    expect(stateOf(own).hasUserInfo).toBe(true)
  })
})

describe('a backend to one of whose mini-programs WeChat sends no unionid', () => {
  open()

  it('warns about that one, whatever the other has got', async () => {
    await backend.signIn(makePerson())
    for (const app of [appId, second.appId]) {
      const person = makePerson({ unionid: false })
      const { accessToken } = stateOf(await logIn(person, { appId: app }))
      await submit('/auth/user-info', accessToken, sealedUserInfo(person, undefined, app))
    }
    const warned = backend.log
      .map((line) => JSON.parse(line) as { msg: string; appId?: string })
      .filter(({ msg }) => msg.includes('bind the mini-program'))
    expect(warned.map((line) => line.appId)).toEqual([second.appId])
  })
})

describe.each([
  ['plain', { token: pushToken }],
  ['encrypted', { token: pushToken, aesKey: Buffer.from(pushAesKey, 'base64') }],
])('a message push, %s, to a backend of two mini-programs', (_, wechatPush) => {
  open({ wechatPush })

  const seconds = () => Math.floor(backend.now() / 1000)
  const pushOf = (openid: string, app: string, sealedFor = app): Push => {
    const event = { Event: 'user_authorization_revoke', OpenID: openid, RevokeInfo: '8' }
    const message = pushJson({ ...event, AppID: app }, seconds())
    const sealing = { timestamp: seconds(), sealedFor }
    return 'aesKey' in wechatPush ? safePush(message, sealing) : plainPush(message, sealing)
  }

  it('is about the user of the app that it names', async () => {
    const person = makePerson({ unionid: false })
    const tokens = {
      first: (await backend.signIn(person)).accessToken,
      second: await signInToSecond(person),
    }
    for (const [token, app] of [
      [tokens.first, appId],
      [tokens.second, second.appId],
    ] as const) {
      const data = sealedPhone(person, makePhoneNumber(), app)
      expect((await submit('/auth/phone-number', token, data)).status).toBe(200)
    }
    const hasNumber = async (token: string) =>
      stateOf(await backend.send('GET', '/auth/token-state', { token })).hasPhoneNumber

    expect((await sendPush(backend, pushOf(person.openid, second.appId))).status).toBe(200)

    expect(await hasNumber(tokens.first)).toBe(true)
    expect(await hasNumber(tokens.second)).toBe(false)
  })

  it('is refused for an app that is not served', async () => {
    expect((await sendPush(backend, pushOf('an-openid', 'wx-of-another'))).status).toBe(403)
  })

  it.runIf('aesKey' in wechatPush)(
    'is refused if it names another app than it was encrypted for',
    async () => {
      const push = pushOf('an-openid', appId, second.appId)
      expect((await sendPush(backend, push)).status).toBe(403)
    },
  )
})

describe('a backend that no longer serves a mini-program', () => {
  open()

  it('cannot ask WeChat for its users, whose sessions go on', async () => {
    const token = await signInToSecond(makePerson())
    const reduced = backend.serving([])
    const request = (method: string, path: string, body?: string) =>
      reduced.request(path, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body && { body }),
      })
    expect((await request('GET', '/me')).status).toBe(200)
    const answer = await request('POST', '/auth/phone-number', JSON.stringify({ code: 'a-code' }))
    expect(answer.status).toBe(503)
  })
})

import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { events, identities } from '../src/db/schema'
import { requires } from '../src/http/requires'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, type Person } from './support/people'

const oauthApps = {
  'wechat-official': { appId: 'wx-official', appSecret: 'the-official-secret' },
  'wechat-web': { appId: 'wx-web', appSecret: 'the-web-secret' },
}
type Provider = 'wechat-official' | 'wechat-web' | 'wechat-app'

let backend: TestBackend
beforeEach(async () => {
  backend = await openTestBackend({ oauthApps })
})
afterEach(() => backend.close())

const send = (provider: Provider, code: string, headers: Record<string, string> = {}) =>
  backend.send('POST', '/auth/login', { json: { provider, code }, headers })

/** The answer to a code that WeChat answers so. */
function logIn(provider: Provider, reply: object, headers?: Record<string, string>) {
  const code = randomBytes(8).toString('hex')
  backend.wechat.script(`oauth ${code}`, reply)
  return send(provider, code, headers)
}

const grantOf = ({ openid, unionid }: Person, provider: Provider, more: object = {}) => ({
  access_token: 'a-token-of-wechat',
  expires_in: 7200,
  refresh_token: 'another-token-of-wechat',
  openid: `${openid} of ${provider}`,
  scope: 'snsapi_userinfo',
  ...(unionid && { unionid }),
  ...more,
})

/** A number makes the uid known, by which a person is recognised here. */
async function register(token: string): Promise<string | undefined> {
  const phone = makePhoneNumber()
  const json = { phone, smsCode: await backend.textCode(phone, 'bind') }
  return stateOf(await backend.send('POST', '/auth/phone-number', { token, json })).uid
}

describe('a login by WeChat’s OAuth', () => {
  it('exchanges the code with the id and the secret of the app, and lasts', async () => {
    const person = makePerson()
    const state = stateOf(await logIn('wechat-web', grantOf(person, 'wechat-web')))
    expect(state).toMatchObject({ hasUserInfo: true, hasPhoneNumber: false })
    expect(state.expiresIn).toBe(30 * 86_400)
    const { path, query } = backend.wechat.calls.at(-1)!
    expect(path).toBe('/sns/oauth2/access_token')
    expect(query).toEqual({
      appid: 'wx-web',
      secret: 'the-web-secret',
      code: expect.any(String),
      grant_type: 'authorization_code',
    })
    expect(backend.log.join()).not.toMatch(/the-web-secret|a-token-of-wechat|open-/)
  })

  it('is of the person who has the unionid in the mini-program, and the other way round', async () => {
    const person = makePerson()
    const { accessToken } = await backend.signIn(person)
    const uid = await register(accessToken)
    const official = await logIn('wechat-official', grantOf(person, 'wechat-official'))
    expect(stateOf(official).uid).toBe(uid)
    const web = await logIn('wechat-web', grantOf(person, 'wechat-web'))
    expect(stateOf(web).uid).toBe(uid)

    const other = makePerson()
    const first = stateOf(await logIn('wechat-web', grantOf(other, 'wechat-web')))
    const otherUid = await register(first.accessToken)
    expect((await backend.signIn(other)).uid).toBe(otherUid)
  })

  it('is of the same person each time, by the openid alone, as with snsapi_base', async () => {
    const person = makePerson({ unionid: false })
    const grant = grantOf(person, 'wechat-official', { scope: 'snsapi_base' })
    const state = stateOf(await logIn('wechat-official', grant))
    const uid = await register(state.accessToken)
    expect(stateOf(await logIn('wechat-official', grant)).uid).toBe(uid)
    // The same openid in another app is somebody else.
    expect(stateOf(await logIn('wechat-web', grant)).uid).toBeUndefined()
  })

  it('joins the people of two apps once WeChat shows the unionid', async () => {
    const person = makePerson()
    const uid = await register((await backend.signIn(person)).accessToken)
    const { unionid: _, ...base } = grantOf(person, 'wechat-official')
    expect(stateOf(await logIn('wechat-official', base)).uid).toBeUndefined()
    const state = stateOf(await logIn('wechat-official', grantOf(person, 'wechat-official')))
    expect(state.uid).toBe(uid)
  })

  it('replaces the session that the browser had', async () => {
    const guest = await backend.signIn(makePerson())
    const headers = { 'Replaces-Token': guest.accessToken }
    stateOf(await logIn('wechat-web', grantOf(makePerson(), 'wechat-web'), headers))
    backend.pass(60)
    const { status } = await backend.send('GET', '/auth/token-state', { token: guest.accessToken })
    expect(status).toBe(401)
  })

  it.each([40029, 40163, 40003])(
    'is refused for a code to which WeChat says %i',
    async (errcode) => {
      const { status, headers, body } = await logIn('wechat-web', { errcode, errmsg: 'x' })
      expect({ status, type: body.type }).toEqual({
        status: 401,
        type: '/problems/invalid-credentials',
      })
      expect(headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_credentials"')
      const [event] = await backend.database.select().from(events)
      expect(event).toMatchObject({ kind: 'refused', about: 'wechat-web', personId: null })
    },
  )

  it('is refused for a snapshot user, who is nobody', async () => {
    const grant = grantOf(makePerson(), 'wechat-official', { is_snapshotuser: 1 })
    const { status, headers, body } = await logIn('wechat-official', grant)
    expect({ status, type: body.type }).toEqual({ status: 401, type: '/problems/snapshot-user' })
    expect(headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_credentials"')
    expect(await backend.database.$count(identities)).toBe(0)
  })

  it.each([
    [{ errcode: -1 }, 503, 'wechat-unavailable'],
    [{ errcode: 40125 }, 503, 'wechat-unavailable'],
    [{ errcode: 45011 }, 429, 'wechat-too-frequent'],
    [{ openid: '' }, 503, 'wechat-unavailable'],
    [{}, 503, 'wechat-unavailable'],
  ])('fails, and refuses nobody, when WeChat answers %o', async (reply, status, kind) => {
    const answer = await logIn('wechat-web', reply)
    expect({ status: answer.status, type: answer.body.type }).toEqual({
      status,
      type: `/problems/${kind}`,
    })
  })

  it.each([
    ['an app that is not set up', 'wechat-app', 'is not set up here'],
    ['a provider nobody knows', 'wechat', expect.any(String)],
    ['the mini-program as a provider', 'wechat-mini-program', expect.any(String)],
  ])('is refused for %s, and asks WeChat nothing', async (_, provider, detail) => {
    const json = { provider, code: 'c' }
    const { status, body } = await backend.send('POST', '/auth/login', { json })
    expect(status).toBe(422)
    expect(body.errors).toEqual([{ pointer: '#/provider', detail }])
    expect(backend.wechat.calls).toEqual([])
  })

  it('needs a code', async () => {
    const json = { provider: 'wechat-web' }
    expect((await backend.send('POST', '/auth/login', { json })).status).toBe(422)
  })

  it('is one of the ways that a challenge names', async () => {
    const { headers } = await backend.send('GET', '/auth/token-state')
    expect(headers.get('WWW-Authenticate')).toContain('methods="sms password wechat"')
  })

  it('is asked for once more before a number, whose text code takes a login of the last minutes', async () => {
    const grant = grantOf(makePerson(), 'wechat-web')
    const { accessToken: token } = stateOf(await logIn('wechat-web', grant))
    const ask = async () => (await backend.send('GET', '/me/phone-number', { token })).body
    expect((await ask()).challenges).toBe('getPhoneNumber')
    backend.pass(600)
    const { type, challenges } = await ask()
    expect(type).toBe('/problems/fresh-login-required')
    // A text code would sign in somebody else, who has its number.
    expect(challenges).toContain('methods="password wechat"')
  })

  it('is asked for once more before a number among other things, but not before those alone', async () => {
    backend.app.get('/needs/both', requires('getUserInfo', 'getPhoneNumber'))
    const grant = grantOf(makePerson({ unionid: false }), 'wechat-web')
    const { accessToken: token } = stateOf(await logIn('wechat-web', grant))
    backend.pass(600)
    const both = await backend.send('GET', '/needs/both', { token })
    expect(both.body.type).toBe('/problems/fresh-login-required')
    const other = await backend.send('POST', '/coupons', { token })
    expect(other.body.challenges).toMatch(/^getUserInfo /)
  })

  it('takes no phone code, whose button is the mini-program’s', async () => {
    const { accessToken: token } = stateOf(
      await logIn('wechat-web', grantOf(makePerson(), 'wechat-web')),
    )
    const json = { code: 'a-phone-code' }
    const { status, body } = await backend.send('POST', '/auth/phone-number', { token, json })
    expect({ status, type: body.type }).toEqual({
      status: 422,
      type: '/problems/phone-code-refused',
    })
  })
})

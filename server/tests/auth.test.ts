import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { identities, sessions } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { appId, makePerson, makePhoneNumber, newSessionKey, sealedPhone } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

describe('POST /auth/login', () => {
  it('exchanges the code at WeChat and answers a token state that may not be cached', async () => {
    const person = makePerson()
    const code = backend.loginCode(person)

    const answer = await backend.send('POST', '/auth/login', { json: { code } })

    expect(answer.status).toBe(200)
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.body).toEqual({
      tokenState: {
        accessToken: expect.stringMatching(/^[\w-]{43}$/) as string,
        expiresIn: 7200,
        hasUserInfo: true,
        hasPhoneNumber: false,
        version: 1,
      },
    })
    expect(backend.wechat.calls.at(-1)).toMatchObject({
      path: '/sns/jscode2session',
      query: { appid: appId, js_code: code, grant_type: 'authorization_code' },
    })
  })

  it('stores neither the token nor the session key as they are', async () => {
    const person = makePerson()
    const { accessToken } = await backend.signIn(person)

    const rows = [
      ...(await backend.database.select().from(sessions)),
      ...(await backend.database.select().from(identities)),
    ]

    expect(JSON.stringify(rows)).toContain(person.openid)
    expect(JSON.stringify(rows)).not.toContain(accessToken)
    expect(JSON.stringify(rows)).not.toContain(person.sessionKey)
  })

  it('makes one person of two first logins at once', async () => {
    const person = makePerson()
    const before = await backend.rows()

    const states = await Promise.all([backend.signIn(person), backend.signIn(person)])

    const after = await backend.rows()
    expect(after.people).toBe((before.people ?? 0) + 1)
    expect(after.identities).toBe((before.identities ?? 0) + 1)
    expect(new Set(states.map(({ accessToken }) => accessToken)).size).toBe(2)
  })

  it('finds a person of another app by the unionid', async () => {
    const person = makePerson()
    const before = await backend.rows()

    await backend.signIn(person)
    await backend.signIn({ ...person, openid: `${person.openid}-elsewhere` })

    const after = await backend.rows()
    expect(after.people).toBe((before.people ?? 0) + 1)
    expect(after.identities).toBe((before.identities ?? 0) + 2)
  })

  it('learns a unionid that WeChat sends only later', async () => {
    const { unionid: later, ...stranger } = makePerson()
    const { accessToken, hasUserInfo } = await backend.signIn(stranger)
    expect(hasUserInfo).toBe(false)

    await backend.signIn({ ...stranger, ...(later && { unionid: later }) })

    const first = stateOf(await backend.send('GET', '/auth/token-state', { token: accessToken }))
    expect(first).toMatchObject({ hasUserInfo: true, version: 2 })
  })

  it.each([
    ['refused', 40029],
    ['used before', 40163],
    ['of a blocked user', 40226],
  ])('answers 401 for a code that is %s', async (_, errcode) => {
    backend.wechat.script(`login code-${errcode}`, { errcode, errmsg: 'no' })

    const answer = await backend.send('POST', '/auth/login', { json: { code: `code-${errcode}` } })

    expect(answer.status).toBe(401)
    expect(answer.headers.get('WWW-Authenticate')).toBe('WxLogin error="invalid_code"')
    expect(answer.body.challenges).toBe('WxLogin error="invalid_code"')
    expect(answer.body).not.toHaveProperty('tokenState')
  })

  it('ignores the credentials of its request', async () => {
    const json = { code: backend.loginCode(makePerson()) }
    const answer = await backend.send('POST', '/auth/login', { token: 'long-dead', json })
    expect(answer.status).toBe(200)
  })

  it('clears away at most a hundred dead sessions', async () => {
    const person = makePerson()
    await backend.signIn(person)
    const [identity] = await backend.database
      .select()
      .from(identities)
      .where(eq(identities.subject, person.openid))
    const dead = Array.from({ length: 150 }, (_, number) => ({
      tokenHash: `dead-${number}`,
      identityId: identity?.id ?? '',
      lineage: identity?.id ?? '',
      expiresAt: new Date(backend.now() - 1000),
      startedAt: new Date(0),
      loggedInAt: new Date(0),
      seenAt: new Date(0),
    }))
    await backend.database.insert(sessions).values(dead)
    const before = await backend.database.$count(sessions)

    await backend.signIn(person)
    expect(await backend.database.$count(sessions)).toBe(before + 1 - 100)
    await backend.signIn(person)
    expect(await backend.database.$count(sessions)).toBe(before + 2 - 150)
  })
})

describe('a request that brings its own login', () => {
  it('is answered with data and token state in one round trip', async () => {
    const code = backend.loginCode(makePerson())
    const answer = await backend.send('GET', '/bookings', {
      headers: { Authorization: `wxlogin ${code}` },
    })
    expect(answer.status).toBe(200)
    expect(answer.body.data).toEqual([])
    expect(stateOf(answer).accessToken).toMatch(/^[\w-]{43}$/)
  })

  it('has its session on public routes too', async () => {
    const headers = { Authorization: `WxLogin ${backend.loginCode(makePerson())}` }
    expect(stateOf(await backend.send('GET', '/services', { headers })).version).toBe(1)
  })

  it('gets the token state with a challenge, since the session exists by then', async () => {
    const headers = { Authorization: `WxLogin ${backend.loginCode(makePerson())}` }
    const answer = await backend.send('POST', '/bookings', { headers })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    const token = stateOf(answer).accessToken
    expect((await backend.send('GET', '/auth/token-state', { token })).status).toBe(200)
  })
})

describe('GET /auth/token-state', () => {
  it('takes a token after any number of blanks', async () => {
    const { accessToken } = await backend.signIn(makePerson())
    const headers = { Authorization: `bearer   ${accessToken}` }
    const answer = await backend.send('GET', '/auth/token-state', { headers })
    expect(stateOf(answer).accessToken).toBe(accessToken)
  })

  it('counts the seconds down to the end of the session', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    backend.pass(7199)
    expect(stateOf(await backend.send('GET', '/auth/token-state', { token })).expiresIn).toBe(1)
    backend.pass(1)
    expect((await backend.send('GET', '/auth/token-state', { token })).status).toBe(401)
  })
})

describe('POST /auth/logout', () => {
  it('ends the session at once and no other of the person', async () => {
    const person = makePerson()
    const phone = (await backend.signIn(person)).accessToken
    const tablet = (await backend.signIn(person)).accessToken

    const answer = await backend.send('POST', '/auth/logout', { token: tablet })

    expect(answer.status).toBe(204)
    expect((await backend.send('GET', '/me', { token: tablet })).status).toBe(401)
    expect((await backend.send('GET', '/me', { token: phone })).status).toBe(200)
  })
})

describe('Replaces-Token', () => {
  const replace = async () => {
    const person = makePerson()
    const old = (await backend.signIn(person)).accessToken
    const fresh = (await backend.signIn(person, { 'Replaces-Token': old })).accessToken
    return { person, old, fresh }
  }

  it('lets requests of the old session finish for 60 s, without a token state', async () => {
    const { old } = await replace()
    backend.pass(59)
    const answer = await backend.send('GET', '/bookings', { token: old })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ data: [] })
    backend.pass(1)
    expect((await backend.send('GET', '/bookings', { token: old })).status).toBe(401)
  })

  it('gives no token state for the old token when asked for one', async () => {
    const { old } = await replace()
    const answer = await backend.send('GET', '/auth/token-state', { token: old })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('WWW-Authenticate')).toContain('error="invalid_token"')
  })

  it('takes what the old session still submits', async () => {
    const { person, old, fresh } = await replace()
    const json = sealedPhone(person, makePhoneNumber())
    expect((await backend.send('POST', '/auth/phone-number', { token: old, json })).status).toBe(
      204,
    )
    const state = stateOf(await backend.send('GET', '/auth/token-state', { token: fresh }))
    expect(state).toMatchObject({ hasPhoneNumber: true, version: 2 })
  })

  it.each(['old', 'fresh'] as const)(
    'ends both at once when the %s one logs out',
    async (which) => {
      const tokens = await replace()
      await backend.send('POST', '/auth/logout', { token: tokens[which] })
      expect((await backend.send('GET', '/me', { token: tokens.old })).status).toBe(401)
      expect((await backend.send('GET', '/me', { token: tokens.fresh })).status).toBe(401)
    },
  )

  it('works with a login that a request brings', async () => {
    const person = makePerson()
    const old = (await backend.signIn(person)).accessToken
    const Authorization = `WxLogin ${backend.loginCode(person)}`
    await backend.send('GET', '/me', { headers: { Authorization, 'Replaces-Token': old } })
    expect((await backend.send('GET', '/me', { token: old })).body).not.toHaveProperty('tokenState')
  })

  it('never makes the old session live longer', async () => {
    const person = makePerson()
    const old = (await backend.signIn(person)).accessToken
    backend.pass(7190)
    await backend.signIn(person, { 'Replaces-Token': old })
    backend.pass(10)
    expect((await backend.send('GET', '/me', { token: old })).status).toBe(401)
  })

  it('ignores a token it does not know', async () => {
    const state = await backend.signIn(makePerson(), { 'Replaces-Token': 'never-issued' })
    expect(state.version).toBe(1)
  })
})

describe('session keys', () => {
  it('the newest two are tried', async () => {
    const person = makePerson()
    const keys = [newSessionKey(), newSessionKey(), newSessionKey()]
    let token = ''
    for (const sessionKey of keys) {
      token = (await backend.signIn({ ...person, sessionKey })).accessToken
    }
    const submit = (sessionKey: string) =>
      backend.send('POST', '/auth/phone-number', {
        token,
        json: sealedPhone({ ...person, sessionKey }, makePhoneNumber()),
      })
    const [oldest = '', older = '', newest = ''] = keys
    backend.wechat.script('token', { access_token: 'wechat-token', expires_in: 7200 })
    backend.wechat.script('check', { errcode: 0 })

    expect((await submit(newest)).status).toBe(200)
    expect((await submit(older)).status).toBe(200)
    expect((await submit(oldest)).status).toBe(409)
  })

  it('a key that WeChat gives again does not push the older one out', async () => {
    const person = makePerson()
    await backend.signIn(person)
    const newer = { ...person, sessionKey: newSessionKey() }
    await backend.signIn(newer)
    const { accessToken: token } = await backend.signIn(newer)

    const json = sealedPhone(person, makePhoneNumber())
    expect((await backend.send('POST', '/auth/phone-number', { token, json })).status).toBe(200)
  })
})

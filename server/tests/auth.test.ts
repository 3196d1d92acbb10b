import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessions } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { appId, loginReply, makePerson, makePhoneNumber, phoneInfo, sealedPhone } from './support/people'

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

  it('stores the token as a hash and the session key encrypted', async () => {
    const person = makePerson()
    const { accessToken } = await backend.signIn(person)

    const stored = JSON.stringify([
      await backend.database.select().from(sessions),
      await backend.database.query,
    ])
    expect(stored).not.toContain(accessToken)
  })

  it('keeps several sessions of one person apart', async () => {
    const person = makePerson()
    const phone = await backend.signIn(person)
    const tablet = await backend.signIn(person)

    await backend.send('POST', '/auth/logout', { token: tablet.accessToken })

    const answer = await backend.send('GET', '/auth/token-state', { token: phone.accessToken })
    expect(answer.status).toBe(200)
  })
})

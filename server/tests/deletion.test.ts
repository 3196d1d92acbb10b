import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from './support/backend'
import { makePerson } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

const remove = (token: string) => backend.send('DELETE', '/auth/account', { token })
const me = (token: string) => backend.send('GET', '/me', { token })

describe('an account is not deleted by', () => {
  it('a token that a later login has replaced', async () => {
    const person = makePerson()
    const old = (await backend.signIn(person)).accessToken
    const fresh = (await backend.signIn(person, { 'Replaces-Token': old })).accessToken
    const answer = await remove(old)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('WWW-Authenticate')).toContain('error="invalid_token"')
    expect((await me(fresh)).status).toBe(200)
    expect((await remove(fresh)).status).toBe(204)
  })

  it('a login of ten minutes ago, but by the next one, that the 401 asks for', async () => {
    const person = makePerson()
    const old = (await backend.signIn(person)).accessToken
    backend.pass(600)
    const answer = await remove(old)
    expect(answer.status).toBe(401)
    const challenges =
      'WxLogin, Bearer realm="watchword", methods="password", error="insufficient_user_authentication", max_age="600"'
    expect(answer.headers.get('WWW-Authenticate')).toBe(challenges)
    expect(answer.body).toMatchObject({ type: '/problems/fresh-login-required', challenges })
    expect((await me(old)).status).toBe(200)

    const fresh = (await backend.signIn(person, { 'Replaces-Token': old })).accessToken
    backend.pass(599)
    expect((await remove(fresh)).status).toBe(204)
    expect((await me(fresh)).status).toBe(401)
  })
})

describe('GET /auth/token-state', () => {
  const get = (token: string, maxAge: string) =>
    backend.send('GET', `/auth/token-state?max_age=${maxAge}`, { token })

  it('asks for a login of the last so many seconds, for a page that will need one', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    backend.pass(59)
    expect((await get(token, '60')).status).toBe(200)
    backend.pass(1)
    const { status, body } = await get(token, '60')
    expect([status, body.type]).toEqual([401, '/problems/fresh-login-required'])
    expect(body.challenges).toContain('max_age="60"')
    expect((await get(token, '61')).status).toBe(200)
  })

  it.each(['', 'x', '-1', '0', '1.5'])('asks for no login by %j', async (maxAge) => {
    const { accessToken: token } = await backend.signIn(makePerson())
    backend.pass(3600)
    expect((await get(token, maxAge)).status).toBe(200)
  })
})

it('a request that brings its login deletes at once', async () => {
  const headers = { Authorization: `WxLogin ${backend.loginCode(makePerson())}` }
  expect((await backend.send('DELETE', '/auth/account', { headers })).status).toBe(204)
})

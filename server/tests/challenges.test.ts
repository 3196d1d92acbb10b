import { afterAll, beforeAll, expect, it } from 'vitest'
import { answer } from '../src/http/answer'
import { requires } from '../src/http/requires'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone, sealedUserInfo } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
  backend.app.get('/needs/phone', requires('getPhoneNumber'), (c) => answer(c, 'done'))
  backend.app.get('/needs/both', requires('getUserInfo', 'getPhoneNumber'), (c) =>
    answer(c, 'done'),
  )
  backend.app.get('/needs/both-reversed', requires('getPhoneNumber', 'getUserInfo'), (c) =>
    answer(c, 'done'),
  )
  backend.app.get(
    '/needs/reasons',
    requires(
      { scheme: 'getPhoneNumber', reason: 'for the "movers"' },
      {
        scheme: 'getUserInfo',
        reason: "领取'优惠'(50元)*",
      },
    ),
    (c) => answer(c, 'done'),
  )
})
afterAll(() => backend.close())

const loginChallenges = 'WxLogin, Bearer realm="watchword", methods="sms password"'
const deadToken = `${loginChallenges}, error="invalid_token"`

/** Expects a 401 whose header and body say the same. */
async function expect401(path: string, challenges: string, headers: Record<string, string> = {}) {
  const refused = await backend.send('GET', path, { headers })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('WWW-Authenticate')).toBe(challenges)
  expect(refused.body.challenges).toBe(challenges)
  expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
  return refused
}

it.each([
  ['no credentials', undefined, loginChallenges],
  ['an unknown token', 'Bearer never-issued', deadToken],
  ['an empty token', 'Bearer', deadToken],
  ['a token with blanks in it', 'Bearer a b', deadToken],
  ['another scheme', 'Basic dTpw', loginChallenges],
  ['an empty header', '', loginChallenges],
  ['an empty login code', 'WxLogin ', 'WxLogin error="invalid_code"'],
  ['a login code with blanks in it', 'WxLogin a b', 'WxLogin error="invalid_code"'],
])('answers 401 to %s', async (_, Authorization, challenges) => {
  const headers = Authorization === undefined ? {} : { Authorization }
  const { body } = await expect401('/me', challenges, headers)
  expect(body).not.toHaveProperty('tokenState')
})

it('answers 401 to an expired token', async () => {
  const { accessToken } = await backend.signIn(makePerson())
  backend.pass(7200)
  await expect401('/me', deadToken, { Authorization: `Bearer ${accessToken}` })
})

it('checks credentials on public routes too, so that a dead token is noticed', async () => {
  expect((await backend.send('GET', '/services')).status).toBe(200)
  await expect401('/services', deadToken, { Authorization: 'Bearer never-issued' })
  await expect401('/services', loginChallenges, { Authorization: 'Basic dTpw' })
})

it('answers 401 for a login code that a request brings and WeChat refuses', async () => {
  backend.wechat.script('login replayed', { errcode: 40163, errmsg: 'code been used' })
  await expect401('/services', 'WxLogin error="invalid_code"', {
    Authorization: 'WxLogin replayed',
  })
})

it.each([
  ['/needs/phone', 'getPhoneNumber'],
  ['/needs/both', 'getUserInfo scope="unionid", getPhoneNumber'],
  ['/needs/both-reversed', 'getPhoneNumber, getUserInfo scope="unionid"'],
  [
    '/needs/reasons',
    'getPhoneNumber reason="for the \\"movers\\"", ' +
      `getUserInfo scope="unionid", reason*=UTF-8''%E9%A2%86%E5%8F%96%27%E4%BC%98%E6%83%A0%27%2850%E5%85%83%29%2A`,
  ],
])('%s names what is missing, in the order given, with the token state', async (path, expected) => {
  const { accessToken } = await backend.signIn(makePerson({ unionid: false }))
  const refused = await expect401(path, expected, { Authorization: `Bearer ${accessToken}` })
  expect(stateOf(refused)).toMatchObject({ accessToken, hasPhoneNumber: false, hasUserInfo: false })
})

it('asks a guest to log in before anything else', async () => {
  await expect401('/needs/both', loginChallenges)
})

it('asks a mini-program for the number however long ago its login was: it has a button', async () => {
  const { accessToken } = await backend.signIn(makePerson())
  backend.pass(600)
  await expect401('/needs/phone', 'getPhoneNumber', { Authorization: `Bearer ${accessToken}` })
})

it('asks only for what is still missing, and for nothing once all is there', async () => {
  const person = makePerson({ unionid: false })
  const { accessToken: token } = await backend.signIn(person)
  const headers = { Authorization: `Bearer ${token}` }

  await backend.send('POST', '/auth/user-info', { token, json: sealedUserInfo(person, 'union-c') })
  await expect401('/needs/both', 'getPhoneNumber', headers)

  const json = sealedPhone(person, makePhoneNumber())
  await backend.send('POST', '/auth/phone-number', { token, json })
  const served = await backend.send('GET', '/needs/both', { headers })
  expect(served.body.data).toBe('done')

  const nextLogin = await backend.signIn(person)
  expect(nextLogin).toMatchObject({ hasUserInfo: true, hasPhoneNumber: true })
})

it('gives the reason of a booking in Chinese', async () => {
  const { accessToken } = await backend.signIn(makePerson())
  const refused = await backend.send('POST', '/bookings', { token: accessToken })
  const [, encoded = ''] =
    /^getPhoneNumber reason\*=UTF-8''(\S+)$/.exec(refused.body.challenges ?? '') ?? []
  expect(decodeURIComponent(encoded)).toBe('用于搬家师傅与您联系')
})

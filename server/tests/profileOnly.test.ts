import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedUserInfo } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ userInfoPolicy: 'profile-only' })
})
afterAll(() => backend.close())

it('an app without unionids asks for the nickname alone, and gives one coupon', async () => {
  const person = makePerson({ unionid: false })
  const { accessToken: token } = await backend.signIn(person)
  const coupon = () => backend.send('POST', '/coupons', { token })
  const submit = async (json: object) =>
    stateOf(await backend.send('POST', '/auth/user-info', { token, json }))
  expect((await coupon()).body.challenges).toMatch(/^getUserInfo scope="profile"/)

  expect(await submit({ nickname: '小林' })).toMatchObject({ hasUserInfo: true })
  const { body } = await coupon()
  expect(body.data).toMatchObject({ amount: 5000 })

  // The app is bound to an open platform account later: it is the same coupon.
  await submit(sealedUserInfo(person, 'union-known-later'))
  expect((await coupon()).body.data).toEqual(body.data)
  expect((await backend.rows()).coupons).toBe(1)
  expect((await backend.send('DELETE', '/auth/account', { token })).status).toBe(204)
  expect((await backend.rows()).coupons).toBe(0)
})

it('a WeChat user without a unionid, who is taken from the ways to sign in, leaves no coupon', async () => {
  const { accessToken: token } = await backend.signIn(makePerson({ unionid: false }))
  await backend.send('POST', '/auth/user-info', { token, json: { nickname: '小林' } })
  expect((await backend.send('POST', '/coupons', { token })).status).toBe(200)
  const phone = makePhoneNumber()
  const bind = { phone, smsCode: await backend.textCode(phone, 'bind') }
  await backend.send('POST', '/auth/phone-number', { token, json: bind })
  const login = { phone, smsCode: await backend.textCode(phone) }
  const own = stateOf(await backend.send('POST', '/auth/login', { json: login })).accessToken
  const { body } = await backend.send('GET', '/auth/ways', { token: own })
  const [{ id }] = (body.data as { wechat: [{ id: string }] }).wechat

  expect((await backend.send('DELETE', `/auth/ways/${id}`, { token: own })).status).toBe(200)
  expect((await backend.rows()).coupons).toBe(0)
})

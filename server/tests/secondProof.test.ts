import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone } from './support/people'
import { formWith, pictures } from './support/pictures'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ phoneJoin: undefined })
})
afterAll(() => backend.close())

const days = (count: number) => backend.pass(count * 86_400)
const password = 'eine lange Losung'

async function logIn(phone: string, more: object = {}, headers: Record<string, string> = {}) {
  const json = { phone, smsCode: await backend.textCode(phone), ...more }
  return backend.send('POST', '/auth/login', { json, headers })
}

async function book(token: string, name: string) {
  const json = { serviceId: 'family', name, phone: '13800138000', address: '杭州' }
  const dated = { ...json, date: backend.day(1) }
  return backend.send('POST', '/bookings', { token, json: dated })
}

const namesOf = async (token: string) => {
  const { body } = await backend.send('GET', '/bookings', { token })
  return (body.data as { name: string }[]).map(({ name }) => name)
}

/** Somebody with a name, a picture, a coupon and a booking, who has proved their number. */
async function settled(phone = makePhoneNumber()) {
  const person = makePerson()
  const { accessToken: token } = await backend.signIn(person)
  const form = formWith({ file: pictures['image/png'] })
  const uploaded = await backend.send('POST', '/auth/avatar', { token, form })
  const json = {
    nickname: '小林',
    avatarUrl: (uploaded.body.data as { avatarUrl: string }).avatarUrl,
  }
  await backend.send('POST', '/auth/user-info', { token, json })
  const coupon = await backend.send('POST', '/coupons', { token, json: {} })
  const smsCode = await backend.textCode(phone, 'bind')
  const bound = await backend.send('POST', '/auth/phone-number', {
    token,
    json: { phone, smsCode },
  })
  await book(token, '林')
  return {
    phone,
    person,
    token,
    uid: stateOf(bound).uid,
    couponId: (coupon.body.data as { id: string }).id,
  }
}

describe('91 days after its proof, a number', () => {
  it('leads to a question, which uses up no code', async () => {
    const { phone } = await settled()
    days(91)
    const { status, body } = await logIn(phone)
    expect([status, body.type]).toEqual([409, '/problems/confirmation-needed'])
    const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`
    expect(body).toMatchObject({ account: { phone: masked, nickname: '小*', since: 2026 } })
    const json = { phone, smsCode: backend.inbox.at(-1)!.code, isMine: false }
    expect((await backend.send('POST', '/auth/login', { json })).status).toBe(200)
  })

  it('belongs to somebody new who says no; the former owner keeps WeChat and what they have', async () => {
    const { phone, person, uid } = await settled()
    days(91)
    const fresh = stateOf(await logIn(phone, { isMine: false }))
    expect(fresh.uid).not.toBe(uid)
    expect(fresh.needsSecondProof).toBeUndefined()
    expect(await namesOf(fresh.accessToken)).toEqual([])
    const { accessToken, hasPhoneNumber } = await backend.signIn(person)
    expect([hasPhoneNumber, await namesOf(accessToken)]).toEqual([false, ['林']])
  })

  it('with a yes shows nothing that was there, and changes nothing of it', async () => {
    const { phone, uid } = await settled()
    days(91)
    const { accessToken: token, ...state } = stateOf(await logIn(phone, { isMine: true }))
    expect(state).toMatchObject({ uid, needsSecondProof: true })
    const me = await backend.send('GET', '/me', { token })
    expect(me.body.data).toMatchObject({ nickname: null, avatarUrl: null })
    expect(await namesOf(token)).toEqual([])
    expect((await book(token, '王')).status).toBe(201)
    expect(await namesOf(token)).toEqual(['王'])
    const other = makePhoneNumber()
    const bind = { phone: other, smsCode: await backend.textCode(other, 'bind') }
    const refused = [
      await backend.send('DELETE', '/auth/account', { token }),
      await backend.send('GET', '/auth/sessions', { token }),
      await backend.send('DELETE', '/auth/sessions', { token }),
      await backend.send('POST', '/auth/phone-number', { token, json: bind }),
      await backend.send('POST', '/auth/user-info', { token, json: { nickname: '王' } }),
      await backend.send('POST', '/coupons', { token, json: {} }),
    ]
    // Another login would do more: the challenge names the others.
    for (const { headers, body } of refused) {
      const challenges = String(headers.get('WWW-Authenticate'))
      expect(challenges).toMatch(
        /^Bearer realm="watchword", methods="password[^"]*", error="insuff/,
      )
      expect(challenges).not.toContain('sms')
      expect(body.challenges).toBe(challenges)
      const why = decodeURIComponent(challenges.split("reason*=UTF-8''")[1] ?? '')
      expect(why).toBe('这个账号很久没有验证过，请换一种方式再登录一次')
    }
    const english = { token, headers: { 'Accept-Language': 'en' } }
    const { body } = await backend.send('GET', '/auth/sessions', english)
    expect(body.challenges).toContain(
      'reason="This account was not confirmed for long: log in once more in another way"',
    )
    const smsCode = await backend.textCode(phone, 'password')
    const set = { phone, smsCode, password, isMine: true }
    refused.push(await backend.send('PUT', '/auth/password', { json: set }))
    for (const { status, body } of refused) {
      expect([status, body.type]).toEqual([403, '/problems/second-proof-needed'])
    }
    const again = stateOf(await logIn(phone, { isMine: true }))
    expect(await namesOf(again.accessToken)).toEqual([])
  })

  it.each([
    ['the password beside the code', { password }, () => ({})],
    ['a session of the same client', {}, (token: string) => ({ 'Replaces-Token': token })],
    ['a session beside it', {}, (token: string) => ({ Authorization: `bearer  ${token}` })],
  ])('leads its owner to everything, with %s', async (_, more, headers) => {
    const phone = makePhoneNumber()
    const smsCode = await backend.textCode(phone, 'password')
    const set = await backend.send('PUT', '/auth/password', { json: { phone, smsCode, password } })
    const { accessToken: token, uid } = stateOf(set)
    for (let week = 0; week < 13; week++) {
      days(7)
      await backend.send('GET', '/me', { token })
    }
    const state = stateOf(await logIn(phone, more, headers(token)))
    expect(state.uid).toBe(uid)
    expect(state.needsSecondProof).toBeUndefined()
    expect(stateOf(await logIn(phone)).uid).toBe(uid)
  })

  it('is proved once more by the password in the session that began on a word', async () => {
    const phone = makePhoneNumber()
    const smsCode = await backend.textCode(phone, 'password')
    await backend.send('PUT', '/auth/password', { json: { phone, smsCode, password } })
    days(91)
    const { accessToken } = stateOf(await logIn(phone, { isMine: true }))
    const headers = { 'Replaces-Token': accessToken }
    const json = { phone, password }
    const second = stateOf(await backend.send('POST', '/auth/login', { json, headers }))
    expect(second.needsSecondProof).toBeUndefined()
    expect((await logIn(phone)).status).toBe(200)
  })

  it('leaves its former owner the password that goes with it', async () => {
    const phone = makePhoneNumber()
    const smsCode = await backend.textCode(phone, 'password')
    const put = await backend.send('PUT', '/auth/password', { json: { phone, smsCode, password } })
    const { accessToken } = stateOf(put)
    await book(accessToken, '林')
    days(91)
    await logIn(phone, { isMine: false })
    const json = { phone, password }
    const own = stateOf(await backend.send('POST', '/auth/login', { json }))
    expect(own.hasPhoneNumber).toBe(false)
    expect(await namesOf(own.accessToken)).toEqual(['林'])
  })

  it('is the name of that password until its former owner proves another', async () => {
    const { phone, person } = await settled()
    const smsCode = await backend.textCode(phone, 'password')
    await backend.send('PUT', '/auth/password', { json: { phone, smsCode, password } })
    days(91)
    await logIn(phone, { isMine: false })
    const { accessToken: token } = await backend.signIn(person)
    const give = async (json: object) =>
      stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
    const statusOf = async (name: string) =>
      (await backend.send('POST', '/auth/login', { json: { phone: name, password } })).status
    await give(sealedPhone(person, makePhoneNumber()))
    expect(await statusOf(phone)).toBe(200)
    const next = makePhoneNumber()
    await give({ phone: next, smsCode: await backend.textCode(next, 'bind') })
    expect([await statusOf(phone), await statusOf(next)]).toEqual([401, 200])
  })
})

describe('a session on a word', () => {
  const numberOf = (token: string) => backend.send('GET', '/me/phone-number', { token })
  const onWord = async (phone: string) => stateOf(await logIn(phone, { isMine: true })).accessToken

  it('ends when the owner has another number, which it would see', async () => {
    const { phone, person } = await settled()
    days(91)
    const token = await onWord(phone)
    expect((await numberOf(token)).body.data).toEqual({ phoneNumber: `+86${phone}` })
    const own = (await backend.signIn(person)).accessToken
    const next = makePhoneNumber()
    const json = { phone: next, smsCode: await backend.textCode(next, 'bind') }
    expect((await backend.send('POST', '/auth/phone-number', { token: own, json })).status).toBe(
      200,
    )
    expect((await numberOf(token)).status).toBe(401)
  })

  it('ends when the owner removes the number', async () => {
    const { phone, person } = await settled()
    days(91)
    const token = await onWord(phone)
    const own = (await backend.signIn(person)).accessToken
    const removed = await backend.send('DELETE', '/auth/ways/phone-number', { token: own })
    expect(removed.status).toBe(200)
    expect((await backend.send('GET', '/me', { token })).status).toBe(401)
  })

  it('ends when the owner becomes one with somebody whose number stays', async () => {
    const { phone, person } = await settled()
    days(91)
    const token = await onWord(phone)
    const other = makePerson({ unionid: false })
    const { accessToken: others } = await backend.signIn(other)
    const next = makePhoneNumber()
    const json = { phone: next, smsCode: await backend.textCode(next, 'bind') }
    await backend.send('POST', '/auth/phone-number', { token: others, json })
    await backend.signIn({ ...other, unionid: person.unionid! })
    expect((await numberOf(others)).body.data).toEqual({ phoneNumber: `+86${next}` })
    expect((await numberOf(token)).status).toBe(401)
  })

  it('goes on when the owner becomes one with somebody, and the number stays', async () => {
    const { phone, uid } = await settled()
    const set = { phone, smsCode: await backend.textCode(phone, 'password'), password }
    await backend.send('PUT', '/auth/password', { json: set })
    days(91)
    const token = await onWord(phone)
    const { accessToken: others } = await backend.signIn(makePerson())
    const smsCode = await backend.textCode(phone, 'bind')
    const json = { phone, smsCode, password, isMine: true }
    const joined = await backend.send('POST', '/auth/phone-number', { token: others, json })
    expect(stateOf(joined).uid).toBe(uid)
    expect((await numberOf(token)).status).toBe(200)
  })

  it('ends none of the owner’s, however often it is begun', async () => {
    const { phone, person } = await settled()
    days(91)
    const { accessToken: own } = await backend.signIn(person)
    backend.pass(1)
    for (let time = 0; time < 21; time++) await onWord(phone)
    expect((await backend.send('GET', '/me', { token: own })).status).toBe(200)
  })
})

describe("WeChat's button", () => {
  it('with a number of another asks for a text code', async () => {
    const { phone } = await settled()
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    const json = sealedPhone(person, phone)
    const { status, body, headers } = await backend.send('POST', '/auth/phone-number', {
      token,
      json,
    })
    expect([status, body.type]).toEqual([401, '/problems/challenged'])
    expect(headers.get('WWW-Authenticate')).toBe('getPhoneNumber proof="sms"')
    expect(body.challenges).toBe('getPhoneNumber proof="sms"')
  })

  it('brings a first number by a login of any age: WeChat says that it is this user’s', async () => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    backend.pass(600)
    const json = sealedPhone(person, makePhoneNumber())
    const bound = await backend.send('POST', '/auth/phone-number', { token, json })
    expect(stateOf(bound)).toMatchObject({ hasPhoneNumber: true })
  })

  it('does not take the place of a number that was proved', async () => {
    const { token, person } = await settled()
    const json = sealedPhone(person, makePhoneNumber())
    expect((await backend.send('POST', '/auth/phone-number', { token, json })).status).toBe(401)
  })
})

it('two who become one by a text code and a yes have the bookings, coupon and picture of both', async () => {
  const { phone, uid, couponId } = await settled()
  const { accessToken: token } = await backend.signIn(makePerson({ unionid: false }))
  const smsCode = await backend.textCode(phone, 'bind')
  const json = { phone, smsCode, isMine: true }
  const joined = stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
  expect(joined.uid).toBe(uid)
  expect(await namesOf(token)).toEqual(['林'])
  const me = await backend.send('GET', '/me', { token })
  expect(me.body.data).toMatchObject({ nickname: '小林', avatarUrl: expect.any(String) as string })
  const { accessToken } = stateOf(await logIn(phone))
  const coupon = await backend.send('POST', '/coupons', { token: accessToken, json: {} })
  expect(coupon.body.data).toMatchObject({ id: couponId })
})

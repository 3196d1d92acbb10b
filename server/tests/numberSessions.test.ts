import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { counters, events } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone } from './support/people'

const day = 86_400

let backend: TestBackend
afterEach(() => backend.close())

async function register(phone = makePhoneNumber()) {
  const json = { phone, smsCode: await backend.textCode(phone) }
  return { phone, ...stateOf(await backend.send('POST', '/auth/login', { json })) }
}

describe('a session that was begun with a phone number', () => {
  beforeEach(async () => {
    backend = await openTestBackend()
  })

  const status = async (token: string) => (await backend.send('GET', '/me', { token })).status

  it('ends after 30 days without use', async () => {
    const { accessToken, expiresIn } = await register()
    expect(expiresIn).toBe(30 * day)
    backend.pass(30 * day)
    expect(await status(accessToken)).toBe(401)
  })

  it('goes on as long as it is used, and is extended once a day', async () => {
    const { accessToken: token } = await register()
    backend.pass(day - 1)
    const { body } = await backend.send('GET', '/auth/token-state', { token })
    expect(body.tokenState?.expiresIn).toBe(29 * day + 1)
    for (let week = 0; week < 10; week++) {
      backend.pass(7 * day)
      expect(await status(token)).toBe(200)
    }
  })

  it('is begun without a question until 90 days after the last proof', async () => {
    const { phone } = await register()
    backend.pass(90 * day - 1)
    await register(phone)
    backend.pass(90 * day)
    const json = { phone, smsCode: await backend.textCode(phone) }
    expect((await backend.send('POST', '/auth/login', { json })).status).toBe(409)
  })

  it('ends once twenty others have begun since, all of one identity', async () => {
    const { phone, accessToken: first } = await register()
    backend.pass(1)
    const { accessToken: second, hasUserInfo } = await register(phone)
    expect(hasUserInfo).toBe(false)
    backend.pass(1)
    for (let count = 0; count < 19; count++) await register(phone)
    expect([await status(first), await status(second)]).toEqual([401, 200])
    expect((await backend.rows()).identities).toBe(1)
  })

  it('is not begun by who says that a number of the last 90 days is not theirs', async () => {
    const { phone, uid } = await register()
    const json = { phone, smsCode: await backend.textCode(phone), isMine: false }
    const { status, body } = await backend.send('POST', '/auth/login', { json })
    expect([status, body.type]).toEqual([403, '/problems/phone-number-taken'])
    const own = { ...json, isMine: true }
    expect(stateOf(await backend.send('POST', '/auth/login', { json: own })).uid).toBe(uid)
  })

  it('is begun so, too, once WeChat’s button has made its person one with another', async () => {
    const { phone, uid } = await register()
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    const json = sealedPhone(person, phone)
    await backend.send('POST', '/auth/phone-number', { token, json })
    expect(await register(phone)).toMatchObject({ uid, hasUserInfo: true })
  })

  it('is not extended once it is replaced', async () => {
    const { phone, accessToken } = await register()
    backend.pass(2 * day)
    const json = { phone, smsCode: await backend.textCode(phone) }
    const headers = { 'Replaces-Token': accessToken }
    await backend.send('POST', '/auth/login', { json, headers })
    expect(await status(accessToken)).toBe(200)
    backend.pass(60)
    expect(await status(accessToken)).toBe(401)
  })
})

describe('a number that a person of WeChat proves by a text code', () => {
  beforeEach(async () => {
    backend = await openTestBackend({ phoneJoin: 'refuse' })
  })

  async function bind(token: string, phone: string, more: object = {}, code?: string) {
    const smsCode = code ?? (await backend.textCode(phone, 'bind'))
    const json = { phone, smsCode, ...more }
    return { smsCode, ...(await backend.send('POST', '/auth/phone-number', { token, json })) }
  }

  const movedNumbers = () => backend.database.$count(events, eq(events.kind, 'number-moved'))

  it('is theirs where nobody has it', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    const bound = await bind(token, makePhoneNumber())
    expect(stateOf(bound)).toMatchObject({ hasPhoneNumber: true, version: 2 })
    expect(await movedNumbers()).toBe(0)
  })

  it('makes them one with the person who has it, once they have said that it is they', async () => {
    const { phone, uid } = await register()
    const { accessToken: token } = await backend.signIn(makePerson())
    const asked = await bind(token, phone)
    expect(asked.status).toBe(409)
    expect(asked.body).toMatchObject({
      type: '/problems/confirmation-needed',
      account: { phone: `${phone.slice(0, 3)}****${phone.slice(-4)}`, nickname: null, since: 2026 },
    })
    const joined = await bind(token, phone, { isMine: true }, asked.smsCode)
    expect(stateOf(joined)).toMatchObject({ uid, hasPhoneNumber: true })
    expect((await bind(token, phone, { isMine: true }, asked.smsCode)).status).toBe(422)
  })

  it('stays with the person who has it, once they have said that it is not they', async () => {
    const { phone, accessToken } = await register()
    const { accessToken: token } = await backend.signIn(makePerson())
    const refused = await bind(token, phone, { isMine: false })
    expect(refused.status).toBe(403)
    expect(refused.body.type).toBe('/problems/phone-number-taken')
    expect(refused.body.tokenState).toMatchObject({ hasPhoneNumber: false })
    expect((await backend.send('GET', '/me', { token: accessToken })).status).toBe(200)
  })

  it('leaves who has not proved it for 91 days, once they have said that it is not they', async () => {
    const { phone } = await register()
    backend.pass(91 * day)
    const { accessToken: token } = await backend.signIn(makePerson())
    expect(stateOf(await bind(token, phone, { isMine: false })).hasPhoneNumber).toBe(true)
    expect(await register(phone)).toMatchObject({ hasUserInfo: true })
    // From the one, and to the other.
    expect(await movedNumbers()).toBe(2)
  })

  it('is not theirs on their word that they are who proved it 91 days ago', async () => {
    const { phone } = await register()
    backend.pass(91 * day)
    const { accessToken: token } = await backend.signIn(makePerson())
    const { status, body } = await bind(token, phone, { isMine: true })
    expect([status, body.type]).toEqual([403, '/problems/second-proof-needed'])
    expect(body.tokenState).toMatchObject({ hasPhoneNumber: false })
  })

  it.each(['the first one', 'another one'])(
    'becomes theirs by a login of the last ten minutes only: %s',
    async (which) => {
      const person = makePerson()
      const { accessToken: old } = await backend.signIn(person)
      if (which === 'another one') expect((await bind(old, makePhoneNumber())).status).toBe(200)
      backend.pass(600)
      const phone = makePhoneNumber()
      const refused = await bind(old, phone)
      expect([refused.status, refused.body.type]).toEqual([401, '/problems/fresh-login-required'])
      const fresh = await backend.signIn(person, { 'Replaces-Token': old })
      const bound = await bind(fresh.accessToken, phone, {}, refused.smsCode)
      expect(bound.status).toBe(200)
    },
  )

  it('is proved again by a login of any age', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    const phone = makePhoneNumber()
    await bind(token, phone)
    backend.pass(600)
    // Nothing has changed for those who read the token state, or the events.
    expect(stateOf(await bind(token, phone)).version).toBe(2)
    expect(await movedNumbers()).toBe(0)
  })

  it('joins nobody by an old login', async () => {
    const owner = await register()
    const { accessToken: old } = await backend.signIn(makePerson())
    backend.pass(600)
    const { status, body } = await bind(old, owner.phone, { isMine: true })
    expect([status, body.type]).toEqual([401, '/problems/fresh-login-required'])
  })

  it('is refused with a wrong code, or one that was sent for a login', async () => {
    const phone = makePhoneNumber()
    const { accessToken: token } = await backend.signIn(makePerson())
    const code = await backend.textCode(phone, 'login')
    expect((await bind(token, phone, {}, code)).body.type).toBe('/problems/phone-code-refused')
  })

  it('goes to one of two who bind it at once; the other is asked', async () => {
    const phone = makePhoneNumber()
    const smsCode = await backend.textCode(phone, 'bind')
    const people = [await backend.signIn(makePerson()), await backend.signIn(makePerson())]
    const answers = await Promise.all(
      people.map(({ accessToken }) => bind(accessToken, phone, {}, smsCode)),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect([
      [200, 409],
      [200, 422],
    ]).toContainEqual(statuses)
  })

  it('leads their next login by text code to the same person', async () => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    const phone = makePhoneNumber()
    const { uid } = stateOf(await bind(token, phone))
    expect(await register(phone)).toMatchObject({ uid, hasUserInfo: true })
  })
})

describe('limits', () => {
  const from = '203.0.113.9'
  const ask = (phone: string, sender = from) =>
    backend.send('POST', '/auth/sms-codes', { json: { phone, purpose: 'login' }, from: sender })

  it('let 60 s pass between two codes for a number, known or not', async () => {
    backend = await openTestBackend({ limits: { smsResend: { count: 1, seconds: 60 } } })
    const phone = makePhoneNumber()
    const first = await ask(phone)
    expect(first.body.data).toEqual({ resendAfter: 60, expiresIn: 300 })
    const second = await ask(phone)
    expect([second.status, second.headers.get('Retry-After')]).toEqual([429, '60'])
    backend.pass(60)
    expect((await ask(phone)).status).toBe(202)
    const keys = (await backend.database.select().from(counters)).map(({ key }) => key)
    expect(keys.join()).not.toContain(phone)
  })

  it('let one address ask for so many codes only, for whichever numbers', async () => {
    backend = await openTestBackend({ limits: { smsAddress: { count: 5, seconds: 3600 } } })
    const numbers = Array.from({ length: 100 }, makePhoneNumber)
    const statuses = await Promise.all(numbers.map(async (phone) => (await ask(phone)).status))
    expect(statuses.filter((status) => status === 202)).toHaveLength(5)
    expect(backend.inbox).toHaveLength(5)
    expect((await ask(makePhoneNumber(), '203.0.113.10')).status).toBe(202)
  })

  it('keep a stranger from trying on, but not the owner elsewhere', async () => {
    backend = await openTestBackend({ limits: { numberTries: { count: 3, seconds: 900 } } })
    const { phone } = await register()
    const attempt = () =>
      backend.send('POST', '/auth/login', { json: { phone, password: 'wrong one' }, from })
    const answers = [await attempt(), await attempt(), await attempt(), await attempt()]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429])
    expect((await register(phone)).hasPhoneNumber).toBe(true)
  })
})

describe('without a sender of text messages', () => {
  beforeEach(async () => {
    backend = await openTestBackend({ sms: false })
  })

  it('nothing of it is offered or served', async () => {
    const { headers } = await backend.send('GET', '/auth/token-state')
    expect(headers.get('WWW-Authenticate')).toBe('WxLogin, Bearer realm="watchword"')
    const json = { phone: makePhoneNumber(), purpose: 'login' }
    expect((await backend.send('POST', '/auth/sms-codes', { json })).status).toBe(404)
    const login = { phone: makePhoneNumber(), smsCode: '123456' }
    expect((await backend.send('POST', '/auth/login', { json: login })).status).toBe(422)
  })
})

describe('a text message that cannot be sent', () => {
  it('is a 503, without the reason', async () => {
    backend = await openTestBackend({ sms: () => Promise.reject(new Error('13900000000 is off')) })
    const json = { phone: '13900000000', purpose: 'login' }
    const { status, body, headers } = await backend.send('POST', '/auth/sms-codes', { json })
    expect(status).toBe(503)
    expect(body.type).toBe('/problems/sms-unavailable')
    expect(headers.get('Retry-After')).toBe('1')
    expect(backend.log.join('\n')).not.toContain('13900000000')
  })
})

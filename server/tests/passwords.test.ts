import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { people } from '../src/db/schema'
import { createPasswords } from '../src/passwords'
import { createFindByPassword } from '../src/people/numberPassword'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePhoneNumber } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

const good = 'eine lange Losung'

const logIn = (phone: string, password: string) =>
  backend.send('POST', '/auth/login', { json: { phone, password } })

async function setPassword(phone: string, password: string) {
  const smsCode = await backend.textCode(phone, 'password')
  return backend.send('PUT', '/auth/password', { json: { phone, smsCode, password } })
}

async function register() {
  const phone = makePhoneNumber()
  const json = { phone, smsCode: await backend.textCode(phone) }
  const state = stateOf(await backend.send('POST', '/auth/login', { json }))
  return { phone, state }
}

describe('a password', () => {
  const badLength = 'expected 8 to 128 characters'
  const common = 'is one of those that are tried first'

  it('is set with a text code, which signs in and ends all other sessions', async () => {
    const { phone, state } = await register()
    const set = stateOf(await setPassword(phone, good))
    expect(set.uid).toBe(state.uid)
    const former = await backend.send('GET', '/me', { token: state.accessToken })
    expect(former.status).toBe(401)
    expect((await backend.send('GET', '/me', { token: set.accessToken })).status).toBe(200)
    expect(stateOf(await logIn(phone, good)).uid).toBe(state.uid)
  })

  it('registers a number that nobody has', async () => {
    const phone = makePhoneNumber()
    const { uid } = stateOf(await setPassword(phone, good))
    expect(stateOf(await logIn(phone, good)).uid).toBe(uid)
  })

  it('takes the place of the former one', async () => {
    const { phone } = await register()
    await setPassword(phone, good)
    await setPassword(phone, 'another good one')
    expect((await logIn(phone, good)).status).toBe(401)
    expect((await logIn(phone, 'another good one')).status).toBe(200)
  })

  it('is not set with a code that was sent for a login, nor with a used one', async () => {
    const { phone } = await register()
    const json = { phone, password: good }
    const smsCode = await backend.textCode(phone, 'login')
    const put = (code: string) =>
      backend.send('PUT', '/auth/password', { json: { ...json, smsCode: code } })
    expect((await put(smsCode)).status).toBe(401)
    const own = await backend.textCode(phone, 'password')
    expect((await put(own)).status).toBe(200)
    expect((await put(own)).status).toBe(401)
  })

  it('is stored as argon2id writes it, and is in no line of the log', async () => {
    const { phone } = await register()
    await setPassword(phone, good)
    await logIn(phone, good)
    await logIn(phone, `${good}!`)
    const own = backend.database.select().from(people)
    const [row] = await own.where(eq(people.phoneNumber, `+86${phone}`))
    expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(backend.log.join('\n')).not.toMatch(/Losung|argon2/)
  })

  it('is the same however its letters are composed, and whatever blanks are between them', async () => {
    const { phone } = await register()
    await setPassword(phone, 'Losungswörter\u00a0hier')
    expect((await logIn(phone, 'Losungswo\u0308rter hier')).status).toBe(200)
    expect((await logIn(phone, 'losungswörter hier')).status).toBe(401)
  })

  it.each([
    ['8 characters', 'a1b2c3x9'],
    ['128 characters', 'a long one. '.repeat(11).slice(0, 128)],
    ['emoji, of which each is one', '👩‍👩‍👧🎈🎈🎈🎈🎈'],
  ])('may have %s', async (_, password) => {
    const { phone } = await register()
    expect((await setPassword(phone, password)).status).toBe(200)
    expect((await logIn(phone, password)).status).toBe(200)
  })

  it.each([
    ['7 characters', 'a1b2c3x', badLength],
    ['7 emoji', '🎈'.repeat(7), badLength],
    ['129 characters', 'x'.repeat(129), badLength],
    ['a NUL', 'a1b2c3x9\0', 'has characters that nobody can type'],
    ['half a character', 'a1b2c3x9\ud83d', 'has characters that nobody can type'],
    ['one of the commonest', 'Password123', common],
    ['a run of digits', '1234567890', common],
    ['a row of the keyboard', 'qwertyuiop', common],
    ['one character again and again', 'zzzzzzzzzz', common],
    ['the phone number', '13912345678', expect.any(String)],
  ])('may not be %s', async (_, password, detail) => {
    const phone = '13912345678'
    const json = { phone, smsCode: '123456', password }
    const { status, body } = await backend.send('PUT', '/auth/password', { json })
    expect(status).toBe(422)
    expect(body.errors).toEqual([{ pointer: '#/password', detail }])
  })
})

describe('a login by password is refused alike', () => {
  const refusal = {
    type: '/problems/invalid-credentials',
    title: 'What was sent to sign in with is wrong, used or too late.',
    status: 401,
    challenges: 'Bearer error="invalid_credentials"',
  }

  it('for a wrong password, a number without one, and a number that nobody has', async () => {
    const [one, other] = [await register(), await register()]
    await setPassword(one.phone, good)
    for (const phone of [one.phone, other.phone, makePhoneNumber()]) {
      const { status, body } = await logIn(phone, 'a wrong password')
      expect(status).toBe(401)
      expect(body).toEqual(refusal)
    }
  })

  /** What a wrong password is compared with. */
  async function comparedFor(phone: string): Promise<string[]> {
    const compared: string[] = []
    const hashing = {
      hash: () => Promise.resolve(''),
      verify: (stored: string | Uint8Array) => Promise.resolve(compared.push(String(stored)) < 0),
    }
    const passwords = createPasswords(new AbortController().signal, hashing)
    const find = createFindByPassword(backend.database, passwords)
    expect(await find(`+86${phone}`, 'a wrong password')).toBeUndefined()
    return compared
  }

  it('and takes as many hashes, as costly ones', async () => {
    const [one, other] = [await register(), await register()]
    await setPassword(one.phone, good)
    for (const phone of [one.phone, other.phone, makePhoneNumber()]) {
      const compared = await comparedFor(phone)
      const costs = compared.map((stored) => stored.split('$').slice(1, 4).join('$'))
      expect(costs).toEqual(Array(2).fill('argon2id$v=19$m=19456,t=2,p=1'))
    }
  })

  it('and takes one hash for each who has had the number and set a password, and one for who has it', async () => {
    const { phone } = await register()
    await setPassword(phone, good)
    for (let time = 0; time < 2; time++) {
      backend.pass(91 * 86_400)
      const json = { phone, smsCode: await backend.textCode(phone), isMine: false }
      stateOf(await backend.send('POST', '/auth/login', { json }))
    }
    await setPassword(phone, 'another good one')
    expect(await comparedFor(phone)).toHaveLength(2)
  })

  it('for a short one', async () => {
    expect((await logIn(makePhoneNumber(), 'x')).body).toEqual(refusal)
  })
})

it.each([
  ['a NUL', { password: 'a\0bcdefgh' }, '#/password', 'has characters that nobody can type'],
  ['129 characters', { password: 'x'.repeat(129) }, '#/password', 'expected 1 to 128 characters'],
  ['no phone number', { phone: '12345', password: good }, '#/phone', 'is no phone number'],
  ['a landline', { phone: '0571-12345678', smsCode: '123456' }, '#/phone', 'is no phone number'],
  ['a code of five digits', { smsCode: '12345' }, '#/smsCode', 'expected six digits'],
  ['a code of seven digits', { smsCode: '1234567' }, '#/smsCode', 'expected six digits'],
  ['a code of full-width digits', { smsCode: '１２３４５６' }, '#/smsCode', 'expected six digits'],
  ['a number alone', {}, '#', expect.any(String)],
])('a login with %s is not understood', async (_, given, pointer, detail) => {
  const json = { phone: '13912345678', ...given }
  const { status, body } = await backend.send('POST', '/auth/login', { json })
  expect(status).toBe(422)
  expect(body.errors?.[0]).toEqual({ pointer, detail })
})

it.each([
  ['a login', 'POST', '/auth/login', {}],
  ['a new password', 'PUT', '/auth/password', { smsCode: '123456' }],
  ['whoever asks for a text code', 'POST', '/auth/sms-codes', { purpose: 'login' }],
])(
  'of a guest’s body of a million characters, not all is read: %s',
  async (_, method, path, more) => {
    const json = { phone: '13912345678', password: 'x'.repeat(1_000_000), ...more }
    expect((await backend.send(method, path, { json })).status).toBe(413)
  },
)

describe('a password that is changed', () => {
  it('lets no login in that was under way with the former one', async () => {
    const { phone } = await register()
    await setPassword(phone, good)
    const smsCode = await backend.textCode(phone, 'password')
    const json = { phone, smsCode, password: 'another good one' }
    const change = () => backend.send('PUT', '/auth/password', { json })
    backend.beforeTransaction(change)
    expect((await logIn(phone, good)).status).toBe(401)
    expect((await logIn(phone, 'another good one')).status).toBe(200)
  })

  it('ends a session that came out of the same one as its own, too', async () => {
    const { phone, state } = await register()
    await setPassword(phone, good)
    const headers = { 'Replaces-Token': stateOf(await logIn(phone, good)).accessToken }
    const json = { phone, password: good }
    const stolen = stateOf(await backend.send('POST', '/auth/login', { json, headers }))
    const change = {
      phone,
      smsCode: await backend.textCode(phone, 'password'),
      password: `${good}!`,
    }
    const own = stateOf(await backend.send('PUT', '/auth/password', { json: change, headers }))
    expect(own.uid).toBe(state.uid)
    const statusOf = async (token: string) => (await backend.send('GET', '/me', { token })).status
    expect(await statusOf(stolen.accessToken)).toBe(401)
    expect(await statusOf(own.accessToken)).toBe(200)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import type { NumberSince } from '../src/people/numberSince'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber } from './support/people'

let backend: TestBackend
/** What the carriers were asked, and what they answer. */
let asked: { phoneNumber: string; since: Date }[]
let answer: () => Promise<boolean>
afterEach(() => backend.close())

async function open(reply: () => Promise<boolean>) {
  asked = []
  answer = reply
  const numberSince: NumberSince = (phoneNumber, since) => {
    asked.push({ phoneNumber, since })
    return answer()
  }
  backend = await openTestBackend({ phoneJoin: undefined, numberSince })
}

const isSame = () => Promise.resolve(true)
const isUnknown = () => Promise.resolve(false)

async function logIn(phone: string, more: object = {}) {
  const json = { phone, smsCode: await backend.textCode(phone), ...more }
  return backend.send('POST', '/auth/login', { json })
}

/** Somebody who has proved the number, 91 days ago. */
async function settled() {
  const phone = makePhoneNumber()
  const since = new Date(backend.now())
  const { uid } = stateOf(await logIn(phone))
  backend.pass(91 * 86_400)
  return { phone, uid, since }
}

describe('carriers who know that a number has the same subscriber still', () => {
  it('are evidence beside a text code: nobody is asked, and the number is proved anew', async () => {
    await open(isSame)
    const { phone, uid, since } = await settled()
    const state = stateOf(await logIn(phone))
    expect([state.uid, state.needsSecondProof]).toEqual([uid, undefined])
    expect(asked).toEqual([{ phoneNumber: `+86${phone}`, since }])
    expect(stateOf(await logIn(phone)).uid).toBe(uid)
    expect(asked).toHaveLength(1)
  })

  it('let a password be set', async () => {
    await open(isSame)
    const { phone, uid } = await settled()
    const smsCode = await backend.textCode(phone, 'password')
    const json = { phone, smsCode, password: 'three brown boxes' }
    expect(stateOf(await backend.send('PUT', '/auth/password', { json })).uid).toBe(uid)
  })

  it('let two become one, once the user has said so', async () => {
    await open(isSame)
    const { phone, uid } = await settled()
    const { accessToken: token } = await backend.signIn(makePerson())
    const json = { phone, smsCode: await backend.textCode(phone, 'bind') }
    const bind = (more: object = {}) =>
      backend.send('POST', '/auth/phone-number', { token, json: { ...json, ...more } })
    expect((await bind()).status).toBe(409)
    expect(asked).toHaveLength(0)
    expect(stateOf(await bind({ isMine: true })).uid).toBe(uid)
    expect(asked).toHaveLength(1)
  })

  it('do not count where the user says that the account is not theirs', async () => {
    await open(isSame)
    const { phone, uid } = await settled()
    expect(stateOf(await logIn(phone, { isMine: false })).uid).not.toBe(uid)
    expect(asked).toHaveLength(0)
  })

  it('do not count for somebody whose number has moved since they were asked', async () => {
    await open(isSame)
    const { phone, uid } = await settled()
    const smsCode = await backend.textCode(phone)
    answer = async () => {
      answer = isUnknown
      const json = { phone, smsCode, isMine: false }
      await backend.send('POST', '/auth/login', { json })
      await backend.textCode(phone)
      return true
    }
    const json = { phone, smsCode }
    const { status, body } = await backend.send('POST', '/auth/login', { json })
    expect([status, body.tokenState?.uid]).not.toEqual([200, uid])
  })
})

describe('carriers are not asked', () => {
  it('about who shows the password: that is evidence, too', async () => {
    await open(isSame)
    const { phone, uid } = await settled()
    const password = 'three brown boxes'
    const smsCode = await backend.textCode(phone, 'password')
    await backend.send('PUT', '/auth/password', { json: { phone, smsCode, password } })
    backend.pass(91 * 86_400)
    asked = []
    expect(stateOf(await logIn(phone, { password })).uid).toBe(uid)
    expect(asked).toEqual([])
  })

  it('by who has no text code', async () => {
    await open(isSame)
    const { phone } = await settled()
    const json = { phone, smsCode: '000000' }
    await backend.textCode(phone, 'bind')
    expect((await backend.send('POST', '/auth/login', { json })).status).toBe(401)
    expect(asked).toEqual([])
  })

  it('about a number that was proved lately, or that nobody has', async () => {
    await open(isSame)
    const phone = makePhoneNumber()
    await logIn(phone)
    await logIn(phone)
    expect(asked).toEqual([])
  })
})

it.each([
  ['do not know', isUnknown, 0],
  ['cannot be asked', () => Promise.reject(new Error('no such number: 13900000000')), 1],
])('where carriers %s, the user is asked', async (_, reply, warnings) => {
  await open(reply)
  const { phone } = await settled()
  expect((await logIn(phone)).status).toBe(409)
  expect(backend.log.join('\n')).not.toContain('13900000000')
  const warned = backend.log.filter((line) => line.includes('the carriers cannot be asked'))
  expect(warned).toHaveLength(warnings)
})

// Two people who become one because WeChat says that they are: each may have a number, and a password.
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { events, people } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ phoneJoin: undefined })
})
afterAll(() => backend.close())

/** Somebody of WeChat with a number, proved unless WeChat's button gave it, and perhaps a password. */
async function settled(
  by: 'text code' | 'button',
  { unionid = true, password }: { unionid?: boolean; password?: string } = {},
) {
  const person = makePerson({ unionid })
  const phone = makePhoneNumber()
  const { accessToken: token } = await backend.signIn(person)
  const json =
    by === 'button'
      ? sealedPhone(person, phone)
      : { phone, smsCode: await backend.textCode(phone, 'bind') }
  const { uid } = stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
  if (password !== undefined) {
    const set = { phone, smsCode: await backend.textCode(phone, 'password'), password }
    stateOf(await backend.send('PUT', '/auth/password', { json: set }))
  }
  backend.pass(60)
  return { person, phone, uid }
}

type Settled = Awaited<ReturnType<typeof settled>>

/** WeChat sends the unionid of the one with the other's openid. */
async function become(one: Settled, other: Settled) {
  const { unionid } = one.person
  const { accessToken: token } = await backend.signIn({ ...other.person, unionid: unionid! })
  const { body } = await backend.send('GET', '/me/phone-number', { token })
  return (body.data as { phoneNumber: string }).phoneNumber
}

const logIn = (json: object) => backend.send('POST', '/auth/login', { json })

describe('of two numbers', () => {
  it('the one stays that was proved last, and leads to all they have', async () => {
    const elder = await settled('text code')
    const younger = await settled('text code', { unionid: false })
    expect(await become(elder, younger)).toBe(`+86${younger.phone}`)
    const json = { phone: younger.phone, smsCode: await backend.textCode(younger.phone) }
    expect(stateOf(await logIn(json)).uid).toBe(elder.uid)
  })

  it('the elder’s stays where it was proved once more since', async () => {
    const elder = await settled('text code')
    const younger = await settled('text code', { unionid: false })
    await logIn({ phone: elder.phone, smsCode: await backend.textCode(elder.phone) })
    expect(await become(elder, younger)).toBe(`+86${elder.phone}`)
  })

  it.each([
    { known: 'elder', stays: 'elder', moves: 0 },
    { known: 'elder', stays: 'younger', moves: 1 },
    { known: 'younger', stays: 'elder', moves: 0 },
    { known: 'younger', stays: 'younger', moves: 1 },
  ])(
    'the elder reads that theirs has moved, unless it stays: by the unionid of the $known, that of the $stays',
    async ({ known, stays, moves }) => {
      const elder = await settled('text code', { unionid: known === 'elder' })
      const younger = await settled('text code', { unionid: known === 'younger' })
      if (stays === 'elder')
        await logIn({ phone: elder.phone, smsCode: await backend.textCode(elder.phone) })
      const pair = known === 'elder' ? ([elder, younger] as const) : ([younger, elder] as const)
      expect(await become(...pair)).toBe(`+86${(stays === 'elder' ? elder : younger).phone}`)
      const moved = and(eq(events.personId, elder.uid!), eq(events.kind, 'number-moved'))
      expect(await backend.database.$count(events, moved)).toBe(moves)
    },
  )

  it.each([true, false])('a proved one stays: that of the elder, %s', async (isElders) => {
    const elder = await settled(isElders ? 'text code' : 'button')
    const younger = await settled(isElders ? 'button' : 'text code', { unionid: false })
    const { phone } = isElders ? elder : younger
    expect(await become(elder, younger)).toBe(`+86${phone}`)
  })

  it('the other one is anybody’s who proves it, but of no use without the password', async () => {
    const elder = await settled('text code', { password: 'three brown boxes' })
    const younger = await settled('text code', { unionid: false })
    await become(elder, younger)
    const json = { phone: elder.phone, smsCode: await backend.textCode(elder.phone) }
    const { uid } = stateOf(await logIn(json))
    expect(uid).not.toBe(elder.uid)
    expect((await logIn({ phone: elder.phone, password: 'four brown boxes' })).status).toBe(401)
  })
})

describe('a password', () => {
  it('goes on with both numbers where there is one', async () => {
    const password = 'three brown boxes'
    const elder = await settled('text code', { password })
    const younger = await settled('text code', { unionid: false })
    await become(elder, younger)
    expect(stateOf(await logIn({ phone: elder.phone, password })).uid).toBe(elder.uid)
    expect(stateOf(await logIn({ phone: younger.phone, password })).uid).toBe(elder.uid)
  })

  it('goes on where the other one has it, and not the number that stays', async () => {
    const password = 'three brown boxes'
    const elder = await settled('text code')
    const younger = await settled('text code', { unionid: false, password })
    await logIn({ phone: elder.phone, smsCode: await backend.textCode(elder.phone) })
    expect(await become(elder, younger)).toBe(`+86${elder.phone}`)
    expect((await logIn({ phone: elder.phone, password })).status).toBe(200)
  })

  it('goes on with a number that has moved on, beside the one of the other', async () => {
    const password = 'three brown boxes'
    const elder = await settled('text code', { password })
    backend.pass(91 * 86_400)
    const smsCode = await backend.textCode(elder.phone)
    await logIn({ phone: elder.phone, smsCode, isMine: false })
    const younger = await settled('text code', { unionid: false })
    await become(elder, younger)
    for (const { phone } of [elder, younger])
      expect((await logIn({ phone, password })).status).toBe(200)
  })

  it('goes on with the other’s number that has moved on, where its own has come back', async () => {
    const password = 'three brown boxes'
    const elder = await settled('text code', { password })
    const younger = await settled('text code', { unionid: false })
    backend.pass(91 * 86_400)
    for (const { phone } of [elder, younger]) {
      const json = { phone, smsCode: await backend.textCode(phone), isMine: false }
      const { accessToken } = stateOf(await logIn(json))
      if (phone === elder.phone)
        await backend.send('DELETE', '/auth/account', { token: accessToken })
    }
    const { accessToken: token } = await backend.signIn(elder.person)
    const json = sealedPhone(elder.person, elder.phone)
    stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
    expect(await become(elder, younger)).toBe(`+86${elder.phone}`)
    for (const { phone } of [elder, younger])
      expect((await logIn({ phone, password })).status).toBe(200)
  })

  it('is that of the number that stays where there are two', async () => {
    const elder = await settled('text code', { password: 'three brown boxes' })
    const password = 'four brown boxes'
    const younger = await settled('text code', { unionid: false, password })
    await become(elder, younger)
    expect(stateOf(await logIn({ phone: younger.phone, password })).uid).toBe(elder.uid)
    expect(stateOf(await logIn({ phone: elder.phone, password })).uid).toBe(elder.uid)
    const own = backend.database.select().from(people)
    expect(await own.where(eq(people.phoneNumber, `+86${younger.phone}`))).toHaveLength(1)
  })
})

describe('two without a number', () => {
  it.each(['elder', 'younger'])(
    'have the elder’s nickname, found by the unionid of the %s',
    async (which) => {
      const people = [
        makePerson({ unionid: which === 'elder' }),
        makePerson({ unionid: which !== 'elder' }),
      ]
      for (const [index, person] of people.entries()) {
        const { accessToken: token } = await backend.signIn(person)
        await backend.send('POST', '/auth/user-info', { token, json: { nickname: `小${index}` } })
        backend.pass(60)
      }
      const unionid = people.flatMap((person) => person.unionid ?? [])[0]!
      const known = people.find((person) => person.unionid === undefined)!
      const { accessToken: token } = await backend.signIn({ ...known, unionid })
      const { body } = await backend.send('GET', '/me', { token })
      expect(body.data).toMatchObject({ nickname: '小0' })
    },
  )
})

import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { events } from '../src/db/schema'
import { openTestBackend, type TestBackend } from './support/backend'
import {
  makePerson,
  makePhoneNumber,
  sealedPhone,
  sealedUserInfo,
  type Person,
} from './support/people'

let backend: TestBackend
const from = '203.0.113.7'
afterEach(() => backend.close())

async function logIn(person: Person, address = from): Promise<string> {
  const json = { code: backend.loginCode(person) }
  const { body } = await backend.send('POST', '/auth/login', { json, from: address })
  return body.tokenState!.accessToken
}

const bind = (token: string, person: Person, number: string) =>
  backend.send('POST', '/auth/phone-number', { token, json: sealedPhone(person, number), from })

/** All of them, the oldest first; each step of a test lets a second pass. */
async function recorded() {
  const rows = await backend.database.select().from(events).orderBy(asc(events.occurredAt))
  return rows.map(({ kind, about, address }) => ({
    kind,
    ...(about !== null && { about }),
    ...(address !== null && { address }),
  }))
}

const kinds = async () => (await recorded()).map(({ kind }) => kind)
const peopleOf = async () =>
  new Set((await backend.database.select().from(events)).map(({ personId }) => personId))

describe('with numbers that join people, recorded is', () => {
  beforeEach(async () => {
    backend = await openTestBackend({ limits: { logins: { count: 2, seconds: 60 } } })
  })

  it('a login, and a logout, with the address', async () => {
    const token = await logIn(makePerson())
    backend.pass(1)
    await backend.send('POST', '/auth/logout', { token, from: '203.0.113.8' })
    expect(await recorded()).toEqual([
      { kind: 'login', address: from },
      { kind: 'logout', address: '203.0.113.8' },
    ])
    expect((await peopleOf()).size).toBe(1)
  })

  it('that all other sessions have ended, once for each', async () => {
    const person = makePerson()
    await logIn(person, '203.0.113.1')
    await logIn(person, '203.0.113.2')
    const token = await logIn(person)
    backend.pass(1)
    await backend.send('DELETE', '/auth/sessions', { token, from })
    expect(await kinds()).toEqual(['login', 'login', 'login', 'logout', 'logout'])
  })

  it('that two became one, who has the events of both, and the number moved', async () => {
    const [one, other, number] = [makePerson(), makePerson(), makePhoneNumber()]
    await bind(await logIn(one), one, number)
    const token = await logIn(other)
    backend.pass(1)
    await bind(token, other, number)
    expect((await kinds()).sort()).toEqual(['join', 'login', 'login', 'number-moved'])
    expect((await peopleOf()).size).toBe(1)
  })

  it('that two became one by their unionid', async () => {
    const [one, other] = [makePerson(), makePerson({ unionid: false })]
    await logIn(one)
    const token = await logIn(other)
    backend.pass(1)
    const json = sealedUserInfo(other, one.unionid)
    await backend.send('POST', '/auth/user-info', { token, json, from })
    expect(await kinds()).toEqual(['login', 'login', 'join'])
    expect((await peopleOf()).size).toBe(1)
  })

  it('that a person has another number, but not their first', async () => {
    const person = makePerson()
    const token = await logIn(person)
    await bind(token, person, makePhoneNumber())
    expect(await kinds()).toEqual(['login'])
    backend.pass(1)
    await bind(token, person, makePhoneNumber())
    expect(await kinds()).toEqual(['login', 'number-moved'])
  })

  it('a deletion, of which nothing personal is left', async () => {
    const person = makePerson()
    const token = await logIn(person)
    await bind(token, person, makePhoneNumber())
    await backend.send('DELETE', '/auth/account', { token, from })
    const rows = await backend.database.select().from(events)
    expect(rows).toEqual([
      {
        id: expect.any(String) as string,
        kind: 'deletion',
        about: null,
        personId: null,
        address: null,
        occurredAt: new Date(backend.now()),
      },
    ])
  })

  it('a refused login, and once in its time that an address is limited', async () => {
    backend.wechat.script('login used', { errcode: 40163 }, { errcode: 40163 })
    for (let count = 0; count < 10; count++) {
      await backend.send('POST', '/auth/login', { json: { code: 'used' }, from })
      backend.pass(1)
    }
    expect(await recorded()).toEqual([
      { kind: 'refused', about: 'login', address: from },
      { kind: 'refused', about: 'login', address: from },
      { kind: 'limited', about: 'logins', address: from },
    ])
  })

  it('of many refused logins of one network the first twenty in an hour', async () => {
    backend.wechat.script('login wrong', ...Array.from({ length: 22 }, () => ({ errcode: 40029 })))
    const guess = async (host: number) => {
      const json = { code: 'wrong' }
      await backend.send('POST', '/auth/login', { json, from: `2001:db8::${host}` })
      backend.pass(60)
    }
    for (let count = 0; count < 21; count++) await guess(count)
    expect(await backend.database.$count(events)).toBe(20)
    backend.pass(3600)
    await guess(1)
    expect(await backend.database.$count(events)).toBe(21)
  })

  it('a refusal, which clears away old events where nobody logs in', async () => {
    const occurredAt = new Date(backend.now())
    const old = Array.from({ length: 150 }, () => ({ kind: 'login' as const, occurredAt }))
    await backend.database.insert(events).values(old)
    backend.pass(181 * 86_400)
    backend.wechat.script('login wrong', { errcode: 40029 })
    await backend.send('POST', '/auth/login', { json: { code: 'wrong' }, from })
    expect(await backend.database.$count(events)).toBe(51)
  })

  it('a refused phone code, with its person', async () => {
    const token = await logIn(makePerson())
    backend.pass(1)
    backend.wechat.script('token', { access_token: 'wechat-token', expires_in: 7200 })
    backend.wechat.script('phone used', { errcode: 40029 })
    await backend.send('POST', '/auth/phone-number', { token, json: { code: 'used' }, from })
    expect((await recorded())[1]).toEqual({ kind: 'refused', about: 'phone-code', address: from })
    expect((await peopleOf()).size).toBe(1)
  })

  it('for 180 days; a login clears away at most a hundred that are older', async () => {
    const occurredAt = new Date(backend.now())
    const old = Array.from({ length: 150 }, () => ({ kind: 'login' as const, occurredAt }))
    await backend.database.insert(events).values(old)
    backend.pass(180 * 86_400)
    await logIn(makePerson())
    expect(await backend.database.$count(events)).toBe(151)
    backend.pass(1)
    await logIn(makePerson())
    expect(await backend.database.$count(events)).toBe(52)
  })
})

it('that a number was refused is recorded with the person who is refused', async () => {
  backend = await openTestBackend({ phoneJoin: 'refuse' })
  const [one, other, number] = [makePerson(), makePerson(), makePhoneNumber()]
  await bind(await logIn(one), one, number)
  const token = await logIn(other)
  backend.pass(1)
  expect((await bind(token, other, number)).status).toBe(403)
  expect((await recorded())[2]).toEqual({ kind: 'refused', about: 'phone-number', address: from })
  expect((await peopleOf()).size).toBe(2)
})

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessions } from '../src/db/schema'
import { openTestBackend, type Answer, type TestBackend } from './support/backend'
import { makePerson, type Person } from './support/people'

interface Listed {
  id: string
  isCurrent: boolean
  startedAt: string
  lastSeenOn: string
  address: string | null
  system: string | null
}

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ tokenTtl: 7 * 86_400 })
})
afterAll(() => backend.close())

async function logIn(person: Person, from?: string, headers: Record<string, string> = {}) {
  const json = { code: backend.loginCode(person) }
  const answer = await backend.send('POST', '/auth/login', {
    json,
    headers,
    ...(from !== undefined && { from }),
  })
  return answer.body.tokenState!.accessToken
}

const list = async (token: string) =>
  (await backend.send('GET', '/auth/sessions', { token })).body.data as Listed[]
const statusOf = async (token: string) => (await backend.send('GET', '/me', { token })).status
const end = (token: string, id = '') =>
  backend.send('DELETE', `/auth/sessions${id && `/${id}`}`, { token })

function expectDead(answer: Answer) {
  expect(answer.status).toBe(401)
  expect(answer.headers.get('WWW-Authenticate')).toContain('error="invalid_token"')
}

describe('GET /auth/sessions', () => {
  it('shows when, from where and on which system, and which one asks', async () => {
    const person = makePerson()
    const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.60'
    await logIn(person, '203.0.113.1', { 'User-Agent': iphone })
    const startedAt = new Date(backend.now()).toISOString()
    backend.pass(60)
    const android = 'Mozilla/5.0 (Linux; Android 15; 23127PN0CC) MicroMessenger/8.0.60'
    const token = await logIn(person, '2001:db8::1', { 'User-Agent': android })
    const answer = await backend.send('GET', '/auth/sessions', { token })
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    const id = expect.stringMatching(/^[\da-f-]{36}$/) as string
    const lastSeenOn = backend.day(0)
    expect(answer.body.data).toEqual([
      {
        id,
        isCurrent: true,
        startedAt: new Date(backend.now()).toISOString(),
        lastSeenOn,
        address: '2001:db8::1',
        system: 'Android',
      },
      { id, isCurrent: false, startedAt, lastSeenOn, address: '203.0.113.1', system: 'iOS' },
    ])
  })

  it('shows a session that has replaced others as one, since the first began', async () => {
    const person = makePerson()
    const first = await logIn(person)
    const [before] = await list(first)
    backend.pass(30)
    const token = await logIn(person, undefined, { 'Replaces-Token': first })
    expect(await list(token)).toEqual([before])
  })

  it('is for the current session only: one that was replaced sees and ends nothing', async () => {
    const person = makePerson()
    const first = await logIn(person)
    const token = await logIn(person, undefined, { 'Replaces-Token': first })
    expectDead(await backend.send('GET', '/auth/sessions', { token: first }))
    expectDead(await end(first))
    expectDead(await end(first, (await list(token))[0]!.id))
    expect(await statusOf(token)).toBe(200)
  })

  it('has all identities of the person, and nobody else', async () => {
    const person = makePerson()
    await logIn({ ...person, openid: `${person.openid}-elsewhere` })
    await logIn(makePerson())
    expect(await list(await logIn(person))).toHaveLength(2)
  })

  it('knows to the day when a session was last seen, for one write a day', async () => {
    backend.pass(1)
    const person = makePerson()
    const token = await logIn(person)
    const seenAt = async () =>
      (await backend.database.select().from(sessions).where(eq(sessions.loggedInAt, begun)))[0]!
        .seenAt
    const begun = new Date(backend.now())
    backend.pass(86_400 - 1)
    await statusOf(token)
    expect(await seenAt()).toEqual(begun)
    backend.pass(1)
    await statusOf(token)
    expect(await seenAt()).toEqual(new Date(backend.now()))
    expect((await list(token))[0]!.lastSeenOn).toBe(backend.day(0))
  })
})

it('a session of a mini-program lasts no longer by its use', async () => {
  const token = await logIn(makePerson())
  backend.pass(2 * 86_400)
  const { body } = await backend.send('GET', '/auth/token-state', { token })
  expect(body.tokenState?.expiresIn).toBe(5 * 86_400)
})

describe('DELETE /auth/sessions', () => {
  it('ends all others', async () => {
    const person = makePerson()
    const others = [await logIn(person), await logIn(person)]
    const stranger = await logIn(makePerson())
    const token = await logIn(person)
    expect((await end(token)).status).toBe(204)
    expect(await Promise.all([...others, token, stranger].map(statusOf))).toEqual([
      401, 401, 200, 200,
    ])
  })

  it('ends one, with those that it has replaced', async () => {
    const person = makePerson()
    const first = await logIn(person)
    const second = await logIn(person, undefined, { 'Replaces-Token': first })
    const token = await logIn(person)
    const { id } = (await list(token)).find(({ isCurrent }) => !isCurrent)!
    expect((await end(token, id)).status).toBe(204)
    expect(await Promise.all([first, second, token].map(statusOf))).toEqual([401, 401, 200])
    expect((await end(token, id)).status).toBe(404)
  })

  it('ends nothing of somebody else, and answers as for what there is not', async () => {
    const stranger = await logIn(makePerson())
    const [{ id }] = (await list(stranger)) as [Listed]
    const token = await logIn(makePerson())
    for (const other of [id, crypto.randomUUID(), 'no-id']) {
      expect((await end(token, other)).status).toBe(404)
    }
    expect(await statusOf(stranger)).toBe(200)
  })
})

describe('a person has at most twenty sessions:', () => {
  it('a further login ends the oldest', async () => {
    const person = makePerson()
    const tokens: string[] = []
    for (let count = 0; count < 21; count++) {
      tokens.push(await logIn(person))
      backend.pass(1)
    }
    expect(await Promise.all(tokens.slice(0, 3).map(statusOf))).toEqual([401, 200, 200])
    expect(await list(tokens[20]!)).toHaveLength(20)
  })

  it('of thirty logins at once, twenty are left, and each has got a session', async () => {
    const person = makePerson()
    await logIn(person)
    backend.pass(1)
    const tokens = await Promise.all(Array.from({ length: 30 }, () => logIn(person)))
    expect(new Set(tokens).size).toBe(30)
    const statuses = await Promise.all(tokens.map(statusOf))
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
  })

  it('one that was replaced does not count', async () => {
    const person = makePerson()
    const first = await logIn(person)
    backend.pass(1)
    let token = await logIn(person)
    for (let count = 0; count < 25; count++) {
      token = await logIn(person, undefined, { 'Replaces-Token': token })
    }
    expect(await statusOf(first)).toBe(200)
  })
})

import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { events, people, sessions } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, type Person } from './support/people'

let backend: TestBackend
beforeEach(async () => {
  const oauthApps = { 'wechat-web': { appId: 'wx-web', appSecret: 'the-web-secret' } }
  backend = await openTestBackend({ oauthApps, phoneJoin: 'refuse' })
})
afterEach(() => backend.close())

/** A code of the website, to which WeChat answers so. */
function codeFor(reply: object): string {
  const code = randomBytes(8).toString('hex')
  backend.wechat.script(`oauth ${code}`, reply)
  return code
}
const grantOf = ({ openid, unionid }: Person) => ({
  openid: `${openid} of the website`,
  ...(unionid && { unionid }),
})
const logIn = async (person: Person) => {
  const json = { provider: 'wechat-web', code: codeFor(grantOf(person)) }
  return stateOf(await backend.send('POST', '/auth/login', { json }))
}
const add = (token: string, reply: object) => {
  const json = { provider: 'wechat-web', code: codeFor(reply) }
  return backend.send('POST', '/auth/ways', { token, json })
}

async function register() {
  const phone = makePhoneNumber()
  const json = { phone, smsCode: await backend.textCode(phone) }
  return stateOf(await backend.send('POST', '/auth/login', { json }))
}

async function bind(token: string) {
  const phone = makePhoneNumber()
  const json = { phone, smsCode: await backend.textCode(phone, 'bind') }
  return stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
}

describe('a WeChat user who is added as a way to sign in', () => {
  it('signs in the same person, here and in the mini-program', async () => {
    const { accessToken: token, uid } = await register()
    const person = makePerson()
    const state = stateOf(await add(token, grantOf(person)))
    expect(state).toMatchObject({ accessToken: token, uid, hasUserInfo: true })
    expect((await logIn(person)).uid).toBe(uid)
    expect((await backend.signIn(person)).uid).toBe(uid)
    const { data } = (await backend.send('GET', '/auth/ways', { token })).body
    // One user of WeChat, by its unionid, whom two apps know.
    const wechat = { id: expect.any(String), provider: 'wechat-mini-program', isCurrent: false }
    expect(data).toMatchObject({ wechat: [wechat] })
    const found = await backend.database.select().from(events).where(eq(events.kind, 'way-added'))
    expect(found).toMatchObject([{ about: 'wechat', personId: uid }])
  })

  it.each([
    ['in the mini-program', (person: Person) => backend.signIn(person)],
    ['on the website', logIn],
  ])('brings what somebody without a number has had %s', async (_, signIn) => {
    const person = makePerson()
    const guest = await signIn(person)
    const { accessToken: token, uid } = await register()
    expect((await add(token, grantOf(person))).status).toBe(200)
    const joined = await backend.send('GET', '/auth/token-state', { token: guest.accessToken })
    expect(stateOf(joined).uid).toBe(uid)
    expect(await backend.database.$count(people)).toBe(1)
  })

  it('stays the other’s who has a number: both are left as they are', async () => {
    const person = makePerson()
    const other = await bind((await backend.signIn(person)).accessToken)
    const { accessToken: token, uid } = await register()
    const { status, body } = await add(token, grantOf(person))
    expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/way-taken' })
    expect((await logIn(person)).uid).toBe(other.uid)
    expect(stateOf(await backend.send('GET', '/auth/token-state', { token })).uid).toBe(uid)
  })

  it('may be added twice, and is there once', async () => {
    const { accessToken: token } = await register()
    const person = makePerson({ unionid: false })
    const { version } = stateOf(await add(token, grantOf(person)))
    expect(stateOf(await add(token, grantOf(person))).version).toBe(version)
    expect(await backend.database.$count(events, eq(events.kind, 'way-added'))).toBe(1)
    const { data } = (await backend.send('GET', '/auth/ways', { token })).body
    expect((data as { wechat: object[] }).wechat).toHaveLength(1)
  })

  it('is added to one of two who ask at once', async () => {
    const [one, two] = [await register(), await register()]
    const person = makePerson()
    const answers = await Promise.all(
      [one, two].map(({ accessToken }) => add(accessToken, grantOf(person))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it.each([
    ['a code that WeChat refuses', { errcode: 40163, errmsg: 'x' }],
    ['a snapshot user', { ...grantOf(makePerson()), is_snapshotuser: 1 }],
  ])('is refused for %s, and the session goes on', async (_, reply) => {
    const { accessToken: token } = await register()
    const { status, body } = await add(token, reply)
    expect({ status, type: body.type }).toEqual({ status: 422, type: '/problems/way-refused' })
    expect((await backend.send('GET', '/me', { token })).status).toBe(200)
    const found = await backend.database.select().from(events).where(eq(events.kind, 'refused'))
    expect(found).toMatchObject([{ about: 'wechat-web', personId: expect.any(String) }])
  })

  it('is added to nobody without a session', async () => {
    const json = { provider: 'wechat-web', code: 'c' }
    expect((await backend.send('POST', '/auth/ways', { json })).status).toBe(401)
    expect(backend.wechat.calls).toEqual([])
  })
  it.each<[string, () => unknown, number, string]>([
    ['the login is ten minutes old', () => backend.pass(600), 401, 'fresh-login-required'],
    [
      'the session needs a second proof',
      () => backend.database.update(sessions).set({ needsSecondProof: true }),
      403,
      'second-proof-needed',
    ],
  ])(
    'is not added where %s: a found token leads to no lasting way',
    async (_, age, status, kind) => {
      const { accessToken: token } = await register()
      await age()
      const json = { provider: 'wechat-web', code: 'c' }
      const refused = await backend.send('POST', '/auth/ways', { token, json })
      expect([refused.status, refused.body.type]).toEqual([status, `/problems/${kind}`])
      expect(backend.wechat.calls).toEqual([])
    },
  )
})

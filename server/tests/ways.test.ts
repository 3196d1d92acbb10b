import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { events } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber } from './support/people'

interface OwnWays {
  phoneNumber: string | null
  hasPassword: boolean
  wechat: { id: string; isCurrent: boolean }[]
}

const otherApp = { appId: 'wx-of-another', appSecret: 'its-secret' }

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ phoneJoin: 'refuse', otherApps: [otherApp] })
})
afterAll(() => backend.close())

const masked = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(-4)}`
const remove = (token: string, way: string) =>
  backend.send('DELETE', `/auth/ways/${way}`, { token })
const waysOf = async (token: string) =>
  (await backend.send('GET', '/auth/ways', { token })).body.data as OwnWays

async function register(phone = makePhoneNumber()) {
  const json = { phone, smsCode: await backend.textCode(phone) }
  return { phone, token: stateOf(await backend.send('POST', '/auth/login', { json })).accessToken }
}

async function setPassword(phone: string, password = 'three brown boxes') {
  const json = { phone, smsCode: await backend.textCode(phone, 'password'), password }
  return stateOf(await backend.send('PUT', '/auth/password', { json })).accessToken
}

/** A user of WeChat who has proved the number, and perhaps has joined who had it. */
async function bindIn(phone: string, person = makePerson()) {
  const { accessToken: token } = await backend.signIn(person)
  const smsCode = await backend.textCode(phone, 'bind')
  const json = { phone, smsCode, isMine: true }
  stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
  return { person, token }
}

/** Somebody else has got the number: who has its password signs in with both. */
async function signInAfterMove(phone: string) {
  backend.pass(91 * 86_400)
  const moved = { phone, smsCode: await backend.textCode(phone), isMine: false }
  expect((await backend.send('POST', '/auth/login', { json: moved })).status).toBe(200)
  const json = { phone, password: 'three brown boxes' }
  return stateOf(await backend.send('POST', '/auth/login', { json })).accessToken
}

describe('GET /auth/ways', () => {
  it('shows the number, masked, and nothing else of somebody who has just registered', async () => {
    const { phone, token } = await register()
    const answer = await backend.send('GET', '/auth/ways', { token })
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.body.data).toEqual({
      phoneNumber: masked(phone),
      hasPassword: false,
      wechat: [],
    })
  })

  it('shows a password once there is one, and WeChat as seen from the session', async () => {
    const { phone } = await register()
    const browser = await setPassword(phone)
    const phoneApp = (await bindIn(phone)).token
    const id = expect.stringMatching(/^[\da-f-]{36}$/) as string
    const ways = { phoneNumber: masked(phone), hasPassword: true }
    const user = { id, provider: 'wechat-mini-program' }
    expect(await waysOf(browser)).toEqual({ ...ways, wechat: [{ ...user, isCurrent: false }] })
    expect(await waysOf(phoneApp)).toEqual({ ...ways, wechat: [{ ...user, isCurrent: true }] })
  })

  it('is for those who have a session', async () => {
    expect((await backend.send('GET', '/auth/ways', {})).status).toBe(401)
  })
})

describe('DELETE /auth/ways', () => {
  it('removes the password: the number signs in by text code only', async () => {
    const { phone } = await register()
    const token = await setPassword(phone)
    expect((await remove(token, 'password')).status).toBe(200)
    expect(await waysOf(token)).toMatchObject({ hasPassword: false })
    const json = { phone, password: 'three brown boxes' }
    expect((await backend.send('POST', '/auth/login', { json })).status).toBe(401)
    expect((await remove(token, 'password')).status).toBe(404)
  })

  it('removes the number with the password, where WeChat is left; it is anybody’s then', async () => {
    const { phone } = await register()
    await setPassword(phone)
    const { token } = await bindIn(phone)
    expect(stateOf(await remove(token, 'phone-number'))).toMatchObject({ hasPhoneNumber: false })
    expect(await waysOf(token)).toMatchObject({ phoneNumber: null, hasPassword: false })
    const next = await register(phone)
    expect(await waysOf(next.token)).toMatchObject({ phoneNumber: masked(phone), wechat: [] })
    expect((await remove(token, 'phone-number')).status).toBe(404)
  })

  it('removes a WeChat user with their sessions, who is somebody new at the next login', async () => {
    const { phone, token } = await register()
    const wechat = await bindIn(phone)
    const [linked] = (await waysOf(token)).wechat
    expect((await remove(token, linked!.id)).status).toBe(200)
    expect(await waysOf(token)).toMatchObject({ wechat: [] })
    expect((await backend.send('GET', '/me', { token: wechat.token })).status).toBe(401)
    const again = await backend.signIn(wechat.person)
    expect(again).toMatchObject({ hasPhoneNumber: false })
    expect((await remove(token, linked!.id)).status).toBe(404)
  })

  it('leaves the last way, and the one of the session', async () => {
    const { token, phone } = await register()
    const needed = await remove(token, 'phone-number')
    expect(needed.status).toBe(409)
    expect(needed.body.type).toBe('/problems/way-needed')
    const wechat = await bindIn(phone)
    const [own] = (await waysOf(wechat.token)).wechat
    expect((await remove(token, 'phone-number')).status).toBe(409)
    expect((await remove(wechat.token, own!.id)).status).toBe(409)
    expect(await waysOf(token)).toMatchObject({ phoneNumber: masked(phone), wechat: [{}] })
  })

  it('leaves one of two that are removed at once', async () => {
    const { token, phone } = await register()
    const wechat = await bindIn(phone)
    const [linked] = (await waysOf(token)).wechat
    const answers = await Promise.all([
      remove(token, linked!.id),
      remove(wechat.token, 'phone-number'),
    ])
    const statuses = answers.map(({ status }) => status).sort()
    // The second one's session may have ended with the way.
    expect([
      [200, 401],
      [200, 409],
    ]).toContainEqual(statuses)
  })

  it('leaves the password with which alone its owner signs in since the number is another’s', async () => {
    const { phone } = await register()
    await setPassword(phone)
    const own = await signInAfterMove(phone)
    expect(await waysOf(own)).toEqual({ phoneNumber: null, hasPassword: true, wechat: [] })
    expect((await remove(own, 'password')).status).toBe(409)
  })

  it('leaves WeChat where only the password of such a number is beside it', async () => {
    const { phone } = await register()
    await bindIn(phone)
    await setPassword(phone)
    const own = await signInAfterMove(phone)
    const [linked] = (await waysOf(own)).wechat
    expect((await remove(own, linked!.id)).status).toBe(409)
    expect((await remove(own, 'password')).status).toBe(200)
  })

  it('ends the sessions that began with the number', async () => {
    const { phone, token } = await register()
    const wechat = await bindIn(phone)
    expect((await remove(wechat.token, 'phone-number')).status).toBe(200)
    expect((await backend.send('GET', '/me', { token })).status).toBe(401)
    expect((await backend.send('GET', '/me', { token: wechat.token })).status).toBe(200)
  })

  it('removes a WeChat user from all apps, each of which would lead back', async () => {
    const { phone, token } = await register()
    const { person } = await bindIn(phone)
    const inOther = { ...makePerson(), unionid: person.unionid! }
    const json = { code: backend.loginCode(inOther), appId: otherApp.appId }
    const other = stateOf(await backend.send('POST', '/auth/login', { json }))
    const { wechat } = await waysOf(token)
    expect(wechat).toHaveLength(1)
    expect((await waysOf(other.accessToken)).wechat).toMatchObject([{ isCurrent: true }])
    expect((await remove(other.accessToken, wechat[0]!.id)).status).toBe(409)
    expect((await remove(token, wechat[0]!.id)).status).toBe(200)
    expect((await backend.send('GET', '/me', { token: other.accessToken })).status).toBe(401)
    const again = { code: backend.loginCode(inOther), appId: otherApp.appId }
    const { uid } = stateOf(await backend.send('POST', '/auth/login', { json: again }))
    expect(uid).toBeUndefined()
  })

  it.each([true, false])('removes one of two WeChat users, with unionids: %s', async (unionid) => {
    const phone = makePhoneNumber()
    const one = await bindIn(phone, makePerson({ unionid }))
    const two = await bindIn(phone, makePerson({ unionid }))
    expect((await remove(one.token, 'phone-number')).status).toBe(200)
    const { wechat } = await waysOf(one.token)
    expect(wechat.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true])
    const other = wechat.find(({ isCurrent }) => !isCurrent)!
    expect((await remove(one.token, other.id)).status).toBe(200)
    expect(await waysOf(one.token)).toMatchObject({ wechat: [{ isCurrent: true }] })
    expect((await backend.send('GET', '/me', { token: two.token })).status).toBe(401)
  })

  it('is recorded with what was removed, and is not where nothing was', async () => {
    const { phone } = await register()
    const token = await setPassword(phone)
    await bindIn(phone)
    const { uid } = stateOf(await backend.send('GET', '/me', { token }))
    const { wechat } = await waysOf(token)
    const statuses = []
    for (const way of ['phone-number', 'password', wechat[0]!.id])
      statuses.push((await remove(token, way)).status)
    expect(statuses).toEqual([409, 200, 200])
    const removals = and(eq(events.personId, uid!), eq(events.kind, 'way-removed'))
    const recorded = await backend.database.select().from(events).where(removals)
    expect(recorded.map(({ about }) => about).sort()).toEqual(['password', 'wechat'])
  })

  it.each(['phone-number', 'password', 'wechat'])(
    'takes a login of the last ten minutes: %s',
    async (way) => {
      const { phone } = await register()
      const browser = await setPassword(phone)
      const { person, token } = await bindIn(phone)
      backend.pass(600)
      const [linked] = (await waysOf(browser)).wechat
      const id = way === 'wechat' ? linked!.id : way
      const old = way === 'wechat' ? browser : token
      const { status, body } = await remove(old, id)
      expect([status, body.type]).toEqual([401, '/problems/fresh-login-required'])
      expect(body.challenges).toContain('error="insufficient_user_authentication", max_age="600"')
      const login = { json: { phone, password: 'three brown boxes' } }
      const fresh =
        way === 'wechat'
          ? stateOf(await backend.send('POST', '/auth/login', login))
          : await backend.signIn(person, { 'Replaces-Token': old })
      expect((await remove(fresh.accessToken, id)).status).toBe(200)
    },
  )

  it('is not for a session that needs a second proof', async () => {
    const { phone } = await register()
    await setPassword(phone)
    backend.pass(91 * 86_400)
    const json = { phone, smsCode: await backend.textCode(phone), isMine: true }
    const { accessToken: token } = stateOf(await backend.send('POST', '/auth/login', { json }))
    for (const way of ['password', 'phone-number']) {
      const { status, body } = await remove(token, way)
      expect([status, body.type]).toEqual([403, '/problems/second-proof-needed'])
    }
  })

  it('knows no other way, and no other person’s', async () => {
    const { token } = await register()
    const { phone, token: other } = await register()
    await bindIn(phone)
    const [foreign] = (await waysOf(other)).wechat
    for (const way of [foreign!.id, 'scan', '%00'])
      expect((await remove(token, way)).status).toBe(404)
    expect((await waysOf(other)).wechat).toHaveLength(1)
  })
})

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { events, identities } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone, type Person } from './support/people'
import { formWith, pictures } from './support/pictures'
import { plainPush, pushJson, pushToken, sendPush } from './support/push'

let backend: TestBackend
beforeAll(async () => {
  const wechatPush = { token: pushToken }
  backend = await openTestBackend({ userInfoPolicy: 'profile', wechatPush })
})
afterAll(() => backend.close())

const deletions = () => backend.database.$count(events, eq(events.kind, 'deletion'))

async function pushed(person: Person, event: string, RevokeInfo?: string) {
  const timestamp = Math.floor(backend.now() / 1000)
  const named = { Event: event, OpenID: person.openid, ...(RevokeInfo && { RevokeInfo }) }
  const push = plainPush(pushJson(named, timestamp), { timestamp })
  expect(await sendPush(backend, push)).toEqual({ status: 200, text: 'success' })
}

/** Somebody with a number, a name, a picture, an upload besides, a coupon and a booking. */
async function settled(person = makePerson(), number = makePhoneNumber()) {
  const token = (await backend.signIn(person)).accessToken
  const post = async (path: string, json: unknown) => backend.send('POST', path, { token, json })
  const upload = async () => {
    const form = formWith({ file: pictures['image/png'] })
    const { body } = await backend.send('POST', '/auth/avatar', { token, form })
    return (body.data as { avatarUrl: string }).avatarUrl
  }
  await post('/auth/phone-number', sealedPhone(person, number))
  const avatarUrl = await upload()
  await post('/auth/user-info', { nickname: '小林', avatarUrl })
  await upload()
  await post('/coupons', {})
  const booking = { serviceId: 'family', name: '林', phone: '13800138000', address: '杭州' }
  await post('/bookings', { ...booking, date: backend.day(1) })
  const me = () => backend.send('GET', '/me', { token })
  const { body } = await me()
  return { person, token, number, avatarUrl, me, before: body, post }
}

const state = async () => ({ rows: await backend.rows() })

const all = { nickname: '小林', avatarUrl: expect.any(String), phoneNumber: expect.any(String) }
const has = { hasUserInfo: true, hasPhoneNumber: true, uid: expect.any(String) }
const lacksPicture = { data: { ...all, avatarUrl: null }, tokenState: has }
const lacksName = {
  data: { ...all, nickname: null },
  tokenState: { ...has, hasUserInfo: false },
}
const lacksProfile = { ...lacksName, data: { ...lacksName.data, avatarUrl: null } }

describe('a user who takes back', () => {
  it.each([
    [
      'the number',
      'user_authorization_revoke',
      '8',
      {
        data: { ...all, phoneNumber: null },
        tokenState: { hasUserInfo: true, hasPhoneNumber: false },
      },
    ],
    ['name and picture', 'user_authorization_revoke', '6', lacksProfile],
    ['the name', 'user_authorization_revoke', '19', lacksName],
    ['the picture', 'user_authorization_revoke', '20', lacksPicture],
    ['what was chosen from the album', 'user_authorization_revoke', '14', lacksPicture],
    [
      'number and picture in one',
      'user_authorization_revoke',
      '8,20',
      {
        data: { ...all, phoneNumber: null, avatarUrl: null },
        tokenState: { hasUserInfo: true, hasPhoneNumber: false },
      },
    ],
    ['a name or picture that WeChat has cleared', 'user_info_modified', undefined, lacksProfile],
  ])('%s has the rest, and a newer token state', async (_, event, numbers, left) => {
    const { person, before, me } = await settled()
    await pushed(person, event, numbers)
    const { body } = await me()
    expect(body).toMatchObject(left)
    expect(body.tokenState?.version).toBe((before.tokenState?.version ?? 0) + 1)
    expect('uid' in (body.tokenState ?? {})).toBe(left.tokenState.hasPhoneNumber)
  })

  it('the number is asked for it again, and has the same uid with it', async () => {
    const { person, post, number, before } = await settled()
    await pushed(person, 'user_authorization_revoke', '8')
    const refused = await post('/bookings', {})
    expect([refused.status, refused.body.challenges]).toEqual([
      401,
      expect.stringMatching(/^getPhoneNumber/),
    ])
    const given = await post('/auth/phone-number', sealedPhone(person, number))
    expect(stateOf(given).uid).toBe(before.tokenState?.uid)
  })

  it('the number, and becomes one with somebody who has another, has that one', async () => {
    const { person, token } = await settled()
    await pushed(person, 'user_authorization_revoke', '8')
    backend.pass(1)
    const other = makePerson({ unionid: false })
    const { before } = await settled(other)
    const moved = eq(events.kind, 'number-moved')
    const movedBefore = await backend.database.$count(events, moved)
    await backend.signIn({ ...other, unionid: person.unionid! })
    const { body } = await backend.send('GET', '/me', { token })
    const { phoneNumber } = before.data as { phoneNumber: string }
    expect(body.data).toMatchObject({ phoneNumber })
    expect(await backend.database.$count(events, moved)).toBe(movedBefore + 1)
  })

  it('the number leaves it to others', async () => {
    const { person, number } = await settled()
    await pushed(person, 'user_authorization_revoke', '8')
    const other = makePerson()
    const { accessToken: token } = await backend.signIn(other)
    const json = sealedPhone(other, number)
    const { uid } = stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
    const { body } = await backend.send('GET', '/bookings', { token })
    expect([uid !== undefined, body.data]).toEqual([true, []])
  })

  it('the number keeps one that a text code has proved: it was not given to WeChat', async () => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    const phone = makePhoneNumber()
    const json = { phone, smsCode: await backend.textCode(phone, 'bind') }
    const bound = stateOf(await backend.send('POST', '/auth/phone-number', { token, json }))
    await pushed(person, 'user_authorization_revoke', '8')
    expect(stateOf(await backend.send('GET', '/me', { token }))).toEqual(bound)
  })

  it.each([
    ['the number ends the session', '8', 401],
    ['the name leaves the session', '19', 200],
  ])('%s of who has only said that the account is theirs', async (_, taken, status) => {
    const { person, number: phone } = await settled()
    const json = { phone, smsCode: await backend.textCode(phone), isMine: true }
    const onWord = stateOf(await backend.send('POST', '/auth/login', { json }))
    expect(onWord.needsSecondProof).toBe(true)
    await pushed(person, 'user_authorization_revoke', taken)
    expect((await backend.send('GET', '/me', { token: onWord.accessToken })).status).toBe(status)
  })

  it('the picture leaves no file, nor of what was uploaded and not used', async () => {
    const before = (await state()).rows.avatars
    const { person, avatarUrl } = await settled()
    await pushed(person, 'user_authorization_revoke', '20')
    expect((await state()).rows.avatars).toEqual(before)
    expect((await backend.app.request(avatarUrl)).status).toBe(404)
  })

  it('what is no longer there keeps the token state', async () => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    await pushed(person, 'user_info_modified')
    await pushed(person, 'user_authorization_revoke', '8')
    expect(stateOf(await backend.send('GET', '/me', { token })).version).toBe(1)
  })
})

describe('a user who has left WeChat', () => {
  it('leaves nothing but the event of a deletion, and all tokens are dead', async () => {
    const [before, deleted] = [await state(), await deletions()]
    const { person, token, me } = await settled()
    const { accessToken: elsewhere } = await backend.signIn(person)
    await pushed(person, 'user_authorization_cancellation')
    expect(await state()).toEqual(before)
    expect(await deletions()).toBe(deleted + 1)
    expect((await me()).status).toBe(401)
    for (const dead of [token, elsewhere]) {
      expect((await backend.send('GET', '/me', { token: dead })).status).toBe(401)
    }
  })

  it.each([
    ['a unionid of its own', () => [makePerson()], 1],
    ['the same unionid', ({ unionid }: Person) => [{ ...makePerson(), unionid: unionid! }], 0],
    [
      'the same unionid, beside another',
      ({ unionid }: Person) => [makePerson(), { ...makePerson(), unionid: unionid! }],
      0,
    ],
  ])('leaves the person to another identity, with %s', async (_, relatives, lostCoupons) => {
    const number = makePhoneNumber()
    const { person, me } = await settled(makePerson(), number)
    const [other, ...more] = relatives(person)
    for (const one of more) await settled(one, number)
    const { token, me: others } = await settled(other, number)
    const [before, deleted] = [await backend.rows(), await deletions()]
    await pushed(person, 'user_authorization_cancellation')
    const rows = await backend.rows()
    expect(await deletions()).toBe(deleted)
    expect(rows.identities).toBe((before.identities ?? 0) - 1)
    expect(rows.people).toBe(before.people)
    expect((before.coupons ?? 0) - (rows.coupons ?? 0)).toBe(lostCoupons)
    expect((await me()).status).toBe(401)
    expect((await others()).body.data).toMatchObject({ nickname: '小林' })
    expect((await backend.send('GET', '/bookings', { token })).body.data).not.toEqual([])
  })

  it('and is somebody new at the next login', async () => {
    const { person } = await settled()
    await pushed(person, 'user_authorization_cancellation')
    const { accessToken: token } = await backend.signIn(person)
    const { body } = await backend.send('GET', '/me', { token })
    expect(body.data).toEqual({ nickname: null, avatarUrl: null, phoneNumber: null })
  })

  it('is gone by their own doing meanwhile: the event is content', async () => {
    const before = await state()
    const { person, token } = await settled()
    backend.beforeTransaction(() => backend.send('DELETE', '/auth/account', { token }))
    await pushed(person, 'user_authorization_cancellation')
    expect(await state()).toEqual(before)
  })

  it('in another app stays in this one', async () => {
    const { person, me } = await settled()
    const own = eq(identities.subject, person.openid)
    await backend.database.update(identities).set({ appId: 'wx-of-another' }).where(own)
    await pushed(person, 'user_authorization_cancellation')
    expect((await me()).status).toBe(200)
  })

  it('while everything happens at once leaves no orphans, and nothing fails', async () => {
    const before = await state()
    const { person, token, number, post } = await settled()
    const answers = [
      post('/auth/phone-number', sealedPhone(person, makePhoneNumber())),
      post('/auth/user-info', { nickname: '林林' }),
      post('/coupons', {}),
      backend.send('POST', '/auth/avatar', {
        token,
        form: formWith({ file: pictures['image/png'] }),
      }),
      post('/auth/phone-number', sealedPhone(person, number)),
    ]
    const login = backend.signIn(person)
    const [statuses] = await Promise.all([
      Promise.all(answers),
      pushed(person, 'user_authorization_revoke', '8'),
      pushed(person, 'user_authorization_cancellation'),
    ])
    expect(statuses.filter(({ status }) => status >= 500)).toEqual([])
    await login
    backend.pass(1)
    await pushed(person, 'user_authorization_cancellation')
    expect(await state()).toEqual(before)
  })
})

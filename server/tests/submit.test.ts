import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, stateOf, type Answer, type TestBackend } from './support/backend'
import {
  makePerson,
  makePhoneNumber,
  newSessionKey,
  phoneInfo,
  sealedPhone,
  sealedUserInfo,
  type Person,
} from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
  backend.wechat.script('token', { access_token: 'wechat-token', expires_in: 7_000_000 })
})
afterAll(() => backend.close())

const post = (path: string, token: string, json: unknown) =>
  backend.send('POST', path, { token, json })

const submitPhone = (token: string, json: unknown) => post('/auth/phone-number', token, json)
const submitUserInfo = (token: string, json: unknown) => post('/auth/user-info', token, json)

async function signedIn(person: Person = makePerson()) {
  return { person, token: (await backend.signIn(person)).accessToken }
}

/** Signs in and binds the number; returns the token state after it. */
async function bound(number: string, person = makePerson()) {
  const { token } = await signedIn(person)
  return stateOf(await submitPhone(token, sealedPhone(person, number)))
}

function expectProblem(answer: Answer, status: number, kind: string) {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.body.type).toBe(`/problems/${kind}`)
}

describe('POST /auth/phone-number', () => {
  it('takes a code, asks WeChat for the number, and the person has a uid', async () => {
    const { token, person } = await signedIn()
    backend.wechat.script('phone good', { errcode: 0, phone_info: phoneInfo(makePhoneNumber()) })

    const state = stateOf(await submitPhone(token, { code: 'good' }))

    expect(state).toMatchObject({ accessToken: token, hasPhoneNumber: true, version: 2 })
    expect(state.uid).toMatch(/^[\da-f-]{36}$/)
    expect(backend.wechat.calls.at(-1)).toMatchObject({
      query: { access_token: 'wechat-token' },
      body: { code: 'good', openid: person.openid },
    })
  })

  it('takes encrypted data', async () => {
    expect(await bound(makePhoneNumber())).toMatchObject({ hasPhoneNumber: true, version: 2 })
  })

  it('appears in every session of the person, and raises the version only when it changes', async () => {
    const { person, token: other } = await signedIn()
    const number = makePhoneNumber()
    const { accessToken, uid } = await bound(number, person)
    expect(stateOf(await backend.send('GET', '/me', { token: other }))).toMatchObject({
      uid,
      version: 2,
    })
    const again = await submitPhone(accessToken, sealedPhone(person, number))
    expect(stateOf(again).version).toBe(2)
  })

  it('refuses a code that WeChat refuses', async () => {
    const { token } = await signedIn()
    backend.wechat.script('phone used', { errcode: 40029, errmsg: 'invalid code' })
    const answer = await submitPhone(token, { code: 'used' })
    expectProblem(answer, 422, 'phone-code-refused')
    expect(stateOf(answer).hasPhoneNumber).toBe(false)
  })

  it.each([
    ['encrypted', (person: Person) => sealedPhone(person, makePhoneNumber(), 'wx-of-another')],
    ['for a code', () => ({ code: 'foreign' })],
  ])('refuses the watermark of another app, %s', async (_, body) => {
    const { person, token } = await signedIn()
    const json = body(person)
    if ('code' in json) {
      const phone_info = phoneInfo(makePhoneNumber(), 'wx-of-another')
      backend.wechat.script('phone foreign', { errcode: 0, phone_info })
    }
    const answer = await submitPhone(token, json)
    expectProblem(answer, 422, 'foreign-watermark')
    expect(stateOf(answer).hasPhoneNumber).toBe(false)
  })
})

describe('how old submitted data may be', () => {
  const minute = 60
  const answerAfter = async (wait: number, path: string, person: Person, json: object) => {
    backend.pass(wait)
    const { token } = await signedIn(person)
    return post(path, token, json)
  }

  it.each([
    ['a phone number', '/auth/phone-number', 10 * minute],
    ['user info', '/auth/user-info', 24 * 60 * minute],
  ])('%s: to the second', async (_, path, life) => {
    const seal = (person: Person) =>
      path === '/auth/phone-number'
        ? sealedPhone(person, makePhoneNumber())
        : sealedUserInfo(person, person.unionid)
    const [one, other] = [makePerson(), makePerson()]
    expect((await answerAfter(life, path, one, seal(one))).status).toBe(200)
    const old = await answerAfter(life + 1, path, other, seal(other))
    expectProblem(old, 409, 'session-key-expired')
    expect(JSON.parse(backend.log.at(-2)!)).toMatchObject({
      msg: 'submitted data is too old',
      kind: path === '/auth/phone-number' ? 'phoneNumber' : 'userInfo',
      minutes: life / minute,
    })
    const answer = await answerAfter(0, path, other, seal(other))
    expect(answer.status).toBe(200)
  })

  it('a phone number for a code, which WeChat stamps with the time of the press', async () => {
    const phone_info = phoneInfo(makePhoneNumber())
    backend.wechat.script('phone slow', { errcode: 0, phone_info })
    const answer = await answerAfter(10 * minute + 1, '/auth/phone-number', makePerson(), {
      code: 'slow',
    })
    expectProblem(answer, 409, 'session-key-expired')
    expect(stateOf(answer).hasPhoneNumber).toBe(false)
  })
})

const note = 'submitted data could not be opened'

describe('what cannot be opened gets one uniform 409', () => {
  const sealedByOther = () => sealedPhone(makePerson(), makePhoneNumber())
  const flip = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64')
    bytes[3] = (bytes[3] ?? 0) ^ 1
    return bytes.toString('base64')
  }
  const userInfo = (person: Person) => sealedUserInfo(person, 'union-submitted')
  const cases: [string, string, (person: Person) => object][] = [
    ['another key', '/auth/phone-number', sealedByOther],
    ['random bytes', '/auth/phone-number', () => ({ ...sealedByOther(), encryptedData: 'AAAA' })],
    [
      'a flipped bit',
      '/auth/phone-number',
      (person) => {
        const { encryptedData, iv } = sealedPhone(person, makePhoneNumber())
        return { encryptedData: flip(encryptedData), iv }
      },
    ],
    ['user info as a phone number', '/auth/phone-number', userInfo],
    ['another key', '/auth/user-info', () => userInfo(makePerson())],
    ['a wrong signature', '/auth/user-info', (p) => ({ ...userInfo(p), signature: 'f00d' })],
    ['tampered rawData', '/auth/user-info', (p) => ({ ...userInfo(p), rawData: '{}' })],
    [
      "another user's openid",
      '/auth/user-info',
      (person) => userInfo({ ...makePerson(), sessionKey: person.sessionKey }),
    ],
  ]

  it.each(cases)('%s, %s', async (fault, path, body) => {
    const { person, token } = await signedIn(makePerson({ unionid: false }))
    const isOpened = fault.startsWith("another user's")
    if (!isOpened) backend.wechat.script('check', { errcode: 87009 })
    const noted = isOpened || backend.logged(note)
    const before = await backend.rows()

    const answer = await post(path, token, body(person))

    expectProblem(answer, 409, 'session-key-expired')
    expect(answer.body).toEqual({
      type: '/problems/session-key-expired',
      title: expect.any(String) as string,
      status: 409,
      tokenState: expect.objectContaining({ hasUserInfo: false, version: 1 }) as object,
    })
    expect(await backend.rows()).toEqual(before)
    await noted
  })

  it.each([
    ['a live key', { errcode: 0 }, true],
    ['a dead key', { errcode: 87009 }, false],
    ['nothing of use', 'garbage' as const, 'unknown'],
  ])('and the log has what WeChat says of the key: %s', async (_, reply, isKeyLive) => {
    const { token } = await signedIn()
    backend.wechat.script('check', reply)
    const noted = backend.logged(note)
    expectProblem(await submitPhone(token, sealedByOther()), 409, 'session-key-expired')
    await noted
    expect(JSON.parse(backend.log.at(-1) ?? '')).toMatchObject({ msg: note, isKeyLive })
  })

  it('and the log has that the session has no key, where it began with a number', async () => {
    const phone = makePhoneNumber()
    const json = { phone, smsCode: await backend.textCode(phone) }
    const { accessToken: token } = stateOf(await backend.send('POST', '/auth/login', { json }))
    const noted = backend.logged(note)
    expectProblem(await submitPhone(token, sealedByOther()), 409, 'session-key-expired')
    await noted
    expect(JSON.parse(backend.log.at(-1) ?? '')).toMatchObject({ msg: note, isKeyLive: false })
  })

  it('without waiting for WeChat, which is asked about one user once a minute', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const checks = () => backend.wechat.calls.filter(({ path }) => path === '/wxa/checksession')
    const before = checks().length
    const [first, second] = [backend.wechat.hold('check'), backend.wechat.hold('check')]

    const answers = [await submitPhone(one.token, sealedByOther())]
    await first.arrived
    answers.push(await submitPhone(one.token, sealedByOther()))
    answers.push(await submitPhone(other.token, sealedByOther()))
    await second.arrived
    for (const answer of answers) expectProblem(answer, 409, 'session-key-expired')
    expect(
      checks()
        .slice(before)
        .map(({ query }) => query.openid),
    ).toEqual([one.person.openid, other.person.openid])

    for (const check of [first, second]) {
      const noted = backend.logged(note)
      check.reply({ errcode: 87009 })
      await noted
    }
    await submitPhone(one.token, sealedByOther())
    backend.pass(60)
    const third = backend.wechat.hold('check')
    await submitPhone(one.token, sealedByOther())
    await third.arrived
    const noted = backend.logged(note)
    third.reply({ errcode: 87009 })
    await noted
  })
})

describe('POST /auth/user-info', () => {
  it('learns the unionid from signed data, and nothing new from the same data again', async () => {
    const { person, token } = await signedIn(makePerson({ unionid: false }))
    const submit = async () =>
      stateOf(await submitUserInfo(token, sealedUserInfo(person, 'union-of-button')))
    expect(await submit()).toMatchObject({ hasUserInfo: true, version: 2 })
    expect(await submit()).toMatchObject({ hasUserInfo: true, version: 2 })
  })

  it('refuses the watermark of another app', async () => {
    const { person, token } = await signedIn(makePerson({ unionid: false }))
    const answer = await submitUserInfo(token, sealedUserInfo(person, 'union-x', 'wx-of-another'))
    expectProblem(answer, 422, 'foreign-watermark')
    expect(stateOf(answer).hasUserInfo).toBe(false)
  })

  it('keeps a nickname, but not the anonymous one', async () => {
    const { token } = await signedIn()
    await submitUserInfo(token, { nickname: '小林' })
    await submitUserInfo(token, { nickname: '微信用户' })
    expect((await backend.send('GET', '/me', { token })).body.data).toMatchObject({
      nickname: '小林',
    })
  })

  it('refuses a picture it has not issued', async () => {
    const { token } = await signedIn()
    const json = { nickname: '小林', avatarUrl: 'https://example.com/a.png' }
    const answer = await submitUserInfo(token, json)
    expectProblem(answer, 422, 'invalid-body')
    expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(['#/avatarUrl'])
  })
})

describe('the phone number joins people', () => {
  const personCount = async () => (await backend.rows()).people ?? 0

  it('who came by different identities: the older uid stays', async () => {
    const number = makePhoneNumber()
    const older = await bound(number)
    backend.pass(1)
    const count = await personCount()
    const newer = await bound(number)
    expect(newer.uid).toBe(older.uid)
    expect(await personCount()).toBe(count)
  })

  it('with their bookings, also when both had a uid', async () => {
    const [first, second] = [makePhoneNumber(), makePhoneNumber()]
    const elder = await bound(first)
    backend.pass(1)
    const person = makePerson()
    const younger = await bound(second, person)
    expect(younger.uid).not.toBe(elder.uid)
    const booking = { serviceId: 'family', name: '林', phone: '13800138000', address: '杭州' }
    await post('/bookings', younger.accessToken, { ...booking, date: backend.day(1) })

    const joined = stateOf(await submitPhone(younger.accessToken, sealedPhone(person, first)))

    expect(joined.uid).toBe(elder.uid)
    const { body } = await backend.send('GET', '/bookings', { token: elder.accessToken })
    expect(body.data).toHaveLength(1)
    expect(body.tokenState).toMatchObject({ version: elder.version + 1 })
  })

  it('with the booking that is being made meanwhile', async () => {
    const number = makePhoneNumber()
    const elder = await bound(number)
    backend.pass(1)
    const person = makePerson()
    const { accessToken } = await bound(makePhoneNumber(), person)
    backend.beforeTransaction(() => submitPhone(accessToken, sealedPhone(person, number)))

    const booking = { serviceId: 'family', name: '林', phone: '13800138000', address: '杭州' }
    const made = await post('/bookings', accessToken, { ...booking, date: backend.day(1) })

    expect(made.status).toBe(201)
    const { body } = await backend.send('GET', '/bookings', { token: elder.accessToken })
    expect(body.data).toEqual([made.body.data])
  })

  it('and the uid stays that is older, not the one of who was there first without any', async () => {
    const { person, token } = await signedIn()
    backend.pass(1)
    const number = makePhoneNumber()
    const registered = await bound(number)
    const joined = stateOf(await submitPhone(token, sealedPhone(person, number)))
    expect(joined.uid).toBe(registered.uid)
  })

  it('once when two bind the same number at the same time', async () => {
    const number = makePhoneNumber()
    const [one, other] = [await signedIn(), await signedIn()]
    const count = await personCount()
    const states = (
      await Promise.all(
        [one, other].map(({ person, token }) => submitPhone(token, sealedPhone(person, number))),
      )
    ).map(stateOf)
    expect(states[0]?.uid).toBe(states[1]?.uid)
    expect(await personCount()).toBe(count - 1)
  })

  it("without a deadlock when two bind each other's number", async () => {
    const [first, second] = [makePhoneNumber(), makePhoneNumber()]
    const [one, other] = [makePerson(), makePerson()]
    const [{ accessToken: a }, { accessToken: b }] = [
      await bound(first, one),
      await bound(second, other),
    ]
    const answers = await Promise.all([
      submitPhone(a, sealedPhone(one, second)),
      submitPhone(b, sealedPhone(other, first)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(new Set(answers.map((answer) => stateOf(answer).uid)).size).toBe(1)
  })

  it('and so does a unionid learned from the button', async () => {
    const relative = makePerson()
    await backend.signIn(relative)
    const { person, token } = await signedIn({
      openid: `${relative.openid}-b`,
      sessionKey: newSessionKey(),
    })
    const count = await personCount()
    await submitUserInfo(token, sealedUserInfo(person, relative.unionid ?? ''))
    expect(await personCount()).toBe(count - 1)
  })
})

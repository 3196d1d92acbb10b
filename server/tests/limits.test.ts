import { beforeEach, describe, expect, it } from 'vitest'
import { counters } from '../src/db/schema'
import { openTestBackend, type Answer, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, phoneInfo, sealedPhone } from './support/people'
import { formWith, pictures } from './support/pictures'

const limit = { count: 5, seconds: 60 }
const booking = { serviceId: 'family', name: '林小雨', phone: '13800138000', address: '杭州' }

let backend: TestBackend
/** Two apps on one database take the requests in turn. */
beforeEach(async () => {
  const limits = { logins: limit, phoneCodes: limit, uploads: limit, bookings: limit }
  backend = await openTestBackend({ limits, instances: 2 })
  return () => backend.close()
})

const logIn = (from: string) =>
  backend.send('POST', '/auth/login', { json: { code: backend.loginCode(makePerson()) }, from })

/** Somebody who may do everything, from an address of their own. */
let users = 0
async function signedIn() {
  const person = makePerson()
  const json = { code: backend.loginCode(person) }
  const login = await backend.send('POST', '/auth/login', { json, from: `192.0.2.${users++}` })
  const token = login.body.tokenState!.accessToken
  const bound = sealedPhone(person, makePhoneNumber())
  await backend.send('POST', '/auth/phone-number', { token, json: bound })
  return token
}

const times = (count: number, what: () => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, what))

function expect429(answer: Answer, seconds: number) {
  expect(answer.status).toBe(429)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.headers.get('Retry-After')).toBe(String(seconds))
  expect(answer.body).toMatchObject({ type: '/problems/too-many-requests', status: 429 })
}

const statusesOf = (answers: Answer[]) =>
  Object.fromEntries(
    [...new Set(answers.map(({ status }) => status))]
      .sort()
      .map((status) => [status, answers.filter((answer) => answer.status === status).length]),
  )

describe('of forty at once, exactly five', () => {
  it('logins of an address are let through, and the others do not ask WeChat', async () => {
    for (let code = 0; code < 5; code++) backend.wechat.script('login same', { errcode: 40029 })
    const json = { code: 'same' }
    const from = '203.0.113.1'
    const answers = await times(40, () => backend.send('POST', '/auth/login', { json, from }))
    expect(statusesOf(answers)).toEqual({ 401: 5, 429: 35 })
    expect(backend.wechat.calls).toHaveLength(5)
  })

  it('phone codes of an identity are asked for', async () => {
    const token = await signedIn()
    const phone_info = phoneInfo(makePhoneNumber())
    const replies = Array.from({ length: 5 }, () => ({ errcode: 0, phone_info }))
    backend.wechat.script('phone same', ...replies)
    const json = { code: 'same' }
    const submit = () => backend.send('POST', '/auth/phone-number', { token, json })
    // Each of the two apps fetches a token of its own.
    const access = { access_token: 'wechat-token', expires_in: 7200 }
    backend.wechat.script('token', access, access)
    const first = [await submit(), await submit()]
    const answers = [...first, ...(await times(38, submit))]
    expect(statusesOf(answers)).toEqual({ 200: 5, 429: 35 })
  })

  it('uploads of an identity are looked at', async () => {
    const token = await signedIn()
    const upload = () =>
      backend.send('POST', '/auth/avatar', {
        token,
        form: formWith({ file: 'no picture' }),
      })
    expect(statusesOf(await times(40, upload))).toEqual({ 415: 5, 429: 35 })
  })

  it('bookings of an identity are made', async () => {
    const token = await signedIn()
    let note = 0
    const book = () => {
      const json = { ...booking, date: backend.day(1), note: String(note++) }
      return backend.send('POST', '/bookings', { token, json })
    }
    expect(statusesOf(await times(40, book))).toEqual({ 201: 5, 429: 35 })
    const { body } = await backend.send('GET', '/bookings', { token })
    expect(body.data).toHaveLength(5)
  })
})

describe('above a limit', () => {
  it('the answer says in how many seconds the time is over, and then all begins anew', async () => {
    await times(5, () => logIn('203.0.113.2'))
    backend.pass(20)
    const again = { json: { code: 'not asked for' }, from: '203.0.113.2' }
    expect429(await backend.send('POST', '/auth/login', again), 40)
    backend.pass(40)
    expect(statusesOf(await times(5, () => logIn('203.0.113.2')))).toEqual({ 200: 5 })
  })

  it('a request that brings its login is not performed, whatever its route', async () => {
    await times(5, () => logIn('203.0.113.3'))
    const headers = { Authorization: 'WxLogin not-asked-for' }
    expect429(await backend.send('GET', '/services', { headers, from: '203.0.113.3' }), 60)
  })

  it('sessions of that address go on, and so does everybody elsewhere', async () => {
    const [first] = await times(5, () => logIn('203.0.113.4'))
    const token = first!.body.tokenState!.accessToken
    expect((await backend.send('GET', '/me', { token, from: '203.0.113.4' })).status).toBe(200)
    expect((await logIn('203.0.113.5')).status).toBe(200)
  })

  it('a 429 to a session has its token state', async () => {
    const token = await signedIn()
    const upload = () =>
      backend.send('POST', '/auth/avatar', {
        token,
        form: formWith({ file: pictures['image/png'] }),
      })
    await times(5, upload)
    const answer = await upload()
    expect429(answer, 60)
    expect(answer.body.tokenState).toMatchObject({ hasPhoneNumber: true })
  })

  it('all addresses of one IPv6 network are one', async () => {
    await times(5, () => logIn('2001:db8:1:2::1'))
    const json = { code: 'not asked for' }
    const send = (from: string) => backend.send('POST', '/auth/login', { json, from })
    expect429(await send('2001:db8:1:2:ffff:ffff:ffff:ffff'), 60)
    expect((await logIn('2001:db8:1:3::1')).status).toBe(200)
  })
})

it('a limit holds for a user who deletes the account and logs in again', async () => {
  const person = makePerson()
  const signIn = async () => {
    const json = { code: backend.loginCode(person) }
    const login = await backend.send('POST', '/auth/login', { json, from: '198.51.100.1' })
    return login.body.tokenState!.accessToken
  }
  const upload = (token: string) =>
    backend.send('POST', '/auth/avatar', { token, form: formWith({ file: pictures['image/png'] }) })
  const token = await signIn()
  await times(5, () => upload(token))
  await backend.send('DELETE', '/auth/account', { token })
  expect429(await upload(await signIn()), 60)
  const keys = (await backend.database.select().from(counters)).map(({ key }) => key)
  expect(keys.filter((key) => key.includes(person.openid))).toEqual([])
})

it('a request with a session is not counted where its route has no limit', async () => {
  const token = await signedIn()
  const before = await backend.database.$count(counters)
  for (const path of ['/me', '/services', '/bookings', '/auth/token-state']) {
    expect((await backend.send('GET', path, { token })).status).toBe(200)
  }
  expect(await backend.database.$count(counters)).toBe(before)
})

it('a new counter clears away at most ten that have expired', async () => {
  const expired = Array.from({ length: 25 }, (_, number) => ({
    key: `logins of ${number}`,
    count: 1,
    expiresAt: new Date(backend.now() - 1000),
  }))
  await backend.database.insert(counters).values(expired)
  const counts: number[] = []
  for (const from of ['a', 'b', 'c', 'c']) {
    await logIn(`2001:db8:${from}::1`)
    counts.push(await backend.database.$count(counters))
  }
  expect(counts).toEqual([16, 7, 3, 3])
})

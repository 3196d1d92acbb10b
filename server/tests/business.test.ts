import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from './support/backend'
import { makePerson, sealedPhone, sealedUserInfo } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

async function customer(number: string) {
  const person = makePerson()
  const { accessToken: token } = await backend.signIn(person)
  const json = sealedPhone(person, number)
  await backend.send('POST', '/auth/phone-number', { token, json })
  return token
}

const bookingOn = (date: string) => ({
  serviceId: 'small-van',
  name: '林小雨',
  phone: '0571-8888 6666',
  address: '杭州市西湖区文一路 1 号',
  date,
  note: '有一只猫\n和一架钢琴',
})

it.each([
  ['en-US,en;q=0.9', 'Small van'],
  ['zh-CN,zh;q=0.9,en;q=0.8', '小面搬家'],
  ['fr, en;q=0.5', 'Small van'],
  ['en;q=0.5, zh;q=0.9', '小面搬家'],
  ['EN-GB', 'Small van'],
  ['fr, en;q=0', '小面搬家'],
  ['ja', '小面搬家'],
])('names them to who asks for %s', async (language, name) => {
  const headers = { 'Accept-Language': language }
  const { body } = await backend.send('GET', '/services', { headers })
  expect(body.data).toContainEqual(expect.objectContaining({ id: 'small-van', name }))
})

it('says why it asks in the language of the request', async () => {
  const { accessToken: token } = await backend.signIn(makePerson())
  const headers = { 'Accept-Language': 'en' }
  const { body } = await backend.send('POST', '/bookings', { token, headers, json: {} })
  expect(body.challenges).toBe('getPhoneNumber reason="So that the movers can reach you"')
})

it('shows guests the services, and no token state', async () => {
  const { status, headers, body } = await backend.send('GET', '/services')
  expect(status).toBe(200)
  expect(headers.get('Cache-Control')).toBeNull()
  expect(Object.keys(body)).toEqual(['data'])
  expect(body.data).toContainEqual({
    id: 'small-van',
    name: '小面搬家',
    description: expect.any(String) as string,
    price: 19_900,
    isVirtual: false,
  })
  expect(body.data).toContainEqual(
    expect.objectContaining({ id: 'packing-course', isVirtual: true }),
  )
})

describe('bookings', () => {
  it('are made, and listed to their owner only, newest first, without a full phone number', async () => {
    const [mine, other] = [await customer('13800008000'), await customer('13800008001')]

    const booking = bookingOn(backend.day(1))
    const made = await backend.send('POST', '/bookings', { token: mine, json: booking })
    backend.pass(1)
    await backend.send('POST', '/bookings', { token: mine, json: { ...booking, note: undefined } })

    expect(made.status).toBe(201)
    expect(made.body.data).toEqual({
      ...booking,
      id: expect.any(String) as string,
      serviceName: '小面搬家',
      phone: '057****6666',
      createdAt: new Date(backend.now() - 1000).toISOString(),
    })
    const { body } = await backend.send('GET', '/bookings', { token: mine })
    expect(body.data).toMatchObject([{ note: null }, { note: booking.note }])
    expect((await backend.send('GET', '/bookings', { token: other })).body.data).toEqual([])
  })

  it('sent again within ten minutes are the same one, also at the same moment', async () => {
    const [token, other] = [await customer('13800008004'), await customer('13800008005')]
    const json = bookingOn(backend.day(1))
    const book = async (own = token, changes = {}) => {
      const sent = { token: own, json: { ...json, ...changes } }
      const { status, body } = await backend.send('POST', '/bookings', sent)
      expect(status).toBe(201)
      return (body.data as { id: string }).id
    }
    const [first, second] = await Promise.all([book(), book()])
    expect(second).toBe(first)
    backend.pass(9 * 60)
    expect(await book()).toBe(first)
    const without = { note: undefined }
    const unlike = [await book(token, without), await book(token, { date: backend.day(2) })]
    expect(await book(token, without)).toBe(unlike[0])
    unlike.push(await book(other))
    backend.pass(2 * 60)
    unlike.push(await book())
    expect(new Set([first, ...unlike]).size).toBe(5)
    const { body } = await backend.send('GET', '/bookings', { token })
    expect(body.data).toHaveLength(4)
  })

  it('are not made of a virtual good, for which nobody comes', async () => {
    const token = await customer('13800008006')
    const json = { ...bookingOn(backend.day(1)), serviceId: 'packing-course' }
    const { status, body } = await backend.send('POST', '/bookings', { token, json })
    expect([status, body.type]).toEqual([422, '/problems/invalid-body'])
    expect(body.errors).toEqual([{ pointer: '#/serviceId', detail: '线上商品无需预约上门' }])
    expect((await backend.send('GET', '/bookings', { token })).body.data).toEqual([])
  })

  it('need the phone number', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    const before = await backend.rows()
    const json = bookingOn(backend.day(1))
    expect((await backend.send('POST', '/bookings', { token, json })).status).toBe(401)
    expect(await backend.rows()).toEqual(before)
    expect((await backend.send('GET', '/bookings', { token })).body.data).toEqual([])
  })
})

describe('the day of a booking, in China', () => {
  it.each([
    ['is not before today', -1, 422],
    ['may be today', 0, 201],
    ['may be a year ahead', 365, 201],
    ['is not later', 366, 422],
  ])('%s', async (_, days, status) => {
    const token = await customer('13800008002')
    const json = bookingOn(backend.day(days))
    expect((await backend.send('POST', '/bookings', { token, json })).status).toBe(status)
  })

  it('changes at midnight there, eight hours before UTC', async () => {
    const today = backend.day(0)
    const midnight = Date.parse(`${backend.day(1)}T00:00:00+08:00`)
    backend.pass((midnight - backend.now()) / 1000 - 1)
    const token = await customer('13800008003')
    const book = () => backend.send('POST', '/bookings', { token, json: bookingOn(today) })
    expect((await book()).status).toBe(201)
    backend.pass(1)
    expect((await book()).status).toBe(422)
  })
})

describe('GET /me', () => {
  it('masks the phone number', async () => {
    const token = await customer('13812348765')
    const { body } = await backend.send('GET', '/me', { token })
    expect(body.data).toEqual({ nickname: null, avatarUrl: null, phoneNumber: '138****8765' })
  })

  it('has the number in full only at an address of its own, which no cache keeps', async () => {
    const token = await customer('13812348765')
    const own = await backend.send('GET', '/me/phone-number', { token })
    expect(own.body.data).toEqual({ phoneNumber: '+8613812348765' })
    expect(own.headers.get('Cache-Control')).toBe('no-store')

    const { accessToken } = await backend.signIn(makePerson())
    const asked = await backend.send('GET', '/me/phone-number', { token: accessToken })
    expect(asked.body.challenges).toBe('getPhoneNumber')
  })

  it('knows who has given nothing yet', async () => {
    const { accessToken: token } = await backend.signIn(makePerson())
    const { body } = await backend.send('GET', '/me', { token })
    expect(body.data).toEqual({ nickname: null, avatarUrl: null, phoneNumber: null })
  })
})

describe('POST /coupons', () => {
  it('asks for the unionid and gives each WeChat user one coupon', async () => {
    const person = makePerson({ unionid: false })
    const { accessToken: token } = await backend.signIn(person)
    const refused = await backend.send('POST', '/coupons', { token })
    expect(refused.status).toBe(401)
    expect(refused.body.challenges).toMatch(/^getUserInfo scope="unionid", reason\*=UTF-8''/)

    await backend.send('POST', '/auth/user-info', {
      token,
      json: sealedUserInfo(person, 'union-n'),
    })
    const [first, second] = await Promise.all([
      backend.send('POST', '/coupons', { token }),
      backend.send('POST', '/coupons', { token }),
    ])
    expect(first.body.data).toMatchObject({ name: '新人立减 50 元', amount: 5000 })
    expect(second.body.data).toEqual(first.body.data)
    expect((await backend.rows()).coupons).toBe(1)
  })
})

describe('browsers of another origin', () => {
  const headers = { Origin: 'https://h5.example' }

  it('may send what the client sends', async () => {
    const preflight = await backend.app.request('/bookings', {
      method: 'OPTIONS',
      headers: {
        ...headers,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,replaces-token',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(preflight.headers.get('Access-Control-Max-Age')).toBe('600')
    const methods = preflight.headers.get('Access-Control-Allow-Methods')
    expect(methods).toBe('GET,HEAD,POST,PUT,DELETE')
    const allowed = preflight.headers.get('Access-Control-Allow-Headers')?.split(',')
    expect(allowed).toEqual(['Authorization', 'Content-Type', 'Replaces-Token', 'Scan-Secret'])
  })

  it.each([
    ['a success', 'GET', '/services', 200],
    ['a challenge', 'GET', '/me', 401],
    ['a problem', 'GET', '/nowhere', 404],
  ])('may read the headers of %s', async (_, method, path, status) => {
    const answer = await backend.send(method, path, { headers })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(answer.headers.get('Access-Control-Expose-Headers')).toBe(
      'WWW-Authenticate,Token-State,Retry-After,X-Request-Id',
    )
    expect(answer.headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/)
  })
  it('have nothing of their user to send along: no cookie is set, and none signs in', async () => {
    const json = { code: backend.loginCode(makePerson()) }
    const login = await backend.send('POST', '/auth/login', { json, headers })
    const token = login.body.tokenState!.accessToken
    const Cookie = `accessToken=${token}; Authorization=Bearer%20${token}`
    const asked = await backend.send('GET', '/me', { headers: { ...headers, Cookie } })
    expect([login.status, asked.status]).toEqual([200, 401])
    for (const answer of [login, asked]) {
      expect(answer.headers.get('Set-Cookie')).toBeNull()
      expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    }
  })
})

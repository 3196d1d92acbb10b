import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, readAnswer, type TestBackend } from './support/backend'
import { listen } from './support/listen'
import { makePerson, makePhoneNumber, sealedPhone, sealedUserInfo } from './support/people'

let backend: TestBackend
let token = ''
const person = makePerson()
beforeAll(async () => {
  backend = await openTestBackend()
  token = (await backend.signIn(person)).accessToken
  const json = sealedPhone(person, makePhoneNumber())
  await backend.send('POST', '/auth/phone-number', { token, json })
})
afterAll(() => backend.close())

async function sendRaw(
  method: string,
  path: string,
  body?: string | Uint8Array,
  type = 'application/json',
) {
  const headers = { Authorization: `Bearer ${token}`, ...(type && { 'Content-Type': type }) }
  const init = { method, headers, ...(body !== undefined && { body }) }
  return readAnswer(await backend.app.request(path, init))
}

const booking = () => ({
  serviceId: 'family',
  name: '林小雨',
  phone: '13800138000',
  address: '杭州市西湖区',
  date: backend.day(1),
})
const mebibyte = 1024 * 1024

describe('is refused with a problem, and nothing is written', () => {
  const posts = ['/auth/login', '/auth/user-info', '/auth/phone-number', '/bookings']
  type Case = [string, number, () => ReturnType<typeof sendRaw>]
  const cases: Case[] = [
    ...posts.flatMap((path): Case[] => [
      [`malformed JSON to ${path}`, 400, () => sendRaw('POST', path, '{"code":')],
      [`an empty body to ${path}`, 400, () => sendRaw('POST', path, '')],
      [`bytes that are not UTF-8 to ${path}`, 400, () => sendRaw('POST', path, badUtf8)],
      [`an array to ${path}`, 422, () => sendRaw('POST', path, '[]')],
      [`null to ${path}`, 422, () => sendRaw('POST', path, 'null')],
      [`wrong types to ${path}`, 422, () => sendRaw('POST', path, '{"code":1,"name":{}}')],
      [`a form to ${path}`, 415, () => sendRaw('POST', path, 'code=1', 'text/plain')],
      [`no content type to ${path}`, 415, () => sendRaw('POST', path, badUtf8, '')],
      [`1 MiB and a byte to ${path}`, 413, () => sendRaw('POST', path, ' '.repeat(mebibyte + 1))],
    ]),
    [
      '16 KiB and a byte to a route for guests',
      413,
      () => sendRaw('POST', '/auth/login', ' '.repeat(16 * 1024 + 1)),
    ],
    ['an unknown route', 404, () => sendRaw('GET', '/nowhere')],
    ['an unknown route, posted to', 404, () => sendRaw('POST', '/auth/nowhere', '{}')],
    ['a method not served', 405, () => sendRaw('DELETE', '/bookings')],
    ['a login by GET', 405, () => sendRaw('GET', '/auth/login')],
    [
      'a code of control characters',
      422,
      () => sendRaw('POST', '/auth/login', '{"code":"\\u0000"}'),
    ],
    ...[
      ['/auth/login', { code: 'a\ud800b' }],
      ['/auth/phone-number', { code: '\udc00' }],
      ['/auth/user-info', { nickname: '\ud83d' }],
      ['/auth/user-info', { ...sealedUserInfo(person, 'union-y'), rawData: '\ud83d' }],
    ].map(([path, json]): Case => [
      `half a character to ${path as string}`,
      422,
      () => sendRaw('POST', path as string, JSON.stringify(json)),
    ]),
    [
      'half of the encrypted members',
      422,
      () => sendRaw('POST', '/auth/phone-number', '{"iv":""}'),
    ],
    [
      'encrypted user info without its signature',
      422,
      () => {
        const { encryptedData, iv } = sealedUserInfo(person, 'union-x')
        return sendRaw('POST', '/auth/user-info', JSON.stringify({ encryptedData, iv }))
      },
    ],
  ]
  const badUtf8 = new Uint8Array([0x22, 0xff, 0x22])

  it.each(cases)('%s: %i', async (_, status, sendIt) => {
    const before = await backend.rows()
    const refused = await sendIt()
    expect(refused.status).toBe(status)
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
    expect(refused.body).toMatchObject({ status, type: expect.stringMatching(/^\/problems\//) })
    expect(await backend.rows()).toEqual(before)
  })
})

describe('a booking is refused', () => {
  it.each([
    ['serviceId', undefined],
    ['serviceId', 'rocket'],
    ['name', ''],
    ['name', '   '],
    ['name', '林'.repeat(51)],
    ['name', 'a\u0000b'],
    ['name', 'a\ud800b'],
    ['name', 'a\udc00'],
    ['phone', '12'],
    ['phone', 'call me'],
    ['address', 7],
    ['address', '\udfff\ud83d'],
    ['date', '2026-02-29'],
    ['date', '2026-13-01'],
    ['date', '28.02.2026'],
    ['date', '0000-01-01'],
    ['date', '2001-01-01'],
    ['date', '9999-12-31'],
    ['note', 'x'.repeat(501)],
    ['note', 'a\u0000b'],
    ['note', '一行\n\ud800'],
  ])('for its %s %j, in Chinese', async (field, value) => {
    const before = await backend.rows()
    const refused = await sendRaw(
      'POST',
      '/bookings',
      JSON.stringify({ ...booking(), [field]: value }),
    )
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toEqual([
      { pointer: `#/${field}`, detail: expect.stringMatching(/^\p{Script=Han}/u) as string },
    ])
    expect(refused.body.tokenState).toBeDefined()
    expect(await backend.rows()).toEqual(before)
  })

  it('with one error for each member at fault', async () => {
    const { body } = await sendRaw('POST', '/bookings', '{}')
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(
      ['serviceId', 'name', 'phone', 'address', 'date'].map((field) => `#/${field}`),
    )
  })
})

it('takes SQL for the text that it is', async () => {
  const name = "'); drop table bookings; --"
  const made = await sendRaw('POST', '/bookings', JSON.stringify({ ...booking(), name }))
  expect([made.status, made.body.data]).toMatchObject([201, { name }])
  const { body } = await sendRaw('GET', `/bookings?id=${encodeURIComponent("1' or '1'='1")}`)
  expect(body.data).toMatchObject([{ name }])
})

it.each([
  ['DELETE', '/bookings', 'GET, HEAD, POST'],
  ['GET', '/auth/login', 'POST'],
  ['PUT', '/auth/ways/password', 'DELETE'],
])('names the methods that a route does serve: %s %s', async (method, path, allowed) => {
  const { status, headers } = await sendRaw(method, path)
  expect([status, headers.get('Allow')]).toEqual([405, allowed])
})

it.each(['/', '/auth/ways/password/more', '/auth/ways/', '/more/bookings', '/bookings.json'])(
  'serves nothing at %s',
  async (path) => {
    const { status, headers } = await sendRaw('PUT', path)
    expect([status, headers.get('Allow')]).toEqual([404, null])
  },
)

it.each([
  'application/json',
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json ; charset=utf-8',
  'application/vnd.of-somebody+json',
  'application/problem+json; charset=utf-8',
])('takes JSON as %s', async (type) => {
  const { status } = await sendRaw('POST', '/bookings', JSON.stringify(booking()), type)
  expect(status).toBe(201)
})

it.each([
  'application/jsonp',
  'application/x',
  'application/+json',
  'application/a b+json',
  'application/x+jsonp',
  'text/json',
  'x-application/json',
  'application/json charset=utf-8',
])('takes no JSON as %s', async (type) => {
  const { status } = await sendRaw('POST', '/bookings', JSON.stringify(booking()), type)
  expect(status).toBe(415)
})

it('drops the blanks around what somebody has typed', async () => {
  const typed = { ...booking(), name: ' 林小雨\n' }
  const { body } = await sendRaw('POST', '/bookings', JSON.stringify(typed))
  expect(body.data).toMatchObject({ name: '林小雨' })
})

it('takes a body of exactly 1 MiB', async () => {
  const json = JSON.stringify({ ...booking(), more: '' })
  const padded = json.replace('""', `"${'x'.repeat(mebibyte - Buffer.byteLength(json))}"`)
  expect(Buffer.byteLength(padded)).toBe(mebibyte)
  expect((await sendRaw('POST', '/bookings', padded)).status).toBe(201)
})

describe('over a real connection', () => {
  let server: Awaited<ReturnType<typeof listen>>
  beforeAll(async () => {
    server = await listen(backend)
  })
  afterAll(() => server.close())

  it.each([
    ['with its length', { 'Content-Length': String(4 * mebibyte) }],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('4 MiB %s are answered 413 as well', async (_, headers) => {
    const sending = httpRequest({
      port: server.port,
      path: '/bookings',
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    })
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>
    const closed = once(sending, 'close')
    sending.end(Buffer.alloc(4 * mebibyte, 0x20))
    const [response] = await answered
    expect(response.statusCode).toBe(413)
    expect(JSON.parse(await text(response))).toMatchObject({ type: '/problems/body-too-large' })
    // Had the server hung up on the rest of the body, this would reject.
    await closed
  })
})

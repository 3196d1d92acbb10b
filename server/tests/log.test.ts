import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../src/log'
import { appSecret, openTestBackend, type TestBackend } from './support/backend'
import {
  makePerson,
  makePhoneNumber,
  phoneInfo,
  sealedPhone,
  sealedUserInfo,
} from './support/people'
import { formWith, pictures } from './support/pictures'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

it('has a line for each request and no secret, whatever goes wrong', async () => {
  const { send, wechat, database } = backend
  const began = performance.now()
  const person = makePerson({ unionid: false })
  const number = makePhoneNumber()
  const booked = { name: '林小雨', phone: '13800138000', address: '杭州市西湖区' }
  const secrets = [appSecret, person.openid, person.sessionKey, number, ...Object.values(booked)]

  backend.app.get('/fails/:secret', (c) =>
    database.execute(sql`select ${c.req.param('secret')}::int`).then(() => c.text('')),
  )

  const code = backend.loginCode(person)
  const login = await send('POST', '/auth/login', { json: { code } })
  const token = login.body.tokenState?.accessToken ?? ''
  secrets.push(code, token, 'union-secret', 'wechat-secret', 'phone-secret', 'query-secret')

  wechat.script('token', { access_token: 'wechat-secret', expires_in: 7200 })
  wechat.script('check', { errcode: 87009 })
  wechat.script('phone phone-secret', 'garbage', { errcode: 0, phone_info: phoneInfo(number) })
  wechat.script('login refused-secret', { errcode: 40029, errmsg: 'refused-secret' })
  secrets.push('refused-secret', 'silent-secret')

  const statuses: number[] = []
  const note = async (answer: ReturnType<typeof send>) => statuses.push((await answer).status)
  const foul = sealedPhone(makePerson(), number)
  const foulNoted = backend.logged('submitted data could not be opened')
  await note(send('POST', '/auth/login', { json: { code: 'refused-secret' } }))
  const silent = { headers: { Authorization: 'WxLogin silent-secret' } }
  await note(backend.unanswered('login silent-secret', () => send('GET', '/me', silent)))
  await note(send('POST', '/auth/phone-number', { token, json: foul }))
  await foulNoted
  await note(send('POST', '/auth/phone-number', { token, json: { code: 'phone-secret' } }))
  await note(send('POST', '/auth/phone-number', { token, json: { code: 'phone-secret' } }))
  const info = sealedUserInfo(person, 'union-secret')
  await note(send('POST', '/auth/user-info', { token, json: info }))
  const booking = { ...booked, serviceId: 'family', date: backend.day(1) }
  await note(send('POST', '/bookings', { token, json: booking }))
  await note(send('GET', `/bookings?token=query-secret&phone=${number}`, { token }))
  await note(send('GET', `/nowhere/${token}`, { token }))
  await note(send('GET', `/fails/${number}`, { token }))
  await note(send('GET', `/fails/${token}`, { token }))

  const nickname = 'Lin-of-the-log'
  const form = () => formWith({ file: pictures['image/png'] })
  const stored = await send('POST', '/auth/avatar', { token, form: form() })
  const { avatarUrl } = stored.body.data as { avatarUrl: string }
  const name = avatarUrl.slice(-43)
  await note(send('POST', '/auth/user-info', { token, json: { nickname, avatarUrl } }))
  await note(send('POST', '/auth/user-info', { token, json: { avatarUrl: `${avatarUrl}/x` } }))
  await note(send('POST', '/avatars/' + name))
  await note(send('GET', '/avatars/' + 'N'.repeat(43)))
  // The database fails, in words that name the picture.
  const fails = () => Promise.reject(new Error(`no row of ${name} for ${token}`))
  backend.before('select "bytes"', fails)
  await note(send('GET', '/avatars/' + name))
  backend.beforeTransaction(fails)
  await note(send('POST', '/auth/avatar', { token, form: form() }))
  secrets.push(nickname, name, 'N'.repeat(43))

  await note(send('POST', '/auth/logout', { token }))
  expect(statuses).toEqual([
    401, 503, 409, 503, 200, 200, 201, 200, 404, 500, 500, 200, 422, 405, 404, 500, 500, 204,
  ])

  const most = performance.now() - began
  const lines = backend.log.map((line) => JSON.parse(line) as { msg: string; ms?: number })
  const requests = lines.filter(({ msg }) => msg === 'answered')
  expect(requests).toHaveLength(statuses.length + 2)
  expect(requests.filter(({ ms = NaN }) => !(ms >= 0 && ms <= Math.ceil(most)))).toEqual([])
  expect(requests[0]).toMatchObject({ method: 'POST', route: '/auth/login', status: 200 })
  const kinds = new Set(lines.map(({ msg }) => msg))
  expect(kinds).toContain('WeChat failed')
  expect(kinds).toContain('submitted data could not be opened')
  expect(lines.find(({ msg }) => msg === 'WeChat failed')).toMatchObject({
    requestId: expect.any(String) as string,
    reason: 'unavailable',
  })
  expect(lines.find(({ msg }) => msg === 'failed')).toMatchObject({
    requestId: expect.any(String) as string,
    error: { name: 'Error', stack: expect.any(Array) as string[] },
  })
  const log = backend.log.join('')
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
})

it('has no line of an error message that looks like one of its stack', () => {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  const error = new Error('Failed query\nparams: the note\n    at a secret place', {
    cause: new Error('\n at a secret place, too'),
  })
  const changed = new Error('\n  at a secret place')
  changed.message = 'another'
  log.error({ error }, 'failed')
  log.error({ error: changed }, 'failed')
  expect(lines.join('')).not.toContain('secret')
  expect(lines[0]).toContain('log.test')
})

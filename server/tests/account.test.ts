import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type Answer, type TestBackend } from './support/backend'
import {
  makePerson,
  makePhoneNumber,
  newSessionKey,
  sealedPhone,
  sealedUserInfo,
} from './support/people'
import { formWith, pictures } from './support/pictures'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

/** What somebody does, each with an access token of theirs. */
function someone(self = makePerson(), number = makePhoneNumber()) {
  const send = (method: string, path: string) => (token: string, json?: object) =>
    backend.send(method, path, { token, json })
  const booking = { serviceId: 'family', name: '林小雨', phone: '13800138000', address: '杭州' }
  return {
    self,
    number,
    signIn: async (headers = {}) => (await backend.signIn(self, headers)).accessToken,
    bind: (token: string) => send('POST', '/auth/phone-number')(token, sealedPhone(self, number)),
    book: (token: string) => send('POST', '/bookings')(token, { ...booking, date: backend.day(1) }),
    coupon: send('POST', '/coupons'),
    submit: send('POST', '/auth/user-info'),
    upload(token: string) {
      const form = formWith({ file: pictures['image/png'] })
      return backend.send('POST', '/auth/avatar', { token, form })
    },
    bookings: send('GET', '/bookings'),
    me: send('GET', '/me'),
    remove: send('DELETE', '/auth/account'),
  }
}

const addressOf = ({ body }: Answer) => (body.data as { avatarUrl: string }).avatarUrl

/** Somebody with something in every table, known by three identities and two unionids. */
async function settled() {
  const one = someone()
  const token = await one.signIn()
  await one.bind(token)
  await one.book(token)
  await one.coupon(token)
  const avatarUrl = addressOf(await one.upload(token))
  await one.submit(token, { avatarUrl, nickname: '小林' })
  await one.upload(token)

  const relative = await backend.signIn({ ...one.self, openid: `${one.self.openid}-elsewhere` })
  const other = someone(makePerson(), one.number)
  const replaced = await other.signIn()
  const fresh = await other.signIn({ 'Replaces-Token': replaced })
  await other.coupon(fresh)
  await other.bind(fresh)
  return { ...one, token, tokens: [token, relative.accessToken, replaced, fresh], avatarUrl }
}

function expectDead(answer: Answer) {
  expect(answer.status).toBe(401)
  expect(answer.headers.get('WWW-Authenticate')).toContain('error="invalid_token"')
  expect(answer.body).not.toHaveProperty('tokenState')
}

describe('DELETE /auth/account', () => {
  it('leaves nothing of the person in any table, and all of everybody else', async () => {
    const neighbour = await settled()
    const before = await backend.rows()
    const { tokens, avatarUrl, remove } = await settled()
    const filled = await backend.rows()
    for (const [table, count] of Object.entries(filled)) {
      expect(count, table).toBeGreaterThan(before[table] ?? 0)
    }

    const answer = await remove(tokens[1]!)

    expect(answer.status).toBe(204)
    expect(answer.body).toEqual({})
    expect(await backend.rows()).toEqual(before)
    for (const token of tokens) expectDead(await backend.send('GET', '/me', { token }))
    expect((await backend.app.request(avatarUrl)).status).toBe(404)
    for (const token of neighbour.tokens) {
      expect((await neighbour.me(token)).body.data).toMatchObject({
        nickname: '小林',
        avatarUrl: neighbour.avatarUrl,
      })
    }
    expect((await neighbour.bookings(neighbour.token)).body.data).toHaveLength(1)
    expect((await backend.app.request(neighbour.avatarUrl)).status).toBe(200)
  })

  it('makes the next login one of a new person', async () => {
    const one = await settled()
    await one.remove(one.token)
    const token = await one.signIn()
    const { body } = await one.me(token)
    expect(body.data).toEqual({ nickname: null, avatarUrl: null, phoneNumber: null })
    expect(body.tokenState).toMatchObject({ hasPhoneNumber: false, version: 1 })
    expect((await one.bookings(token)).body.data).toEqual([])
    expect((await one.bind(token)).status).toBe(200)
  })

  it('lets the session of somebody else live who uses the same phone', async () => {
    const [one, other] = [someone(), someone()]
    const token = await one.signIn()
    const theirs = await other.signIn({ 'Replaces-Token': token })
    await one.remove(token)
    expect((await other.me(theirs)).status).toBe(200)
  })

  it('needs a session', async () => {
    const refused = await backend.send('DELETE', '/auth/account')
    expect(refused.status).toBe(401)
    const one = someone()
    const token = await one.signIn()
    await one.remove(token)
    expectDead(await one.remove(token))
  })
})

describe('an account that is deleted while', () => {
  it.each(['book', 'coupon'] as const)('a %s is made has none', async (what) => {
    const before = await backend.rows()
    const one = someone()
    const token = await one.signIn()
    await one.bind(token)
    backend.beforeTransaction(() => one.remove(token))
    expectDead(await one[what](token))
    expect(await backend.rows()).toEqual(before)
  })

  it.each(['upload', 'bind', 'submit', 'seal'] as const)(
    'something is submitted (%s) does not keep it',
    async (what) => {
      const before = await backend.rows()
      const one = someone()
      const token = await one.signIn()
      const submits = {
        upload: () => one.upload(token),
        bind: () => one.bind(token),
        submit: () => one.submit(token, { nickname: '小林' }),
        seal: () => one.submit(token, sealedUserInfo(one.self, `${one.self.unionid}-new`)),
      }
      backend.beforeTransaction(() => one.remove(token))
      expectDead(await submits[what]())
      expect(await backend.rows()).toEqual(before)
    },
  )

  it('its session keys are looked for is gone, too', async () => {
    const one = someone()
    const token = await one.signIn()
    backend.before('select "id", "provider"', () => one.remove(token))
    expectDead(await one.bind(token))
  })

  it.each([
    ['before WeChat has answered', 'held'],
    ['before its transaction', 'waiting'],
  ])('its user logs in, %s, makes them a new person', async (_, moment) => {
    const before = await backend.rows()
    const one = someone()
    const token = await one.signIn()
    await one.submit(token, { nickname: '小林' })
    let login: Promise<string>
    if (moment === 'held') {
      const held = backend.wechat.hold('login held')
      const json = { code: 'held' }
      const answered = backend.send('POST', '/auth/login', { json })
      await held.arrived
      await one.remove(token)
      const { openid, sessionKey: session_key, unionid } = one.self
      held.reply({ openid, session_key, unionid })
      login = answered.then(({ body }) => body.tokenState?.accessToken ?? '')
    } else {
      backend.beforeTransaction(() => one.remove(token))
      one.self.sessionKey = newSessionKey()
      login = one.signIn()
    }
    const fresh = await login
    expect((await one.me(fresh)).body.data).toMatchObject({ nickname: null })
    await one.remove(fresh)
    expect(await backend.rows()).toEqual(before)
  })

  it('it is deleted once more is deleted, and both get 204', async () => {
    const before = await backend.rows()
    const one = await settled()
    const [first = '', second = ''] = one.tokens
    backend.beforeTransaction(() => one.remove(second))
    expect((await one.remove(first)).status).toBe(204)
    expect(await backend.rows()).toEqual(before)
  })

  it('everything happens at once leaves no orphans, and nothing fails', async () => {
    const before = await backend.rows()
    const one = await settled()
    const [first = '', second = ''] = one.tokens
    const logins: Promise<string>[] = []
    const all = [first, second].flatMap((token) => [
      one.book(token),
      one.coupon(token),
      one.upload(token),
      one.remove(token),
      one.bind(token),
      one.submit(token, { nickname: '林林', avatarUrl: one.avatarUrl }),
      one.upload(token),
      one.book(token),
    ])
    logins.push(one.signIn(), one.signIn({ 'Replaces-Token': first }))
    const statuses = (await Promise.all(all)).map(({ status }) => status)
    expect(statuses.filter((status) => status >= 500)).toEqual([])
    expect(statuses).toContain(204)

    const fresh = await Promise.all(logins)
    const left = await Promise.all(fresh.map((token) => one.remove(token)))
    expect(left.every(({ status }) => status === 204 || status === 401)).toBe(true)
    expect(await backend.rows()).toEqual(before)
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../support/clock'
import { createHost } from '../../support/host'
import { isSpokenInCodes, KEY, openClient, stateOf } from '../../support/client'
import { outcomeOf } from '../../support/outcome'
import type { Credentials, Dialect } from '../../../src'

const openH5 = (token?: string) =>
  openClient({ host: createHost({ without: ['login', 'checkSession'] }), ...(token && { token }) })
type Client = ReturnType<typeof openH5>

const textCode = { phone: '13800138000', smsCode: '123456' }
const named = { 'WWW-Authenticate': 'Bearer realm="watchword", methods="wechat sms face password"' }
const wrong = { 'WWW-Authenticate': 'Bearer error="invalid_credentials"' }
const account = { phone: '138****5678', nickname: '小*', since: '2024' }
const confirmation = { type: 'https://api.example.com/problems/confirmation-needed', account }

/** Refuses all requests on the wire, and again where they are sent as a guest's. */
async function refuseAll({ host }: Client) {
  for (let round = 0; round < 2; round++) {
    for (const call of await host.takeAll('GET')) await call.answer(401, {}, named)
  }
}

describe('guarantees 6 and 15: a login where there is no silent one', () => {
  it.each([
    ['without a session', undefined],
    ['with a dead token', 'dead'],
  ])('%s: ten requests open one prompt, and the right password replays them', async (_, token) => {
    const client = openH5(token)
    const { host, auth } = client
    const prompts: unknown[] = []
    auth.subscribe(() => auth.prompt && prompts.push(auth.prompt))
    const all = Array.from({ length: 10 }, (_, n) => outcomeOf(auth.request(`/${n}`)))
    for (let round = 0; round < 3; round++) await refuseAll(client)
    expect(auth.prompt).toEqual({
      kind: 'login',
      methods: ['sms', 'password', 'wechat'],
      status: 'open',
    })
    expect(prompts).toHaveLength(1)

    const logIn = (password: string) => auth.submitLogin({ phone: textCode.phone, password })
    void logIn('wrong')
    await (await host.take('POST /auth/login')).answer(401, {}, wrong)
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'login_rejected' })
    expect(auth.prompt?.methods).toEqual(['sms', 'password', 'wechat'])
    expect(all.every(({ is }) => is === 'pending')).toBe(true)
    const open = outcomeOf(auth.request('/open'))
    await (await host.take('GET /open')).answer(200, { data: 'open' })
    expect(open.value).toBe('open')

    void logIn('right')
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect(auth.prompt).toBe(null)
    host.serve = ({ authorization }) => ({ status: authorization ? 200 : 401, data: { data: 1 } })
    for (const call of await host.takeAll('GET')) {
      expect(call.authorization).toBe('Bearer n')
      await call.answer(200, { data: 1 })
    }
    expect(all.map(({ value }) => value)).toEqual(Array(10).fill(1))
  })

  it('declining settles them all, and the next request asks again', async () => {
    const client = openH5()
    const { auth } = client
    const all = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    await refuseAll(client)
    auth.cancelPrompt()
    await flush()
    for (const one of all) expect(one).toMatchObject({ error: { code: 'prompt_cancelled' } })
    void auth.request('/c').catch(() => {})
    await refuseAll(client)
    expect(auth.prompt?.kind).toBe('login')
  })

  it('a request that must not ask says what the backend wanted', async () => {
    const client = openH5()
    const one = outcomeOf(client.auth.request({ url: '/a', interactive: false }))
    await refuseAll(client)
    expect(client.auth.prompt).toBe(null)
    expect(one.error).toMatchObject({ code: 'prompt_unavailable', challenge: { scheme: 'Bearer' } })
  })

  it('a guest’s late 401 is replayed by the session that has begun meanwhile', async () => {
    const client = openH5('dead')
    const { host, auth } = client
    const late = outcomeOf(auth.request('/late'))
    await (await host.take('GET /late')).answer(401)
    const call = await host.take('GET /late')
    void auth.login(textCode)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await call.answer(401)
    const again = await host.take('GET /late')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(200, { data: 1 })
    expect(late.value).toBe(1)
  })

  it('a session that is refused at once rejects: nobody is asked in circles', async () => {
    const client = openH5()
    const { host, auth } = client
    const one = outcomeOf(auth.request('/a'))
    await refuseAll(client)
    void auth.submitLogin(textCode)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await (await host.take('GET /a')).answer(401)
    expect(one.error).toMatchObject({ code: 'login_rejected' })
    expect(auth.prompt).toBe(null)
  })

  it('a session that ends while a number is asked for leads to the login, then to the number', async () => {
    const client = openH5('t')
    const { host, auth } = client
    const booking = outcomeOf(auth.request('/book'))
    const asks = { 'WWW-Authenticate': 'getPhoneNumber proof="sms"' }
    await (await host.take('GET /book')).answer(401, {}, asks)
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', proof: 'sms', status: 'open' })
    void auth.request('/other').catch(() => {})
    for (let round = 0; round < 2; round++) await refuseAll(client)
    expect(auth.prompt?.kind).toBe('login')
    void auth.submitLogin({ phone: textCode.phone, password: 'p' })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await (await host.take('GET /book')).answer(401, {}, asks)
    expect(auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
    void auth.submitPhoneNumber(textCode)
    const state = stateOf('n', { hasPhoneNumber: true })
    await (await host.take('POST /auth/phone-number')).answer(200, { tokenState: state })
    await (await host.take('GET /book')).answer(200, { data: 'booked' })
    expect(booking.value).toBe('booked')
  })
})

describe('guarantee 18: a number with its text code', () => {
  async function openPrompt(proof = 'getPhoneNumber proof="sms"', client: Client = openH5('t')) {
    const { host, auth } = client
    const waiting = outcomeOf(auth.request('/book'))
    await (await host.take('GET /book')).answer(401, {}, { 'WWW-Authenticate': proof })
    return { ...client, waiting }
  }

  it('is handed over as it was given', async () => {
    const { host, auth } = await openPrompt()
    void auth.submitPhoneNumber(textCode)
    const call = await host.take('POST /auth/phone-number')
    expect(call.body).toEqual(textCode)
    expect(auth.prompt?.status).toBe('submitting')
  })

  it.each([401, 403, 422])('that is refused with %i keeps session and prompt', async (status) => {
    const { host, auth, waiting } = await openPrompt()
    void auth.submitPhoneNumber(textCode)
    await (await host.take('POST /auth/phone-number')).answer(status, {}, wrong)
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'login_rejected', proof: 'sms' })
    expect(auth.tokenState?.accessToken).toBe('t')
    expect(waiting.is).toBe('pending')
    host.assertIdle()
  })

  it('on a dead token is the login as well', async () => {
    const { host, auth, waiting } = await openPrompt()
    void auth.submitPhoneNumber(textCode)
    await (await host.take('POST /auth/phone-number')).answer(401)
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual(textCode)
    await login.answer(200, { tokenState: stateOf('n', { hasPhoneNumber: true }) })
    await (await host.take('GET /book')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
  })

  const tooOld = 'WxLogin, Bearer error="insufficient_user_authentication", max_age="600"'
  it.each([
    ['a dead token', {}],
    ['a login that is too old', { 'WWW-Authenticate': tooOld }],
  ])('on %s in WeChat costs a silent login, and is sent again', async (_, headers) => {
    const { host, auth } = await openPrompt('getPhoneNumber', openClient({ token: 't' }))
    void auth.submitPhoneNumber(textCode)
    await (await host.take('POST /auth/phone-number')).answer(401, {}, headers)
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-1' })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    const again = await host.take('POST /auth/phone-number')
    expect(again.body).toEqual(textCode)
    expect(again.authorization).toBe('Bearer n')
  })

  it('is asked for where the button’s number is another account’s', async () => {
    const { host, auth, waiting } = await openPrompt('getPhoneNumber')
    expect(auth.prompt).not.toHaveProperty('proof')
    void auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' })
    const asks = { 'WWW-Authenticate': 'getPhoneNumber proof="sms"' }
    await (await host.take('POST /auth/phone-number')).answer(401, {}, asks)
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'proof_needed', proof: 'sms' })
    expect(auth.tokenState?.accessToken).toBe('t')
    expect(waiting.is).toBe('pending')
    void auth.submitPhoneNumber(textCode)
    expect(auth.prompt).toMatchObject({ status: 'submitting', proof: 'sms' })
    expect(auth.prompt).not.toHaveProperty('error')
    await (await host.take('POST /auth/phone-number')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /book')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
  })

  it('is refused for good if it is refused again after a login that it did not ask for', async () => {
    const { host, auth } = openClient({ token: 't' })
    const given = outcomeOf(auth.submitPhoneNumber(textCode))
    await (await host.take('POST /auth/phone-number')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await (await host.take('POST /auth/phone-number')).answer(401)
    expect(given.error).toMatchObject({ code: 'login_rejected' })
    host.assertIdle()
  })

  it('asks whose the account is, and takes the answer', async () => {
    const { host, auth } = await openPrompt()
    void auth.submitPhoneNumber(textCode)
    await (await host.take('POST /auth/phone-number')).answer(409, confirmation)
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'confirmation_needed', account })
    void auth.submitPhoneNumber({ ...textCode, isMine: false })
    expect(auth.prompt).not.toHaveProperty('account')
    expect((await host.take('POST /auth/phone-number')).body).toEqual({
      ...textCode,
      isMine: false,
    })
  })
})

describe('guarantee 25: what a user types', () => {
  it('asks whose the account is at a login, too; the error shows it to nobody else', async () => {
    const { host, auth } = openH5()
    const login = outcomeOf(auth.login(textCode))
    await (await host.take('POST /auth/login')).answer(409, confirmation)
    expect(login.error).toMatchObject({ code: 'confirmation_needed', account })
    expect(JSON.stringify(login.error)).not.toContain('138')
    void auth.login({ ...textCode, isMine: true })
    expect((await host.take('POST /auth/login')).body).toEqual({ ...textCode, isMine: true })
  })

  it('shows of the account what the backend says as text or as a number', async () => {
    const { host, auth } = openH5()
    const login = outcomeOf(auth.login(textCode))
    const hint = { phone: null, nickname: { name: '小' }, since: 2024 }
    await (await host.take('POST /auth/login')).answer(409, { ...confirmation, account: hint })
    expect((login.error as { account?: unknown }).account).toEqual({ since: '2024' })
  })

  it.each<[string, Credentials]>([
    ['a text code', textCode],
    ['a password', { phone: textCode.phone, password: 'brown boxes' }],
    ['a new password', { ...textCode, newPassword: 'brown boxes' }],
    ['a scan', { scan: { id: 'i', secret: 'brown boxes' } }],
  ])('%s is in no error, warning or storage, whatever comes of it', async (_, credentials) => {
    const { host, auth, warnings } = openH5()
    const ends = [401, 409, 422, 429, 500, 'network', 'timeout'] as const
    for (const end of ends) {
      const login = outcomeOf(auth.login(credentials))
      const call = (await host.takeAll(''))[0]!
      if (typeof end === 'number') await call.answer(end, { title: 'no' })
      else await call.fail(end)
      const { error } = login as { error: Error & { cause?: unknown } }
      const shown = [error.message, error.stack, JSON.stringify(error), JSON.stringify(error.cause)]
      expect(shown.join()).not.toMatch(/138\d{8}|123456|brown boxes/)
    }
    expect(JSON.stringify([[...host.storage], warnings])).not.toMatch(/138|123456|brown boxes/)
  })
})

describe('guarantee 6: two tabs', () => {
  const stored = (token: string, at: number) => JSON.stringify({ state: stateOf(token), at })

  it('a login in the other replays what waits here', async () => {
    const client = openH5()
    const { host, auth } = client
    const one = outcomeOf(auth.request('/a'))
    await refuseAll(client)
    await host.storeElsewhere(KEY, stored('theirs', host.clock.now()))
    expect(auth.prompt).toBe(null)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer theirs')
    await again.answer(200, { data: 1 })
    expect(one.value).toBe(1)
  })

  it('a logout in the other ends what runs here, and tells the backend nothing twice', async () => {
    const { host, auth } = openH5('t')
    const one = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    await host.storeElsewhere(KEY, JSON.stringify({ signedOut: true }))
    expect(one.error).toMatchObject({ code: 'signed_out' })
    expect(auth).toMatchObject({ tokenState: null, signedOut: true })
    expect(call.isAborted).toBe(true)
    host.assertIdle()
    expect(host.storage.get(KEY)).toBe(JSON.stringify({ signedOut: true }))
  })

  it('a session that the other has lost is lost here', async () => {
    const { host, auth } = openH5('t')
    let changes = 0
    auth.subscribe(() => changes++)
    await host.storeElsewhere(KEY, undefined)
    expect(auth).toMatchObject({ tokenState: null, signedOut: false })
    expect(changes).toBe(1)
  })

  it('so is one that the other has cleared with all it has stored', () => {
    const host = createHost({ without: ['login', 'checkSession'] })
    let clear = (_key: null) => {}
    host.platform.onStored = (listener) => void (clear = listener)
    const { auth } = openClient({ host, token: 't' })
    host.storage.clear()
    clear(null)
    expect(auth.tokenState).toBe(null)
  })

  it('what storage does not show is no news, until it can be read again', async () => {
    const { host, auth } = openH5('t')
    host.broken.add('getItem')
    await host.storeElsewhere(KEY, stored('theirs', host.clock.now()))
    expect(auth.tokenState?.accessToken).toBe('t')
    host.broken.clear()
    await host.storeElsewhere(KEY, stored('next', host.clock.now()))
    expect(auth.tokenState?.accessToken).toBe('next')
  })

  it('what storage did not show at the start is no news, but what is stored later is', async () => {
    const host = createHost({ without: ['login', 'checkSession'] })
    host.broken.add('getItem')
    const { auth } = openClient({ host })
    host.broken.clear()
    await host.storeElsewhere(KEY, stored('before', host.clock.now()))
    expect(auth.tokenState).toBe(null)
    await host.storeElsewhere(KEY, stored('later', host.clock.now()))
    expect(auth.tokenState?.accessToken).toBe('later')
  })

  it('nothing is no news, whatever the host returns for it: a session in memory stays', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.platform.getItem = (key) => host.storage.get(key) ?? ''
    void auth.login().catch(() => {})
    await (await host.take('POST /auth/login')).answer(403)
    expect(host.storage.size).toBe(0)
    host.broken.add('setItem')
    void auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await host.storeElsewhere(KEY, undefined)
    expect(auth.tokenState?.accessToken).toBe('n')
  })

  it('what is stored under another key, or the same again, changes nothing', async () => {
    const { host, auth } = openH5('t')
    let changes = 0
    auth.subscribe(() => changes++)
    await host.storeElsewhere('other', 'x')
    await host.storeElsewhere(KEY, stored('t', host.clock.now()))
    await host.storeElsewhere(KEY, stored('t', host.clock.now() + 1))
    expect(changes).toBe(0)
  })

  it('a logout in the other counts here, also without a session', async () => {
    const { host, auth } = openH5()
    await host.storeElsewhere(KEY, JSON.stringify({ signedOut: true }))
    expect(auth.signedOut).toBe(true)
  })

  it('a login in the other is no logout: a check that is on its way goes on', async () => {
    const { host, auth } = openH5('t')
    const check = outcomeOf(auth.verify())
    const call = await host.take('GET /auth/token-state')
    await host.storeElsewhere(KEY, stored('theirs', host.clock.now()))
    await call.answer(200, {})
    expect(check.value).toMatchObject({ accessToken: 'theirs' })
  })

  it('what was asked in the name of a session that the other has lost is not asked any more', async () => {
    const client = openH5('t')
    const { host, auth } = client
    const one = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401, {}, { 'WWW-Authenticate': 'getPhoneNumber' })
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    await host.storeElsewhere(KEY, undefined)
    expect(auth.prompt).toBe(null)
    const guest = await host.take('GET /a')
    expect(guest.authorization).toBe(undefined)
    await guest.answer(200, { data: 1 })
    expect(one.value).toBe(1)
  })

  it('but a login that was asked for is still asked for', async () => {
    const { host, auth } = openH5('t')
    const one = outcomeOf(auth.request('/a'))
    const tooOld = 'Bearer error="insufficient_user_authentication"'
    await (await host.take('GET /a')).answer(401, {}, { 'WWW-Authenticate': tooOld })
    expect(auth.prompt?.kind).toBe('login')
    // The other has stored the same token anew, and then none.
    for (const text of [stored('t', host.clock.now() + 1), undefined]) {
      await host.storeElsewhere(KEY, text)
      expect(auth.prompt?.kind).toBe('login')
    }
    expect(one.is).toBe('pending')
    host.assertIdle()
  })

  it('a login of the user that is on its way does not end the session of a token refused meanwhile', async () => {
    const { host, auth } = openH5('t')
    const one = outcomeOf(auth.request('/a'))
    const refused = await host.take('GET /a')
    const login = outcomeOf(auth.login(textCode))
    const call = await host.take('POST /auth/login')
    await refused.answer(401, {}, named)
    expect(auth.tokenState?.accessToken).toBe('t')
    await call.answer(200, { tokenState: stateOf('n') })
    expect(login.value).toMatchObject({ accessToken: 'n' })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(one.value).toBe(1)
  })
})

describe('guarantee 12: a request in nobody’s name', () => {
  it('waits for nothing, carries nothing, and a 401 is an answer as others', async () => {
    const { host, auth } = openClient({ concurrency: 1, token: 't' })
    host.login = 'silent'
    void auth.request('/slow')
    void auth.login().catch(() => {})
    const one = outcomeOf(auth.request({ url: '/open', credentials: 'omit' }))
    const call = await host.take('GET /open')
    expect(call.authorization).toBe(undefined)
    await call.answer(401, { tokenState: stateOf('smuggled') })
    expect(one.error).toMatchObject({ name: 'HttpError', status: 401 })
    expect(auth.tokenState?.accessToken).toBe('t')
    expect(auth.prompt).toBe(null)
  })
})

// It has a dialect of its own.
describe.skipIf(isSpokenInCodes)('guarantee 27: what is asked of users, in a dialect', () => {
  it.each([
    [{ kind: 'login', methods: ['password', 'sms'] }, undefined, { methods: ['sms', 'password'] }],
    [{ kind: 'login' }, undefined, {}],
    [{ kind: 'prompt', ask: 'getPhoneNumber', proof: 'sms' }, 't', { proof: 'sms' }],
  ] as const)('%o opens the prompt it says', async (reading, token, more) => {
    const host = createHost({ without: ['login'] })
    const dialect: Dialect = { read: () => reading }
    const { auth } = openClient({ host, ...(token && { token }), dialect })
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(200)
    const kind = reading.kind === 'login' ? 'login' : 'getPhoneNumber'
    expect(auth.prompt).toEqual({ kind, ...more, status: 'open' })
  })
})

import { describe, expect, it } from 'vitest'
import { answerAll, asking, challenge, phoneCode } from '../../../support/challenged'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import { createHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { createBench, KEY, stateOf, type Bench } from '../../../support/signedIn'

async function logIn({ host }: Bench, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('promise 5: carried logins that overtake each other', () => {
  it('all end: a late first answer does not leave the next carried login without an end', async () => {
    const bench = createBench()
    const { host, auth } = bench
    const first = outcomeOf(auth.request('/first'))
    const other = outcomeOf(auth.request('/other'))
    const firstCall = await host.take('GET /first')
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(500)
    expect(other).toMatchObject({ error: { code: 'login_rejected', status: 500 } })
    await host.clock.advance(1_500)
    const second = outcomeOf(auth.request('/second'))
    const secondCall = await host.take('GET /second')
    expect(secondCall.authorization).toMatch(/^WxLogin /)
    await host.clock.advance(1_500)
    await firstCall.answer(200, { data: 1, tokenState: stateOf('first') })
    expect(auth.tokenState?.accessToken).toBe('first')
    await host.clock.advance(500)
    await secondCall.answer(200, { data: 2, tokenState: stateOf('second') })
    expect([first.value, second.value]).toEqual([1, 2])
    // The newer login's session is held, and nobody waits for ever.
    expect(auth.tokenState?.accessToken).toBe('second')
    const next = outcomeOf(auth.request('/next'))
    const nextCall = await host.take('GET /next')
    expect(nextCall.authorization).toBe('Bearer second')
    await nextCall.answer(200, { data: 3 })
    expect(next.value).toBe(3)
    const login = outcomeOf(auth.login())
    await logIn(bench)
    expect(login.is).toBe('resolved')
    expect(host.clock.pending).toBe(0)
  })

  it('leave the newer session alone when the late one comes after it', async () => {
    const { host, auth } = createBench()
    void auth.request('/first')
    const firstCall = await host.take('GET /first')
    await host.clock.advance(3_000)
    void auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await firstCall.answer(200, { data: 1, tokenState: stateOf('late', { version: 99 }) })
    expect(auth.tokenState?.accessToken).toBe('new')
  })
})

describe('promise 5: a first request that the backend refuses for its scheme', () => {
  it.each([400, 403])('(%i) is sent again once the login by POST is there', async (status) => {
    const bench = createBench()
    const { host, auth } = bench
    const first = outcomeOf(auth.request({ url: '/a', method: 'POST', data: { x: 1 } }))
    const other = outcomeOf(auth.request('/b'))
    await (await host.take('POST /a')).answer(status, { title: 'bad Authorization' })
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(200, { tokenState: stateOf('t') })
    const again = await host.take('POST /a')
    expect(again.authorization).toBe('Bearer t')
    expect(again.body).toEqual({ x: 1 })
    await again.answer(200, { data: 'done' })
    await (await host.take('GET /b')).answer(200, { data: 'b' })
    expect([first.value, other.value]).toEqual(['done', 'b'])
  })

  it.each([400, 403])(
    '(%i) keeps its own answer if that is what it is, or no login',
    async (status) => {
      const { host, auth } = createBench()
      const refused = outcomeOf(auth.request('/a'))
      await (await host.take('GET /a')).answer(status, { title: 'no' })
      await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
      await (await host.take('GET /a')).answer(status, { title: 'no' })
      expect(refused).toMatchObject({ error: { name: 'HttpError', status } })
      expect(host.sent).toHaveLength(3)

      const other = createBench()
      const failed = outcomeOf(other.auth.request('/a'))
      await (await other.host.take('GET /a')).answer(status, { title: 'no' })
      await (await other.host.take('POST /auth/login')).answer(500)
      expect(failed).toMatchObject({ error: { name: 'HttpError', status } })
    },
  )

  it('makes no request carry its login any more', async () => {
    const { host, auth } = createBench()
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(403)
    await (await host.take('POST /auth/login')).answer(401)
    await host.clock.advance(1_000)
    void auth.request('/b').catch(() => {})
    await host.take('POST /auth/login')
  })

  it('is not sent again when its refusal came with a session', async () => {
    const { host, auth } = createBench()
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(403, { title: 'no', tokenState: stateOf('t') })
    expect(outcome).toMatchObject({ error: { name: 'HttpError', status: 403 } })
    expect(auth.tokenState?.accessToken).toBe('t')
    host.assertIdle()
  })
})

describe('promise 6: nobody waits long for a silent wx.login', () => {
  it('a request without a session goes as a guest’s after 3 s, also the first one', async () => {
    const { host, auth } = createBench()
    host.login = 'silent'
    const all = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    await host.clock.advance(2_999)
    expect(host.sent).toHaveLength(0)
    await host.clock.advance(1)
    for (const call of await host.takeAll('GET')) {
      expect(call.authorization).toBeUndefined()
      await call.answer(200, { data: call.line })
    }
    expect(all.map(({ value }) => value)).toEqual(['GET /a', 'GET /b'])
    const later = outcomeOf(auth.request('/c'))
    await (await host.take('GET /c')).answer(200, { data: 'c' })
    expect(later.value).toBe('c')
    expect(host.clock.elapsed).toBe(3_000)
  })

  it('one that is refused waits on, and is sent again with the session', async () => {
    const bench = createBench()
    const { host, auth } = bench
    const wxLogin = holdLogin(host)
    const outcome = outcomeOf(auth.request('/a'))
    await host.clock.advance(3_000)
    await (await host.take('GET /a')).answer(401)
    await host.clock.advance(2_000)
    await wxLogin.give('slow')
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'slow' })
    await logIn(bench)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(wxLogin.calls).toBe(1)
  })

  it('waits again once the code is there: for the exchange', async () => {
    const bench = createBench()
    const { host, auth } = bench
    const wxLogin = holdLogin(host)
    void auth.login()
    await host.clock.advance(3_000)
    await wxLogin.give('slow')
    const outcome = outcomeOf(auth.request('/a'))
    await host.clock.advance(5_000)
    expect(await host.takeAll('GET')).toEqual([])
    await logIn(bench)
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('waits again for a login that is made once more after the background', async () => {
    const bench = createBench()
    const { host, auth } = bench
    const wxLogin = holdLogin(host)
    void auth.login()
    await host.clock.advance(3_000)
    await wxLogin.give('slow')
    await host.hide()
    await (await host.take('POST /auth/login')).fail('interrupted')
    await host.show()
    const outcome = outcomeOf(auth.request('/a'))
    await host.clock.advance(2_999)
    expect(await host.takeAll('GET')).toEqual([])
    await host.clock.advance(1)
    await (await host.take('GET /a')).answer(200, { data: 'guest' })
    expect(outcome.value).toBe('guest')
    await wxLogin.give('again')
    await logIn(bench)
    expect(auth.tokenState?.accessToken).toBe('n')
  })

  it('one whose token was not refused goes with that', async () => {
    const { host, auth } = createBench({ token: 't' })
    host.login = 'silent'
    void auth.login().catch(() => {})
    const outcome = outcomeOf(auth.request('/a'))
    await host.clock.advance(3_000)
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer t')
    await call.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('one whose token was refused does not go with it again', async () => {
    const { host, auth } = createBench({ token: 'dead' })
    host.login = 'silent'
    const refused = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401)
    const open = outcomeOf(auth.request('/open'))
    await host.clock.advance(3_000)
    const call = await host.take('GET /open')
    expect(call.authorization).toBeUndefined()
    await call.answer(200, { data: 1 })
    expect(open.value).toBe(1)
    await host.clock.advance(7_000)
    // No other token is to be had: it is tried as a guest's.
    const again = await host.take('GET /a')
    expect(again.authorization).toBeUndefined()
    await again.answer(401)
    expect(refused).toMatchObject({ error: { code: 'login_timeout' } })
  })
})

describe('promise 6: a host without a silent login', () => {
  const createH5 = (token = 'dead') =>
    createBench({ token, host: createHost({ without: ['login'] }) })

  it('drops a token that was refused: public requests go as a guest’s', async () => {
    const { host, auth } = createH5()
    const open = outcomeOf(auth.request('/open'))
    await (await host.take('GET /open')).answer(401)
    const again = await host.take('GET /open')
    expect(again.authorization).toBeUndefined()
    await again.answer(200, { data: 1 })
    expect(open.value).toBe(1)
    expect(auth.tokenState).toBe(null)
    expect(host.storage.size).toBe(0)
    const next = outcomeOf(auth.request('/next'))
    const nextCall = await host.take('GET /next')
    expect(nextCall.authorization).toBeUndefined()
    await nextCall.answer(200, { data: 2 })
    expect(next.value).toBe(2)
  })

  it('rejects with login_failed what needs a session', async () => {
    const { host, auth } = createH5()
    const all = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    for (const call of await host.takeAll('GET')) await call.answer(401)
    for (const call of await host.takeAll('GET')) {
      expect(call.authorization).toBeUndefined()
      await call.answer(401)
    }
    for (const one of all) expect(one).toMatchObject({ error: { code: 'login_failed' } })
    host.assertIdle()
  })

  it('takes the newer token that another tab has stored', async () => {
    const { host, auth } = createH5()
    const outcome = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    const stored = { state: stateOf('newer'), at: host.clock.now() }
    host.storage.set(KEY, JSON.stringify(stored))
    await call.answer(401)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer newer')
    await again.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('newer')
    expect(host.storage.get(KEY)).toBe(JSON.stringify(stored))
  })

  it('follows another tab in which the user has signed out', async () => {
    const { host, auth } = createH5()
    const outcome = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    host.storage.set(KEY, JSON.stringify({ signedOut: true }))
    await call.answer(401)
    const again = await host.take('GET /a')
    expect(again.authorization).toBeUndefined()
    await again.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(auth.signedOut).toBe(true)
    expect(host.storage.get(KEY)).toBe(JSON.stringify({ signedOut: true }))
  })

  it('uses a token that seems expired, as there is no other, until it is refused', async () => {
    const { host, auth } = createH5('old')
    await host.clock.advance(7_200_000)
    const outcome = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer old')
    await call.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('rejects verify() with login_failed, and the token is gone', async () => {
    const { host, auth } = createH5()
    const check = outcomeOf(auth.verify())
    await (await host.take('GET /auth/token-state')).answer(401)
    expect(check).toMatchObject({ error: { code: 'login_failed' } })
    expect(auth.tokenState).toBe(null)
  })
})

describe('promise 7: the wait after a failed login', () => {
  it('lasts as long as Retry-After said, whatever fails meanwhile', async () => {
    const { host, auth } = createBench()
    const fail = async (status: number, headers = {}) => {
      const outcome = outcomeOf(auth.login())
      await (await host.take('POST /auth/login')).answer(status, {}, headers)
      expect(outcome.is).toBe('rejected')
    }
    const isHeldBack = async () => {
      const outcome = outcomeOf(auth.verify())
      await flush()
      return outcome.is === 'rejected'
    }
    await fail(429, { 'Retry-After': '60' })
    await host.clock.advance(10_000)
    await fail(500)
    await host.clock.advance(10_000)
    await fail(429, { 'Retry-After': '1' })
    await host.clock.advance(39_999)
    expect(await isHeldBack()).toBe(true)
    await host.clock.advance(1)
    expect(await isHeldBack()).toBe(false)
    expect(host.logins).toBe(4)
  })

  it.each([
    ['without a session', undefined, undefined],
    ['after 401', 't', 401],
    ['after 409', 't', 409],
  ])('is not heeded by what the user submits (%s)', async (_name, token, status) => {
    const bench = createBench(token === undefined ? {} : { token })
    const { host, auth } = bench
    const failed = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(429, {}, { 'Retry-After': '600' })
    expect(failed.is).toBe('rejected')
    const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
    if (status) await (await host.take('POST /auth/phone-number')).answer(status)
    await logIn(bench)
    if (status === 409) return expect(submit).toMatchObject({ error: { code: 'press_again' } })
    await (await host.take('POST /auth/phone-number')).answer(200, {})
    expect(submit.is).toBe('resolved')
  })

  it('is told to a listener that asks when a refused login ends the session', async () => {
    const bench = createBench({ token: 't' })
    const { host, auth } = bench
    const checks: ReturnType<typeof outcomeOf>[] = []
    auth.subscribe(() => checks.push(outcomeOf(auth.verify())))
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(403)
    await flush()
    expect(login.is).toBe('rejected')
    expect(checks).toMatchObject([{ error: { code: 'login_rejected', status: 403 } }])
    expect(host.logins).toBe(1)
    host.assertIdle()
  })

  it('changes nothing else when a login without a session is refused', async () => {
    const bench = createBench()
    const { host, auth } = bench
    const told: unknown[] = []
    auth.subscribe(() => told.push(auth.tokenState))
    const late = outcomeOf(auth.request('/first'))
    const first = await host.take('GET /first')
    const other = outcomeOf(auth.request('/b'))
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(401)
    expect(other.is).toBe('rejected')
    expect(told).toEqual([])
    await first.answer(200, { data: 1, tokenState: stateOf('late') })
    expect(late.value).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('late')
  })
})

describe('promise 4: a token issued a moment ago', () => {
  it('is looked at again when it expired while the request waited for its place', async () => {
    const bench = createBench({ token: 'old', state: { expiresIn: 100 }, concurrency: 1 })
    const { host, auth } = bench
    await host.clock.advance(100_000)
    const [a, b] = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    await (
      await host.take('POST /auth/login')
    ).answer(200, { tokenState: stateOf('short', { expiresIn: 20 }) })
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer short')
    await host.clock.advance(21_000)
    await call.answer(200, { data: 1 })
    await logIn(bench)
    const next = await host.take('GET /b')
    expect(next.authorization).toBe('Bearer n')
    await next.answer(200, { data: 2 })
    expect([a!.value, b!.value]).toEqual([1, 2])
  })
})

describe('promise 2: a guest’s 401 when there is a session by now', () => {
  it.each([
    ['nothing', {}],
    ['a phone number', asking('getPhoneNumber')],
    ['an unknown scheme', asking('Basic')],
  ])('is replayed with it, whatever was asked for: %s', async (_name, headers) => {
    const bench = createBench()
    const { host, auth } = bench
    host.login = 'fail'
    const outcome = outcomeOf(auth.request('/a'))
    const guest = await host.take('GET /a')
    expect(guest.authorization).toBeUndefined()
    host.login = 'code'
    void auth.login()
    await logIn(bench)
    await guest.answer(401, {}, headers)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(auth.prompt).toBe(null)
  })
})

describe('promise 13: a logout between two logins', () => {
  it('keeps a login from beginning anew that was handed over in the same moment', async () => {
    const bench = createBench()
    const { host, auth } = bench
    const first = auth.request('/a')
    first.catch(() => {})
    const call = await host.take('GET /a')
    const login = outcomeOf(auth.login())
    // Its answer hands the login over, and whoever hears of the answer signs out.
    void first.then(() => auth.logout())
    await call.answer(200, { data: 1 })
    await flush()
    expect(login).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.onWire).toEqual([])
    expect(auth.signedOut).toBe(true)
  })

  it('does not let a login that waited for a press call wx.login', async () => {
    const host = createHost()
    host.encrypts = () => true
    const bench = createBench({ host, token: 't' })
    const { auth } = bench
    auth.pressPrompt()
    const held = outcomeOf(auth.login())
    await flush()
    expect(host.logins).toBe(0)
    await auth.logout()
    await flush()
    expect(host.logins).toBe(0)
    const again = outcomeOf(auth.login())
    await logIn(bench)
    expect(host.logins).toBe(1)
    expect(again.is).toBe('resolved')
    expect(held).toMatchObject({ error: { code: 'signed_out' } })
  })
})

describe('promise 14: a press after signing out', () => {
  it('is consent to sign in: it logs in, and submits', async () => {
    const bench = createBench({ token: 't' })
    const { host, auth } = bench
    await auth.logout()
    await (await host.take('POST /auth/logout')).answer(204)
    const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
    await logIn(bench)
    expect(auth.signedOut).toBe(false)
    const call = await host.take('POST /auth/phone-number')
    expect(call.authorization).toBe('Bearer n')
    await call.answer(200, { tokenState: stateOf('n', { hasPhoneNumber: true }) })
    expect(submit.is).toBe('resolved')
  })

  it('answers the requests that wait for the login, too', async () => {
    const bench = createBench()
    const { host, auth } = bench
    await auth.logout()
    const waiting = await challenge(bench, '/a', 'WxLogin')
    expect(auth.prompt?.kind).toBe('login')
    void auth.submitPhoneNumber(phoneCode)
    await logIn(bench)
    expect(auth.prompt).toBe(null)
    await (await host.take('POST /auth/phone-number')).answer(200, {})
    await answerAll(bench)
    expect(waiting.value).toBe('GET /a')
  })

  it('is none when the user refused in WeChat’s dialogue', async () => {
    const { host, auth } = createBench()
    await auth.logout()
    await expect(
      auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' }),
    ).rejects.toMatchObject({ code: 'prompt_denied' })
    expect(host.logins).toBe(0)
    expect(auth.signedOut).toBe(true)
  })
})

describe('promise 5: a first request that is aborted while it gets its code', () => {
  it('hands the code over whole, whatever the moment', async () => {
    for (let moment = 0; moment < 20; moment++) {
      const { host, auth } = createBench()
      const wxLogin = holdLogin(host)
      const task = auth.request('/a')
      task.catch(() => {})
      await flush()
      const aborting = (async () => {
        for (let i = 0; i < moment; i++) await null
        task.abort()
      })()
      await Promise.all([wxLogin.give('good'), aborting])
      void auth.login().catch(() => {})
      await flush()
      const bodies = host.sent.map(({ body }) => body).filter(Boolean)
      for (const body of bodies) expect(body).toEqual({ code: 'good' })
      expect(host.sent).toHaveLength(1)
    }
  })

  it('leaves its login to a late answer’s revocation, when the user signs out', async () => {
    const { host, auth } = createBench()
    void auth.request('/a').catch(() => {})
    const call = await host.take('GET /a')
    await host.clock.advance(3_000)
    await auth.logout()
    await call.answer(200, { data: 1, tokenState: stateOf('late') })
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    expect(auth.tokenState).toBe(null)
  })
})

describe('promise 13: a logout in the moment in which a carried login is handed over', () => {
  it('keeps whoever waits from logging in anew', async () => {
    const host = createHost()
    const { after } = host.platform
    let isLast = false
    // The end of a carried login’s time, and the user signs out in the same breath.
    host.platform.after = (ms, callback) =>
      after(ms, () => {
        callback()
        if (isLast) void auth.logout()
      })
    const { auth } = createBench({ host })
    void auth.request('/a').catch(() => {})
    await host.take('GET /a')
    const login = outcomeOf(auth.login())
    isLast = true
    await host.clock.advance(3_000)
    isLast = false
    await flush()
    expect(login).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.logins).toBe(1)
    expect(auth.signedOut).toBe(true)
  })
})

describe('promise 7: a request that does not need the login that failed', () => {
  it('goes on with the token at hand', async () => {
    const { host, auth } = createBench({ token: 't' })
    void auth.login().catch(() => {})
    const login = await host.take('POST /auth/login')
    const outcome = outcomeOf(auth.request('/a'))
    await login.answer(500)
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer t')
    await call.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('goes on with the session that a late first answer has brought', async () => {
    const { host, auth } = createBench()
    void auth.request('/first')
    const outcome = outcomeOf(auth.request('/other'))
    const first = await host.take('GET /first')
    await host.clock.advance(3_000)
    const login = await host.take('POST /auth/login')
    await first.answer(200, { data: 1, tokenState: stateOf('late') })
    await login.answer(500)
    const call = await host.take('GET /other')
    expect(call.authorization).toBe('Bearer late')
    await call.answer(200, { data: 2 })
    expect(outcome.value).toBe(2)
  })

  it('is replayed after a late 401, with the token that has replaced its own', async () => {
    const { host, auth } = createBench({ token: 't1' })
    const outcomes = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    const [a, b] = await host.takeAll('GET')
    await a!.answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t2') })
    void auth.login().catch(() => {})
    const login = await host.take('POST /auth/login')
    await b!.answer(401)
    await login.answer(500)
    const again = await host.take('GET /b')
    expect(again.authorization).toBe('Bearer t2')
    await again.answer(200, { data: 2 })
    expect(outcomes[1]!.value).toBe(2)
  })
})

describe('promise 6: where no other token is to be had', () => {
  it('a public request goes as a guest’s, again and again, while wx.login fails', async () => {
    const { host, auth } = createBench({ token: 'dead' })
    host.login = 'fail'
    host.serve = ({ authorization }) => ({
      status: authorization === undefined ? 200 : 401,
      data: { data: 'open' },
    })
    expect(await auth.request('/open')).toBe('open')
    expect(await auth.request('/open')).toBe('open')
    expect(auth.tokenState?.accessToken).toBe('dead')
    expect(host.logins).toBe(1)
  })

  it('the other tab’s token may be dead, too', async () => {
    const host = createHost({ without: ['login'] })
    const { auth } = createBench({ token: 'dead', host })
    const outcome = outcomeOf(auth.request('/open'))
    const call = await host.take('GET /open')
    host.storage.set(KEY, JSON.stringify({ state: stateOf('dead2'), at: host.clock.now() }))
    await call.answer(401)
    const second = await host.take('GET /open')
    expect(second.authorization).toBe('Bearer dead2')
    await second.answer(401)
    const third = await host.take('GET /open')
    expect(third.authorization).toBeUndefined()
    await third.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(auth.tokenState).toBe(null)
  })

  it('verify() says that the user has signed out in another tab', async () => {
    const host = createHost({ without: ['login'] })
    const { auth } = createBench({ token: 'dead', host })
    const check = outcomeOf(auth.verify())
    const call = await host.take('GET /auth/token-state')
    host.storage.set(KEY, JSON.stringify({ signedOut: true }))
    await call.answer(401)
    expect(check).toMatchObject({ error: { code: 'signed_out' } })
  })
})

describe('promise 6: the 3 s for a silent wx.login', () => {
  it.each([
    ['without a token', undefined],
    ['with a dead token', 'dead'],
  ])('count under verify(), too (%s)', async (_name, token) => {
    const { host, auth } = createBench(token === undefined ? {} : { token })
    host.login = 'silent'
    void auth.verify().catch(() => {})
    if (token) await (await host.take('GET /auth/token-state')).answer(401)
    const outcome = outcomeOf(auth.request('/open'))
    await host.clock.advance(3_000)
    const call = await host.take('GET /open')
    expect(call.authorization).toBeUndefined()
    await call.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('begin anew when the login is made once more after the background', async () => {
    const bench = createBench()
    const { host, auth } = bench
    const wxLogin = holdLogin(host)
    void auth.login()
    await flush()
    await wxLogin.give('first')
    await host.clock.advance(1_000)
    await host.hide()
    await (await host.take('POST /auth/login')).fail('interrupted')
    await host.clock.advance(1_000)
    await host.show()
    void auth.request('/a')
    await host.clock.advance(2_999)
    expect(host.onWire).toEqual([])
    await host.clock.advance(1)
    await host.take('GET /a')
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import { createHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, KEY, stateOf, type Client } from '../../../support/client'

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 6: nobody waits long for a silent wx.login', () => {
  it('a request without a session goes as a guest’s after 3 s, also the first one', async () => {
    const { host, auth } = openClient()
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
    const client = openClient()
    const { host, auth } = client
    const wxLogin = holdLogin(host)
    const outcome = outcomeOf(auth.request('/a'))
    await host.clock.advance(3_000)
    await (await host.take('GET /a')).answer(401)
    await host.clock.advance(2_000)
    await wxLogin.give('slow')
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'slow' })
    await logIn(client)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
    expect(wxLogin.calls).toBe(1)
  })

  it('waits again once the code is there: for the exchange', async () => {
    const client = openClient()
    const { host, auth } = client
    const wxLogin = holdLogin(host)
    void auth.login()
    await host.clock.advance(3_000)
    await wxLogin.give('slow')
    const outcome = outcomeOf(auth.request('/a'))
    await host.clock.advance(5_000)
    expect(await host.takeAll('GET')).toEqual([])
    await logIn(client)
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('waits again for a login that is made once more after the background', async () => {
    const client = openClient()
    const { host, auth } = client
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
    await logIn(client)
    expect(auth.tokenState?.accessToken).toBe('n')
  })

  it('one whose token was not refused goes with that', async () => {
    const { host, auth } = openClient({ token: 't' })
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
    const { host, auth } = openClient({ token: 'dead' })
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

  describe.each([
    ['was refused', 0],
    ['has expired', 7_200_000],
  ])('a guest’s 401 beside a token that %s', (_name, age) => {
    async function askAsGuest() {
      const client = openClient({ token: 'dead' })
      const { host, auth } = client
      const wxLogin = holdLogin(host)
      await host.clock.advance(age)
      const first = outcomeOf(auth.request('/first'))
      await flush()
      for (const call of await host.takeAll('GET /first')) await call.answer(401)
      await host.clock.advance(3_000)
      for (const call of await host.takeAll('GET /first')) await call.answer(401)
      const outcome = outcomeOf(auth.request('/a'))
      const call = await host.take('GET /a')
      expect(call.authorization).toBeUndefined()
      await call.answer(401)
      host.assertIdle()
      return { ...client, wxLogin, both: [first, outcome] }
    }

    it('waits for the login', async () => {
      const client = await askAsGuest()
      await client.wxLogin.give('slow')
      await logIn(client)
      for (const call of await client.host.takeAll('GET')) {
        expect(call.authorization).toBe('Bearer n')
        await call.answer(200, { data: 1 })
      }
      expect(client.both.map(({ value }) => value)).toEqual([1, 1])
    })

    it('is not asked for once more where the login fails', async () => {
      const { host, both } = await askAsGuest()
      await host.clock.advance(7_000)
      expect(await host.takeAll('GET /a')).toEqual([])
      expect(both[1]).toMatchObject({ error: { code: 'login_timeout' } })
    })
  })
})

describe('guarantee 6: a host without a silent login', () => {
  const createH5 = (token = 'dead') =>
    openClient({ token, host: createHost({ without: ['login'] }) })

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

  it('asks the user once for all that needs a session', async () => {
    const { host, auth } = createH5()
    const all = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    for (const call of await host.takeAll('GET')) await call.answer(401)
    for (const call of await host.takeAll('GET')) {
      expect(call.authorization).toBeUndefined()
      await call.answer(401)
    }
    for (const one of all) expect(one.is).toBe('pending')
    expect(auth.prompt).toEqual({ kind: 'login', status: 'open' })
    host.assertIdle()
  })

  it('sends again whose 401 comes late, once the user has logged in, whoever that is', async () => {
    const client = createH5()
    const { host, auth } = client
    const both = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    const [first, second] = await host.takeAll('GET')
    await first!.answer(401)
    await (await host.take('GET /a')).answer(401)
    await second!.answer(401)
    void auth.submitLogin({ phone: '13800138000', password: 'correct horse' })
    const tokenState = stateOf('n', { uid: 'u1' })
    await (await host.take('POST /auth/login')).answer(200, { tokenState })
    for (const call of await host.takeAll('GET')) await call.answer(200, { data: 1 })
    expect(both.map(({ value }) => value)).toEqual([1, 1])
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
    expect(outcome.error).toMatchObject({ code: 'signed_out' })
    expect(auth.signedOut).toBe(true)
    expect(host.storage.get(KEY)).toBe(JSON.stringify({ signedOut: true }))
    const next = outcomeOf(auth.request('/b'))
    const guest = await host.take('GET /b')
    expect(guest.authorization).toBeUndefined()
    await guest.answer(200, { data: 1 })
    expect(next.value).toBe(1)
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

describe('guarantee 6: where no other token is to be had', () => {
  it('a public request goes as a guest’s, again and again, while wx.login fails', async () => {
    const { host, auth } = openClient({ token: 'dead' })
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
    const { auth } = openClient({ token: 'dead', host })
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
    const { auth } = openClient({ token: 'dead', host })
    const check = outcomeOf(auth.verify())
    const call = await host.take('GET /auth/token-state')
    host.storage.set(KEY, JSON.stringify({ signedOut: true }))
    await call.answer(401)
    expect(check).toMatchObject({ error: { code: 'signed_out' } })
  })
})

describe('guarantee 6: the 3 s for a silent wx.login', () => {
  it.each([
    ['without a token', undefined],
    ['with a dead token', 'dead'],
  ])('count under verify(), too (%s)', async (_name, token) => {
    const { host, auth } = openClient(token === undefined ? {} : { token })
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
    const client = openClient()
    const { host, auth } = client
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

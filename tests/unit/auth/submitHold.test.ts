import { describe, expect, it } from 'vitest'
import {
  asking,
  challenge,
  givePhone,
  phoneCode,
  phoneData,
  userData,
} from '../../support/challenged'
import { flush } from '../../support/clock'
import { createHost } from '../../support/host'
import { outcomeOf } from '../../support/outcome'
import { createBench, stateOf, type Bench } from '../../support/signedIn'

/** A phone whose buttons give encrypted data. */
function createEncrypting(more: Parameters<typeof createBench>[0] = {}) {
  const host = createHost()
  host.encrypts = () => true
  return createBench({ token: 't', host, ...more })
}

/** A request that finds its token dead: a login becomes due. */
async function makeLoginDue({ host, auth }: Bench) {
  const outcome = outcomeOf(auth.request('/due'))
  await (await host.take('GET /due')).answer(401)
  return outcome
}

async function logIn({ host }: Bench, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('promise 19: from the tap on, no wx.login replaces the session key', () => {
  it('holds a login that becomes due until the submit is answered', async () => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.pressPrompt()
    const due = await makeLoginDue(bench)
    await bench.host.clock.advance(30_000)
    expect(bench.host.logins).toBe(0)
    const submit = outcomeOf(bench.auth.submitPhoneNumber(phoneData))
    const call = await bench.host.take('POST /auth/phone-number')
    await bench.host.clock.advance(10_000)
    expect(bench.host.logins).toBe(0)
    expect(due.is).toBe('pending')
    await call.answer(200, { tokenState: stateOf('t', { hasPhoneNumber: true }) })
    expect(submit.is).toBe('resolved')
    expect(bench.host.logins).toBe(1)
    await logIn(bench)
    for (const one of await bench.host.takeAll('GET')) await one.answer(200, { data: 1 })
    expect(due.value).toBe(1)
  })

  it('lets it go where nothing follows from the press', async () => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getUserInfo')
    bench.auth.pressPrompt()
    await makeLoginDue(bench)
    expect(bench.host.logins).toBe(0)
    bench.auth.releasePress()
    await flush()
    expect(bench.host.logins).toBe(1)
  })

  it('holds login() too, which the user may have pressed elsewhere', async () => {
    const bench = createEncrypting()
    bench.auth.pressPrompt()
    const login = outcomeOf(bench.auth.login())
    await flush()
    expect(bench.host.logins).toBe(0)
    await expect(
      bench.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' }),
    ).rejects.toMatchObject({ code: 'prompt_denied' })
    await logIn(bench)
    expect(login.is).toBe('resolved')
  })

  it.each([
    [
      'a denial',
      (bench: Bench) => bench.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:user deny' }),
    ],
    ['declining the sheet', (bench: Bench) => bench.auth.cancelPrompt()],
  ])('ends with %s', async (_name, end) => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.pressPrompt()
    await makeLoginDue(bench)
    expect(bench.host.logins).toBe(0)
    await end(bench)
    await flush()
    expect(bench.host.logins).toBe(1)
  })

  it('ends after 60 s, counted from the last tap', async () => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.pressPrompt()
    await makeLoginDue(bench)
    await bench.host.clock.advance(40_000)
    bench.auth.pressPrompt()
    await bench.host.clock.advance(59_999)
    expect(bench.host.logins).toBe(0)
    await bench.host.clock.advance(1)
    expect(bench.host.logins).toBe(1)
  })

  it('gives the held login its own time limit once it is made', async () => {
    const bench = createEncrypting()
    bench.auth.pressPrompt()
    bench.host.login = 'silent'
    const login = outcomeOf(bench.auth.login())
    await bench.host.clock.advance(60_000)
    expect(bench.host.logins).toBe(1)
    await bench.host.clock.advance(9_999)
    expect(login.is).toBe('pending')
    await bench.host.clock.advance(1)
    expect(login).toMatchObject({ error: { code: 'login_timeout' } })
  })

  it.each([
    ['answered 500', (call: { answer(status: number): Promise<void> }) => call.answer(500)],
    ['answered 422', (call: { answer(status: number): Promise<void> }) => call.answer(422)],
  ])('ends when the submit is %s', async (_name, end) => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.pressPrompt()
    await makeLoginDue(bench)
    void bench.auth.submitPhoneNumber(phoneData)
    await end(await bench.host.take('POST /auth/phone-number'))
    expect(bench.host.logins).toBe(1)
  })

  it.each([401, 409])('does not hold the login that %i to the submit asks for', async (status) => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.pressPrompt()
    void bench.auth.submitPhoneNumber(phoneData)
    await (await bench.host.take('POST /auth/phone-number')).answer(status)
    await logIn(bench)
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
    expect(bench.host.clock.pending).toBe(0)
  })

  it('lasts while an avatar is uploaded before the encrypted data is sent', async () => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getUserInfo')
    bench.auth.pressPrompt()
    const submit = outcomeOf(
      bench.auth.submitUserInfo({ detail: userData, avatarUrl: 'wxfile://1' }),
    )
    const upload = await bench.host.take('UPLOAD')
    await makeLoginDue(bench)
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    expect(bench.host.logins).toBe(0)
    await (await bench.host.take('POST /auth/user-info')).answer(200, {})
    expect(submit.is).toBe('resolved')
    expect(bench.host.logins).toBe(1)
  })

  it('does not hold the login that 401 to such an avatar asks for', async () => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getUserInfo')
    bench.auth.pressPrompt()
    void bench.auth.submitUserInfo({ detail: userData, avatarUrl: 'wxfile://1' })
    await (await bench.host.take('UPLOAD')).answer(401, '{}')
    await logIn(bench)
    // What was encrypted is of no use now; the picture is.
    const upload = await bench.host.take('UPLOAD')
    expect(upload.authorization).toBe('Bearer n')
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    const call = await bench.host.take('POST /auth/user-info')
    expect(call.body).toEqual({ avatarUrl: 'https://img.example.com/1' })
    await call.answer(200, { tokenState: stateOf('n') })
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
  })

  it('does not begin for phone numbers that come as a code', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = (kind) => kind === 'getUserInfo'
    await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.pressPrompt()
    await makeLoginDue(bench)
    expect(bench.host.logins).toBe(1)
  })

  it('begins for the user info on the same phone', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = (kind) => kind === 'getUserInfo'
    await challenge(bench, '/a', 'getUserInfo')
    bench.auth.pressPrompt()
    await makeLoginDue(bench)
    expect(bench.host.logins).toBe(0)
  })

  it('ends as soon as a button turns out to give a code or a form', async () => {
    for (const give of [
      ({ auth }: Bench) => auth.submitPhoneNumber(phoneCode),
      ({ auth }: Bench) => auth.submitUserInfo({ nickname: '阿宁' }),
    ]) {
      const bench = createEncrypting()
      bench.auth.pressPrompt()
      await makeLoginDue(bench)
      void give(bench)
      await flush()
      expect(bench.host.logins).toBe(1)
    }
  })

  it('never begins for the login prompt', async () => {
    const bench = createEncrypting({ token: undefined as never })
    await bench.auth.logout()
    void bench.auth.request('/a').catch(() => {})
    await (await bench.host.take('GET /a')).answer(401)
    bench.auth.pressPrompt()
    void bench.auth.submitLogin()
    await logIn(bench)
    expect(bench.auth.prompt).toBe(null)
  })

  it('leaves requests with a good token alone', async () => {
    const bench = createEncrypting()
    bench.auth.pressPrompt()
    const outcome = outcomeOf(bench.auth.request('/a'))
    await (await bench.host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })
})

describe('promise 20: a prompt makes sure beforehand that the data will decrypt', () => {
  it('opens at once when the session key is alive', async () => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getPhoneNumber')
    expect(bench.host.sessionChecks).toBe(1)
    expect(bench.host.logins).toBe(0)
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it.each([
    ['says no', false, 0],
    ['stays silent', undefined, 3_000],
  ])('logs in before it opens when checkSession %s', async (_name, answer, wait) => {
    const bench = createEncrypting()
    bench.host.session = answer
    await challenge(bench, '/a', 'getPhoneNumber')
    await bench.host.clock.advance(wait)
    expect(bench.auth.prompt).toBe(null)
    await logIn(bench)
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
    void bench.auth.submitPhoneNumber(phoneData)
    expect((await bench.host.take('POST /auth/phone-number')).authorization).toBe('Bearer n')
  })

  it('logs in when checkSession throws', async () => {
    const bench = createEncrypting()
    bench.host.platform.checkSession = () => {
      throw new Error('not on this phone')
    }
    await challenge(bench, '/a', 'getPhoneNumber')
    await logIn(bench)
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('logs in when the newest code was not exchanged, whatever checkSession says', async () => {
    const bench = createEncrypting()
    const failing = outcomeOf(bench.auth.login())
    await (await bench.host.take('POST /auth/login')).fail('network')
    expect(failing.is).toBe('rejected')
    await bench.host.clock.advance(30_000)
    await challenge(bench, '/a', 'getPhoneNumber')
    expect(bench.auth.prompt).toBe(null)
    await logIn(bench)
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('takes a code exchanged by a first request as exchanged', async () => {
    const host = createHost()
    host.encrypts = () => true
    const bench = createBench({ host })
    void bench.auth.request('/a')
    const pilot = await host.take('GET /a')
    await pilot.answer(401, { tokenState: stateOf('t') }, asking('getPhoneNumber'))
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
    expect(host.logins).toBe(1)
  })

  it('opens all the same when that login fails', async () => {
    const bench = createEncrypting()
    bench.host.session = false
    const outcome = await challenge(bench, '/a', 'getPhoneNumber')
    await (await bench.host.take('POST /auth/login')).fail('network')
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
    expect(outcome.is).toBe('pending')
  })

  it('checks again for the second kind', async () => {
    const bench = createEncrypting()
    await challenge(bench, '/a', 'getUserInfo, getPhoneNumber')
    bench.host.session = false
    void bench.auth.submitUserInfo({ detail: userData })
    await (await bench.host.take('POST /auth/user-info')).answer(200, {})
    await logIn(bench)
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('checks nothing where the button gives a code', async () => {
    const bench = createBench({ token: 't' })
    bench.host.session = false
    await challenge(bench, '/a', 'getPhoneNumber')
    expect(bench.host.sessionChecks).toBe(0)
    await givePhone(bench)
    expect(bench.host.logins).toBe(0)
  })

  it('makes one check for requests challenged together', async () => {
    const bench = createEncrypting()
    bench.host.session = false
    const all = ['/a', '/b', '/c'].map((path) => outcomeOf(bench.auth.request(path)))
    for (const call of await bench.host.takeAll('GET')) {
      await call.answer(401, {}, asking('getPhoneNumber'))
    }
    await logIn(bench)
    expect(bench.host.sessionChecks).toBe(1)
    expect(bench.host.logins).toBe(1)
    expect(all.every(({ is }) => is === 'pending')).toBe(true)
  })
})

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
import { openClient, stateOf, type Client } from '../../support/client'

/** A phone whose buttons give encrypted data. */
function createEncrypting(more: Parameters<typeof openClient>[0] = {}) {
  const host = createHost()
  host.encrypts = () => true
  return openClient({ token: 't', host, ...more })
}

/** A request that finds its token dead: a login becomes due. */
async function makeLoginDue({ host, auth }: Client) {
  const outcome = outcomeOf(auth.request('/due'))
  await (await host.take('GET /due')).answer(401)
  return outcome
}

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 19: from the tap on, no wx.login replaces the session key', () => {
  it('holds a login that becomes due until the submit is answered', async () => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.pressPrompt()
    const due = await makeLoginDue(client)
    await client.host.clock.advance(30_000)
    expect(client.host.logins).toBe(0)
    const submit = outcomeOf(client.auth.submitPhoneNumber(phoneData))
    const call = await client.host.take('POST /auth/phone-number')
    await client.host.clock.advance(10_000)
    expect(client.host.logins).toBe(0)
    expect(due.is).toBe('pending')
    await call.answer(200, { tokenState: stateOf('t', { hasPhoneNumber: true }) })
    expect(submit.is).toBe('resolved')
    expect(client.host.logins).toBe(1)
    await logIn(client)
    for (const one of await client.host.takeAll('GET')) await one.answer(200, { data: 1 })
    expect(due.value).toBe(1)
  })

  it('lets it go where nothing follows from the press', async () => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getUserInfo')
    client.auth.pressPrompt()
    await makeLoginDue(client)
    expect(client.host.logins).toBe(0)
    client.auth.releasePress()
    await flush()
    expect(client.host.logins).toBe(1)
  })

  it('holds login() too, which the user may have pressed elsewhere', async () => {
    const client = createEncrypting()
    client.auth.pressPrompt()
    const login = outcomeOf(client.auth.login())
    await flush()
    expect(client.host.logins).toBe(0)
    await expect(
      client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' }),
    ).rejects.toMatchObject({ code: 'prompt_denied' })
    await logIn(client)
    expect(login.is).toBe('resolved')
  })

  it.each([
    [
      'a denial',
      (client: Client) => client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:user deny' }),
    ],
    ['declining the sheet', (client: Client) => Promise.resolve(client.auth.cancelPrompt())],
  ])('ends with %s', async (_name, end) => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.pressPrompt()
    await makeLoginDue(client)
    expect(client.host.logins).toBe(0)
    await end(client)
    await flush()
    expect(client.host.logins).toBe(1)
  })

  it('ends after 60 s, counted from the last tap', async () => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.pressPrompt()
    await makeLoginDue(client)
    await client.host.clock.advance(40_000)
    client.auth.pressPrompt()
    await client.host.clock.advance(59_999)
    expect(client.host.logins).toBe(0)
    await client.host.clock.advance(1)
    expect(client.host.logins).toBe(1)
  })

  it('gives the held login its own time limit once it is made', async () => {
    const client = createEncrypting()
    client.auth.pressPrompt()
    client.host.login = 'silent'
    const login = outcomeOf(client.auth.login())
    await client.host.clock.advance(60_000)
    expect(client.host.logins).toBe(1)
    await client.host.clock.advance(9_999)
    expect(login.is).toBe('pending')
    await client.host.clock.advance(1)
    expect(login).toMatchObject({ error: { code: 'login_timeout' } })
  })

  it.each([
    ['answered 500', (call: { answer(status: number): Promise<void> }) => call.answer(500)],
    ['answered 422', (call: { answer(status: number): Promise<void> }) => call.answer(422)],
  ])('ends when the submit is %s', async (_name, end) => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.pressPrompt()
    await makeLoginDue(client)
    void client.auth.submitPhoneNumber(phoneData)
    await end(await client.host.take('POST /auth/phone-number'))
    expect(client.host.logins).toBe(1)
  })

  it.each([401, 409])('does not hold the login that %i to the submit asks for', async (status) => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.pressPrompt()
    void client.auth.submitPhoneNumber(phoneData)
    await (await client.host.take('POST /auth/phone-number')).answer(status)
    await logIn(client)
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
    expect(client.host.clock.pending).toBe(0)
  })

  it('lasts while a submit waits for one of a code, also after one that has logged in', async () => {
    const client = createEncrypting()
    const { host, auth } = client
    const submit = (detail = phoneData) => void auth.submitPhoneNumber(detail).catch(() => {})
    submit()
    await (await host.take('POST /auth/phone-number')).answer(401)
    await logIn(client)
    submit(phoneCode)
    const second = await host.take('POST /auth/phone-number')
    submit()
    await makeLoginDue(client)
    await second.answer(422)
    await host.take('POST /auth/phone-number')
    expect(host.logins).toBe(1)
  })

  it('lasts while an avatar is uploaded before the encrypted data is sent', async () => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getUserInfo')
    client.auth.pressPrompt()
    const submit = outcomeOf(
      client.auth.submitUserInfo({ detail: userData, avatarUrl: 'wxfile://1' }),
    )
    const upload = await client.host.take('UPLOAD')
    await makeLoginDue(client)
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    expect(client.host.logins).toBe(0)
    await (await client.host.take('POST /auth/user-info')).answer(200, {})
    expect(submit.is).toBe('resolved')
    expect(client.host.logins).toBe(1)
  })

  it('does not hold the login that 401 to such an avatar asks for', async () => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getUserInfo')
    client.auth.pressPrompt()
    void client.auth.submitUserInfo({ detail: userData, avatarUrl: 'wxfile://1' })
    await (await client.host.take('UPLOAD')).answer(401, '{}')
    await logIn(client)
    // What was encrypted is of no use now; the picture is.
    const upload = await client.host.take('UPLOAD')
    expect(upload.authorization).toBe('Bearer n')
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    const call = await client.host.take('POST /auth/user-info')
    expect(call.body).toEqual({ avatarUrl: 'https://img.example.com/1' })
    await call.answer(200, { tokenState: stateOf('n') })
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
  })

  it('does not begin for phone numbers that come as a code', async () => {
    const client = openClient({ token: 't' })
    client.host.encrypts = (kind) => kind === 'getUserInfo'
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.pressPrompt()
    await makeLoginDue(client)
    expect(client.host.logins).toBe(1)
  })

  it('begins for the user info on the same phone', async () => {
    const client = openClient({ token: 't' })
    client.host.encrypts = (kind) => kind === 'getUserInfo'
    await challenge(client, '/a', 'getUserInfo')
    client.auth.pressPrompt()
    await makeLoginDue(client)
    expect(client.host.logins).toBe(0)
  })

  it('ends as soon as a button turns out to give a code or a form', async () => {
    for (const give of [
      ({ auth }: Client) => auth.submitPhoneNumber(phoneCode),
      ({ auth }: Client) => auth.submitUserInfo({ nickname: '阿宁' }),
    ]) {
      const client = createEncrypting()
      client.auth.pressPrompt()
      await makeLoginDue(client)
      void give(client)
      await flush()
      expect(client.host.logins).toBe(1)
    }
  })

  it('never begins for the login prompt', async () => {
    const client = createEncrypting({ token: undefined as never })
    await client.auth.logout()
    void client.auth.request('/a').catch(() => {})
    await (await client.host.take('GET /a')).answer(401)
    client.auth.pressPrompt()
    void client.auth.submitLogin()
    await logIn(client)
    expect(client.auth.prompt).toBe(null)
  })

  it('leaves requests with a good token alone', async () => {
    const client = createEncrypting()
    client.auth.pressPrompt()
    const outcome = outcomeOf(client.auth.request('/a'))
    await (await client.host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })
})

describe('guarantee 20: a prompt makes sure beforehand that the data will decrypt', () => {
  it('opens at once when the session key is alive', async () => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getPhoneNumber')
    expect(client.host.sessionChecks).toBe(1)
    expect(client.host.logins).toBe(0)
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it.each([
    ['says no', false, 0],
    ['stays silent', undefined, 3_000],
  ])('logs in before it opens when checkSession %s', async (_name, answer, wait) => {
    const client = createEncrypting()
    client.host.session = answer
    await challenge(client, '/a', 'getPhoneNumber')
    await client.host.clock.advance(wait)
    expect(client.auth.prompt).toBe(null)
    await logIn(client)
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
    void client.auth.submitPhoneNumber(phoneData)
    expect((await client.host.take('POST /auth/phone-number')).authorization).toBe('Bearer n')
  })

  it('logs in when checkSession throws', async () => {
    const client = createEncrypting()
    client.host.platform.checkSession = () => {
      throw new Error('not on this phone')
    }
    await challenge(client, '/a', 'getPhoneNumber')
    await logIn(client)
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('logs in when the newest code was not exchanged, whatever checkSession says', async () => {
    const client = createEncrypting()
    const failing = outcomeOf(client.auth.login())
    await (await client.host.take('POST /auth/login')).fail('network')
    expect(failing.is).toBe('rejected')
    await client.host.clock.advance(30_000)
    await challenge(client, '/a', 'getPhoneNumber')
    expect(client.auth.prompt).toBe(null)
    await logIn(client)
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('takes a code exchanged by a first request as exchanged', async () => {
    const host = createHost()
    host.encrypts = () => true
    const client = openClient({ host })
    void client.auth.request('/a')
    const carrier = await host.take('GET /a')
    await carrier.answer(401, { tokenState: stateOf('t') }, asking('getPhoneNumber'))
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
    expect(host.logins).toBe(1)
  })

  it('opens all the same when that login fails', async () => {
    const client = createEncrypting()
    client.host.session = false
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    await (await client.host.take('POST /auth/login')).fail('network')
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
    expect(outcome.is).toBe('pending')
  })

  it('checks again for the second kind', async () => {
    const client = createEncrypting()
    await challenge(client, '/a', 'getUserInfo, getPhoneNumber')
    client.host.session = false
    void client.auth.submitUserInfo({ detail: userData })
    await (await client.host.take('POST /auth/user-info')).answer(200, {})
    await logIn(client)
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('checks nothing where the button gives a code', async () => {
    const client = openClient({ token: 't' })
    client.host.session = false
    await challenge(client, '/a', 'getPhoneNumber')
    expect(client.host.sessionChecks).toBe(0)
    await givePhone(client)
    expect(client.host.logins).toBe(0)
  })

  it('makes one check for requests challenged together', async () => {
    const client = createEncrypting()
    client.host.session = false
    const all = ['/a', '/b', '/c'].map((path) => outcomeOf(client.auth.request(path)))
    for (const call of await client.host.takeAll('GET')) {
      await call.answer(401, {}, asking('getPhoneNumber'))
    }
    await logIn(client)
    expect(client.host.sessionChecks).toBe(1)
    expect(client.host.logins).toBe(1)
    expect(all.every(({ is }) => is === 'pending')).toBe(true)
  })
})

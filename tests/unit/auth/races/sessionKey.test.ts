import { describe, expect, it } from 'vitest'
import type { ButtonDetail } from '../../../../src/auth/types'
import { answerAll, challenge, phoneData, userData } from '../../../support/challenged'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import { createHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

/** A phone whose buttons give data that is encrypted with the session key. */
function createEncrypting(given: Parameters<typeof openClient>[0] = { token: 't' }) {
  const host = given.host ?? createHost()
  host.encrypts = () => true
  return openClient({ ...given, host })
}

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

const PHONE = { kind: 'getPhoneNumber', status: 'open' } as const
const AVATAR = 'https://api.example.com/v1/avatars/1'

describe('guarantee 20: a code whose key the backend has not got', () => {
  it('may come after the time limit of wx.login, and after a later one was exchanged', async () => {
    const client = createEncrypting()
    const { host, auth } = client
    const calls: ((code: string) => void)[] = []
    host.platform.login = () => new Promise((resolve) => calls.push(resolve))
    void auth.login().catch(() => {})
    await host.clock.advance(10_000)
    void auth.login()
    await flush()
    calls[1]!('second')
    await logIn(client)
    calls[0]!('late')
    await challenge(client, '/a', 'getPhoneNumber')
    expect(auth.prompt).toBe(null)
    calls[2]!('third')
    await flush()
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'third' })
    await logIn(client, 'third')
    expect(auth.prompt).toEqual(PHONE)
  })

  it('may come after a logout', async () => {
    const client = createEncrypting()
    const { host, auth } = client
    const calls: ((code: string) => void)[] = []
    host.platform.login = () => new Promise((resolve) => calls.push(resolve))
    void auth.login().catch(() => {})
    await flush()
    await auth.logout()
    void auth.login()
    await flush()
    calls[1]!('mine')
    await logIn(client)
    calls[0]!('late')
    await challenge(client, '/a', 'getPhoneNumber')
    expect(auth.prompt).toBe(null)
    expect(calls).toHaveLength(3)
  })

  it('may be asked for while wx.checkSession runs', async () => {
    const client = createEncrypting()
    const { host, auth } = client
    const checks: ((isAlive: boolean) => void)[] = []
    host.platform.checkSession = () => new Promise((resolve) => checks.push(resolve))
    const wxLogin = holdLogin(host)
    await challenge(client, '/a', 'getPhoneNumber')
    void auth.login()
    await flush()
    checks[0]!(true)
    await flush()
    expect(auth.prompt).toBe(null)
    await wxLogin.give('code')
    await logIn(client)
    expect(auth.prompt).toEqual(PHONE)
    expect(wxLogin.calls).toBe(1)
  })

  it('may have been asked for by an app that was killed during the login', async () => {
    const client = createEncrypting()
    const { host, auth } = client
    void auth.login().catch(() => {})
    await host.take('POST /auth/login')
    const again = createEncrypting({ host: Object.assign(createHost(), { storage: host.storage }) })
    await challenge(again, '/a', 'getPhoneNumber')
    expect(again.auth.tokenState?.accessToken).toBe('t')
    expect(again.auth.prompt).toBe(null)
    await logIn(again)
    expect(again.auth.prompt).toEqual(PHONE)
    const third = createEncrypting({ host: Object.assign(createHost(), { storage: host.storage }) })
    await challenge(third, '/a', 'getPhoneNumber')
    expect(third.auth.prompt).toEqual(PHONE)
  })

  it('is marked in storage, without the code', async () => {
    const { host, auth } = createEncrypting()
    void auth.login().catch(() => {})
    await flush()
    expect(String([...host.storage.values()])).toContain('"keyReplaced":true')
    expect(String([...host.storage.values()])).not.toContain('code-1')
  })
})

describe('guarantee 19: what holds wx.login back', () => {
  const submits: [string, (client: Client, detail: ButtonDetail) => Promise<void>][] = [
    ['phone number', ({ auth }, detail) => auth.submitPhoneNumber(detail)],
    ['user info', ({ auth }) => auth.submitUserInfo({ detail: userData })],
  ]

  it.each(submits)('encrypted data (%s) submitted without pressPrompt()', async (_name, submit) => {
    const client = createEncrypting()
    const { host, auth } = client
    const sent = outcomeOf(submit(client, phoneData))
    const call = await host.take('POST /auth/')
    void auth.login()
    await host.clock.advance(20_000)
    expect(host.logins).toBe(0)
    await call.answer(200, {})
    expect(sent.is).toBe('resolved')
    expect(host.logins).toBe(1)
  })

  it('is not the end of another button’s submit', async () => {
    const { host, auth } = createEncrypting()
    auth.pressPrompt()
    void auth.submitPhoneNumber(phoneData)
    const first = await host.take('POST /auth/phone-number')
    auth.pressPrompt()
    void auth.login()
    await first.answer(200, {})
    expect(host.logins).toBe(0)
    void auth.submitUserInfo({ detail: userData })
    await (await host.take('POST /auth/user-info')).answer(200, {})
    expect(host.logins).toBe(1)
  })

  it('is not the end of a submit that a logout has orphaned', async () => {
    const client = createEncrypting()
    const { host, auth } = client
    auth.pressPrompt()
    void auth.submitPhoneNumber(phoneData).catch(() => {})
    const orphan = await host.take('POST /auth/phone-number')
    await auth.logout()
    await (await host.take('POST /auth/logout')).answer(204)
    void auth.login()
    await logIn(client)
    auth.pressPrompt()
    void auth.login()
    await orphan.answer(500)
    expect(host.logins).toBe(1)
    auth.releasePress()
    await flush()
    expect(host.logins).toBe(2)
  })

  it('is a press of each of two buttons, distinguished by their kinds', async () => {
    const { host, auth } = createEncrypting()
    auth.pressPrompt('getPhoneNumber')
    auth.pressPrompt('getUserInfo')
    void auth.login()
    void auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' }).catch(() => {})
    await flush()
    expect(host.logins).toBe(0)
    auth.releasePress('getPhoneNumber')
    await flush()
    expect(host.logins).toBe(0)
    auth.releasePress('getUserInfo')
    await flush()
    expect(host.logins).toBe(1)
  })

  it('is not the question whether a lost submit has arrived', async () => {
    const { host, auth } = createEncrypting()
    auth.pressPrompt('getPhoneNumber')
    void auth.submitPhoneNumber(phoneData).catch(() => {})
    const call = await host.take('POST /auth/phone-number')
    void auth.login()
    await flush()
    expect(host.logins).toBe(0)
    await call.fail('network')
    await host.take('GET /auth/token-state')
    expect(host.logins).toBe(1)
  })

  it('is not a press without a session: its submit logs in, and asks for another press', async () => {
    const client = createEncrypting({})
    const { auth } = client
    auth.pressPrompt()
    const submit = outcomeOf(auth.submitPhoneNumber(phoneData))
    await logIn(client)
    expect(submit).toMatchObject({ error: { code: 'press_again' } })
    expect(auth.tokenState?.accessToken).toBe('n')
  })
})

describe('guarantee 20: a button on a page without a prompt', () => {
  it('is made ready by preparePress(): a login, if the key is dead', async () => {
    const client = createEncrypting()
    const { host, auth } = client
    host.session = false
    const ready = outcomeOf(auth.preparePress('getPhoneNumber'))
    await logIn(client)
    expect(ready.is).toBe('resolved')
    host.session = true
    await auth.preparePress('getPhoneNumber')
    expect(host.logins).toBe(1)
    expect(host.sessionChecks).toBe(2)
  })

  it.each([
    ['nothing is encrypted', () => openClient({ token: 't' })],
    ['there is no session', () => createEncrypting({})],
  ])('needs nothing where %s', async (_name, create) => {
    const { host, auth } = create()
    host.session = false
    await auth.preparePress('getPhoneNumber')
    expect(host.logins).toBe(0)
    expect(host.sessionChecks).toBe(0)
  })

  it('heeds the wait after a failed login, and never rejects', async () => {
    const { host, auth } = createEncrypting()
    host.session = false
    const first = outcomeOf(auth.preparePress('getUserInfo'))
    await (await host.take('POST /auth/login')).answer(500)
    expect(first.is).toBe('resolved')
    await auth.preparePress('getUserInfo')
    expect(host.logins).toBe(1)
  })
})

describe('guarantee 18: what needs no key is sent again after a dead one', () => {
  const FORM = { detail: userData, nickname: '阿宁', avatarUrl: 'wxfile://1' }

  async function submitForm(client: Client) {
    const submit = outcomeOf(client.auth.submitUserInfo(FORM))
    await (await client.host.take('UPLOAD')).answer(200, { data: { avatarUrl: AVATAR } })
    return { submit, call: await client.host.take('POST /auth/user-info') }
  }

  it.each([401, 409])(
    '%i: the form, without what was encrypted and without a second upload',
    async (status) => {
      const client = createEncrypting()
      const { host } = client
      const { submit, call } = await submitForm(client)
      expect(call.body).toMatchObject({ encryptedData: 'ZW5jcnlwdGVk', nickname: '阿宁' })
      await call.answer(status)
      await logIn(client)
      const again = await host.take('POST /auth/user-info')
      expect(again.body).toEqual({ nickname: '阿宁', avatarUrl: AVATAR })
      expect(again.authorization).toBe('Bearer n')
      await again.answer(200, { tokenState: stateOf('n', { hasUserInfo: true }) })
      expect(submit.is).toBe('resolved')
      expect(host.sent.filter(({ line }) => line.startsWith('UPLOAD'))).toHaveLength(1)
    },
  )

  it('asks for another press where the backend misses something still', async () => {
    const client = createEncrypting()
    const { submit, call } = await submitForm(client)
    await call.answer(409)
    await logIn(client)
    await (await client.host.take('POST /auth/user-info')).answer(200, { tokenState: stateOf('n') })
    expect(submit).toMatchObject({ error: { code: 'press_again' } })
    client.host.assertIdle()
  })

  it('logs in twice at most', async () => {
    const client = createEncrypting()
    const { host } = client
    const { submit, call } = await submitForm(client)
    await call.answer(409)
    await logIn(client)
    await (await host.take('POST /auth/user-info')).answer(409)
    await logIn(client, 'n2')
    expect(submit).toMatchObject({ error: { code: 'press_again', status: 409 } })
    host.assertIdle()
  })

  it('asks for another press at once where all was encrypted', async () => {
    const client = createEncrypting()
    const submit = outcomeOf(client.auth.submitUserInfo({ detail: userData }))
    await (await client.host.take('POST /auth/user-info')).answer(409)
    await logIn(client)
    expect(submit).toMatchObject({ error: { code: 'press_again' } })
    client.host.assertIdle()
  })
})

describe('guarantee 18: a lost answer of a business without flags', () => {
  it('has arrived when there is a uid now', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const waiting = await challenge(client, '/a', 'getPhoneNumber')
    const submit = outcomeOf(auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' }))
    await (await host.take('POST /auth/phone-number')).fail('network')
    const state = stateOf('t', { uid: 'u1' })
    await (await host.take('GET /auth/token-state')).answer(200, { tokenState: state })
    expect(submit.is).toBe('resolved')
    expect(auth.prompt).toBe(null)
    await answerAll(client)
    expect(waiting.value).toBe('GET /a')
  })

  it.each([
    ['the flag says no', { uid: 'u1', hasPhoneNumber: false }, {}],
    ['the uid is an old one', { uid: 'u1' }, { uid: 'u1' }],
  ])('has not when %s', async (_name, state, before) => {
    const { host, auth } = openClient({ token: 't', state: before })
    const submit = outcomeOf(auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' }))
    await (await host.take('POST /auth/phone-number')).fail('network')
    const tokenState = stateOf('t', state)
    await (await host.take('GET /auth/token-state')).answer(200, { tokenState })
    expect(submit).toMatchObject({ error: { code: 'network' } })
  })
})

import { describe, expect, it } from 'vitest'
import { flush } from '../../support/clock'
import { challenge, giveUser, phoneCode } from '../../support/challenged'
import { isSpokenInCodes, openClient, stateOf } from '../../support/client'
import { createHost } from '../../support/host'
import { outcomeOf } from '../../support/outcome'

const STATE = 'GET /auth/token-state'
const reason = '用于上门前与您联系'
const openH5 = (token?: string) =>
  openClient({
    host: createHost({ without: ['login', 'checkSession'] }),
    ...(token !== undefined && { token }),
  })

describe('ensure', () => {
  it('sends nothing where the token state says that it is there', async () => {
    const { host, auth } = openClient({ token: 't', state: { hasPhoneNumber: true } })
    await auth.ensure('getPhoneNumber', { reason })
    expect(host.sent).toEqual([])
  })

  it('sends nothing for a login where there is a session', async () => {
    const { host, auth } = openClient({ token: 't' })
    await auth.ensure('login')
    expect(host.sent).toEqual([])
  })

  it('asks for what the backend does not have, and resolves once it has it', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const one = outcomeOf(auth.ensure('getUserInfo', { reason }))
    await (await host.take(STATE)).answer(200, { tokenState: stateOf('t') })
    expect(auth.prompt).toMatchObject({ kind: 'getUserInfo', scope: 'profile', reason })
    expect(one.is).toBe('pending')
    await giveUser(client)
    await (
      await host.take(STATE)
    ).answer(200, {
      tokenState: stateOf('t', { hasUserInfo: true }),
    })
    expect(one.is).toBe('resolved')
    expect(auth.prompt).toBe(null)
    host.assertIdle()
  })

  it('asks nothing where the backend has it by now', async () => {
    const { host, auth } = openClient({ token: 't' })
    const one = outcomeOf(auth.ensure('getPhoneNumber'))
    const tokenState = stateOf('t', { hasPhoneNumber: true })
    await (await host.take(STATE)).answer(200, { tokenState })
    expect(one.is).toBe('resolved')
    expect(auth.prompt).toBe(null)
    expect(auth.tokenState?.hasPhoneNumber).toBe(true)
  })

  it('logs in silently, and rejects with what fails then', async () => {
    const { host, auth } = openClient()
    const one = outcomeOf(auth.ensure('login'))
    await flush()
    expect(host.logins).toBe(1)
    const [call] = host.onWire
    await call!.fail('network')
    expect(one).toMatchObject({ is: 'rejected', error: { code: 'network' } })
    expect(auth.prompt).toBe(null)
  })

  it.skipIf(isSpokenInCodes)('carries its login, as a first request does', async () => {
    const { host, auth } = openClient()
    const one = outcomeOf(auth.ensure('login'))
    const call = await host.take(STATE)
    expect(call.authorization).toBe('WxLogin code-1')
    await call.answer(200, { tokenState: stateOf('n') })
    expect(one.is).toBe('resolved')
  })

  it('asks for a login where the backend has no objection to a guest', async () => {
    const { host, auth } = openClient({ token: 't' })
    await auth.logout()
    await (await host.take('POST /auth/logout')).answer(204)
    void outcomeOf(auth.ensure('login', { reason }))
    await (await host.take(STATE)).answer(200, {})
    expect(auth.prompt).toEqual({ kind: 'login', reason, status: 'open' })
  })

  it('shares the prompt of the requests of its page, and its end', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const prompts: unknown[] = []
    auth.subscribe(() => auth.prompt && prompts.push(auth.prompt))
    const one = outcomeOf(auth.ensure('getPhoneNumber', { reason }))
    const other = await challenge(client, '/bookings', 'getPhoneNumber')
    await (await host.take(STATE)).answer(200, { tokenState: stateOf('t') })
    // The same prompt, which has its reason by now.
    expect(prompts).toContainEqual({ kind: 'getPhoneNumber', status: 'open' })
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', reason, status: 'open' })
    auth.cancelPrompt()
    await flush()
    expect(one).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(other).toMatchObject({ error: { code: 'prompt_cancelled' } })

    const again = outcomeOf(auth.ensure('getPhoneNumber', { reason }))
    await (await host.take(STATE)).answer(200, { tokenState: stateOf('t') })
    expect(auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason })
    void auth.submitPhoneNumber(phoneCode)
    const tokenState = stateOf('t', { hasPhoneNumber: true })
    await (await host.take('POST /auth/phone-number')).answer(200, { tokenState })
    await (await host.take(STATE)).answer(200, { tokenState })
    expect(again.is).toBe('resolved')
  })

  it('closes its prompt when it is aborted', async () => {
    const { host, auth } = openClient({ token: 't' })
    const task = auth.ensure('getPhoneNumber')
    const one = outcomeOf(task)
    await (await host.take(STATE)).answer(200, { tokenState: stateOf('t') })
    task.abort()
    await flush()
    expect(one).toMatchObject({ error: { code: 'aborted' } })
    expect(auth.prompt).toBe(null)
  })

  it('rejects where the token state does not say so after the user has given it', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const one = outcomeOf(auth.ensure('getUserInfo'))
    await (await host.take(STATE)).answer(200, { tokenState: stateOf('t') })
    await giveUser(client)
    await (await host.take(STATE)).answer(200, { tokenState: stateOf('t', { version: 9 }) })
    expect(one).toMatchObject({ error: { code: 'still_challenged' } })
  })

  it('rejects with the failure of a backend that cannot answer', async () => {
    const { host, auth } = openClient({ token: 't' })
    const one = outcomeOf(auth.ensure('getPhoneNumber'))
    await (await host.take(STATE)).answer(503, {})
    expect(one).toMatchObject({ error: { status: 503 } })
  })

  it('after signing out asks for a login, then for the number', async () => {
    const { host, auth } = openClient({ token: 't' })
    await auth.logout()
    await (await host.take('POST /auth/logout')).answer(204)
    const one = outcomeOf(auth.ensure('getPhoneNumber', { reason }))
    await (await host.take(STATE)).answer(401, {}, { 'WWW-Authenticate': 'WxLogin, Bearer' })
    expect(auth.prompt).toMatchObject({ kind: 'login', reason })
    void auth.submitLogin()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await (await host.take(STATE)).answer(200, { tokenState: stateOf('n') })
    expect(auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason })
    expect(one.is).toBe('pending')
  })

  it('without a silent login names the ways in, and the reason of the backend before its own', async () => {
    const { host, auth } = openH5()
    void outcomeOf(auth.ensure('login', { reason }))
    const named = { 'WWW-Authenticate': 'Bearer methods="sms", reason="staff only"' }
    await (await host.take(STATE)).answer(401, {}, named)
    expect(auth.prompt).toMatchObject({
      kind: 'login',
      methods: ['sms'],
      reason: 'staff only',
    })
  })

  it.skipIf(isSpokenInCodes)(
    'without WeChat’s button lets who is to type a number log in first, if their login is too old for it',
    async () => {
      const { host, auth } = openH5('old')
      const one = outcomeOf(auth.ensure('getPhoneNumber', { reason }))
      const tooOld = 'Bearer methods="wechat", error="insufficient_user_authentication"'
      const asked = await host.take(`${STATE}?max_age=600`)
      await asked.answer(401, {}, { 'WWW-Authenticate': tooOld })
      expect(auth.prompt).toMatchObject({ kind: 'login', methods: ['wechat'], reason })
      expect(auth.tokenState?.accessToken).toBe('old')

      void auth.submitLogin({ provider: 'wechat-official', code: 'c' })
      await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
      const again = await host.take(`${STATE}?max_age=600`)
      expect(again.authorization).toBe('Bearer new')
      await again.answer(200, { tokenState: stateOf('new') })
      expect(auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason })
      expect(one.is).toBe('pending')
    },
  )

  it.skipIf(isSpokenInCodes)(
    'asks nothing of who has given the number elsewhere, however old the login is',
    async () => {
      const { host, auth } = openH5('old')
      const one = outcomeOf(auth.ensure('getPhoneNumber'))
      const tokenState = stateOf('old', { hasPhoneNumber: true, version: 2 })
      const asked = await host.take(`${STATE}?max_age=600`)
      await asked.answer(401, { tokenState }, { 'WWW-Authenticate': 'Bearer' })
      expect(one.is).toBe('resolved')
      expect([auth.prompt, auth.tokenState?.hasPhoneNumber]).toEqual([null, true])
    },
  )

  it.skipIf(isSpokenInCodes).each([
    [
      'where the number comes from WeChat’s button',
      () => openClient({ token: 't' }),
      'getPhoneNumber',
    ],
    ['for what nobody types', () => openH5('t'), 'getUserInfo'],
  ] as const)('asks for no new login %s', async (_, open, kind) => {
    const { host, auth } = open()
    void outcomeOf(auth.ensure(kind))
    expect((await host.take(STATE)).line).toBe(STATE)
  })

  it('goes by what the client knows where the dialect has no call for the token state', async () => {
    const host = createHost()
    const { auth } = openClient({
      host,
      token: 't',
      dialect: { tokenState: () => null, read: () => ({ kind: 'failure' }) },
    })
    const one = outcomeOf(auth.ensure('getPhoneNumber', { reason }))
    await flush()
    expect(host.sent).toEqual([])
    expect(auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason })
    auth.adopt(stateOf('n', { uid: 'u1' }))
    auth.cancelPrompt()
    await flush()
    expect(one).toMatchObject({ error: { code: 'prompt_cancelled' } })
    await auth.ensure('getPhoneNumber')
  })
})

import { describe, expect, it } from 'vitest'
import { asking, challenge, givePhone } from '../../support/challenged'
import { flush } from '../../support/clock'
import { sendFirst } from '../../support/firstRequest'
import { openClient, stateOf } from '../../support/client'
import { outcomeOf } from '../../support/outcome'

const LOGIN = 'POST /auth/login'

describe('guarantee 3: a request that is sent again', () => {
  it('once with a session that began meanwhile: refused again, it is not sent a third time', async () => {
    const { host, auth } = openClient({ token: 't' })
    await auth.logout()
    const one = outcomeOf(auth.request('/a'))
    const guest = await host.take('GET /a')
    auth.adopt(stateOf('n'))
    await guest.answer(401)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(401)
    await flush()
    expect(one.error).toMatchObject({ code: 'login_rejected' })
    expect(host.logins).toBe(0)
  })

  it('after a prompt may still need a login', async () => {
    const client = openClient({ token: 't' })
    const { host } = client
    const one = await challenge(client, '/a', 'getPhoneNumber')
    await givePhone(client)
    await (await host.take('GET /a')).answer(401)
    await (await host.take(LOGIN)).answer(200, { tokenState: stateOf('n') })
    const last = await host.take('GET /a')
    expect(last.authorization).toBe('Bearer n')
    await last.answer(200, { data: 1 })
    expect(one.value).toBe(1)
  })

  it('goes as a guest’s after a login that could not be made, also if it waits for its place', async () => {
    const { host, auth } = openClient({ token: 'dead', concurrency: 2 })
    host.login = 'fail'
    const [a] = ['/a', '/b', '/c'].map((url) => outcomeOf(auth.request(url)))
    await (await host.take('GET /a')).answer(401)
    await (await host.take('GET /c')).answer(401)
    const guest = await host.take('GET /a')
    expect(guest.authorization).toBe(undefined)
    await guest.answer(200, { data: 1 })
    expect(a!.value).toBe(1)
  })
})

describe('guarantee 3: a request that went as a guest’s', () => {
  it.each([['/early', '/a'] as const, ['/a', '/early'] as const])(
    'does not go with the token once more that was only taken before it was refused: %s, %s',
    async (...paths) => {
      const { host, auth } = openClient({ token: 'dead' })
      host.login = 'fail'
      const [first, second] = paths.map((path) => outcomeOf(auth.request(path)))
      const [early, one] = paths[0] === '/early' ? [first!, second!] : [second!, first!]
      await (await host.take('GET /a')).answer(401)
      const guest = await host.take('GET /a')
      await (await host.take('GET /early')).answer(200, { data: 1, tokenState: stateOf('dead') })
      expect(early.value).toBe(1)
      await guest.answer(401)
      expect(one.error).toMatchObject({ code: 'login_failed' })
      host.assertIdle()
    },
  )

  it('goes with the token once more that was taken after it was refused', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.login = 'fail'
    const one = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401)
    const guest = await host.take('GET /a')
    const later = outcomeOf(auth.request('/later'))
    await (await host.take('GET /later')).answer(200, { data: 1 })
    expect(later.value).toBe(1)
    await guest.answer(401)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer t')
    await again.answer(200, { data: 2 })
    expect(one.value).toBe(2)
  })

  it('goes with a session that began before it had its place', async () => {
    const { host, auth } = openClient({ token: 'dead', concurrency: 2 })
    host.login = 'fail'
    const [a] = ['/a', '/b', '/c'].map((url) => outcomeOf(auth.request(url)))
    await (await host.take('GET /a')).answer(401)
    const c = await host.take('GET /c')
    auth.adopt(stateOf('n'))
    await c.answer(204)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(200, { data: 1 })
    expect(a!.value).toBe(1)
  })

  it('is refused with the error of the login that could not be made, without another', async () => {
    const { host, auth } = openClient()
    host.login = 'fail'
    const one = outcomeOf(auth.request('/a'))
    const guest = await host.take('GET /a')
    expect(guest.authorization).toBe(undefined)
    host.login = 'code'
    await host.clock.advance(1_000)
    await guest.answer(401)
    expect(one.error).toMatchObject({ code: 'login_failed' })
    expect(host.logins).toBe(1)
  })

  it('goes with the token that an answer has renewed meanwhile', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.login = 'silent'
    for (const url of ['/a', '/b']) void auth.request(url).catch(() => {})
    const [first, second] = await host.takeAll('GET')
    await first!.answer(401)
    await host.clock.advance(3_000)
    const one = outcomeOf(auth.request('/c'))
    const guest = await host.take('GET /c')
    expect(guest.authorization).toBe(undefined)
    await second!.answer(200, { tokenState: stateOf('n', { version: 2 }) })
    await guest.answer(401)
    const again = await host.take('GET /c')
    expect(again.authorization).toBe('Bearer n')
    await again.answer(200, { data: 1 })
    expect(one.value).toBe(1)
  })

  it('is asked for nothing but a login: whose number it is nobody knows', async () => {
    const { host, auth } = openClient({ token: 't' })
    await auth.logout()
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    expect(auth.prompt?.kind).toBe('login')

    const first = await sendFirst()
    await first.carrier.answer(401, {}, asking('getPhoneNumber'))
    expect(first.auth.prompt).toBe(null)
    await first.host.take(LOGIN)
  })
})

describe('guarantee 7: a button in sight', () => {
  it('waits for the login that the app makes, though none may start by itself', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.encrypts = () => true
    host.session = false
    const failed = outcomeOf(auth.login())
    await (await host.take(LOGIN)).fail('network')
    expect(failed.is).toBe('rejected')
    void auth.login()
    const login = await host.take(LOGIN)
    const prepared = outcomeOf(auth.preparePress('getPhoneNumber'))
    await flush()
    expect(prepared.is).toBe('pending')
    await login.answer(200, { tokenState: stateOf('n') })
    expect(prepared.is).toBe('resolved')
  })
})

describe('guarantee 15: the prompt in sight', () => {
  it('asks for user info without a text code, which proves numbers', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getUserInfo proof="sms"')
    expect(client.auth.prompt).toEqual({ kind: 'getUserInfo', scope: 'profile', status: 'open' })
  })

  it('is no other one for a second submit, nor for a page that had asked for something else', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    host.pages = ['one']
    await challenge(client, '/a', 'getPhoneNumber')
    host.pages = ['one', 'two']
    const other = await challenge(client, '/b', 'getUserInfo')
    const prompts: unknown[] = [auth.prompt]
    auth.subscribe(() => prompts.push(auth.prompt))
    host.pages = ['one']
    auth.pageUnloaded()
    await flush()
    expect(other.error).toMatchObject({ code: 'prompt_cancelled' })
    expect(prompts).toEqual([{ kind: 'getPhoneNumber', status: 'open' }])

    for (const code of ['1', '2'])
      void auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code })
    await host.take('POST /auth/phone-number')
    expect(prompts).toHaveLength(2)
  })

  it('that its page takes with it is declined, also for what was sent from elsewhere before', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    host.pages = ['one']
    const late = outcomeOf(auth.request('/late'))
    const call = await host.take('GET /late')
    host.pages = ['one', 'two']
    await challenge(client, '/a', 'getPhoneNumber')
    host.pages = ['one']
    auth.pageUnloaded()
    expect(auth.prompt).toBe(null)
    await call.answer(401, {}, asking('getPhoneNumber'))
    expect(late.error).toMatchObject({ code: 'prompt_cancelled' })
    expect(auth.prompt).toBe(null)
  })
})

import { describe, expect, it } from 'vitest'
import type { Auth } from '../../../src'
import { contract } from '../../../src/auth/contract'
import type { Dialect } from '../../../src/auth/dialect'
import { createAuth } from '../../../src/createAuth'
import { KEY, openClient, stateOf } from '../../support/client'
import { BASE, createHost, type FakeHost } from '../../support/host'
import { outcomeOf } from '../../support/outcome'

const refreshing: Dialect = {
  ...contract,
  refresh: ({ refreshToken }) => ({ url: '/refresh', data: { refreshToken } }),
}
const SIGNED_OUT = JSON.stringify({ signedOut: true })
const mine = stateOf('mine', { uid: 'u-li', refreshToken: 'r' })
const theirs = stateOf('theirs', { uid: 'u-zhao', refreshToken: 'r2' })

const stored = (host: FakeHost, state: object) => JSON.stringify({ state, at: host.clock.now() })
const browser = () => createHost({ without: ['login', 'checkSession'] })

/** A browser's tab with a session, and a request whose token is refused: it is being refreshed. */
async function refresh() {
  const host = browser()
  host.storage.set(KEY, stored(host, mine))
  const auth = createAuth({ baseURL: BASE, platform: host.platform, dialect: refreshing })
  const request = outcomeOf(auth.request('/a'))
  await (await host.take('GET /a')).answer(401)
  return { host, auth, request, call: await host.take('POST /refresh') }
}

/** A browser's tab with a session that has to be refreshed. */
function expired() {
  const host = browser()
  const state = { ...mine, expiresIn: 60 }
  host.storage.set(KEY, JSON.stringify({ state, at: host.clock.now() - 120_000 }))
  const auth = createAuth({ baseURL: BASE, platform: host.platform, dialect: refreshing })
  return { host, auth }
}

async function expectTheirs(host: FakeHost, auth: Auth) {
  expect(auth.tokenState?.accessToken).toBe('theirs')
  expect(host.storage.get(KEY)).toContain('"theirs"')
  expect((await host.take('GET /a')).authorization).toBe('Bearer theirs')
}

describe('guarantee 6: what another tab has stored, before the browser tells of it', () => {
  it('a logout that a refused token finds ends what waits here', async () => {
    const host = browser()
    const { auth } = openClient({ host, token: 't' })
    const asked = outcomeOf(auth.request('/asked'))
    await (await host.take('GET /asked')).answer(401, {}, { 'WWW-Authenticate': 'getPhoneNumber' })
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    const refused = outcomeOf(auth.request('/refused'))
    const call = await host.take('GET /refused')

    host.storage.set(KEY, SIGNED_OUT)
    await call.answer(401)
    expect(asked.error).toMatchObject({ code: 'signed_out' })
    expect(refused.error).toMatchObject({ code: 'signed_out' })
    expect(auth).toMatchObject({ tokenState: null, signedOut: true, prompt: null })
    host.assertIdle()
  })

  it('a logout there ends a check of the token and a submit here', async () => {
    const host = browser()
    const { auth } = openClient({ host, token: 't' })
    const check = outcomeOf(auth.verify())
    const submit = outcomeOf(auth.submitPhoneNumber({ phone: '13800138000', smsCode: '123456' }))
    await host.storeElsewhere(KEY, SIGNED_OUT)
    expect(check.error).toMatchObject({ code: 'signed_out' })
    expect(submit.error).toMatchObject({ code: 'signed_out' })
    for (const call of await host.takeAll('')) await call.answer(200, { tokenState: stateOf('t') })
    expect(auth).toMatchObject({ tokenState: null, signedOut: true })
    host.assertIdle()
  })

  it.each([
    { what: 'a login', text: stored(browser(), theirs), token: 'theirs' },
    { what: 'a logout', text: SIGNED_OUT, token: undefined },
  ])('no answer writes over $what', async ({ text, token }) => {
    const host = browser()
    const { auth } = openClient({ host, token: 't' })
    const one = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    host.storage.set(KEY, text)
    await call.answer(200, { data: 1, tokenState: stateOf('t', { version: 2 }) })
    expect(host.storage.get(KEY)).toBe(text)
    expect(auth.tokenState?.accessToken).toBe(token)
    if (token === undefined) expect(one.error).toMatchObject({ code: 'signed_out' })
    else expect(one.value).toBe(1)
  })
})

it('a storage that the app has cleared ends no session, and answers no prompt', async () => {
  const host = browser()
  const { auth } = openClient({ host, token: 't' })
  void auth.request('/asks').catch(() => {})
  const challenge = 'Bearer error="insufficient_user_authentication"'
  await (await host.take('GET /asks')).answer(401, {}, { 'WWW-Authenticate': challenge })
  expect(auth.prompt?.kind).toBe('login')
  const one = outcomeOf(auth.request('/a'))
  const call = await host.take('GET /a')
  host.storage.clear()
  await call.answer(200, { data: 1, tokenState: stateOf('t', { version: 2 }) })
  expect(one.value).toBe(1)
  expect(auth.tokenState?.version).toBe(2)
  expect(host.storage.get(KEY)).toContain('"version":2')
  expect(auth.prompt?.kind).toBe('login')
  host.assertIdle()
})

describe('guarantee 6: another tab during a refresh', () => {
  it('a token that it has stored is refreshed in its turn, if it is dead, too', async () => {
    const { host, request, call } = await refresh()
    host.storage.set(KEY, stored(host, { ...theirs, uid: 'u-li' }))
    await call.answer(401)
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer theirs')
    await again.answer(401)
    await (await host.take('POST /refresh')).answer(200, { tokenState: stateOf('new') })
    const last = await host.take('GET /a')
    expect(last.authorization).toBe('Bearer new')
    await last.answer(200, { data: 1 })
    expect(request.value).toBe(1)
  })

  it('a session without a name is not taken for another person’s', async () => {
    const { host, request, call } = await refresh()
    await host.storeElsewhere(KEY, stored(host, { ...theirs, uid: undefined }))
    await call.answer(200, { tokenState: { ...mine, accessToken: 'mine2' } })
    const again = await host.take('GET /a')
    expect(again.authorization).toBe('Bearer mine2')
    await again.answer(200, { data: 1 })
    expect(request.value).toBe(1)
    // Nothing was revoked.
    host.assertIdle()
  })

  it('a session begun there outlives the refusal of the one before', async () => {
    const { host, auth, call } = await refresh()
    await host.storeElsewhere(KEY, stored(host, { ...theirs, uid: 'u-li' }))
    await call.answer(401)
    await expectTheirs(host, auth)
  })

  it.each([429, 401])(
    'the same person’s session is there for all that wait when the refresh ends with %i',
    async (status) => {
      const host = browser()
      host.storage.set(KEY, stored(host, mine))
      const auth = createAuth({ baseURL: BASE, platform: host.platform, dialect: refreshing })
      const requests = ['/a', '/b'].map((url) => outcomeOf(auth.request(url)))
      for (const call of await host.takeAll('GET')) await call.answer(401)
      const call = await host.take('POST /refresh')
      await host.storeElsewhere(KEY, stored(host, { ...theirs, uid: 'u-li' }))
      await call.answer(status)
      for (const path of ['/a', '/b']) {
        const again = await host.take(`GET ${path}`)
        expect(again.authorization).toBe('Bearer theirs')
        await again.answer(200, { data: path })
      }
      expect(requests.map(({ value }) => value)).toEqual(['/a', '/b'])
      host.assertIdle()
    },
  )

  it('an app that adopts a session at any moment of that refusal keeps it', async () => {
    for (let microtasks = 0; microtasks < 20; microtasks++) {
      const { host, auth, call } = await refresh()
      const answered = call.answer(401)
      for (let i = 0; i < microtasks; i++) await Promise.resolve()
      auth.adopt(theirs)
      await answered
      expect(auth.tokenState?.accessToken).toBe('theirs')
      expect(host.storage.get(KEY)).toContain('"theirs"')
    }
  })

  it.each(['told', 'not told'])('another person’s session stays, %s', async (how) => {
    const { host, auth, call } = await refresh()
    const text = stored(host, theirs)
    if (how === 'told') await host.storeElsewhere(KEY, text)
    else host.storage.set(KEY, text)
    await call.answer(200, { tokenState: { ...mine, accessToken: 'mine2' } })
    await expectTheirs(host, auth)
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer mine2')
  })

  it('the same person’s session gives way to the token that is refreshed here', async () => {
    const { host, auth, call } = await refresh()
    await host.storeElsewhere(KEY, stored(host, { ...theirs, uid: 'u-li' }))
    await call.answer(200, { tokenState: { ...mine, accessToken: 'mine2' } })
    expect(auth.tokenState?.accessToken).toBe('mine2')
    expect((await host.take('GET /a')).authorization).toBe('Bearer mine2')
  })

  it('a session that is gone there is over here, too, if the refresh brings no other token', async () => {
    const { host, auth } = expired()
    void auth.request('/a')
    const call = await host.take('POST /refresh')
    host.storage.delete(KEY)
    await call.answer(200, { tokenState: 'none' })
    expect(auth.tokenState).toBe(null)
    expect((await host.take('GET /a')).authorization).toBe(undefined)
  })

  it('a session begun there is not refreshed where the login that a request waits for here fails', async () => {
    const { host, auth } = expired()
    const login = outcomeOf(auth.login({ phone: '13800138000', smsCode: '123456' }))
    void auth.request('/a')
    const own = await host.take('POST /auth/login')
    await host.storeElsewhere(KEY, stored(host, theirs))
    await own.answer(401)
    expect(login.error).toMatchObject({ code: 'login_rejected' })
    await expectTheirs(host, auth)
    expect(host.sent.filter(({ line }) => line === 'POST /refresh')).toEqual([])
  })

  it('a logout that is found when it ends revokes what it brings', async () => {
    const { host, auth, request, call } = await refresh()
    host.storage.set(KEY, SIGNED_OUT)
    await call.answer(200, { tokenState: { ...mine, accessToken: 'mine2' } })
    expect(request.error).toMatchObject({ code: 'signed_out' })
    expect(auth).toMatchObject({ tokenState: null, signedOut: true })
    expect(host.storage.get(KEY)).toBe(SIGNED_OUT)
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer mine2')
  })

  it('a logout there ends a login that waits for it here', async () => {
    const { host, auth, call } = await refresh()
    const login = outcomeOf(auth.login({ phone: '13800138000', smsCode: '123456' }))
    await host.storeElsewhere(KEY, SIGNED_OUT)
    expect(login.error).toMatchObject({ code: 'signed_out' })
    await call.answer(401)
    expect(auth).toMatchObject({ tokenState: null, signedOut: true })
    host.assertIdle()
  })

  it('a login of the user’s own here is a later act: it goes on', async () => {
    const host = browser()
    const { auth } = openClient({ host })
    const login = outcomeOf(auth.login({ phone: '13800138000', smsCode: '123456' }))
    const call = await host.take('POST /auth/login')
    await host.storeElsewhere(KEY, stored(host, theirs))
    await call.answer(200, { tokenState: mine })
    expect(login.value).toMatchObject({ accessToken: 'mine' })
    expect(auth.tokenState?.accessToken).toBe('mine')
    host.assertIdle()
  })
})

it('a host that has no tabs is not asked for its storage with each answer', async () => {
  const host = createHost()
  delete host.platform.onStored
  const { auth } = openClient({ host, token: 't' })
  const one = outcomeOf(auth.request('/a'))
  const call = await host.take('GET /a')
  let reads = 0
  host.platform.getItem = () => void reads++
  await call.answer(200, { data: 1, tokenState: stateOf('t', { version: 2 }) })
  expect(one.value).toBe(1)
  expect(auth.tokenState?.version).toBe(2)
  expect(reads).toBe(0)
})

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
})

describe('guarantee 6: another tab during a refresh', () => {
  it('a session begun there outlives the refusal of the one before', async () => {
    const { host, auth, call } = await refresh()
    await host.storeElsewhere(KEY, stored(host, { ...theirs, uid: 'u-li' }))
    await call.answer(401)
    await expectTheirs(host, auth)
  })

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
})

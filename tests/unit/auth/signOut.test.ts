import { describe, expect, it } from 'vitest'
import type { WireAnswer } from '../../../src/auth/platform'
import { challenge } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { createBench, KEY, stateOf, type Bench } from '../../support/signedIn'

const MARK = JSON.stringify({ signedOut: true })

/** What is left of a session anywhere. */
function expectSignedOut({ auth, host }: Bench) {
  expect(auth.tokenState).toBe(null)
  expect(auth.signedOut).toBe(true)
  expect(auth.prompt).toBe(null)
  expect([...host.storage]).toEqual([[KEY, MARK]])
}

function linesOf({ host }: Bench) {
  return host.sent.map(({ line, authorization }) => `${line} ${authorization ?? 'guest'}`)
}

async function tellBackend({ host }: Bench) {
  await (await host.take('POST /auth/logout')).answer(204)
}

describe('promise 13: signing out', () => {
  it('resolves once nothing is left here, before the backend has answered', async () => {
    const bench = createBench({ token: 't' })
    const logout = outcomeOf(bench.auth.logout())
    expectSignedOut(bench)
    await flush()
    expect(logout.is).toBe('resolved')
    expect((await bench.host.take('POST /auth/logout')).authorization).toBe('Bearer t')
    await tellBackend(bench)
    expect(bench.warnings).toEqual([])
  })

  it('tells the backend for 5 s at most', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    const told = await bench.host.take('POST /auth/logout')
    await bench.host.clock.advance(4_999)
    expect(told.isAborted).toBe(false)
    await bench.host.clock.advance(1)
    expect(told.isAborted).toBe(true)
    expect(bench.warnings.map(({ code }) => code)).toEqual(['logout_not_told'])
  })

  it.each([
    ['204', 204, []],
    ['401, which means that the token is dead already', 401, []],
    ['500', 500, ['logout_not_told']],
  ])('takes the answer %s', async (_name, status, warned) => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    await (await bench.host.take('POST /auth/logout')).answer(status)
    expect(bench.warnings.map(({ code }) => code)).toEqual(warned)
    expectSignedOut(bench)
  })

  it('never answers a challenge to the logout itself', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    const told = await bench.host.take('POST /auth/logout')
    await told.answer(401, {}, { 'WWW-Authenticate': 'getPhoneNumber' })
    expectSignedOut(bench)
    expect(linesOf(bench)).toEqual(['POST /auth/logout Bearer t'])
  })

  it('warns, and stays signed out, when the backend is down', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    await (await bench.host.take('POST /auth/logout')).fail('network')
    expect(bench.warnings.map(({ code }) => code)).toEqual(['logout_not_told'])
    expectSignedOut(bench)
  })

  it('tells nobody when there was no session, and only once when called twice', async () => {
    const guest = createBench()
    await guest.auth.logout()
    expect(guest.host.sent).toHaveLength(0)
    expectSignedOut(guest)

    const bench = createBench({ token: 't' })
    await Promise.all([bench.auth.logout(), bench.auth.logout()])
    await tellBackend(bench)
    expect(linesOf(bench)).toEqual(['POST /auth/logout Bearer t'])
  })

  it('survives a restart', async () => {
    const bench = createBench({ token: 't' })
    await bench.auth.logout()
    await tellBackend(bench)
    const again = createBench({ host: bench.host })
    expectSignedOut(again)
    void again.auth.request('/a')
    expect((await bench.host.take('GET /a')).authorization).toBeUndefined()
    expect(bench.host.logins).toBe(0)
  })

  it('settles what waits and what runs with signed_out, and takes it off the wire', async () => {
    const bench = createBench({ token: 't' })
    const all = Array.from({ length: 20 }, (_, i) => outcomeOf(bench.auth.request(`/${i}`)))
    const upload = outcomeOf(bench.auth.upload({ url: '/u', filePath: 'wxfile://a', name: 'f' }))
    const onWire = await bench.host.takeAll('GET')
    await bench.auth.logout()
    await tellBackend(bench)
    for (const outcome of [...all, upload]) {
      expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'signed_out' } })
    }
    expect(onWire.every(({ isAborted }) => isAborted)).toBe(true)
    expect(bench.host.sent).toHaveLength(onWire.length + 1)
    bench.host.assertIdle()
  })

  it('leaves out the answer of a request that was on its way', async () => {
    const bench = createBench({ token: 't' })
    let arrive: (answer: WireAnswer) => void = () => {}
    const { send } = bench.host.platform
    bench.host.platform.send = (call) => {
      if (!call.url.endsWith('/a')) return send(call)
      return { answer: new Promise((resolve) => (arrive = resolve)), abort: () => {} }
    }
    const outcome = outcomeOf(bench.auth.request('/a'))
    await flush()
    await bench.auth.logout()
    arrive({ status: 200, headers: {}, data: { data: 1, tokenState: stateOf('t', { uid: 'u' }) } })
    await tellBackend(bench)
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expectSignedOut(bench)
  })

  it('closes an open prompt; the requests of it settle with signed_out', async () => {
    const bench = createBench({ token: 't' })
    const seen: unknown[] = []
    const waiting = await challenge(bench, '/a', 'getUserInfo, getPhoneNumber')
    bench.auth.subscribe(() => seen.push(bench.auth.prompt))
    await bench.auth.logout()
    await tellBackend(bench)
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    expect(new Set(seen)).toEqual(new Set([null]))
    expectSignedOut(bench)
  })

  it('opens no prompt that was being made ready', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = () => true
    bench.host.session = undefined
    const waiting = await challenge(bench, '/a', 'getPhoneNumber')
    await bench.auth.logout()
    await tellBackend(bench)
    await bench.host.clock.advance(10_000)
    expect(waiting).toMatchObject({ error: { code: 'signed_out' } })
    expect(bench.host.logins).toBe(0)
    expectSignedOut(bench)
  })

  it('ends the hold on wx.login, so that signing in again does not wait', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = () => true
    bench.auth.pressPrompt()
    await bench.auth.logout()
    await tellBackend(bench)
    void bench.auth.login().catch(() => {})
    await bench.host.take('POST /auth/login')
    expect(bench.host.logins).toBe(1)
  })

  it('forgets the token even if storage refuses to write', async () => {
    const bench = createBench({ token: 't' })
    bench.host.broken.add('setItem')
    await bench.auth.logout()
    await tellBackend(bench)
    expect(bench.auth.tokenState).toBe(null)
    expect([...bench.host.storage]).toEqual([])
    expect(bench.warnings.map(({ code }) => code)).toEqual(['storage_failed'])
  })
})

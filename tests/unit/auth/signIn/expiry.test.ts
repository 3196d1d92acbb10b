import { describe, expect, it } from 'vitest'
import type { FakeHost } from '../../../support/host'
import { openClient, KEY, stateOf } from '../../../support/client'

/** Answers everything at once: logins with `t1`, `t2` …, requests with their Authorization. */
function serve(host: FakeHost, more: { expiresIn?: number } = {}) {
  let issued = 0
  host.serve = ({ line, authorization }) =>
    line === 'POST /auth/login'
      ? { status: 200, data: { tokenState: stateOf(`t${++issued}`, more) } }
      : { status: 200, data: { data: authorization } }
}

describe('guarantee 4: a token known to be expired is renewed before sending', () => {
  it('is used until 30 s before its end, and renewed from then on', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 7200 } })
    serve(host)
    await host.clock.advance(7_169_999)
    expect(await auth.request('/a')).toBe('Bearer t0')
    await host.clock.advance(1)
    expect(await auth.request('/a')).toBe('Bearer t1')
    expect(host.sent.map(({ line }) => line)).toEqual(['GET /a', 'POST /auth/login', 'GET /a'])
  })

  it('costs a burst one login and one sending each', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 60 } })
    serve(host)
    await host.clock.advance(3_600_000)
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => auth.request(`/${i}`)))
    expect(new Set(all)).toEqual(new Set(['Bearer t1']))
    expect(host.sent).toHaveLength(21)
    expect(host.sent[0]?.line).toBe('POST /auth/login')
  })

  it('takes the margin that the app chose', async () => {
    const { host, auth } = openClient({
      token: 't0',
      state: { expiresIn: 7200 },
      expiryMargin: 600,
    })
    serve(host)
    await host.clock.advance(6_599_999)
    expect(await auth.request('/a')).toBe('Bearer t0')
    await host.clock.advance(1)
    expect(await auth.request('/a')).toBe('Bearer t1')
  })

  it.each([30, 20, 1])('uses a lifetime of %i s to its end', async (expiresIn) => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn } })
    serve(host)
    await host.clock.advance(expiresIn * 1000 - 1)
    expect(await auth.request('/a')).toBe('Bearer t0')
    await host.clock.advance(1)
    expect(await auth.request('/a')).toBe('Bearer t1')
  })

  it('uses a lifetime just above the margin for the second it leaves', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 31 } })
    serve(host)
    await host.clock.advance(999)
    expect(await auth.request('/a')).toBe('Bearer t0')
    await host.clock.advance(1)
    expect(await auth.request('/a')).toBe('Bearer t1')
  })

  it('tries a token that was just issued, though its life is over before it is sent', async () => {
    const { host, auth } = openClient()
    let ticks = host.clock.now()
    host.platform.now = () => (ticks += 5)
    serve(host, { expiresIn: 0.001 })
    const upload = { filePath: 'wxfile://a', name: 'f' }
    const all = ['/a', '/b', '/c'].map((url) => auth.upload({ url, ...upload }))
    expect(await Promise.all(all)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1'])
    expect(host.sent).toHaveLength(4)
  })

  it('counts the lifetime over a restart', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 100 } })
    serve(host)
    expect(await auth.request('/a')).toBe('Bearer t0')
    await host.clock.advance(70_000)
    const again = openClient({ host })
    expect(again.auth.tokenState?.accessToken).toBe('t0')
    expect(await again.auth.request('/a')).toBe('Bearer t1')
  })

  it('sends when the clock was set back to before the token came', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 100 } })
    serve(host)
    host.clock.set(host.clock.now() - 86_400_000)
    expect(await auth.request('/a')).toBe('Bearer t0')
    await host.clock.advance(3_600_000)
    expect(await auth.request('/b')).toBe('Bearer t0')
    expect(host.logins).toBe(0)
  })

  it('renews when the clock was set ahead, and is content with the new token', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 100 } })
    serve(host)
    host.clock.set(host.clock.now() + 365 * 86_400_000)
    expect(await auth.request('/a')).toBe('Bearer t1')
    expect(await auth.request('/b')).toBe('Bearer t1')
    expect(host.logins).toBe(1)
  })

  it('lives longer when an answer says so', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 100 } })
    await host.clock.advance(60_000)
    const task = auth.request('/a')
    await (
      await host.take('GET /a')
    ).answer(200, {
      data: 1,
      tokenState: stateOf('t0', { expiresIn: 100 }),
    })
    await task
    serve(host)
    await host.clock.advance(69_999)
    expect(await auth.request('/b')).toBe('Bearer t0')
    await host.clock.advance(1)
    expect(await auth.request('/c')).toBe('Bearer t1')
  })

  it('looks at the lifetime when a place on the wire is free, not when the request is made', async () => {
    const { host, auth } = openClient({ token: 't0', state: { expiresIn: 100 }, concurrency: 1 })
    const first = auth.request('/a')
    const second = auth.request('/b')
    const call = await host.take('GET /a')
    await host.clock.advance(50_000)
    await call.answer(200, { data: 1 })
    expect((await host.take('GET /b')).authorization).toBe('Bearer t0')
    const third = auth.request('/c')
    await host.clock.advance(30_000)
    await (await host.take('GET /b')).answer(200, { data: 2 })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t1') })
    const last = await host.take('GET /c')
    expect(last.authorization).toBe('Bearer t1')
    await last.answer(200, { data: 3 })
    expect(await Promise.all([first, second, third])).toEqual([1, 2, 3])
  })

  it('does not take a stored token for fresh when its time of arrival is missing', async () => {
    const { host } = openClient()
    host.storage.set(KEY, JSON.stringify({ state: stateOf('t0') }))
    const { auth } = openClient({ host, storageKey: KEY })
    expect(auth.tokenState).toBe(null)
  })
})

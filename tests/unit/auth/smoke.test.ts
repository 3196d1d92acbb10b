import { expect, test } from 'vitest'
import { flush } from '../../support/clock'
import { createBench, stateOf } from '../../support/signedIn'

test('a burst of 100 on a dead token costs 109 requests and one login', async () => {
  const { host, auth } = createBench({ token: 'old' })
  host.serve = ({ line, authorization }) =>
    line === 'POST /auth/login'
      ? { status: 200, data: { tokenState: stateOf('new') }, latency: 80 }
      : authorization === 'Bearer new'
        ? { status: 200, data: { data: line }, latency: 20 }
        : { status: 401, latency: 30 }
  const all = Promise.all(Array.from({ length: 100 }, (_, i) => auth.request(`/r/${i}`)))
  await host.clock.advance(10_000)
  expect(await all).toEqual(Array.from({ length: 100 }, (_, i) => `GET /r/${i}`))
  expect(host.sent.length).toBe(109)
  expect(host.most).toBeLessThanOrEqual(9)
  expect(host.logins).toBe(1)
})
test('the first request carries its own login', async () => {
  const { host, auth } = createBench()
  const first = auth.request('/a')
  const others = [auth.request('/b'), auth.request('/c')]
  const pilot = await host.take('GET /a')
  expect(pilot.authorization).toBe('WxLogin code-1')
  expect(host.onWire.length).toBe(1)
  await pilot.answer(200, { data: 1, tokenState: stateOf('t') })
  expect(await first).toBe(1)
  for (const call of await host.takeAll('GET')) {
    expect(call.authorization).toBe('Bearer t')
    await call.answer(200, { data: 2 })
  }
  expect(await Promise.all(others)).toEqual([2, 2])
  expect(host.logins).toBe(1)
})
test('a phone number is asked for once, then all are replayed', async () => {
  const { host, auth } = createBench({ token: 't' })
  const all = Promise.all([auth.request('/a'), auth.request('/b')])
  for (const call of await host.takeAll('GET'))
    await call.answer(401, {}, { 'www-authenticate': 'getPhoneNumber reason="why"' })
  expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', reason: 'why', status: 'open' })
  auth.pressPrompt()
  const submit = auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
  expect(auth.prompt?.status).toBe('submitting')
  await (
    await host.take('POST /auth/phone-number')
  ).answer(200, { tokenState: stateOf('t', { uid: 'u', hasPhoneNumber: true }) })
  await submit
  expect(auth.prompt).toBe(null)
  for (const call of await host.takeAll('GET')) await call.answer(200, { data: 2 })
  expect(await all).toEqual([2, 2])
  expect(auth.tokenState?.uid).toBe('u')
})

test('a first request aborted during wx.login leaves the login to the others', async () => {
  const { host, auth } = createBench()
  let give = (_code: string) => {}
  host.platform.login = () => new Promise((resolve) => (give = resolve))
  const first = auth.request('/a')
  const second = auth.request('/b')
  await flush()
  host.platform.login = () => Promise.resolve('code-2')
  const aborted = expect(first).rejects.toMatchObject({ code: 'aborted' })
  first.abort()
  give('code-1')
  await aborted
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
  await (await host.take('GET /b')).answer(200, { data: 2 })
  expect(await second).toBe(2)
  host.assertIdle()
})

import { expect, it } from 'vitest'
import { createAuth } from '../../../src/createAuth'
import type { Platform } from '../../../src/auth/platform'
import { createJournal } from '../../../example/diagnostics/journal'
import type { JournalEvent } from '../../../example/diagnostics/journalEvents'
import { asking, phoneCode } from '../../support/challenged'
import { flush } from '../../support/clock'
import { BASE, createHost } from '../../support/host'
import { KEY, stateOf } from '../../support/client'

function createWatched({ token }: { token?: string } = {}) {
  const host = createHost()
  if (token) {
    const stored = { state: stateOf(token), at: host.clock.now() }
    host.storage.set(KEY, JSON.stringify(stored))
  }
  const journal = createJournal(host.platform)
  const { platform } = journal
  const auth = createAuth({ baseURL: BASE, platform, onWarning: () => undefined })
  journal.follow(auth)
  return { host, journal, auth }
}

/** What an event says beside its time and number. */
const details = (event: JournalEvent) => ({ ...event, id: undefined, at: undefined })

it('records a first launch: the code, the request that carries it, the session', async () => {
  const { host, journal, auth } = createWatched()
  await host.clock.advance(500)
  const outcome = auth.request('/services?city=hz')
  const call = await host.take('GET /services')
  await host.clock.advance(80)
  const data = { data: [], tokenState: stateOf('t') }
  await call.answer(200, data)
  await outcome
  expect(journal.events).toEqual([
    { id: 1, at: 500, kind: 'wechat', call: 'login', outcome: 'answered', duration: 0 },
    {
      id: 2,
      at: 500,
      kind: 'request',
      method: 'GET',
      path: '/v1/services',
      signed: 'loginCode',
      isAgain: false,
      outcome: 'answered',
      status: 200,
      duration: 80,
    },
    {
      id: 3,
      at: 580,
      kind: 'session',
      change: 'signedIn',
      token: 1,
      hasUserInfo: false,
      hasPhoneNumber: false,
    },
  ])
})

it('records a dead token: the 401s, one login, and the replays with another token', async () => {
  const { host, journal, auth } = createWatched({ token: 'dead' })
  const outcomes = [1, 2].map(() => auth.request('/bookings'))
  for (const call of await host.takeAll('GET /bookings')) await call.answer(401)
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
  for (const call of await host.takeAll('GET /bookings')) await call.answer(200, { data: [] })
  await Promise.all(outcomes)
  const lines = journal.events.map((event) =>
    event.kind === 'request'
      ? [event.method, event.path, event.signed, event.token, event.isAgain, event.status].join(' ')
      : event.kind,
  )
  expect(lines).toEqual([
    'session',
    'GET /v1/bookings token 1 false 401',
    'GET /v1/bookings token 1 false 401',
    'wechat',
    'POST /v1/auth/login loginCode  false 200',
    'session',
    'GET /v1/bookings token 2 true 200',
    'GET /v1/bookings token 2 true 200',
  ])
})

it('records a prompt from its challenge to its end', async () => {
  const { host, journal, auth } = createWatched({ token: 't' })
  const outcome = auth.request('/bookings')
  const challenge = asking('getPhoneNumber reason="delivery", Bearer realm="api"')
  await (await host.take('GET /bookings')).answer(401, {}, challenge)
  await auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' })
  const submit = auth.submitPhoneNumber(phoneCode)
  const state = stateOf('t', { hasPhoneNumber: true })
  await (await host.take('POST /auth/phone-number')).answer(200, { tokenState: state })
  await submit
  await (await host.take('GET /bookings')).answer(200, { data: [] })
  await outcome
  const { events } = journal
  expect(events[1]).toMatchObject({ status: 401, challenges: ['getPhoneNumber', 'Bearer'] })
  const prompt = 'getPhoneNumber'
  expect(events.filter(({ kind }) => kind === 'prompt').map(details)).toEqual([
    { kind: 'prompt', change: 'opened', prompt },
    { kind: 'prompt', change: 'submitting', prompt },
    { kind: 'prompt', change: 'failed', prompt, error: 'prompt_denied' },
    { kind: 'prompt', change: 'submitting', prompt },
    { kind: 'prompt', change: 'closed', prompt },
  ])
  expect(
    events
      .filter(({ kind }) => kind === 'session')
      .map(details)
      .at(-1),
  ).toMatchObject({
    change: 'renewed',
    hasPhoneNumber: true,
  })
})

it('records signing out, background and foreground', async () => {
  const { host, journal, auth } = createWatched({ token: 't' })
  await host.hide()
  await host.show()
  await auth.logout()
  await (await host.take('POST /auth/logout')).fail('network', { errno: 600001 })
  await flush()
  expect(journal.events.map(details)).toMatchObject([
    { kind: 'session', change: 'restored', token: 1 },
    { kind: 'app', change: 'background' },
    { kind: 'app', change: 'foreground' },
    { kind: 'session', change: 'signedOut' },
    { kind: 'request', path: '/v1/auth/logout', token: 1, outcome: 'failed', errno: 600001 },
  ])
})

it('distinguishes aborted, too late and interrupted, and keeps what WeChat said', async () => {
  const { host, journal, auth } = createWatched({ token: 't' })
  const aborted = auth.request('/a')
  const late = auth.request({ url: '/b', timeout: 1_000 })
  const outcomes = Promise.allSettled([aborted, late, auth.request('/c')])
  await host.take('GET /c')
  aborted.abort()
  const errMsg = 'request:fail url not in domain list: https://x.example/?token=13900001111'
  await (await host.take('GET /c')).fail('network', { errMsg, errno: 600002 })
  await host.clock.advance(1_000)
  await outcomes
  expect(journal.events.slice(1)).toMatchObject([
    { path: '/v1/a', outcome: 'aborted', duration: 0 },
    { path: '/v1/b', outcome: 'timeout', duration: 1_000 },
    { path: '/v1/c', outcome: 'failed', errno: 600002, words: 'url not in domain list' },
  ])
})

it('shows a wx.login that never answers, and one that fails', async () => {
  const { host, journal, auth } = createWatched()
  host.login = 'silent'
  const silent = expect(auth.login()).rejects.toThrow('login_timeout')
  await host.clock.advance(10_000)
  await silent
  host.login = 'fail'
  await expect(auth.login()).rejects.toThrow('login_failed')
  expect(journal.events.map(details)).toMatchObject([
    { kind: 'wechat', outcome: 'pending' },
    { kind: 'wechat', outcome: 'failed' },
  ])
})

it('keeps the last 200 events and notifies its listeners of each', async () => {
  const { host, journal } = createWatched()
  let notified = 0
  const stop = journal.subscribe(() => notified++)
  journal.subscribe(() => {
    throw new Error('not the journal’s business')
  })
  for (let i = 0; i < 250; i++) await host.hide()
  stop()
  await host.hide()
  expect(notified).toBe(250)
  expect(journal.events).toHaveLength(200)
  expect(journal.events[0]?.id).toBe(52)
  expect(journal.events.at(-1)?.id).toBe(251)
})

it('does not go back with a clock that is set back', async () => {
  const { host, journal } = createWatched()
  await host.clock.advance(1_000)
  await host.hide()
  host.clock.set(host.clock.now() - 86_400_000)
  await host.hide()
  await host.clock.advance(5)
  await host.hide()
  expect(journal.events.map(({ at }) => at)).toEqual([1_000, 1_000, 1_005])
})

it('has just the abilities its platform has', () => {
  const { platform } = createHost({ without: ['login', 'checkSession'] })
  const bare: Platform = { ...platform }
  for (const name of ['encrypts', 'onHide', 'onShow', 'pages'] as const) delete bare[name]
  expect(Object.keys(createJournal(bare).platform).sort()).toEqual(Object.keys(bare).sort())
  const whole = createHost().platform
  expect(Object.keys(createJournal(whole).platform).sort()).toEqual(Object.keys(whole).sort())
})

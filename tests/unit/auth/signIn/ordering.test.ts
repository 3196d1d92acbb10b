import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import type { FakeHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, KEY, stateOf } from '../../../support/client'

const stored = (host: FakeHost) => String(host.storage.get(KEY))

/** Calls `look` inside the storage, before the value is written. */
function spyOnWriting(host: FakeHost, look: (value: string) => void) {
  const write = host.platform.setItem
  host.platform.setItem = (key, value) => {
    look(value)
    write(key, value)
  }
}

describe('guarantee 10: the token is in memory and in storage before any waiter resumes', () => {
  it('is written before any waiting request is sent, and before login() resolves', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const outcomes = ['/a', '/b'].map((path) => outcomeOf(auth.request(path)))
    for (const call of await host.takeAll('GET')) await call.answer(401)
    const login = outcomeOf(auth.login())
    const waiting = outcomeOf(auth.request('/c'))
    const seen: unknown[] = []
    spyOnWriting(host, (value) => {
      seen.push(value.includes('"accessToken":"new"'), auth.tokenState?.accessToken, login.is)
      seen.push(
        host.onWire.length,
        outcomes.map(({ is }) => is),
        waiting.is,
      )
    })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(seen).toEqual([true, 'new', 'pending', 0, ['pending', 'pending'], 'pending'])
    expect(host.onWire).toHaveLength(3)
  })

  it('is there when a continuation of login() runs', async () => {
    const { host, auth } = openClient()
    const seen = auth.login().then(() => [stored(host), auth.tokenState?.accessToken])
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    const [text, token] = await seen
    expect(JSON.parse(text!)).toMatchObject({ state: stateOf('new') })
    expect(token).toBe('new')
  })

  it('is there when the first request, which carried the login, resolves', async () => {
    const { host, auth } = openClient()
    const seen = auth.request('/b').then(() => [stored(host), auth.tokenState?.accessToken])
    await (await host.take('GET /b')).answer(200, { data: 1, tokenState: stateOf('new') })
    const [text, token] = await seen
    expect(JSON.parse(text!)).toMatchObject({ state: stateOf('new') })
    expect(token).toBe('new')
  })

  it('is there when a request whose answer renewed it resolves', async () => {
    const { host, auth } = openClient({ token: 't' })
    const seen = auth.request('/a').then(() => [stored(host), auth.tokenState?.uid])
    await (await host.take('GET /a')).answer(200, { tokenState: stateOf('t', { uid: 'u1' }) })
    const [text, uid] = await seen
    expect(JSON.parse(text!)).toMatchObject({ state: { uid: 'u1' } })
    expect(uid).toBe('u1')
  })

  it('is held when a listener is notified', async () => {
    const { host, auth } = openClient()
    const seen: (string | undefined)[][] = []
    auth.subscribe(() => seen.push([auth.tokenState?.accessToken, stored(host)]))
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    expect(seen).toHaveLength(1)
    expect(seen[0]?.[0]).toBe('new')
    expect(seen[0]?.[1]).toContain('"accessToken":"new"')
  })

  it('is found by a second start of the app at that very moment', async () => {
    const { host, auth } = openClient()
    const second = auth.login().then(() => openClient({ host }).auth.tokenState)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(await second).toEqual(stateOf('new'))
  })

  it('is in memory alone when storage refuses, and the waiters resume', async () => {
    const { host, auth, warnings } = openClient()
    host.broken.add('setItem')
    const tasks = [auth.request('/a'), auth.request('/b')]
    await (await host.take('GET /a')).answer(200, { data: 1, tokenState: stateOf('new') })
    const call = await host.take('GET /b')
    expect(call.authorization).toBe('Bearer new')
    await call.answer(200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([1, 2])
    expect(warnings.map(({ code }) => code)).toEqual(['storage_failed'])
  })
})

/** Two requests on the wire, `/older` sent before `/newer`. */
async function takeTwo(state: object = {}) {
  const { host, auth } = openClient({ token: 't', state })
  const tasks = [outcomeOf(auth.request('/older')), outcomeOf(auth.request('/newer'))]
  return { host, auth, tasks, older: await host.take('GET /o'), newer: await host.take('GET /n') }
}

const uidOf = (auth: { tokenState: { uid?: string } | null }) => auth.tokenState?.uid

describe('guarantee 11: within a session the newer token state wins', () => {
  const brings = (uid: string, version?: number) => ({
    data: 1,
    tokenState: stateOf('t', { uid, ...(version !== undefined && { version }) }),
  })

  it.each([
    ['both without a version', undefined, undefined, 'newer'],
    ['the older one without', undefined, 2, 'newer'],
    ['the newer one without', 2, undefined, 'newer'],
    ['equal versions', 2, 2, 'newer'],
    ['the newer one higher', 2, 3, 'newer'],
    ['the older one higher', 3, 2, 'older'],
    ['version 0 below 1', 1, 0, 'older'],
  ])('%s: whichever answer comes first', async (_, older, newer, winner) => {
    for (const isOlderFirst of [true, false]) {
      const client = await takeTwo()
      const answers = [
        () => client.older.answer(200, brings('older', older)),
        () => client.newer.answer(200, brings('newer', newer)),
      ]
      for (const answer of isOlderFirst ? answers : answers.reverse()) await answer()
      expect(uidOf(client.auth)).toBe(winner)
      expect(client.tasks.map(({ value }) => value)).toEqual([1, 1])
      expect(stored(client.host)).toContain(`"uid":"${winner}"`)
    }
  })

  it('does not let a version from storage be undone by a lower one', async () => {
    const { auth, newer } = await takeTwo({ uid: 'stored', version: 7 })
    await newer.answer(200, brings('newer', 6))
    expect(uidOf(auth)).toBe('stored')
  })

  it('takes the state of a failure, a 401 with a prompt, and an upload likewise', async () => {
    const { auth, older, newer, host } = await takeTwo()
    await older.answer(404, { title: 'no', ...brings('a', 1) })
    expect(uidOf(auth)).toBe('a')
    await newer.answer(401, brings('b', 2), { 'WWW-Authenticate': 'getPhoneNumber' })
    expect(uidOf(auth)).toBe('b')
    auth.cancelPrompt()
    const upload = auth.upload({ url: '/up', filePath: 'wxfile://a', name: 'f' })
    await (await host.take('UPLOAD')).answer(200, JSON.stringify(brings('c', 3)))
    await upload
    expect(uidOf(auth)).toBe('c')
  })

  it('keeps what it has when an answer brings none, or a malformed one', async () => {
    const { auth, older, newer } = await takeTwo({ uid: 'kept' })
    await older.answer(200, { data: 1 })
    await newer.answer(200, { data: 1, tokenState: { accessToken: 5 } })
    expect(uidOf(auth)).toBe('kept')
  })

  it('ignores what an aborted request’s answer would have brought', async () => {
    const { host, auth } = openClient({ token: 't', state: { uid: 'kept' } })
    const task = auth.request('/a')
    const outcome = outcomeOf(task)
    const call = await host.take('GET /a')
    task.abort()
    await flush()
    expect(call.isAborted).toBe(true)
    expect(outcome.is).toBe('rejected')
    expect(uidOf(auth)).toBe('kept')
  })
})

describe('guarantee 11: an answer from an earlier session is ignored', () => {
  it('after a login, whatever its version, though it succeeds for its caller', async () => {
    const { host, auth, older, tasks } = await takeTwo({ version: 3 })
    const login = auth.login()
    const state = stateOf('new', { version: 1 })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: state })
    await login
    await older.answer(200, { data: 1, tokenState: stateOf('t', { version: 99, uid: 'x' }) })
    expect(tasks[0]).toMatchObject({ is: 'resolved', value: 1 })
    expect(auth.tokenState).toEqual(state)
    expect(stored(host)).toContain('"accessToken":"new"')
  })

  it('even when it was sent while that login was under way', async () => {
    const { host, auth } = openClient({ token: 't' })
    const verified = outcomeOf(auth.verify())
    const check = await host.take('GET /auth/token-state')
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    await check.answer(200, { tokenState: stateOf('t', { version: 9 }) })
    expect(verified).toMatchObject({ is: 'resolved', value: stateOf('new') })
    expect(auth.tokenState).toEqual(stateOf('new'))
  })

  it('after the backend ended the session', async () => {
    const { host, auth, older } = await takeTwo()
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(403)
    expect(login.is).toBe('rejected')
    await older.answer(200, { data: 1, tokenState: stateOf('t', { uid: 'x' }) })
    expect(auth.tokenState).toBe(null)
    expect(host.storage.size).toBe(0)
  })

  it('a login begins at any version', async () => {
    const { host, auth } = openClient({ token: 't', state: { version: 50 } })
    const login = auth.login()
    await (
      await host.take('POST /auth/login')
    ).answer(200, {
      tokenState: stateOf('new', { version: 1 }),
    })
    expect(await login).toEqual(stateOf('new', { version: 1 }))
    const task = auth.request('/a')
    await (
      await host.take('GET /a')
    ).answer(200, {
      data: 1,
      tokenState: stateOf('new', { version: 2 }),
    })
    await task
    expect(auth.tokenState?.version).toBe(2)
  })
})

describe('answers that say the same', () => {
  it('are stored and reported once in ten seconds, and prolong the session all the same', async () => {
    const { host, auth } = openClient({ token: 't', state: { expiresIn: 60 } })
    let written = 0
    let notified = 0
    spyOnWriting(host, () => written++)
    auth.subscribe(() => notified++)
    host.serve = () => ({
      status: 200,
      data: { data: 1, tokenState: stateOf('t', { expiresIn: 60 }) },
    })
    for (let second = 0; second < 55; second++) {
      await auth.request('/a')
      await host.clock.advance(1_000)
    }
    expect([written, notified]).toEqual([6, 6])
    expect(host.logins).toBe(0)
  })

  it('are stored at once where anything differs', async () => {
    const { host, auth } = openClient({ token: 't' })
    for (const version of [1, 2]) {
      const request = auth.request('/a')
      const tokenState = stateOf('t', { version })
      await (await host.take('GET /a')).answer(200, { data: 1, tokenState })
      await request
      expect(stored(host)).toContain(`"version":${version}`)
    }
  })
})

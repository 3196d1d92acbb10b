import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import type { PendingCall } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf } from '../../../support/client'

async function answerAll(calls: PendingCall[], status: number, data?: unknown): Promise<void> {
  for (const call of calls) await call.answer(status, data)
}

describe('guarantee 2: a late 401 for a replaced token', () => {
  it('is replayed with the new token, without a login', async () => {
    const { host, auth } = openClient({ token: 'old' })
    const tasks = [auth.request('/a'), auth.request('/late')]
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await host.clock.advance(20_000)
    await (await host.take('GET /late')).answer(401, {}, { 'WWW-Authenticate': 'Bearer' })
    const replay = await host.take('GET /late')
    expect(replay.authorization).toBe('Bearer new')
    await replay.answer(200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([1, 2])
    expect(host.logins).toBe(1)
  })

  it('is replayed without a login when an answer has renewed the token meanwhile', async () => {
    const { host, auth } = openClient({ token: 'old' })
    const tasks = [auth.request('/a'), auth.request('/late')]
    await (await host.take('GET /a')).answer(200, { data: 1, tokenState: stateOf('rotated') })
    await (await host.take('GET /late')).answer(401)
    const replay = await host.take('GET /late')
    expect(replay.authorization).toBe('Bearer rotated')
    await replay.answer(200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([1, 2])
    expect(host.logins).toBe(0)
  })

  it('takes the token that its own 401 brought', async () => {
    const { host, auth } = openClient({ token: 'old' })
    const task = auth.request('/a')
    await (await host.take('GET /a')).answer(401, { tokenState: stateOf('rotated') })
    const replay = await host.take('GET /a')
    expect(replay.authorization).toBe('Bearer rotated')
    await replay.answer(200, { data: 1 })
    expect(await task).toBe(1)
    expect(host.logins).toBe(0)
  })

  it('waits for a newer login that is under way, and shares it', async () => {
    const { host, auth } = openClient({ token: 't0' })
    const tasks = [auth.request('/late'), auth.request('/a')]
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t1') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    tasks.push(auth.request('/b'))
    await (await host.take('GET /b')).answer(401)
    await host.take('POST /auth/login')
    await (await host.take('GET /late')).answer(401) // refuses t0, two tokens ago
    expect(await host.takeAll('GET')).toEqual([])
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t2') })
    const replays = await host.takeAll('GET')
    expect(replays.map(({ authorization }) => authorization)).toEqual(['Bearer t2', 'Bearer t2'])
    await answerAll(replays, 200, { data: 2 })
    expect(await Promise.all(tasks)).toEqual([2, 1, 2])
    expect(host.logins).toBe(2)
  })

  it('of a guest is replayed with the token, when a login has succeeded since', async () => {
    const { host, auth } = openClient()
    await auth.logout()
    const task = auth.request('/a')
    const call = await host.take('GET /a')
    expect(call.authorization).toBeUndefined()
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await login
    await call.answer(401)
    const replay = await host.take('GET /a')
    expect(replay.authorization).toBe('Bearer t')
    await replay.answer(200, { data: 1 })
    expect(await task).toBe(1)
    expect(auth.prompt).toBe(null)
    expect(host.logins).toBe(1)
  })
})

describe('guarantee 3: new requests wait for a login under way', () => {
  it('sends them with the new token, none before, whatever the stage of the login', async () => {
    const { host, auth } = openClient({ token: 'old' })
    const wxLogin = holdLogin(host)
    const tasks = [auth.request('/a')]
    await (await host.take('GET /a')).answer(401)
    tasks.push(auth.request('/b')) // during wx.login
    await wxLogin.give('code')
    tasks.push(auth.request('/c')) // during the exchange
    tasks.push(auth.upload({ url: '/d', filePath: 'wxfile://tmp/d', name: 'file' }))
    expect(await host.takeAll('')).toHaveLength(1)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    const calls = await host.takeAll('')
    expect(calls).toHaveLength(4)
    for (const call of calls) {
      expect(call.authorization).toBe('Bearer new')
      await call.answer(200, { data: call.line })
    }
    expect(await Promise.all(tasks)).toEqual(['GET /a', 'GET /b', 'GET /c', 'UPLOAD /d'])
    expect(host.sent).toHaveLength(6)
  })

  it("also waits for the app's own login(), though the token it holds may be good", async () => {
    const { host, auth } = openClient({ token: 'old' })
    const login = auth.login()
    const task = auth.request('/a')
    expect(await host.takeAll('GET')).toEqual([])
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer new')
    await call.answer(204)
    expect(await task).toBeUndefined()
  })

  it('waits, while signed out, for the login that ends that', async () => {
    const { host, auth } = openClient()
    await auth.logout()
    const login = auth.login()
    const task = auth.request('/a')
    expect(await host.takeAll('GET')).toEqual([])
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer new')
    await call.answer(204)
    await task
  })

  it('settles an aborted waiter at once and never sends it', async () => {
    const { host, auth } = openClient({ token: 'old' })
    const login = auth.login()
    const waiting = auth.request('/a')
    const outcome = outcomeOf(waiting)
    await flush()
    waiting.abort()
    await flush()
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    expect(host.sent).toHaveLength(1)
    host.assertIdle()
  })

  it('goes on with the login when everyone who waited for it has aborted', async () => {
    const { host, auth } = openClient({ token: 'old' })
    const task = auth.request('/a')
    const outcome = outcomeOf(task)
    await (await host.take('GET /a')).answer(401)
    task.abort()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
    expect(auth.tokenState?.accessToken).toBe('new')
    expect(host.sent).toHaveLength(2)
    host.assertIdle()
    expect(host.clock.pending).toBe(0)
  })

  it('sends again with the token at hand after a login that failed and may be retried', async () => {
    const { host, auth } = openClient({ token: 'good' })
    const login = outcomeOf(auth.login())
    const task = auth.request('/a')
    await (await host.take('POST /auth/login')).answer(503)
    expect(login).toMatchObject({ is: 'rejected', error: { code: 'login_rejected', status: 503 } })
    const call = await host.take('GET /a')
    expect(call.authorization).toBe('Bearer good')
    await call.answer(200, { data: 1 })
    expect(await task).toBe(1)
  })
})

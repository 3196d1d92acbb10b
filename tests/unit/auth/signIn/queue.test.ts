import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { createHost, type FakeHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

const phone = { 'WWW-Authenticate': 'getPhoneNumber' }
const paths = (n: number, name = 'r') => Array.from({ length: n }, (_, i) => `/${name}${i}`)
const linesOf = (calls: readonly { line: string }[]) => calls.map(({ line }) => line)
/** The client's own calls: not sign-in's. */
const ownOf = (host: FakeHost) => host.onWire.filter(({ line }) => !line.includes(' /auth/'))

/** All places are there for others, nine with a token that lives: none was lost. */
async function expectAllPlaces({ host, auth }: Client): Promise<void> {
  host.serve = undefined
  host.assertIdle()
  if (auth.tokenState) {
    const first = auth.request('/proof')
    await (await host.take('GET /proof')).answer(204)
    await first
  }
  const burst = Promise.all(paths(12, 'burst').map((path) => auth.request(path)))
  expect(await host.takeAll('GET /burst')).toHaveLength(auth.tokenState ? 9 : 8)
  while (host.onWire.length > 0) await host.onWire[0]!.answer(204)
  await burst
}

describe('guarantee 12: as many on the wire as the host carries', () => {
  it('sends eight, and nine once the token is known to live, in the order of the calls', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const all = Promise.all(paths(20).map((path) => auth.request(path)))
    expect(linesOf(await host.takeAll('GET'))).toEqual(paths(8).map((path) => `GET ${path}`))
    for (let i = 0; i < 11; i++) {
      await host.onWire[0]!.answer(204)
      expect(host.onWire).toHaveLength(9)
    }
    while (host.onWire.length > 0) await host.onWire[0]!.answer(204)
    await all
    expect(linesOf(host.sent)).toEqual(paths(20).map((path) => `GET ${path}`))
    expect(host.most).toBe(9)
    await expectAllPlaces(client)
  })

  it('takes a token for living for a minute after it was taken, and after it was issued', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const send = async () => {
      const all = Promise.all(paths(12).map((path) => auth.request(path)))
      const { length } = await host.takeAll('GET')
      while (host.onWire.length > 0) await host.onWire[0]!.answer(204)
      await all
      return length
    }
    expect(await send()).toBe(8)
    await host.clock.advance(59_999)
    expect(await send()).toBe(9)
    await host.clock.advance(60_000)
    expect(await send()).toBe(8)
    await host.clock.advance(60_000)
    host.clock.set(host.clock.now() - 3_600_000)
    expect(await send()).toBe(8)
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await login
    expect(await send()).toBe(9)
  })

  it('takes a token that was refused for living no longer', async () => {
    const { host, auth } = openClient({ token: 't' })
    const first = auth.request('/a')
    await (await host.take('GET /a')).answer(204)
    await first
    const refused = outcomeOf(auth.request('/b'))
    await (await host.take('GET /b')).answer(401)
    await (await host.take('POST /auth/login')).answer(500)
    expect(refused.is).toBe('rejected')
    paths(12).forEach((path) => void auth.request(path).catch(() => {}))
    expect(await host.takeAll('GET')).toHaveLength(8)
  })

  it.each([
    ['login()', 'POST /auth/login', ({ auth }: Client) => auth.login()],
    ['verify()', 'GET /auth/token-state', ({ auth }: Client) => auth.verify()],
    [
      'a submit',
      'POST /auth/phone-number',
      ({ auth }: Client) => auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' }),
    ],
    ['a logout', 'POST /auth/logout', ({ auth }: Client) => auth.logout()],
  ])('keeps the way free for %s, however long the others take', async (_name, line, call) => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const proof = auth.request('/proof')
    await (await host.take('GET /proof')).answer(204)
    await proof
    const upload = { filePath: 'wxfile://a', name: 'f' }
    for (const url of paths(14)) void auth.upload({ url, ...upload }).catch(() => {})
    expect(await host.takeAll('UPLOAD')).toHaveLength(9)
    void call(client)
    await host.take(line)
    expect(host.most).toBeLessThanOrEqual(10)
  })

  it('knows no limit on a host without one, once the token is known to live', async () => {
    const host = createHost({ limit: Infinity })
    const { auth } = openClient({ token: 't', host })
    let sent = 0
    const { send } = host.platform
    host.platform.send = (call) => {
      sent++
      return send(call)
    }
    for (const path of paths(50)) void auth.request(path)
    await flush()
    expect(sent).toBe(8)
    await host.onWire[0]!.answer(204)
    expect(sent).toBe(50)
  })

  it('sends one at a time on a host that carries one', async () => {
    const host = createHost({ limit: 1 })
    const { auth } = openClient({ token: 't', host })
    for (const path of paths(2)) void auth.request(path)
    await (await host.take('GET /r0')).answer(204)
    await (await host.take('GET /r1')).answer(204)
    expect(host.most).toBe(1)
  })

  it('sends no more than a host carries that carries few', async () => {
    const host = createHost({ limit: 4 })
    const { auth } = openClient({ token: 't', host })
    for (const path of paths(12)) void auth.request(path)
    expect(await host.takeAll('GET')).toHaveLength(3)
    await host.onWire[0]!.answer(204)
    expect(host.onWire).toHaveLength(3)
  })

  it('counts uploads and downloads, and guests too', async () => {
    const client = openClient()
    await client.auth.logout()
    const tasks = paths(4).flatMap((url) => [
      client.auth.request(url),
      client.auth.upload({ url, filePath: 'wxfile://a', name: 'f' }),
      client.auth.download({ url }),
    ])
    expect(await client.host.takeAll('')).toHaveLength(8)
    while (client.host.onWire.length > 0) await client.host.onWire[0]!.answer(200, {})
    await Promise.all(tasks)
    expect(client.host.most).toBe(8)
  })

  it('takes the number that the app chose', async () => {
    const { host, auth } = openClient({ token: 't', concurrency: 3 })
    const all = Promise.all(paths(7).map((path) => auth.request(path)))
    expect(await host.takeAll('')).toHaveLength(3)
    while (host.onWire.length > 0) await host.onWire[0]!.answer(204)
    await all
    expect(host.most).toBe(3)
  })

  it('lets login() past eight slow requests', async () => {
    const { host, auth } = openClient({ token: 't' })
    const all = paths(12).map((path) => outcomeOf(auth.request(path)))
    await flush()
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect((await login).accessToken).toBe('new')
    expect(all.every(({ is }) => is === 'pending')).toBe(true)
  })

  it('lets a submit past eight slow requests', async () => {
    const { host, auth } = openClient({ token: 't' })
    const all = paths(12).map((path) => outcomeOf(auth.request(path)))
    await flush()
    const submit = auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await (await host.take('POST /auth/phone-number')).answer(200, { tokenState: stateOf('t') })
    await submit
    expect(all.every(({ is }) => is === 'pending')).toBe(true)
  })

  it('lets a logout past eight slow requests', async () => {
    const { host, auth } = openClient({ token: 't' })
    const all = paths(12).map((path) => outcomeOf(auth.request(path)))
    await flush()
    await auth.logout()
    const call = await host.take('POST /auth/logout')
    expect(call.authorization).toBe('Bearer t')
    await call.answer(204)
    expect(all).toMatchObject(all.map(() => ({ error: { code: 'signed_out' } })))
    await expectAllPlaces({ host, auth, warnings: [] })
  })
})

describe('guarantee 12: what a burst on a dead token costs', () => {
  it.each([1, 8, 9, 30, 100])('%i requests cost at most 9 more', async (n) => {
    const client = openClient({ token: 'dead' })
    const { host, auth } = client
    host.serve = ({ line, authorization }) =>
      line === 'POST /auth/login'
        ? { status: 200, data: { tokenState: stateOf('new') }, latency: 80 }
        : authorization === 'Bearer new'
          ? { status: 200, data: { data: line }, latency: 20 }
          : { status: 401, latency: 30 }
    const all = Promise.all(paths(n).map((path) => auth.request(path)))
    await host.clock.advance(10_000)
    expect(await all).toEqual(paths(n).map((path) => `GET ${path}`))
    expect(host.sent).toHaveLength(n + Math.min(n, 8) + 1)
    expect(host.most).toBeLessThanOrEqual(10)
    expect(host.logins).toBe(1)
    await expectAllPlaces(client)
  })

  it('N requests without any session cost N: the first carries the login', async () => {
    const { host, auth } = openClient()
    host.serve = ({ authorization }) => ({
      status: 200,
      data: authorization?.startsWith('WxLogin')
        ? { data: 1, tokenState: stateOf('t') }
        : { data: 1 },
      latency: 30,
    })
    const all = Promise.all(paths(100).map((path) => auth.request(path)))
    await host.clock.advance(10_000)
    await all
    expect(host.sent).toHaveLength(100)
  })

  it('stays so when the answers come in any order and at any pace', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    host.serve = ({ line, authorization }) => {
      const latency = 5 + ((host.sent.length * 37) % 400)
      if (line === 'POST /auth/login') {
        return { status: 200, data: { tokenState: stateOf('new') }, latency }
      }
      return { status: authorization === 'Bearer new' ? 204 : 401, latency }
    }
    const all = Promise.all(paths(100).map((path) => auth.request(path)))
    await host.clock.advance(60_000)
    await all
    expect(host.sent).toHaveLength(109)
    expect(host.logins).toBe(1)
  })
})

describe('guarantee 12: who holds a place, and who gives it back', () => {
  it('a replay goes ahead of younger requests that wait', async () => {
    const { host, auth } = openClient({ token: 'old', concurrency: 2 })
    const tasks = paths(6).map((path) => auth.request(path))
    const late = await host.take('GET /r0')
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await login
    await late.answer(401) // frees a place for r2, and is first in line
    await (await host.take('GET /r1')).answer(204)
    expect(linesOf(host.onWire)).toContain('GET /r0')
    while (host.onWire.length > 0) await host.onWire[0]!.answer(204)
    await Promise.all(tasks)
    expect(linesOf(host.sent).filter((line) => line.startsWith('GET'))).toEqual(
      ['/r0', '/r1', '/r2', '/r0', '/r3', '/r4', '/r5'].map((path) => `GET ${path}`),
    )
  })

  it('waiting for a prompt holds none', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const asked = paths(10, 'asked').map((path) => outcomeOf(auth.request(path)))
    for (let i = 0; i < 10; i++) await (await host.take('GET /asked')).answer(401, {}, phone)
    expect(asked.every(({ is }) => is === 'pending')).toBe(true)
    await expectAllPlaces(client)
    const submit = auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await (await host.take('POST /auth/phone')).answer(200, { tokenState: stateOf('t') })
    await submit
    expect(await host.takeAll('GET /asked')).toHaveLength(9)
    while (host.onWire.length > 0) await host.onWire[0]!.answer(204)
    expect(asked.every(({ is }) => is === 'resolved')).toBe(true)
    await expectAllPlaces(client)
  })

  it('waiting for a login holds none: what needs it no longer goes when it is over', async () => {
    const client = openClient({ token: 'dead' })
    const { host, auth } = client
    const outcomes = paths(20).map((path) => outcomeOf(auth.request(path)))
    for (const call of await host.takeAll('GET')) await call.answer(401)
    expect(ownOf(host)).toEqual([])
    await (await host.take('POST /auth/login')).answer(500)
    expect(outcomes.every(({ is }) => is === 'rejected')).toBe(true)
    await expectAllPlaces(client)
  })

  it('a cancelled prompt leaves none taken', async () => {
    const client = openClient({ token: 't' })
    const outcomes = paths(8).map((path) => outcomeOf(client.auth.request(path)))
    for (const call of await client.host.takeAll('GET')) await call.answer(401, {}, phone)
    client.auth.cancelPrompt()
    await flush()
    expect(outcomes.every(({ is }) => is === 'rejected')).toBe(true)
    await expectAllPlaces(client)
  })

  it.each(['network', 'timeout', 'interrupted'] as const)(
    'a failure (%s) gives it back',
    async (kind) => {
      const client = openClient({ token: 't' })
      const outcomes = paths(16).map((path) => outcomeOf(client.auth.request(path)))
      for (let i = 0; i < 16; i++) await (await client.host.take('GET')).fail(kind)
      expect(outcomes.every(({ is }) => is === 'rejected')).toBe(true)
      await expectAllPlaces(client)
    },
  )

  it('a host whose request throws gives it back', async () => {
    const client = openClient({ token: 't' })
    const { send } = client.host.platform
    client.host.platform.send = () => {
      throw new Error('request:fail')
    }
    const outcomes = paths(10).map((path) => outcomeOf(client.auth.request(path)))
    await flush()
    for (const one of outcomes) expect(one).toMatchObject({ error: { code: 'network' } })
    client.host.platform.send = send
    await expectAllPlaces(client)
  })

  it('a request on the wire that is aborted gives it back at once', async () => {
    const client = openClient({ token: 't' })
    const tasks = paths(10).map((path) => client.auth.request(path))
    const outcomes = tasks.map((task) => outcomeOf(task))
    await flush()
    tasks[3]!.abort()
    await flush()
    expect(linesOf(client.host.onWire)).toContain('GET /r8')
    for (const task of tasks) task.abort()
    await flush()
    expect(outcomes.every(({ is }) => is === 'rejected')).toBe(true)
    await expectAllPlaces(client)
  })

  it('a request in the queue that is aborted is never sent', async () => {
    const client = openClient({ token: 't' })
    const tasks = paths(12).map((path) => client.auth.request(path))
    const outcomes = tasks.map((task) => outcomeOf(task))
    await flush()
    for (const task of tasks.slice(8)) task.abort()
    while (client.host.onWire.length > 0) await client.host.onWire[0]!.answer(204)
    expect(outcomes.map(({ is }) => is)).toEqual([
      ...Array<string>(8).fill('resolved'),
      ...Array<string>(4).fill('rejected'),
    ])
    expect(client.host.sent).toHaveLength(8)
    await expectAllPlaces(client)
  })

  it('aborts at every moment of a burst on a dead token lose none', async () => {
    for (let moment = 0; moment < 12; moment++) {
      const client = openClient({ token: 'dead' })
      client.host.serve = ({ line, authorization }) =>
        line === 'POST /auth/login'
          ? { status: 200, data: { tokenState: stateOf('new') }, latency: 20 }
          : { status: authorization === 'Bearer new' ? 204 : 401, latency: 10 }
      const tasks = paths(20).map((path) => client.auth.request(path))
      const outcomes = tasks.map((task) => outcomeOf(task))
      await client.host.clock.advance(moment * 5)
      for (const task of tasks.filter((_, i) => i % 3 === moment % 3)) task.abort()
      await client.host.clock.advance(1_000)
      expect(outcomes.filter(({ is }) => is === 'pending')).toEqual([])
      await expectAllPlaces(client)
    }
  })

  it('aborting in the same breath as the call sends nothing and loses none', async () => {
    for (const token of ['t', undefined]) {
      const client = openClient(token === undefined ? {} : { token })
      for (let hops = 0; hops < 8; hops++) {
        const task = client.auth.request('/a')
        const outcome = outcomeOf(task)
        for (let i = 0; i < hops; i++) await Promise.resolve()
        task.abort()
        await flush()
        expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'aborted' } })
        for (const call of [...client.host.onWire]) {
          await call.answer(200, { tokenState: stateOf('t') })
        }
      }
      if (!client.auth.tokenState) {
        const login = client.auth.login()
        await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
        await login
      }
      await expectAllPlaces(client)
    }
  })

  it('obeys a signal, before the call, in the queue and on the wire', async () => {
    const client = openClient({ token: 't' })
    const { auth, host } = client
    const gone = AbortSignal.abort()
    await expect(auth.request({ url: '/a', signal: gone })).rejects.toMatchObject({
      code: 'aborted',
    })
    const controller = new AbortController()
    const { signal } = controller
    const outcomes = paths(10).map((url) => outcomeOf(auth.request({ url, signal })))
    await flush()
    controller.abort()
    await flush()
    for (const one of outcomes) expect(one).toMatchObject({ error: { code: 'aborted' } })
    expect(host.sent).toHaveLength(8)
    await expectAllPlaces(client)
  })

  it('an aborted first request gives it back when its answer is there', async () => {
    const client = openClient()
    const { auth, host } = client
    const task = auth.request('/first')
    const outcome = outcomeOf(task)
    const carrier = await host.take('GET /first')
    task.abort()
    await carrier.answer(200, { data: 1, tokenState: stateOf('t') })
    expect(outcome.is).toBe('rejected')
    await expectAllPlaces(client)
  })

  it('a guest refused after a failed login gives it back', async () => {
    const client = openClient()
    const { auth, host } = client
    host.login = 'fail'
    const outcomes = paths(20).map((path) => outcomeOf(auth.request(path)))
    for (let i = 0; i < 20; i++) await (await host.take('GET')).answer(401)
    expect(outcomes.every(({ is }) => is === 'rejected')).toBe(true)
    await expectAllPlaces(client)
  })

  it('an address outside of baseURL takes none', async () => {
    const client = openClient({ token: 't' })
    for (let i = 0; i < 10; i++) {
      await expect(client.auth.request('https://evil.example/')).rejects.toMatchObject({
        code: 'protocol',
      })
    }
    await expectAllPlaces(client)
  })

  it('a logout gives all of them back', async () => {
    const client = openClient({ token: 'dead' })
    const { auth, host } = client
    const outcomes = paths(20).map((path) => outcomeOf(auth.request(path)))
    const [first] = await host.takeAll('GET')
    await first!.answer(401)
    await auth.logout()
    for (const call of await host.takeAll('POST')) if (!call.isAborted) await call.answer(204)
    for (const one of outcomes) expect(one).toMatchObject({ error: { code: 'signed_out' } })
    await expectAllPlaces(client)
  })
})

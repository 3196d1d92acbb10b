import { describe, expect, it } from 'vitest'
import { createHost, type FakeHost } from '../../support/host'
import { openClient, stateOf } from '../../support/client'
import { outcomeOf } from '../../support/outcome'
import { createScan, type Scan } from '../../../src/signIn'

const created = {
  id: 'aaaaaaaaaaaaaaaaaaaaaa',
  secret: 's3cret',
  expiresIn: 120,
  image: 'data:,code',
}

function open() {
  const client = openClient({ host: createHost({ without: ['login'], limit: Infinity }) })
  const { clock } = client.host
  const scan = createScan(client.auth, { now: clock.now, after: clock.after, random: () => 1 })
  const seen = [scan.state.is]
  scan.subscribe(() => seen.push(scan.state.is))
  return { ...client, scan, seen }
}

async function openWaiting() {
  const opened = open()
  await (await opened.host.take('POST /auth/scans')).answer(201, { data: created })
  return opened
}

const poll = (host: FakeHost) => host.take(`GET /auth/scans/${created.id}`)
const answerPoll = async (host: FakeHost, status: string) => {
  await (await poll(host)).answer(200, { data: { status } })
}

describe('a code on the screen', () => {
  it('signs the screen in once it was scanned and confirmed', async () => {
    const { host, auth, scan, seen } = await openWaiting()
    expect(scan.state).toMatchObject({ is: 'waiting', image: created.image })
    await answerPoll(host, 'scanned')
    await host.clock.advance(1_000)
    await answerPoll(host, 'confirmed')
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ scan: { id: created.id, secret: created.secret } })
    await login.answer(200, { tokenState: stateOf('n') })
    expect(seen).toEqual(['creating', 'waiting', 'scanned', 'confirmed', 'signedIn'])
    expect(auth.tokenState?.accessToken).toBe('n')
    await host.clock.advance(600_000)
    host.assertIdle()
    expect(host.clock.pending).toBe(0)
  })

  it('shows its secret to the backend only, in a header of a poll without a session', async () => {
    const { host, scan } = await openWaiting()
    const { call } = await poll(host)
    expect(call.header['scan-secret']).toBe(created.secret)
    expect(call.header).not.toHaveProperty('authorization')
    expect(call.url).not.toContain(created.secret)
    expect(JSON.stringify(scan.state)).not.toContain(created.secret)
    expect(JSON.stringify([...host.storage])).not.toContain(created.secret)
  })

  it('says which status it knows, so that the backend answers when it is another', async () => {
    const { host } = await openWaiting()
    const first = await poll(host)
    expect(first.call).toMatchObject({ data: { known: 'waiting' } })
    await first.answer(200, { data: { status: 'scanned' } })
    await host.clock.advance(1_000)
    expect((await poll(host)).call).toMatchObject({ data: { known: 'scanned' } })
  })

  it('answers the open prompt, and what waits for it is replayed', async () => {
    const { host, auth } = await openWaiting()
    const waiting = outcomeOf(auth.request('/bookings'))
    await (await host.take('GET /bookings')).answer(401)
    expect(auth.prompt?.kind).toBe('login')
    await answerPoll(host, 'confirmed')
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect(auth.prompt).toBe(null)
    await (await host.take('GET /bookings')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
  })

  it('takes no place that requests wait for', async () => {
    const opened = openClient({ host: createHost({ without: ['login'] }), concurrency: 1 })
    const { host, auth } = opened
    createScan(auth, { ...host.clock, random: () => 1 })
    await (await host.take('POST /auth/scans')).answer(201, { data: created })
    void auth.request('/a')
    expect((await host.takeAll('GET')).map(({ line }) => line)).toEqual([
      `GET /auth/scans/${created.id}`,
      'GET /a',
    ])
  })

  it.each(['declined', 'expired'] as const)('ends when it was %s, and starts anew', async (end) => {
    const { host, scan } = await openWaiting()
    await answerPoll(host, end)
    expect(scan.state).toEqual({ is: end })
    await host.clock.advance(600_000)
    host.assertIdle()
    scan.restart()
    expect(scan.state).toEqual({ is: 'creating' })
    await (await host.take('POST /auth/scans')).answer(201, { data: { ...created, image: 'new' } })
    expect(scan.state).toMatchObject({ is: 'waiting', image: 'new' })
  })

  it('expires by this clock too, and gives up the poll', async () => {
    const { host, scan } = await openWaiting()
    const call = await poll(host)
    await host.clock.advance(35_000)
    await host.clock.advance(1_000)
    expect(call.isAborted).toBe(true)
    const second = await poll(host)
    await host.clock.advance(34_000)
    await second.answer(200, { data: { status: 'waiting' } })
    await host.clock.advance(50_000)
    expect(scan.state).toEqual({ is: 'expired' })
    host.assertIdle()
    expect(host.clock.pending).toBe(0)
  })

  it('asks at most once a second where the backend does not wait', async () => {
    const { host } = await openWaiting()
    host.serve = () => ({ status: 200, data: { data: { status: 'waiting' } } })
    await answerPoll(host, 'waiting')
    const before = host.sent.length
    await host.clock.advance(10_000)
    expect(host.sent.length - before).toBe(10)
  })

  it('goes on after the network was lost, ever less often, until it expires', async () => {
    const { host, scan } = await openWaiting()
    host.serve = () => ({ status: 0, failure: 'network' })
    const times: number[] = []
    await (await poll(host)).fail('network')
    const before = host.sent.length
    await host.clock.advance(119_000)
    for (const call of host.sent.slice(before)) times.push((call.at - host.sent[0]!.at) / 1000)
    expect(times).toEqual([1, 3, 7, 15, 30, 45, 60, 75, 90, 105])
    host.serve = undefined
    expect(scan.state.is).toBe('waiting')
    await host.clock.advance(1_000)
    expect(scan.state).toEqual({ is: 'expired' })
  })

  it('is created by a later try if the network is lost', async () => {
    const { host, scan } = open()
    await (await host.take('POST /auth/scans')).fail('network')
    expect(scan.state.is).toBe('creating')
    await host.clock.advance(1_000)
    await (await host.take('POST /auth/scans')).answer(201, { data: created })
    expect(scan.state.is).toBe('waiting')
  })

  it('fails where the backend refuses', async () => {
    const { host, scan } = open()
    await (await host.take('POST /auth/scans')).answer(403)
    expect(scan.state).toMatchObject({ is: 'failed', error: { status: 403 } })
    await host.clock.advance(600_000)
    host.assertIdle()
  })

  it('has expired where the backend knows it no more', async () => {
    const { host, scan } = await openWaiting()
    await (await poll(host)).answer(404)
    expect(scan.state).toEqual({ is: 'expired' })
  })

  it('is exchanged again if the answer to the login was lost, for a minute', async () => {
    const { host, scan } = await openWaiting()
    await answerPoll(host, 'confirmed')
    await (await host.take('POST /auth/login')).fail('network')
    await host.clock.advance(1_000)
    await (await host.take('POST /auth/login')).fail('network')
    host.serve = () => ({ status: 0, failure: 'network' })
    await host.clock.advance(60_000)
    expect(scan.state).toMatchObject({ is: 'failed', error: { code: 'network' } })
    const before = host.sent.length
    await host.clock.advance(600_000)
    expect(host.sent.length).toBe(before)
  })

  it('fails if the login is refused', async () => {
    const { host, scan } = await openWaiting()
    await answerPoll(host, 'confirmed')
    await (await host.take('POST /auth/login')).answer(401)
    expect(scan.state).toMatchObject({ is: 'failed', error: { code: 'login_rejected' } })
  })

  const moments: [string, () => Promise<{ host: FakeHost; scan: Scan }>][] = [
    ['while it is created', async () => open()],
    ['while it waits', openWaiting],
    [
      'between two polls',
      async () => {
        const opened = await openWaiting()
        await answerPoll(opened.host, 'scanned')
        return opened
      },
    ],
  ]
  it.each(moments)('ends with its page, %s', async (_when, arrive) => {
    const { host, scan } = await arrive()
    scan.end()
    expect(scan.state).toEqual({ is: 'ended' })
    await host.clock.advance(600_000)
    host.assertIdle()
    expect(host.clock.pending).toBe(0)
    scan.restart()
    expect(scan.state).toEqual({ is: 'ended' })
  })
})

import { expect, it } from 'vitest'
import { createBackend, latencyBy } from '../../../bench/peers/backend'
import { runBurst } from '../../../bench/peers/burst'
import { CONTENDERS, WATCHWORD } from '../../../bench/peers/contender'
import { BASE, createFakeUni, type Call } from '../../../bench/peers/fakeUni'
import { coldStart, lateRefusals } from '../../../bench/peers/faults'
import { textOf } from '../../../bench/peers/figures'
import { createClock } from '../../support/clock'

const at = (path: string, header = {}): Call => ({ line: `GET ${path}`, header, data: undefined })

function openHost(latencies: number[], limit?: number) {
  const clock = createClock()
  const sent: string[] = []
  const ended: string[] = []
  const host = createFakeUni({
    after: clock.after,
    answer({ line }) {
      sent.push(line)
      return { status: 200, data: {}, latency: latencies[sent.length - 1]! }
    },
    ...(limit !== undefined && { limit }),
  })
  const send = (path: string) =>
    host.uni.request({
      url: BASE + path,
      success: () => ended.push(`${path} at ${clock.elapsed}`),
      fail: () => ended.push(`${path} failed`),
    })
  return { clock, host, sent, ended, send }
}

it('lets ten requests on the wire, and the others in the order in which they came', async () => {
  const { clock, host, sent, send } = openHost(Array<number>(12).fill(50))
  for (let index = 0; index < 12; index++) send(`/${index}`)
  expect(sent).toHaveLength(10)
  await clock.advance(50)
  expect(sent.slice(10)).toEqual(['GET /10', 'GET /11'])
  expect(host.most).toBe(10)
})

it('answers each request when its time is over, not in the order of sending', async () => {
  const { clock, ended, send } = openHost([30, 20, 10], 2)
  for (const path of ['/a', '/b', '/c']) send(path)
  await clock.advance(100)
  // The third waited for the place of the second.
  expect(ended.toSorted()).toEqual(['/a at 30', '/b at 20', '/c at 30'])
})

it('frees the place of a request that is given up, and never sends one that waited', async () => {
  const { clock, host, sent, ended, send } = openHost([1_000, 10], 1)
  const first = send('/first')
  const second = send('/second')
  send('/third')
  second.abort()
  first.abort()
  await clock.advance(10)
  expect(sent).toEqual(['GET /first', 'GET /third'])
  expect(ended).toEqual(['/second failed', '/first failed', '/third at 10'])
  expect(host.aborted).toBe(2)
})

it.each([
  ['newest', 401],
  ['all', 200],
] as const)('answers an older token, where %s tokens are good, with %i', (keeps, status) => {
  const backend = createBackend({ keeps })
  const older = backend.issue()
  const newer = backend.issue()
  const statusOf = (token: string) =>
    backend.answer(at('/a', { Authorization: `Bearer ${token}` })).status
  expect([statusOf(newer), statusOf(older), statusOf('dead')]).toEqual([200, status, 401])
  expect([backend.calls, backend.logins]).toEqual([3, 0])
})

it('takes 20–200 ms, the same for the same request in whatever order', () => {
  const [one, other] = [latencyBy(1), latencyBy(2)]
  const paths = Array.from({ length: 1_000 }, (_, index) => `/item/${index}`)
  const values = paths.map((path) => one(path, 0))
  expect(paths.toReversed().map((path) => one(path, 0))).toEqual(values.toReversed())
  expect([Math.min(...values), Math.max(...values)]).toEqual([20, 200])
  expect(paths.map((path) => other(path, 0))).not.toEqual(values)
  expect(paths.map((path) => one(path, 1))).not.toEqual(values)
})

it('counts every call, login and answer of a burst', async () => {
  const run = await runBurst(WATCHWORD, { size: 20, seed: 1, keeps: 'newest' })
  expect(run).toMatchObject({ made: 20, answered: 20, failed: 0, hanging: 0, calls: 29, logins: 1 })
})

it.each(CONTENDERS)('$name gets one request through on a dead token, by one login', async (one) => {
  const run = await runBurst(one, { size: 1, seed: 1, keeps: 'newest' })
  expect(run).toMatchObject({ made: 1, answered: 1, failed: 0, hanging: 0, calls: 3, logins: 1 })
  // Without wx.login, which the template does not call, it is 50 ms less.
  const { ms } = await runBurst(WATCHWORD, { size: 1, seed: 1, keeps: 'newest' })
  expect([ms, ms - 50]).toContain(run.ms)
})

it('opens a contender anew for every run', async () => {
  const runs = []
  for (let run = 0; run < 2; run++) {
    const fancyMini = CONTENDERS.find(({ module }) => module === 'fancyMini')!
    runs.push(await runBurst(fancyMini, { size: 30, seed: 3, keeps: 'newest' }))
  }
  expect(runs[1]).toEqual(runs[0])
})

it('counts round trips and late 401s', async () => {
  const options = { seed: 1, keeps: 'newest' } as const
  expect(await coldStart(WATCHWORD, options)).toMatchObject({ roundTrips: 1, failed: 0 })
  expect(await lateRefusals(WATCHWORD, options)).toMatchObject({ logins: 1, calls: 13, failed: 0 })
})

it('prints the range of a figure where the seeds differ', () => {
  expect(textOf({ median: 1_234, low: 1_234, high: 1_234 })).toBe('1,234')
  expect(textOf({ median: 5, low: 3, high: 7 })).toBe('5 (3–7)')
})

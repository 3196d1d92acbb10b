import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createScanPolls, type ScanPolls } from '../src/scans/scanPolls'
import type { ScanStatus } from '../src/scans/scans'

/** What the database says; each question is recorded. */
let statuses: Map<string, ScanStatus>
let asked: string[][]
let isAway: boolean
let closing: AbortController
let polls: ScanPolls

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  statuses = new Map([
    ['a', 'waiting'],
    ['b', 'scanned'],
  ])
  asked = []
  isAway = false
  closing = new AbortController()
  const statusesOf = (ids: string[]) => {
    asked.push(ids)
    return isAway ? Promise.reject(new Error('away')) : Promise.resolve(new Map(statuses))
  }
  polls = createScanPolls({ statusesOf }, closing.signal)
})
afterEach(() => vi.useRealTimers())

const here = new AbortController().signal

/** A poll, and how it has ended. */
function start(id: string, known: ScanStatus = 'waiting', gone = here) {
  const poll = { status: undefined as ScanStatus | undefined }
  void polls.wait(id, known, gone).then((status) => (poll.status = status))
  return poll
}
const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('ends unchanged after 25 s', async () => {
  const poll = start('a')
  await advance(24_999)
  expect(poll.status).toBeUndefined()
  await advance(1)
  expect(poll.status).toBe('waiting')
})

it('asks for all of them with one query a second, and for none when none wait', async () => {
  const [one, other] = [start('a'), start('b', 'scanned')]
  await advance(1_000)
  expect(asked).toEqual([['a', 'b']])
  statuses.set('b', 'confirmed')
  await advance(1_000)
  expect(other.status).toBe('confirmed')
  statuses.set('a', 'scanned')
  await advance(1_000)
  expect(one.status).toBe('scanned')
  expect(asked).toEqual([['a', 'b'], ['a', 'b'], ['a']])
  await advance(60_000)
  expect(asked).toHaveLength(3)
  expect(vi.getTimerCount()).toBe(0)
})

it('begins to ask again for a later poll', async () => {
  const gone = new AbortController()
  start('a', 'waiting', gone.signal)
  gone.abort()
  await advance(500)
  start('b', 'scanned')
  await advance(2_000)
  expect(asked).toEqual([['b'], ['b']])
})

it('ends at once when this process makes the change', async () => {
  const poll = start('a')
  statuses.set('a', 'confirmed')
  polls.changed('a')
  await advance(0)
  expect(poll.status).toBe('confirmed')
})

it('is expired when the scan is no more', async () => {
  const poll = start('a')
  statuses.delete('a')
  await advance(1_000)
  expect(poll.status).toBe('expired')
})

it('ends for another one of the same scan', async () => {
  const [former, next] = [start('a'), start('a')]
  await advance(0)
  expect(former.status).toBe('waiting')
  statuses.set('a', 'scanned')
  await advance(1_000)
  expect(next.status).toBe('scanned')
})

it('goes on while the database is away', async () => {
  const poll = start('a')
  isAway = true
  await advance(3_000)
  expect(poll.status).toBeUndefined()
  isAway = false
  statuses.set('a', 'scanned')
  await advance(1_000)
  expect(poll.status).toBe('scanned')
})

it('ends when its client has gone, and with the backend', async () => {
  const gone = new AbortController()
  const [one, other] = [start('a', 'waiting', gone.signal), start('b', 'scanned')]
  gone.abort()
  await advance(0)
  expect(one.status).toBe('waiting')
  expect(other.status).toBeUndefined()
  closing.abort()
  await advance(0)
  expect(other.status).toBe('scanned')
  const late = start('a')
  await advance(0)
  expect(late.status).toBe('waiting')
})

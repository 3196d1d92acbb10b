import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tellStory } from '../../src/workbench/timeline/sequence'
import type { BundleItem, ExchangeItem, StoryItem } from '../../src/workbench/timeline/story'
import { timelineTexts } from '../../src/workbench/timeline/texts'
import { figuresOf, labelsOf, sentenceOf } from '../../src/workbench/timeline/wording'
import * as recordings from './records'

const say = (item: StoryItem) => sentenceOf(item, timelineTexts.en)
const bundles = (items: StoryItem[]) =>
  items.filter((item): item is BundleItem => item.kind === 'bundle')
const exchanges = (items: StoryItem[]): ExchangeItem[] =>
  items.flatMap((item) =>
    item.kind === 'bundle' ? item.members : item.kind === 'exchange' ? [item] : [],
  )

describe('a burst of 100 with a dead token', () => {
  const { items, summary } = tellStory(recordings.burst())

  it('has six items: one login between two bundles', () => {
    expect(items.map(say)).toEqual([
      'Page src/pages/coupon/coupon',
      'GET /coupons ×100, 100 × 401 → log in again, 21–240 ms',
      'wx.login, code, 22 ms',
      'Login #101 POST /auth/login, 200, 62 ms',
      'jscode2session, ok, 38 ms',
      'GET /coupons ×100 replay, 100 × 200, 20–240 ms',
    ])
  })

  it('pairs every refused request with one replay', () => {
    const [first, replays] = bundles(items)
    const replayedBy = first!.members.map((member) => member.replayedBy!)
    expect(replayedBy.sort((a, b) => a - b)).toEqual(replays!.members.map(({ number }) => number))
  })

  it('is summed up in figures', () => {
    const figures = figuresOf(summary, timelineTexts.en).map(
      ({ name, value }) => `${name} ${value}`,
    )
    expect(figures).toEqual([
      'Logins 1',
      'Requests 201',
      '401 100',
      'Replays 100',
      'Prompts 0',
      'Failures 0',
      'Took 967 ms',
    ])
  })
})

it('keeps requests apart that were under way together but sent before and after a login', () => {
  const notes = recordings.createNotes()
  const old = { path: '/coupons', status: 401, at: 0 }
  notes.request({ ...old, took: 10 })
  notes.request({ ...old, took: 500 })
  const ended = notes.login(20)
  notes.request({ path: '/coupons', at: ended + 1 })
  notes.request({ path: '/coupons', at: ended + 2 })
  notes.request({ path: '/coupons', at: ended + 3 })
  const { items } = tellStory(notes.records)
  expect(items.filter(({ kind }) => kind === 'exchange' || kind === 'bundle').map(say)).toEqual([
    'GET /coupons ×2, 2 × 401 → log in again, 11–501 ms',
    'Login #3 POST /auth/login, 200, 62 ms',
    '#4 GET /coupons replay of #1, 200, 41 ms',
    'GET /coupons ×2, 2 × 200, 41 ms',
  ])
})

it('shows a prompt refused, a prompt allowed, and the replay after it', () => {
  const { items, summary } = tellStory(recordings.bookingWithPhone())
  expect(items.map(say)).toEqual([
    'Page src/pages/booking/booking',
    '#1 POST /bookings, 401 getPhoneNumber → ask for the phone number, 39 ms',
    'getPhoneNumber, asks, refused, 2.31 s',
    'getPhoneNumber, asks, allowed, 1.84 s',
    '#2 POST /auth/phone-number, 200, 121 ms',
    'stable_token, ok, 30 ms',
    'getuserphonenumber, ok, 52 ms',
    '#3 POST /bookings replay of #1, 200, 48 ms',
  ])
  expect(summary).toMatchObject({ logins: 0, requests: 3, refused: 1, replays: 1, prompts: 2 })
})

it('shows a press after a declined prompt as a request of its own', () => {
  const notes = recordings.createNotes()
  const press = { method: 'POST', path: '/bookings', body: { name: '林小满' } }
  const refused = { ...press, status: 401, challenge: 'getPhoneNumber' }
  notes.request({ ...refused, at: 0 })
  notes.wechat('getPhoneNumber', 100, 50, {
    isOpenType: true,
    errMsg: 'getPhoneNumber:fail user deny',
  })
  notes.request({ ...refused, at: 400 })
  notes.wechat('getPhoneNumber', 500, 50, { isOpenType: true })
  notes.request({ ...press, at: 700 })
  const all = exchanges(tellStory(notes.records).items)
  expect(all.map(({ replayOf }) => replayOf)).toEqual([undefined, undefined, 2])
})

it('shows a request that carries its own login as a login', () => {
  const { items, summary } = tellStory(recordings.guestLaunch())
  expect(items.map(say)).toContain('Login #1 GET /dishes, 200, 97 ms')
  expect(summary.logins).toBe(1)
})

it('shows a request with a login code as a login, whatever the backend calls it', () => {
  const notes = recordings.createNotes()
  notes.wechat('login', 0, 20, { code: '<3f1c09ab>' })
  const answer = { code: 0, data: { token: '<9c27d410>' } }
  notes.request({
    method: 'POST',
    path: '/wx/session',
    at: 30,
    body: { jsCode: '<3f1c09ab>' },
    answer,
  })
  notes.request({ method: 'POST', path: '/wx/phone', at: 90, body: { code: '<77aa02ce>' } })
  const { items, summary } = tellStory(notes.records)
  expect(items.map(say)).toEqual([
    'wx.login, code, 20 ms',
    'Login #1 POST /wx/session, 200, 41 ms',
    '#2 POST /wx/phone, 200, 41 ms',
  ])
  expect(summary.logins).toBe(1)
})

it('shows failures by their cause, and what has not ended as under way', () => {
  const { items, summary } = tellStory(recordings.offlineFailures())
  expect(items.map(say)).toEqual([
    'Page src/pages/home/home',
    '#1 GET /dishes, offline (simulated), 5 ms',
    '#2 GET /dishes, offline (simulated), 4 ms',
    '#3 GET /dishes, connection broken (simulated), 261 ms',
    '#4 GET /dishes, 200, 42 ms',
    'wx.setClipboardData, ok, 3 ms',
    '#5 GET /orders, failed: timeout, 1.00 s',
    '#6 GET /orders/latest, under way',
  ])
  expect(summary.failures).toBe(4)
})

it('shows a 401 after a replay as it is, and that it was simulated', () => {
  const { items } = tellStory(recordings.alwaysUnauthorised())
  expect(items.map(say).filter((one) => one.includes('/me'))).toEqual([
    '#1 GET /me, 401 no challenge (simulated) → log in again, 19 ms',
    '#3 GET /me replay of #1, 401 no challenge (simulated) → log in again, 18 ms',
  ])
})

it('is written in Chinese too', () => {
  const { items } = tellStory(recordings.bookingWithPhone())
  expect(labelsOf(items[1]!, timelineTexts.zh)).toEqual({
    there: '#1 POST /bookings',
    back: '401 getPhoneNumber → 请求手机号 · 39 ms',
  })
})

it('keeps an item’s id while requests become a bundle', () => {
  const records = recordings.burst(2)
  const ids = [2, 3].map((count) => tellStory(records.slice(0, count)).items[1]!.id)
  expect(ids[0]).toBe(ids[1])
})

describe('whatever was sent', () => {
  const sent = fc.record({
    path: fc.constantFrom('/a', '/b', '/auth/login'),
    at: fc.integer({ min: 0, max: 200 }),
    queued: fc.integer({ min: 0, max: 20 }),
    took: fc.option(fc.integer({ min: 0, max: 80 })),
    status: fc.constantFrom(200, 401),
  })
  const storyOf = (requests: recordings.WrittenRequest[]) => {
    const notes = recordings.createNotes()
    for (const request of requests) notes.request(request)
    return tellStory(notes.records)
  }

  it('shows each request once, and items in the order of their start', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 60 }), (requests) => {
        const { items } = storyOf(requests)
        const numbers = exchanges(items).map(({ number }) => number)
        expect(numbers.sort((a, b) => a - b)).toEqual(requests.map((_, index) => index + 1))
        const starts = items.map(({ start }) => start)
        expect(starts).toEqual([...starts].sort((a, b) => a - b))
      }),
    )
  })

  it('pairs each replay with one earlier 401 of its own, and each 401 with at most one replay', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 60 }), (requests) => {
        const all = exchanges(storyOf(requests).items).sort((a, b) => a.number - b.number)
        const replays = all.filter(({ replayOf }) => replayOf !== undefined)
        for (const replay of replays) {
          const original = all[replay.replayOf! - 1]!
          expect(original.replayedBy).toBe(replay.number)
          expect(original.record.status).toBe(401)
          expect(original.path).toBe(replay.path)
          expect(original.end).toBeLessThanOrEqual(replay.start)
          expect(original.number).toBeLessThan(replay.number)
        }
        const replayed = all.filter(({ replayedBy }) => replayedBy !== undefined)
        expect(replayed.length).toBe(replays.length)
        expect(replays.filter(({ path }) => path === '/auth/login')).toEqual([])
      }),
    )
  })
})

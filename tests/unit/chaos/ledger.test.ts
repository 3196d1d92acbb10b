import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Passed } from '../../e2e/chaos/faultProxy'
import { createLedger, faultsOf, toldBy, wechatUser, type Told } from '../../e2e/chaos/ledger'
import type { Landmark, View } from '../../e2e/chaos/view'

const calm: View = {
  ...{ page: 'booking', depth: 2, seen: new Set(), address: 'a' },
  ...{ failure: '', declined: '', listed: [], isWaiting: false },
}
const seeing = (...seen: Landmark[]) => ({ seen: new Set(seen) })

describe('a page tells', () => {
  test.each<[Told | undefined, Partial<View>]>([
    [undefined, {}],
    ['done', seeing('done')],
    ['unknown', { failure: '预约可能已经提交，但没能确认。' }],
    ['not booked', { failure: '网络不通，请检查网络后重试' }],
    ['not booked', { declined: '尚未提交。您填写的内容都在' }],
    ['not booked', seeing('fieldError')],
    [undefined, { declined: '提交时需要您的微信手机号，只用于搬家师傅与您联系。' }],
    // What it said of the press before.
    [undefined, { failure: '网络不通，请检查网络后重试', isWaiting: true }],
    [undefined, { declined: '尚未提交。', ...seeing('sheet') }],
    [undefined, { page: 'mine', failure: '网络不通，请检查网络后重试' }],
  ])('%s: %j', (told, view) => {
    expect(toldBy({ ...calm, ...view })).toBe(told)
  })
})

/** What is wrong where the page has told this, and the backend has it so often. */
function faults(told: (Told | undefined)[], count: number, owner = wechatUser): string[] {
  const ledger = createLedger()
  for (const one of told) {
    ledger.pressed('a')
    ledger.told(one)
  }
  return faultsOf(ledger.wishes, new Map([[owner, Array.from({ length: count }, () => 'a')]]))
}

describe('what the backend holds', () => {
  test.each<[string, (Told | undefined)[], number]>([
    ['done', ['done'], 1],
    ['declined', ['not booked'], 0],
    ['unknown, and is there', ['unknown'], 1],
    ['unknown, and is not', ['unknown'], 0],
    ['nothing, and is there', [undefined], 1],
    ['declined and then done', ['not booked', 'done'], 1],
  ])('is what was told: %s', (_, told, count) => {
    expect(faults(told, count)).toEqual([])
  })

  test.each<[string, (Told | undefined)[], number]>([
    ['is told as done, and is not booked', ['done'], 0],
    ['is told as done, and is not booked', ['done', undefined], 0],
    ['is told as not booked, and is booked', ['not booked'], 1],
    ['is booked 2 times', ['done'], 2],
    ['is booked 2 times', ['unknown', undefined], 2],
  ])('is not what was told: %s, after %j', (fault, told, count) => {
    expect(faults(told, count).join()).toContain(fault)
  })

  test('is nobody else’s, and nothing that nobody has pressed for', () => {
    expect(faults([undefined], 1, '15400000000').join()).toContain('is booked for 15400000000')
    expect(faults([], 1).join()).toContain('a wish of nobody')
  })
})

describe('after signing out', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())

  const sent = (authorization: string | undefined, line = 'GET /me'): Passed => ({
    ...{ at: performance.now(), line, authorization, fault: undefined },
  })

  /** What is wrong with what is sent at that time, after `Bearer old` was before. */
  function faultsOfSending(send: () => Passed, isSignedInAgain = false): string[] {
    const ledger = createLedger()
    const before = sent('Bearer old')
    vi.advanceTimersByTime(1)
    ledger.wantsOut()
    ledger.isOut()
    vi.advanceTimersByTime(1)
    if (isSignedInAgain) ledger.signsIn()
    vi.advanceTimersByTime(1)
    return ledger.faultsOfSignOuts([before, send()])
  }

  test('nothing goes out in anybody’s name', () => {
    expect(faultsOfSending(() => sent(undefined))).toEqual([])
    expect(faultsOfSending(() => sent('Bearer old'))).toHaveLength(1)
    expect(faultsOfSending(() => sent('Bearer new'))).toHaveLength(1)
    expect(faultsOfSending(() => sent('WxLogin code'))).toHaveLength(1)
  })

  test('the session may be ended at the backend', () => {
    expect(faultsOfSending(() => sent('Bearer old', 'POST /auth/logout'))).toEqual([])
  })

  test('and in again, nothing goes out in the name of the session before', () => {
    expect(faultsOfSending(() => sent('Bearer new'), true)).toEqual([])
    expect(faultsOfSending(() => sent('Bearer old'), true)).toHaveLength(1)
  })
})

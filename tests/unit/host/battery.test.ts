import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getBattery } from '../../../src/host/battery'

interface Call {
  success(result: unknown): void
  fail(failure: unknown): void
}

const answerBy = (getBatteryInfo: unknown) => vi.stubGlobal('uni', { getBatteryInfo })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('getBattery', () => {
  it.each<[unknown, number | undefined]>([
    [85, 85],
    ['85', 85],
    [84.6, 85],
    ['84.4', 84],
    [0, 0],
    [100.4, 100],
    [120, 100],
    [Number.POSITIVE_INFINITY, 100],
    [-1, undefined],
    [Number.NaN, undefined],
    ['', undefined],
    [' ', undefined],
    ['full', undefined],
    [null, undefined],
    [true, undefined],
    [[85], undefined],
  ])('makes of the level %j the level %j', async (reported, level) => {
    answerBy(({ success }: Call) => success({ level: reported, isCharging: true }))
    expect(await getBattery()).toEqual({ level, isCharging: true })
  })

  it('asks anew each time', async () => {
    const levels = [50, 49]
    answerBy(({ success }: Call) => success({ level: levels.shift(), isCharging: 'no' }))
    expect(await getBattery()).toEqual({ level: 50, isCharging: undefined })
    expect(await getBattery()).toEqual({ level: 49, isCharging: undefined })
  })

  it('waits 2 s for a host that never calls back, and no longer', async () => {
    answerBy(() => {})
    let isAnswered = false
    const battery = getBattery().finally(() => (isAnswered = true))
    await vi.advanceTimersByTimeAsync(1999)
    expect(isAnswered).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await battery).toEqual({ level: undefined, isCharging: undefined })
  })

  it('leaves no timer behind', async () => {
    answerBy(({ success }: Call) => success({ level: 50, isCharging: false }))
    await getBattery()
    expect(vi.getTimerCount()).toBe(0)
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, watch } from 'vue'
import { useKeyboardHeight } from '../../../src/forms/useKeyboardHeight'

/** A host that reports the keyboard's height to its listeners. */
function createHost(windowInfo?: () => unknown) {
  const listeners = new Set<(change: unknown) => void>()
  vi.stubGlobal('uni', {
    onKeyboardHeightChange: (listener: (change: unknown) => void) => listeners.add(listener),
    offKeyboardHeightChange: (listener: (change: unknown) => void) => listeners.delete(listener),
    getWindowInfo: windowInfo,
  })
  const tell = (change: unknown) => listeners.forEach((listener) => listener(change))
  return { listeners, tell }
}

function use() {
  const scope = effectScope()
  return { scope, height: scope.run(useKeyboardHeight)! }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('useKeyboardHeight', () => {
  it('follows the keyboard, and takes an equal height again for no change', () => {
    const { tell } = createHost()
    const { scope, height } = use()
    const seen: unknown[] = [height.value]
    scope.run(() => watch(height, (now) => seen.push(now), { flush: 'sync' }))
    for (const height of [291, 291, 0, 0, 335]) tell({ height, duration: 0.25 })
    expect(seen).toEqual([0, 291, 0, 335])
  })

  it('counts from the bottom of a page with a tab bar', () => {
    const { tell } = createHost(() => ({ screenHeight: 812, screenTop: 88, windowHeight: 640 }))
    const { height } = use()
    tell({ height: 291 })
    expect(height.value).toBe(291 - 84)
    tell({ height: 0 })
    expect(height.value).toBe(0)
  })

  it.each<[string, (() => unknown) | undefined]>([
    ['does not tell', () => ({ screenHeight: 812, windowHeight: 640 })],
    ['reports nothing', () => undefined],
    [
      'reports nonsense',
      () => ({ screenHeight: '812', screenTop: Number.NaN, windowHeight: null }),
    ],
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['has no such call', undefined],
  ])('counts from the bottom of the screen where the host %s', (_how, windowInfo) => {
    const { tell } = createHost(windowInfo)
    const { height } = use()
    tell({ height: 291 })
    expect(height.value).toBe(291)
  })

  it.each([undefined, null, 7, 'high', {}, { height: '291' }, { height: Number.NaN }])(
    'takes no height of %o',
    (change) => {
      const { tell } = createHost()
      const { height } = use()
      tell({ height: 291 })
      tell(change)
      expect(height.value).toBe(291)
    },
  )

  it.each<[string, unknown]>([
    ['is missing', undefined],
    ['is no function', 7],
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
  ])('is undefined where the call %s', (_how, onKeyboardHeightChange) => {
    vi.stubGlobal('uni', { onKeyboardHeightChange })
    expect(use().height.value).toBeUndefined()
  })

  it('listens no more once its component is gone', () => {
    const { listeners } = createHost()
    const { scope } = use()
    expect(listeners.size).toBe(1)
    scope.stop()
    expect(listeners.size).toBe(0)
  })
})

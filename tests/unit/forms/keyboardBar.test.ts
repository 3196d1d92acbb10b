// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import KeyboardBar from '../../../src/forms/KeyboardBar.vue'
import type { UseFocusChainReturn } from '../../../src/forms/useFocusChain'

type Listener = (change: { height: number }) => void

let tell: (height: number) => Promise<void>

beforeEach(() => {
  let listener: Listener = () => {}
  tell = async (height) => {
    listener({ height })
    await nextTick()
  }
  vi.stubGlobal('uni', {
    getLocale: () => 'zh-Hans',
    onLocaleChange() {},
    onKeyboardHeightChange: (given: Listener) => (listener = given),
    offKeyboardHeightChange() {},
  })
})
afterEach(() => vi.unstubAllGlobals())

/** What the bar uses of a chain, with the field in the middle as the current one. */
function createChain() {
  const calls: string[] = []
  const chain = reactive({
    current: 'phone' as string | undefined,
    isPicking: false,
    hasPrevious: true,
    hasNext: true,
    previous: () => calls.push('previous'),
    next: () => calls.push('next'),
    blur: () => calls.push('blur'),
    reveal: (covered: number) => calls.push(`reveal ${covered}`),
  })
  const bar = mount(KeyboardBar, { props: { chain: chain as unknown as UseFocusChainReturn } })
  const shown = () => bar.find('.keyboard-bar')
  const tap = (button: string) => bar.find(`.keyboard-bar__${button}`).trigger('tap')
  return { calls, chain, bar, shown, tap }
}

describe('KeyboardBar', () => {
  it('sits on the keyboard, makes room for both, and shows the field', async () => {
    const { calls, bar, shown } = createChain()
    expect(shown().exists()).toBe(false)
    await tell(291)
    expect(shown().attributes('style')).toContain('bottom: 291px')
    expect(bar.find('view > view').attributes('style')).toContain('height: 335px')
    expect(calls).toEqual(['reveal 335'])

    await tell(291)
    expect(calls).toEqual(['reveal 335'])
    await tell(0)
    expect(shown().exists()).toBe(false)
    expect(calls).toEqual(['reveal 335', 'reveal 0'])
  })

  it('shows the next field when the chain has come to it', async () => {
    const { calls, chain } = createChain()
    await tell(291)
    chain.current = 'note'
    await nextTick()
    expect(calls).toEqual(['reveal 335', 'reveal 335'])
  })

  it.each([
    ['zh-Hans', /^[\u4e00-\u9fff]+$/],
    ['en', /^[A-Z][a-z]+$/],
  ])(
    'names its buttons in the language %s, each otherwise, or as the app does',
    async (locale, words) => {
      vi.resetModules()
      Object.assign(uni, { getLocale: () => locale })
      const { default: Bar } = await import('../../../src/forms/KeyboardBar.vue')
      const { chain } = createChain()
      chain.isPicking = true
      const props = { chain: chain as unknown as UseFocusChainReturn }
      const namesOf = (given: object) =>
        mount(Bar, { props: { ...props, ...given } })
          .findAll('.keyboard-bar__button')
          .map((button) => button.text())
      const names = namesOf({})
      expect(new Set(names).size).toBe(3)
      for (const name of names) expect(name).toMatch(words)
      expect(namesOf({ texts: { doneTyping: 'OK' } })).toEqual([...names.slice(0, 2), 'OK'])
    },
  )

  it('goes back, on, and puts the keyboard away', async () => {
    const { calls, tap } = createChain()
    await tell(291)
    calls.length = 0
    for (const button of ['previous', 'next', 'done']) await tap(button)
    expect(calls).toEqual(['previous', 'next', 'blur'])
  })

  it('offers no way beyond the ends', async () => {
    const { calls, chain, bar, tap } = createChain()
    Object.assign(chain, { hasPrevious: false, hasNext: false })
    await tell(291)
    expect(bar.findAll('.keyboard-bar__button--off')).toHaveLength(2)
    calls.length = 0
    for (const button of ['previous', 'next']) await tap(button)
    expect(calls).toEqual([])
  })

  it('sits at the bottom while a picker has its turn, above the home bar', async () => {
    Object.assign(uni, {
      getWindowInfo: () => ({ safeAreaInsets: { top: 47, right: 0, bottom: 34, left: 0 } }),
    })
    const { calls, chain, shown } = createChain()
    chain.isPicking = true
    await nextTick()
    expect(calls).toEqual(['reveal 78'])
    expect(shown().classes()).toContain('keyboard-bar--low')
    chain.current = undefined
    await nextTick()
    expect(shown().exists()).toBe(false)
  })

  it('sits at the bottom for a picker although the keyboard before is not reported gone', async () => {
    const { calls, chain, shown } = createChain()
    await tell(291)
    Object.assign(chain, { current: 'date', isPicking: true })
    await nextTick()
    expect(shown().attributes('style')).toContain('bottom: 0px')
    expect(shown().classes()).toContain('keyboard-bar--low')
    expect(calls).toEqual(['reveal 335', 'reveal 44'])

    Object.assign(chain, { current: 'note', isPicking: false })
    await nextTick()
    expect(shown().attributes('style')).toContain('bottom: 291px')
    expect(calls.at(-1)).toBe('reveal 335')
  })

  it("shows nothing for another form's keyboard, or where the height is not reported", async () => {
    const { chain, shown } = createChain()
    chain.current = undefined
    await tell(291)
    expect(shown().exists()).toBe(false)

    vi.stubGlobal('uni', { getLocale: () => 'zh-Hans', onLocaleChange() {} })
    const unreported = createChain()
    unreported.chain.isPicking = true
    await nextTick()
    expect(unreported.shown().exists()).toBe(false)
  })
})

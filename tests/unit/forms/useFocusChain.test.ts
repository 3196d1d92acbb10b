// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { useFocusChain, type UseFocusChainReturn } from '../../../src/forms/useFocusChain'

const leave = vi.hoisted(() => ({ hide: () => {}, unload: () => {} }))

// The real one needs uni-app's own build of Vue.
vi.mock('@dcloudio/uni-app', () => ({
  onHide: (hook: () => void) => (leave.hide = hook),
  onUnload: (hook: () => void) => (leave.unload = hook),
}))

type Name = 'name' | 'phone' | 'note'

function mountForm(onDone?: () => void) {
  const given = { chain: undefined as UseFocusChainReturn<Name> | undefined }
  const form = mount(
    defineComponent(() => {
      const chain = useFocusChain(['name', 'phone', 'note'], onDone ? { onDone } : {})
      given.chain = chain
      return () =>
        (['name', 'phone', 'note'] as const).map((name) =>
          h('i', { id: name, 'data-focus': chain.flags[name], 'data-type': chain.type(name) }),
        )
    }),
  )
  if (!given.chain) throw new Error('setup did not run')
  const bound = (attribute: string) => form.findAll('i').map((field) => field.attributes(attribute))
  return { form, chain: given.chain, bound }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('useFocusChain', () => {
  it('gives what a template binds, and the keys go through the form twice over', async () => {
    const onDone = vi.fn()
    const { chain, bound } = mountForm(onDone)
    expect(bound('data-type')).toEqual(['next', 'next', 'done'])
    expect(bound('data-focus')).toEqual(['false', 'false', 'false'])

    for (const round of [1, 2]) {
      chain.focus('name')
      if (round === 2) chain.blur('note')
      vi.advanceTimersByTime(300)
      chain.next('name')
      await nextTick()
      expect(bound('data-focus')).toEqual(['false', 'true', 'false'])

      chain.focus('phone')
      chain.blur('name')
      vi.advanceTimersByTime(300)
      chain.next('phone')
      chain.focus('note')
      chain.blur('phone')
      await nextTick()
      expect(bound('data-focus')).toEqual(['false', 'false', 'true'])

      vi.advanceTimersByTime(300)
      chain.next('note')
      expect(onDone).toHaveBeenCalledTimes(round)
    }
  })

  it('jumps to a field', async () => {
    const { chain, bound } = mountForm()
    chain.goTo('phone')
    await nextTick()
    expect(bound('data-focus')).toEqual(['false', 'true', 'false'])
  })

  it('shows the done key on the last field that is enabled', async () => {
    const { chain, bound } = mountForm()
    chain.disable('note')
    await nextTick()
    expect(bound('data-type')).toEqual(['next', 'done', 'next'])
    chain.enable('note')
    await nextTick()
    expect(bound('data-type')).toEqual(['next', 'next', 'done'])
  })

  it.each([
    ['hidden', () => leave.hide()],
    ['unloaded', () => leave.unload()],
  ])('lowers the flags when the page is %s', async (_how, go) => {
    const { chain, bound } = mountForm()
    chain.goTo('name')
    await nextTick()
    expect(bound('data-focus')).toEqual(['true', 'false', 'false'])
    go()
    await nextTick()
    expect(bound('data-focus')).toEqual(['false', 'false', 'false'])
  })

  it('stops its timers when the component goes', () => {
    const { form, chain } = mountForm()
    chain.focus('name')
    chain.goTo('name')
    expect(vi.getTimerCount()).toBe(1)
    form.unmount()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('throws at once for fields that cannot be a chain', () => {
    expect(() => useFocusChain([])).toThrow('empty_chain')
    expect(() => useFocusChain(['name', 'name'])).toThrow('duplicate_field')
  })
})

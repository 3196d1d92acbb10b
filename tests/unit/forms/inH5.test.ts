// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { UseFocusChainReturn } from '../../../src/forms/useFocusChain'

type Name = 'name' | 'date'

const createSelectorQuery = vi.fn()

/** A form in a page of H5, or of another platform, whose picker is on the page. */
async function openForm(platform: string) {
  vi.resetModules()
  vi.stubEnv('UNI_PLATFORM', platform)
  const { useFocusChain } = await import('../../../src/forms/useFocusChain')
  const given = { chain: undefined as UseFocusChainReturn<Name> | undefined }
  const form = mount(
    defineComponent(() => {
      given.chain = useFocusChain<Name>(['name', { name: 'date', kind: 'picker' }])
      return () => null
    }),
  )
  const opened = vi.fn()
  const picker = document.createElement('div')
  picker.id = 'date'
  picker.addEventListener('click', opened)
  document.body.append(picker)
  return { form, chain: given.chain!, opened }
}

/** Whether an Enter that chooses a candidate of the input method reaches the inputs. */
function isConfirmed(): boolean {
  const confirmed = vi.fn()
  const input = document.createElement('input')
  document.body.append(input)
  input.addEventListener('keyup', confirmed)
  const key = { key: 'Enter', bubbles: true, isComposing: true }
  input.dispatchEvent(new KeyboardEvent('keydown', key))
  input.dispatchEvent(new KeyboardEvent('keyup', key))
  return confirmed.mock.calls.length > 0
}

enableAutoUnmount(afterEach)

beforeEach(() => {
  vi.stubGlobal('uni', { hideKeyboard() {}, createSelectorQuery })
})

afterEach(() => {
  document.body.replaceChildren()
  createSelectorQuery.mockClear()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

describe('a form in H5', () => {
  it('opens a picker that the keys have come to, but not one that was tapped, which opens itself', async () => {
    const { chain, opened } = await openForm('h5')
    chain.fields.date.onFocus()
    expect(opened).not.toHaveBeenCalled()
    chain.focus('name')
    chain.next()
    expect(opened).toHaveBeenCalledTimes(1)
  })

  it('leaves to the input method the Enter that chooses a candidate, while a field is current', async () => {
    const { form, chain } = await openForm('h5')
    expect(isConfirmed()).toBe(true)
    chain.focus('name')
    expect(isConfirmed()).toBe(false)
    form.unmount()
    expect(isConfirmed()).toBe(true)
  })

  it('leaves scrolling to the browser', async () => {
    const { form, chain } = await openForm('h5')
    chain.focus('name')
    await form.vm.$nextTick()
    expect(createSelectorQuery).not.toHaveBeenCalled()
  })
})

describe('a form in WeChat', () => {
  it('opens no picker, and heeds no composition: the host does both', async () => {
    const { form, chain, opened } = await openForm('mp-weixin')
    chain.focus('date')
    expect(opened).not.toHaveBeenCalled()
    chain.focus('name')
    expect(isConfirmed()).toBe(true)
    await form.vm.$nextTick()
    expect(createSelectorQuery).toHaveBeenCalled()
  })
})

// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, defineComponent, h, nextTick, ref, type Ref } from 'vue'
import { FocusChainError } from '../../../src/forms/focusChainError'
import type { FocusLinks } from '../../../src/forms/focusLinks'
import { page } from '../../support/pageHooks'
import { createPage } from './hostPage'
import { useFocusChain, type UseFocusChainReturn } from '../../../src/forms/useFocusChain'

type Name = 'name' | 'phone' | 'date' | 'note'
type Links = FocusLinks<Name>

const names: readonly Name[] = ['name', 'phone', 'note']

/** A mounted form that binds all that a template does, and what became of it. */
function mountForm(links: Links | Ref<Links> = names, onDone?: () => void) {
  const given = { chain: undefined as UseFocusChainReturn<Name> | undefined }
  const errors: unknown[] = []
  const form = mount(
    defineComponent(() => {
      const chain = useFocusChain(links, onDone ? { onDone } : {})
      given.chain = chain
      return () =>
        Object.entries(chain.fields).map(([id, { focus, confirmType, confirmHold }]) =>
          h('i', {
            id,
            'data-bound': `${focus ? '* ' : ''}${confirmType}${confirmHold ? '…' : ''}`,
          }),
        )
    }),
    { global: { config: { errorHandler: (error) => errors.push(error) } } },
  )
  if (!given.chain) throw new Error('setup did not run')
  const bound = async () => {
    await nextTick()
    return form
      .findAll('i')
      .map((field) => `${field.attributes('id')}: ${field.attributes('data-bound')}`)
  }
  const { chain } = given
  /** The phone gives this field the focus; the other one, if any, loses it afterwards. */
  const arrive = (name: Name, from?: Name) => {
    chain.fields[name].onFocus()
    if (from) chain.fields[from].onBlur()
    vi.advanceTimersByTime(300)
  }
  const place = () => ({
    current: chain.current,
    hasPrevious: chain.hasPrevious,
    hasNext: chain.hasNext,
    isPicking: chain.isPicking,
  })
  return { form, chain, bound, arrive, place, errors }
}

const hideKeyboard = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('uni', { hideKeyboard, createSelectorQuery: () => createPage({}).query })
})

afterEach(() => {
  vi.useRealTimers()
  hideKeyboard.mockClear()
  page.forget()
  vi.unstubAllGlobals()
})

describe('useFocusChain', () => {
  it('gives what a template binds, and the keys go through the form twice over', async () => {
    const onDone = vi.fn()
    const { chain, bound, arrive } = mountForm(names, onDone)
    expect(await bound()).toEqual(['name: next…', 'phone: next…', 'note: done'])

    for (const round of [1, 2]) {
      arrive('name', round === 2 ? 'note' : undefined)
      chain.fields.name.onConfirm()
      expect(await bound()).toEqual(['name: next…', 'phone: * next…', 'note: done'])
      arrive('phone', 'name')
      chain.fields.phone.onConfirm()
      arrive('note', 'phone')
      expect(await bound()).toEqual(['name: next…', 'phone: next…', 'note: * done'])
      chain.fields.note.onConfirm()
      expect(onDone).toHaveBeenCalledTimes(round)
    }
  })

  it('keeps the line breaks of a textarea, and lets the keyboard go before a picker', async () => {
    const { bound } = mountForm([
      'name',
      { name: 'date', kind: 'picker' },
      { name: 'note', kind: 'textarea' },
    ])
    expect(await bound()).toEqual(['name: next', 'date: return', 'note: return'])
  })

  it('takes a field whose kind is named as an input for one', async () => {
    const { bound } = mountForm([{ name: 'name', kind: 'input' }, 'note'])
    expect(await bound()).toEqual(['name: next…', 'note: done'])
  })

  it('gives a picker its turn without the keyboard, and goes on when it has changed', async () => {
    const { chain, bound, arrive, place } = mountForm([
      'name',
      { name: 'date', kind: 'picker' },
      'note',
    ])
    arrive('name')
    chain.fields.name.onConfirm()
    expect(hideKeyboard).toHaveBeenCalledTimes(1)
    expect(await bound()).toEqual(['name: next', 'date: * return', 'note: done'])
    expect(place()).toEqual({ current: 'date', hasPrevious: true, hasNext: true, isPicking: true })

    chain.fields.date.onConfirm()
    arrive('note')
    expect(await bound()).toEqual(['name: next', 'date: return', 'note: * done'])
    expect(place()).toEqual({
      current: 'note',
      hasPrevious: true,
      hasNext: false,
      isPicking: false,
    })
  })

  it('moves on once a number is full, whatever the host reports of the cursor', () => {
    const { chain, arrive } = mountForm([{ name: 'phone', maxlength: 3 }, 'note'])
    arrive('phone')
    const { onInput } = chain.fields.phone
    for (const event of [undefined, null, {}, { detail: null }, { detail: { value: 154 } }]) {
      onInput(event)
    }
    onInput({ detail: { value: '15', cursor: null } })
    expect(chain.current).toBe('phone')
    onInput({ detail: { value: '154', cursor: null } })
    expect(chain.current).toBe('note')
  })

  it('jumps to a field, goes back, and reports where it is', async () => {
    const { chain, bound, arrive, place } = mountForm()
    expect(place()).toEqual({ hasPrevious: false, hasNext: false, isPicking: false })
    chain.focus('phone')
    expect(await bound()).toEqual(['name: next…', 'phone: * next…', 'note: done'])
    expect(place()).toMatchObject({ current: 'phone', hasPrevious: true, hasNext: true })
    arrive('phone')
    chain.previous()
    expect(chain.current).toBe('name')
    arrive('name', 'phone')
    expect(place()).toMatchObject({ current: 'name', hasPrevious: false, hasNext: true })
    chain.next()
    expect(chain.current).toBe('phone')
  })

  it('puts the keyboard away, and submits nothing by that', () => {
    const onDone = vi.fn()
    const { chain, arrive } = mountForm(names, onDone)
    arrive('note')
    chain.blur()
    expect(hideKeyboard).toHaveBeenCalledTimes(1)
    // Without this callback WeChat makes a rejection of it that nobody hears.
    expect(hideKeyboard).toHaveBeenCalledWith(
      expect.objectContaining({ fail: expect.any(Function) as () => void }),
    )
    // The host may not have let go of it yet.
    expect(chain.current).toBe('note')
    chain.fields.note.onBlur()
    expect(chain.current).toBeUndefined()
    expect(onDone).not.toHaveBeenCalled()
  })

  it.each<[string, unknown]>([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['is missing', undefined],
    ['fails, for there is no keyboard', ({ fail }: { fail(failure: object): void }) => fail({})],
  ])('does without the call that puts the keyboard away where it %s', async (_how, call) => {
    vi.stubGlobal('uni', { hideKeyboard: call, createSelectorQuery: undefined })
    const { chain, bound } = mountForm(['name', { name: 'date', kind: 'picker' }])
    chain.focus('name')
    chain.next()
    expect(await bound()).toEqual(['name: next', 'date: * return'])
    chain.blur()
    expect(await bound()).toEqual(['name: next', 'date: return'])
  })

  it("ends a picker's turn when the keyboard is put away", () => {
    const { chain, place } = mountForm(['name', { name: 'date', kind: 'picker' }])
    chain.focus('date')
    expect(place()).toMatchObject({ current: 'date', isPicking: true })
    chain.blur()
    expect(place()).toEqual({ hasPrevious: false, hasNext: false, isPicking: false })
  })

  it('scrolls to the field that it goes to, and to none that is off', async () => {
    const page = createPage({})
    vi.stubGlobal('uni', { hideKeyboard, ...page.uni })
    const { chain } = mountForm(['name', { name: 'note', off: true }])
    chain.focus('note')
    chain.focus('name')
    await nextTick()
    expect(page.asked).toEqual(['#name'])
    chain.reveal(300)
    await nextTick()
    expect(page.asked).toEqual(['#name', '#name'])
  })

  it('takes no field for the current one whose focus does not come', () => {
    const { chain, arrive, place } = mountForm()
    arrive('name')
    chain.focus('note')
    expect(place()).toMatchObject({ current: 'note', hasNext: false })
    vi.advanceTimersByTime(400)
    expect(place()).toMatchObject({ current: 'name', hasNext: true })
  })

  it('follows the form: fields come and go, and the last one has the done key', async () => {
    const links = ref<Links>(['name', 'note'])
    const { chain, bound, arrive } = mountForm(links)
    expect(await bound()).toEqual(['name: next…', 'note: done'])

    arrive('name')
    links.value = ['name', 'phone', 'note']
    expect(await bound()).toEqual(['name: next…', 'note: done', 'phone: next…'])
    chain.fields.name.onConfirm()
    vi.advanceTimersByTime(60)
    expect(chain.fields.phone.focus).toBe(true)

    arrive('phone', 'name')
    links.value = ['name']
    expect(await bound()).toEqual(['name: done', 'note: done', 'phone: next…'])
    expect(chain.current).toBeUndefined()
    chain.fields.phone.onBlur()
    chain.fields.phone.onConfirm()
    expect(chain.current).toBeUndefined()
  })

  it('knows in the same handler what the form has become', () => {
    const onDone = vi.fn()
    const isCompany = ref(false)
    const links = computed<Links>(() => [
      { name: 'date', kind: 'picker' },
      { name: 'phone', off: !isCompany.value },
    ])
    const { chain } = mountForm(links, onDone)
    isCompany.value = true
    chain.fields.date.onConfirm()
    expect(chain.current).toBe('phone')
    expect(onDone).not.toHaveBeenCalled()
  })

  it('moves on when what was pasted is all of it by a limit that it brought about', () => {
    const limit = ref(12)
    const links = computed<Links>(() => [{ name: 'phone', maxlength: limit.value }, 'note'])
    const { chain, arrive } = mountForm(links)
    arrive('phone')
    limit.value = 11
    chain.fields.phone.onInput({ detail: { value: '15400001234' } })
    expect(chain.current).toBe('note')
  })

  it('follows members of a link too, and binds a field that is off', async () => {
    const links = ref([{ name: 'name' as const }, { name: 'note' as const, off: true }])
    const { chain, bound } = mountForm(links)
    expect(await bound()).toEqual(['name: done', 'note: next'])
    chain.focus('note')
    expect(chain.current).toBeUndefined()
    links.value[1] = { name: 'note', off: false }
    expect(await bound()).toEqual(['name: next…', 'note: done'])
    links.value[1]!.off = true
    expect(await bound()).toEqual(['name: done', 'note: done'])
  })

  it('stays as it was when the form gives one name twice, and reports it to Vue', async () => {
    const links = ref<Links>(['name', 'note'])
    const { chain, bound, errors } = mountForm(links)
    links.value = ['note', 'name', 'note']
    expect(await bound()).toEqual(['name: next…', 'note: done'])
    expect(errors).toEqual([expect.objectContaining({ code: 'duplicate_field' })])
    expect(errors[0]).toBeInstanceOf(FocusChainError)
    chain.focus('name')
    chain.next()
    expect(chain.current).toBe('note')
  })

  it('may have no field for a while', async () => {
    const links = ref<Links>(['name'])
    const { chain, errors } = mountForm(links)
    links.value = []
    await nextTick()
    chain.next()
    expect(chain.current).toBeUndefined()
    links.value = ['name']
    await nextTick()
    chain.next()
    expect(chain.current).toBe('name')
    expect(errors).toEqual([])
  })

  it.each([
    ['hidden', () => page.run('onHide')],
    ['unloaded', () => page.run('onUnload')],
  ])('lowers the flags when the page is %s', async (_how, go) => {
    const { chain, bound } = mountForm()
    chain.focus('name')
    expect(await bound()).toEqual(['name: * next…', 'phone: next…', 'note: done'])
    go()
    expect(await bound()).toEqual(['name: next…', 'phone: next…', 'note: done'])
    expect(chain.current).toBeUndefined()
  })

  it('stops its timers when the component goes', () => {
    const { form, chain, arrive } = mountForm()
    arrive('name')
    chain.focus('name')
    expect(vi.getTimerCount()).toBe(1)
    form.unmount()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('throws at once for fields that cannot be a chain', () => {
    expect(() => useFocusChain([])).toThrow('empty_chain')
    expect(() => useFocusChain(['name', 'name'])).toThrow('duplicate_field')
    expect(() => mountForm().chain.focus('nobody' as Name)).toThrow('unknown_field')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFocusChain } from '../../src/forms/focusChain'
import type { FocusLink } from '../../src/forms/focusLinks'
import { createChance, createInputPage, createVirtualClock } from '../unit/forms/inputPage'

/** Random sequences a property; more by `FOCUS_WALKS=100000`. */
const walks = Number(process.env.FOCUS_WALKS ?? 10_000)

const names = ['name', 'phone', 'date', 'address', 'note'] as const
type Name = (typeof names)[number]

/** How many digits move on from the phone number. */
const maxlength = 11

const linkOf = (name: Name): FocusLink<Name> => ({
  name,
  ...(name === 'date' && { kind: 'picker' }),
  ...(name === 'phone' && { maxlength }),
})

/** `tap`, `enter`, `fill` and `dismiss` are done to inputs, `pick` and `cancel` to the picker. */
type Action =
  | { type: 'tap' | 'goTo' | 'leaveOut' | 'putBack'; name: Name }
  | { type: 'enter' | 'fill' | 'next' | 'previous' | 'pick' | 'cancel' }
  | { type: 'dismiss' | 'release' | 'leave' }

const some = <Type extends Action['type']>(...types: Type[]) => fc.constantFrom(...types)
const onField = <Type extends Action['type']>(...types: Type[]) =>
  fc.record({ type: some(...types), name: fc.constantFrom(...names) })

const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: some('enter', 'fill', 'next', 'previous', 'pick') }) },
  { weight: 6, arbitrary: onField('tap', 'goTo') },
  { weight: 2, arbitrary: onField('leaveOut', 'putBack') },
  { weight: 2, arbitrary: fc.record({ type: some('cancel', 'dismiss', 'release', 'leave') }) },
)

const page = fc.record({
  seed: fc.integer(),
  confirmHold: fc.boolean(),
  coalesce: fc.boolean(),
  unruly: fc.boolean(),
})

const walk = (least: number, most: number) =>
  fc.array(fc.record({ action: actions, then: fc.integer({ min: least, max: most }) }), {
    minLength: 1,
    maxLength: 14,
  })

/** A page with a chain on it, and what a person expects of them. */
function open({ seed, ...options }: { seed: number } & PageOptions) {
  const clock = createVirtualClock()
  const chance = createChance(seed)
  const inputs = createInputPage({ clock, chance, ...options })
  const off = new Set<Name>()
  const timers = new Set<object>()
  const raised = new Set<Name>()
  let done = 0
  let expectedDone = 0
  let expected: Name | undefined

  const chain = createFocusChain<Name>({
    links: names.map(linkOf),
    timers: {
      now: clock.now,
      after(ms, callback) {
        const timer = {}
        timers.add(timer)
        const cancel = clock.after(ms, () => {
          timers.delete(timer)
          callback()
        })
        return () => {
          timers.delete(timer)
          cancel()
        }
      },
    },
    onFlag(name, up) {
      if (up === raised.has(name)) throw new Error(`the flag of ${name} was reported twice`)
      if (up) raised.add(name)
      else raised.delete(name)
      if (name !== 'date') inputs.setFlag(name, up)
    },
    onTurn: () => inputs.dismiss(),
    onDone: () => done++,
  })
  inputs.connect(chain as Parameters<typeof inputs.connect>[0])

  const present = () => names.filter((name) => !off.has(name))
  const beside = (name: Name, step: 1 | -1) => present()[present().indexOf(name) + step]
  /** Where moving on leads to; from the last field to nowhere, which is to be reported once. */
  const following = (name: Name) => {
    const next = beside(name, 1)
    if (next === undefined) expectedDone++
    return next
  }
  const isText = (name: Name | undefined) => name !== undefined && name !== 'date'

  function place(name: Name, isOff: boolean) {
    if (isOff) off.add(name)
    else off.delete(name)
    if (name !== 'date') inputs.setDisabled(name, isOff)
    // Off or gone is the same to the keys.
    const given = names.map((one) => ({ ...linkOf(one), off: off.has(one) }))
    chain.setLinks(chance() < 0.5 ? given : given.filter((one) => !one.off))
    if (isOff && expected === name) expected = undefined
  }

  function act(action: Action) {
    switch (action.type) {
      case 'tap':
        if (action.name !== 'date') inputs.tap(action.name)
        else if (!off.has('date')) chain.focus('date')
        if (!off.has(action.name)) expected = action.name
        return
      case 'goTo':
        chain.request(action.name)
        if (!off.has(action.name)) expected = action.name
        return
      case 'enter':
        inputs.enter()
        if (!isText(expected)) return
        expected = following(expected!) ?? (options.confirmHold ? expected : undefined)
        return
      case 'fill':
        if (inputs.focused() !== 'phone') return
        chain.input('phone', '')
        chain.input('phone', '1'.repeat(maxlength))
        if (expected === 'phone') expected = beside('phone', 1) ?? expected
        return
      case 'next':
        chain.next()
        expected = expected === undefined ? present()[0] : (following(expected) ?? expected)
        return
      case 'previous':
        chain.previous()
        if (expected !== undefined) expected = beside(expected, -1) ?? expected
        return
      case 'pick':
        if (expected !== 'date') return
        chain.confirm('date')
        expected = following('date')
        return
      case 'cancel':
        if (expected !== 'date') return
        chain.blur('date')
        expected = undefined
        return
      case 'dismiss':
        inputs.dismiss()
        if (isText(expected)) expected = undefined
        return
      case 'release':
        chain.release()
        inputs.dismiss()
        expected = undefined
        return
      case 'leave':
        inputs.dismiss()
        chain.reset()
        expected = undefined
        return
      case 'leaveOut':
        return place(action.name, true)
      case 'putBack':
        return place(action.name, false)
    }
  }

  return {
    clock,
    inputs,
    raised,
    timers,
    act,
    done: () => done,
    seen: () => ({ current: chain.current(), focused: inputs.focused(), done }),
    expected: () => ({
      current: expected,
      focused: isText(expected) ? expected : undefined,
      done: expectedDone,
    }),
  }
}

interface PageOptions {
  confirmHold: boolean
  coalesce: boolean
  unruly: boolean
}

describe('the focus chain on a page of inputs', { timeout: 120_000 }, () => {
  it('has the focus where the last action put it, in random walks with time between actions', () => {
    fc.assert(
      fc.property(page, walk(500, 900), (options, steps) => {
        const form = open(options)
        for (const { action, then } of steps) {
          form.act(action)
          form.clock.advance(then)
          expect(form.seen()).toEqual(form.expected())
        }
      }),
      { numRuns: walks },
    )
  })

  it('can be filled by keys alone after storms of overlapping actions', () => {
    fc.assert(
      fc.property(page, walk(0, 250), fc.constantFrom(...names), (options, storm, first) => {
        const form = open({ ...options, confirmHold: true })
        for (const { action, then } of storm) {
          form.act(action)
          form.clock.advance(then)
        }
        form.clock.advance(1000)
        const { current, focused } = form.seen()
        // Blurs that are late or double may be taken for new ones, and new ones for late ones.
        if (focused !== undefined && !options.unruly) expect(current).toBe(focused)
        for (const name of names) form.act({ type: 'putBack', name })

        form.act({ type: 'goTo', name: first })
        form.clock.advance(600)
        expect(form.seen().current).toBe(first)
        const done = form.done()
        const moveOn = (from: Name) => {
          form.act({ type: from === 'date' ? 'pick' : 'enter' })
          form.clock.advance(600)
        }
        for (const [at, name] of names.entries()) {
          if (at <= names.indexOf(first)) continue
          moveOn(names[at - 1]!)
          const focused = name === 'date' ? undefined : name
          expect(form.seen()).toEqual({ current: name, focused, done })
        }
        moveOn('note')
        expect(form.done()).toBe(done + 1)
      }),
      { numRuns: walks },
    )
  })

  it('leaves no flag up and no timer running once the page is left, whatever happened', () => {
    fc.assert(
      fc.property(page, walk(0, 250), (options, storm) => {
        const form = open(options)
        for (const { action, then } of storm) {
          form.act(action)
          form.clock.advance(then)
        }
        form.act({ type: 'leave' })
        expect([...form.raised]).toEqual([])
        expect(form.timers.size).toBe(0)
        form.inputs.disconnect()
        form.clock.advance(1000)
        expect(form.inputs.focused()).toBeUndefined()
      }),
      { numRuns: walks },
    )
  })
})

describe('the page of inputs itself', () => {
  it('makes a recipe that only sets flags to true work once and never again', () => {
    const clock = createVirtualClock()
    const inputs = createInputPage({
      clock,
      chance: createChance(1),
      confirmHold: true,
      coalesce: false,
      unruly: false,
    })
    inputs.connect({
      focus() {},
      blur() {},
      confirm: () => inputs.setFlag('phone', true),
    })
    const reached = [1, 2].map(() => {
      inputs.tap('name')
      clock.advance(500)
      inputs.enter()
      clock.advance(500)
      return inputs.focused()
    })
    expect(reached).toEqual(['phone', 'name'])
  })
})

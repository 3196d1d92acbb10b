import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFocusChain } from '../../src/forms/focusChain'
import { createChance, createInputPage, createVirtualClock } from '../unit/forms/inputPage'

/** Random sequences a property; more by `FOCUS_WALKS=100000`. */
const walks = Number(process.env.FOCUS_WALKS ?? 10_000)

const names = ['name', 'phone', 'address', 'note'] as const
type Name = (typeof names)[number]

type Action =
  | { type: 'tap' | 'goTo' | 'disable' | 'enable'; name: Name }
  | { type: 'enter' | 'dismiss' | 'leave' }

const actions = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Action>({ type: 'enter' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom('tap' as const, 'goTo' as const),
      name: fc.constantFrom(...names),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('disable' as const, 'enable' as const),
      name: fc.constantFrom(...names),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom('dismiss' as const, 'leave' as const) }),
  },
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
  const inputs = createInputPage({ clock, chance: createChance(seed), ...options })
  const off = new Set<Name>()
  const timers = new Set<object>()
  const raised = new Set<Name>()
  let done = 0
  let expected: Name | undefined

  const chain = createFocusChain<Name>({
    fields: names,
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
      if (up === raised.has(name)) throw new Error(`the flag of ${name} was told twice`)
      if (up) raised.add(name)
      else raised.delete(name)
      inputs.setFlag(name, up)
    },
    onDone: () => done++,
  })
  inputs.connect(chain as Parameters<typeof inputs.connect>[0])

  const after = (name: Name) => names.slice(names.indexOf(name) + 1).find((next) => !off.has(next))

  function act(action: Action) {
    switch (action.type) {
      case 'tap':
        inputs.tap(action.name)
        if (!off.has(action.name)) expected = action.name
        return
      case 'goTo':
        chain.request(action.name)
        if (!off.has(action.name)) expected = action.name
        return
      case 'enter': {
        if (expected !== undefined) {
          expected = after(expected) ?? (options.confirmHold ? expected : undefined)
        }
        inputs.enter()
        return
      }
      case 'dismiss':
        inputs.dismiss()
        expected = undefined
        return
      case 'leave':
        inputs.dismiss()
        chain.reset()
        expected = undefined
        return
      case 'disable':
        off.add(action.name)
        inputs.setDisabled(action.name, true)
        chain.disable(action.name)
        if (expected === action.name) expected = undefined
        return
      case 'enable':
        off.delete(action.name)
        inputs.setDisabled(action.name, false)
        chain.enable(action.name)
    }
  }

  return { clock, inputs, chain, raised, timers, act, expected: () => expected, done: () => done }
}

interface PageOptions {
  confirmHold: boolean
  coalesce: boolean
  unruly: boolean
}

describe('the focus chain on a page of inputs', () => {
  it('has the focus where the last action put it, in random walks with time between actions', () => {
    fc.assert(
      fc.property(page, walk(500, 900), (options, steps) => {
        const form = open(options)
        for (const { action, then } of steps) {
          form.act(action)
          form.clock.advance(then)
          expect(form.inputs.focused()).toBe(form.expected())
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
        for (const name of names) form.act({ type: 'enable', name })

        form.act({ type: 'goTo', name: first })
        form.clock.advance(600)
        expect(form.inputs.focused()).toBe(first)
        const done = form.done()
        for (const name of names.slice(names.indexOf(first) + 1)) {
          form.act({ type: 'enter' })
          form.clock.advance(600)
          expect(form.inputs.focused()).toBe(name)
        }
        form.act({ type: 'enter' })
        form.clock.advance(600)
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

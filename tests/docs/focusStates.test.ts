import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type * as focusChain from '../../src/forms/focusChain'
import type * as fieldState from '../../src/forms/fieldState'
import { transitions, type FieldEvent, type FieldState } from '../../src/forms/fieldState'
import { readLinks } from '../../src/forms/focusLinks'
import { createVirtualClock } from '../unit/forms/inputPage'
import { readDocument } from './documents'

/** What chains have gone through: the edges as `away --> asking: raise`. */
const taken = { edges: new Set<string>(), states: new Set<string>() }

/** The chain, whose fields write down where they go. */
let createFocusChain: typeof focusChain.createFocusChain
beforeAll(async () => {
  vi.resetModules()
  vi.doMock('../../src/forms/fieldState', async (importOriginal) => {
    const original = await importOriginal<typeof fieldState>()
    const stateAfter: typeof original.stateAfter = (state, event, now) => {
      const after = original.stateAfter(state, event, now)
      if (after.is !== state.is) taken.edges.add(`${state.is} --> ${after.is}: ${event}`)
      for (const { is } of [state, after]) taken.states.add(is)
      return after
    }
    return { ...original, stateAfter }
  })
  ;({ createFocusChain } = await import('../../src/forms/focusChain'))
})
afterAll(() => {
  vi.doUnmock('../../src/forms/fieldState')
  vi.resetModules()
})

const [, drawing = ''] =
  /^## The states of a field$[\s\S]*?^```mermaid\nstateDiagram-v2\n([\s\S]*?)^```$/m.exec(
    readDocument('architecture.md'),
  ) ?? []
const [start, ...arrows] = drawing
  .trim()
  .split('\n')
  .map((line) => line.trim())

const drawn = arrows.flatMap((arrow) => {
  const [, way, labels] = /^(\w+ --> \w+): (.+)$/.exec(arrow) ?? []
  if (!way || !labels) throw new Error(`cannot be read: ${arrow}`)
  return labels.split(', ').map((event) => `${way}: ${event}`)
})
const drawnStates = new Set(arrows.flatMap((arrow) => arrow.match(/\w+/g)!.slice(0, 2)))

const listed = Object.entries(transitions).flatMap(([from, ways]) =>
  Object.entries(ways).map(([event, to]) => `${from} --> ${to}: ${event}`),
)

function createForm() {
  const clock = createVirtualClock()
  const chain = createFocusChain({ links: readLinks(['name', 'note']), timers: clock, onFlag() {} })
  return { clock, ...chain }
}

type Form = ReturnType<typeof createForm>
type Act = (form: Form) => void

/** How the last field of a form comes into each state. */
const ways: Record<FieldState['is'], Act[]> = {
  away: [],
  asking: [({ request }) => request('note')],
  focused: [({ focus }) => focus('note')],
  doubted: [({ confirm }) => confirm('note')],
  askingInDoubt: [({ confirm }) => confirm('note'), ({ request }) => request('note')],
  askingInFocus: [
    ({ request }) => request('note'),
    ({ confirm }) => confirm('note'),
    ({ confirm }) => confirm('note'),
  ],
}

/** What makes each event happen to it, where it can happen at all. */
const causes: Record<FieldEvent, Act[]> = {
  raise: [({ request }) => request('note')],
  focus: [({ focus }) => focus('note')],
  confirm: [({ confirm }) => confirm('note')],
  blur: [({ clock }) => clock.advance(200), ({ blur }) => blur('note')],
  lateBlur: [({ blur }) => blur('note')],
  pass: [({ focus }) => focus('name')],
  timeout: [({ clock }) => clock.advance(400), ({ current }) => current()],
  release: [({ release }) => release()],
  leave: [({ reset }) => reset()],
}

/** It had the focus a moment ago, which makes a blur a late one. */
const before: Act[] = [({ focus }) => focus('note'), ({ focus }) => focus('name')]

describe('the states of a field, as docs/architecture.md draws them', () => {
  beforeAll(() => {
    for (const way of Object.values(ways)) {
      for (const cause of Object.values(causes)) {
        for (const past of [[], before]) {
          const form = createForm()
          for (const act of [...past, ...way, ...cause]) act(form)
        }
      }
    }
  })

  it('are those of the code', () => {
    expect([...drawnStates].sort()).toEqual(Object.keys(transitions).sort())
    expect([...drawnStates].sort()).toEqual([...taken.states].sort())
    expect(start).toBe('[*] --> away')
  })

  it('lead to each other as the code lists it', () => {
    expect([...drawn].sort()).toEqual([...listed].sort())
  })

  it('lead to each other as a chain really goes', () => {
    expect([...drawn].sort()).toEqual([...taken.edges].sort())
  })
})

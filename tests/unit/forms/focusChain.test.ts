import { describe, expect, it } from 'vitest'
import { createFocusChain, FocusChainError } from '../../../src/forms/focusChain'
import { createVirtualClock } from './inputPage'

/**
 * Plays steps like `focus a; 30; confirm a` (a number lets so many ms pass) on the chain
 * a, b, c and gives what it did and when: `+a@30` raised, `-a@90` lowered, `done@90`.
 */
function play(script: string): string {
  const clock = createVirtualClock()
  const did: string[] = []
  const chain = createFocusChain<string>({
    fields: ['a', 'b', 'c'],
    timers: clock,
    onFlag: (name, up) => did.push(`${up ? '+' : '-'}${name}@${clock.now()}`),
    onDone: () => did.push(`done@${clock.now()}`),
  })
  const calls = { ...chain, goTo: chain.request }
  for (const step of script.split(';')) {
    const [call = '', name = ''] = step.trim().split(' ')
    if (/^\d+$/.test(call)) clock.advance(Number(call))
    else calls[call as keyof typeof calls](name)
  }
  return did.join(' ')
}

const behaviours: [sentence: string, script: string, did: string][] = [
  // Moving on
  ['raises the next flag on confirm', 'focus a; 200; confirm a', '+b@200'],
  ['says done when the last field is confirmed', 'focus c; 200; confirm c', 'done@200'],
  [
    'moves on again after a tap back',
    'focus a; 200; confirm a; 30; focus b; blur a; 300; focus a; blur b; 300; confirm a',
    '+b@200 -b@530 +b@830',
  ],
  [
    'keeps a flag down for 60 ms before it rises again',
    'goTo b; 30; focus b; 200; focus a; blur b; 10; confirm a; 100',
    '+b@0 -b@230 +b@290',
  ],
  ['moves one field on when Enter repeats', 'focus a; confirm a; 20; confirm a; 20', '+b@0'],
  [
    'goes through all fields by keys alone',
    'goTo a; 30; focus a; 200; confirm a; 30; focus b; blur a; 200; confirm b; 30; focus c; blur b; 200; confirm c',
    '+a@0 +b@230 -a@260 +c@460 -b@490 done@690',
  ],

  // Taps
  [
    'leaves up a flag whose focus is under way when another field is tapped',
    'goTo b; 10; focus a; 20; focus b; 500',
    '+b@0',
  ],
  ['leaves the flags alone when a field is tapped', 'focus a; 200; focus b; blur a; 200', ''],
  ['takes a tapped field for the current one', 'focus a; 9; focus b; 200; confirm b', '+c@209'],
  [
    'forgets a field that waits for its flag when another one is tapped',
    'goTo a; 30; focus a; 200; blur a; goTo a; 20; focus b; 500',
    '+a@0 -a@230',
  ],

  // Blurs that are late, double or in doubt
  ['lowers the flag on blur', 'goTo a; 30; focus a; 120; blur a', '+a@0 -a@150'],
  ['ignores a second blur', 'goTo a; 30; focus a; 120; blur a; 5; blur a', '+a@0 -a@150'],
  [
    'ignores the late blur of a field that another one has followed',
    'goTo a; 30; focus a; 200; goTo b; 30; focus b; 200; blur a; 500',
    '+a@0 +b@230 -a@260',
  ],
  [
    'knows after a late blur which field has the focus',
    'focus a; 200; focus b; 200; blur a; goTo b; 500',
    '',
  ],
  ['doubts a blur within 120 ms of the focus', 'goTo a; 30; focus a; 119; blur a; 500', '+a@0'],
  [
    'pulses the flag of a field whose focus is in doubt',
    'goTo a; 30; focus a; 100; blur a; 500; goTo a; 100',
    '+a@0 -a@630 +a@690',
  ],
  [
    'doubts no more after the next focus event',
    'goTo a; 30; focus a; 100; blur a; 30; focus a; 200; goTo a; 400',
    '+a@0',
  ],
  [
    'doubts the blur of a field whose flag has just been raised',
    'focus a; 100; blur a; 50; goTo a; 20; blur a; 20; focus a; 500',
    '+a@150',
  ],

  // Asking for a field that has the focus, or is getting it
  ['sends nothing while the focus is under way', 'goTo a; 399; goTo a; 100', '+a@0'],
  ['asks anew when no focus came within 400 ms', 'goTo a; 400; goTo a; 60', '+a@0 -a@400 +a@460'],
  ['leaves a focused field alone', 'goTo a; 30; focus a; 200; goTo a; 500', '+a@0'],
  [
    'asks anew when the blur of the asked field was still under way',
    'focus a; 200; goTo a; 50; blur a; 100',
    '+a@250',
  ],
  [
    'waits 400 ms for such a blur and no longer',
    'goTo a; 30; focus a; 200; goTo a; 400; blur a; 500',
    '+a@0 -a@630',
  ],
  [
    'does not wait longer because the field was asked for twice',
    'focus a; 200; goTo a; 300; goTo a; 200; blur a; 500',
    '',
  ],
  [
    'does not take a field for the current one that is being left',
    'goTo b; 10; confirm a; goTo a',
    '+b@0 +a@10',
  ],

  // Fields that are left out
  ['skips a disabled field', 'disable b; focus a; confirm a', '+c@0'],
  ['is done early when the rest is disabled', 'disable b; disable c; focus a; confirm a', 'done@0'],
  ['refuses a disabled field', 'disable a; goTo a; 500', ''],
  ['lowers a field that is disabled', 'goTo a; 30; focus a; 9; disable a', '+a@0 -a@39'],
  [
    'forgets a waiting field that is disabled',
    'goTo a; 30; focus a; 200; blur a; goTo a; disable a; 500',
    '+a@0 -a@230',
  ],
  [
    'knows that a field lost the focus when it was disabled',
    'focus a; 200; disable a; 100; enable a; 100; goTo a',
    '+a@400',
  ],
  ['raises 60 ms after enabling', 'disable a; 500; enable a; goTo a; 100', '+a@560'],
  [
    'raises at once when enabled twice',
    'goTo a; 400; enable a; focus b; goTo a; 59',
    '+a@0 -a@400',
  ],

  // Leaving the page
  ['lowers all flags on leaving', 'goTo a; 9; goTo b; 9; reset; 500', '+a@0 +b@9 -a@18 -b@18'],
  [
    'forgets a waiting field on leaving',
    'goTo a; 30; focus a; 200; blur a; goTo a; reset; 500',
    '+a@0 -a@230',
  ],
  ['starts anew after coming back', 'focus a; 200; reset; 500; goTo a', '+a@700'],
]

describe('the focus chain', () => {
  it.each(behaviours)('%s', (_sentence, script, did) => {
    expect(play(script)).toBe(did)
  })

  it('does not wait longer because the clock was set back', () => {
    let set = 0
    const clock = createVirtualClock()
    const did: string[] = []
    const chain = createFocusChain({
      fields: ['a'],
      timers: { now: () => clock.now() + set, after: clock.after },
      onFlag: (_name, up) => did.push(`${up ? '+' : '-'}${clock.now()}`),
    })
    chain.request('a')
    clock.advance(500)
    chain.reset()
    set = -3_600_000
    chain.request('a')
    clock.advance(60)
    expect(did).toEqual(['+0', '-500', '+500'])
  })

  it('names the last field that is enabled', () => {
    const chain = createFocusChain({
      fields: ['a', 'b'],
      timers: createVirtualClock(),
      onFlag() {},
    })
    expect(chain.last()).toBe('b')
    chain.disable('b')
    expect(chain.last()).toBe('a')
    chain.disable('a')
    expect(chain.last()).toBeUndefined()
  })

  it.each([
    ['empty_chain', () => create([])],
    ['duplicate_field', () => create(['a', 'b', 'a'])],
    ['unknown_field', () => create(['a']).request('b')],
    ['unknown_field', () => create(['a']).focus('b')],
    ['unknown_field', () => create(['a']).blur('b')],
    ['unknown_field', () => create(['a']).confirm('b')],
    ['unknown_field', () => create(['a']).disable('b')],
    ['unknown_field', () => create(['a']).enable('b')],
  ])('throws %s', (code, act) => {
    let error: unknown
    try {
      act()
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(FocusChainError)
    expect(error).toMatchObject({ code })
  })
})

function create(fields: string[]) {
  return createFocusChain({ fields, timers: createVirtualClock(), onFlag() {} })
}

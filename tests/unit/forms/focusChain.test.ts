import { describe, expect, it, vi } from 'vitest'
import { createFocusChain } from '../../../src/forms/focusChain'
import { FocusChainError } from '../../../src/forms/focusChainError'
import { readLinks } from '../../../src/forms/focusLinks'
import { createVirtualClock } from './inputPage'

/**
 * Plays steps like `focus a; 30; confirm a` (a number lets so many ms pass) on a chain and gives what
 * it did and when: `+a@30` raised, `-a@90` lowered, `turn p@90` and `tapped p@90` of a picker,
 * `done@90`, `a!` what `current` said. The chain is a, b, c, or what the first step says; `p` is a
 * picker.
 */
function play(script: string): string {
  const clock = createVirtualClock()
  const did: string[] = []
  const steps = script.split(';').map((step) => step.trim().split(' '))
  const linksOf = (names: string[]) =>
    names.map((name) => ({ name, ...(name === 'p' && { kind: 'picker' as const }) }))
  const first = steps[0]?.[0] === 'links' ? steps.shift()!.slice(1) : ['a', 'b', 'c']
  const chain = createFocusChain<string>({
    links: linksOf(first),
    timers: clock,
    onFlag: (name, up) => did.push(`${up ? '+' : '-'}${name}@${clock.now()}`),
    onTurn: (name, isAsked) => did.push(`${isAsked ? 'turn' : 'tapped'} ${name}@${clock.now()}`),
    onDone: () => did.push(`done@${clock.now()}`),
  })
  const { focus, blur, confirm, next, previous, release, reset } = chain
  const calls: Record<string, (...names: string[]) => unknown> = {
    ...{ focus, blur, confirm, next, previous, release, reset },
    goTo: chain.request,
    links: (...names) => chain.setLinks(linksOf(names)),
    current: () => did.push(`${chain.current() ?? 'none'}!`),
  }
  for (const [call = '', ...names] of steps) {
    if (/^\d+$/.test(call)) clock.advance(Number(call))
    else calls[call]!(...names)
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

  [
    'believes a blur in the end',
    'focus a; 100; blur a; 500; goTo a; 2000; blur a; current',
    '+a@600 -a@2600 none!',
  ],
  [
    'asks anew for a field that was confirmed after its blur',
    'focus c; 500; blur c; confirm c; goTo c; 100',
    'done@500 +c@500',
  ],

  // Asking for a field that has the focus, or is getting it
  ['sends nothing while the focus is under way', 'goTo a; 399; goTo a; 100', '+a@0'],
  [
    'sends nothing either for a field that was asked for before the last one',
    'goTo c; goTo b; goTo c; current',
    '+c@0 +b@0 b!',
  ],
  [
    'leaves the flag up at a blur while the focus is under way',
    'goTo b; blur b; 30; focus b; current',
    '+b@0 b!',
  ],
  [
    'believes another field that it has the focus, whatever was confirmed before',
    'focus a; blur a; goTo a; confirm a; 460; focus c; current',
    '+a@0 +b@0 -a@460 -b@460 c!',
  ],
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

  [
    'lowers a flag whose focus never came',
    'goTo a; 3000; focus b; 1000; current',
    '+a@0 -a@3000 b!',
  ],
  [
    'gives up a field that waits for its flag when another is asked for that is on its way',
    'goTo b; 30; focus b; 200; focus a; blur b; 10; goTo c; goTo b; goTo c; 500',
    '+b@0 -b@230 +c@240',
  ],

  // Fields that are left out or added
  ['skips a field that is left out', 'links a c; focus a; confirm a', '+c@0'],
  ['is done early when the rest is left out', 'links a; focus a; confirm a', 'done@0'],
  ['refuses a field that was left out', 'links a b c; links b c; goTo a; 500', ''],
  ['lowers a field that is left out', 'goTo a; 30; focus a; 9; links b c', '+a@0 -a@39'],
  [
    'forgets a waiting field that is left out',
    'goTo a; 30; focus a; 200; blur a; goTo a; links b c; 500',
    '+a@0 -a@230',
  ],
  [
    'knows that a field lost the focus when it was left out',
    'focus a; 200; links b c; 100; links a b c; 100; goTo a',
    '+a@400',
  ],
  ['raises 60 ms after a field came back', 'links b c; 500; links a b c; goTo a; 100', '+a@560'],
  [
    'does not wait for a field that was there before',
    'links b c; 500; links a b c; 500; links a b c; goTo a; 9',
    '+a@1000',
  ],
  [
    'goes on to a field that was added',
    'links a c; focus a; 90; links a b c; confirm a; 60',
    '+b@150',
  ],
  [
    'goes on waiting for a field when another one is left out',
    'goTo b; 500; goTo b; links b c; 100',
    '+b@0 -b@500 +b@560',
  ],
  ['goes by the newest order', 'links c b a; focus c; 200; confirm c', '+b@200'],
  [
    'ignores the late events of a field that is gone',
    'focus a; 200; links b c; blur a; confirm a; current; 500',
    'none!',
  ],
  [
    'does not let the late focus of a field that is gone steal it',
    'goTo b; 5; links a c; goTo c; 30; focus c; 20; focus b; current',
    '+b@0 -b@5 +c@5 c!',
  ],
  [
    'may have no field for a while',
    'focus a; links; next; previous; current; links a; next; 60',
    'none! +a@60',
  ],

  // By the bar
  [
    'goes from the current field to the next',
    'focus a; 200; next; 30; focus b; 200; next',
    '+b@200 +c@430',
  ],
  ['goes back', 'focus b; 200; previous; current', '+a@200 a!'],
  ['goes to the first field when none is current', 'next; current; previous', '+a@0 a!'],
  [
    'goes on from the field that is getting the focus',
    'focus a; 200; next; 10; next; current',
    '+b@200 +c@210 c!',
  ],
  ['is done after the last field', 'focus c; 200; next', 'done@200'],
  ['stays at the first field', 'focus a; 200; previous; current', 'a!'],
  [
    'heads for the field that was asked for, though another one got the focus meanwhile',
    'goTo b; focus c; current',
    '+b@0 b!',
  ],
  [
    'knows of a field that was confirmed that it had the focus, whatever the events say',
    'confirm a; 500; current',
    '+b@0 a!',
  ],
  [
    'learns nothing from the confirm of a field that is being left',
    'confirm b; confirm a; 500; current',
    '+c@0 +b@0 b!',
  ],
  [
    'learns nothing from a confirm while it waits for a blur',
    'focus a; goTo a; confirm b; 500; current',
    '+c@0 a!',
  ],
  [
    'takes no field for the current one whose focus never came',
    'goTo b; 399; current; 1; current',
    '+b@0 b! none!',
  ],

  // Pickers
  [
    'gives a picker its turn',
    'links a p c; focus a; 200; confirm a; current',
    '+p@200 turn p@200 p!',
  ],
  [
    'puts the other fields down when it is the turn of a picker',
    'links a p c; goTo a; 30; focus a; 200; confirm a; 30; blur a; current',
    '+a@0 -a@230 +p@230 turn p@230 p!',
  ],
  [
    'goes on once the picker has changed',
    'links a p c; goTo p; 900; confirm p; 30; focus c; current',
    '+p@0 turn p@0 -p@900 +c@900 c!',
  ],
  [
    'is done when the last picker has changed',
    'links a p; goTo p; 900; confirm p; current',
    '+p@0 turn p@0 -p@900 done@900 none!',
  ],
  [
    'ends the turn when the picker is dismissed',
    'links a p c; goTo p; 9; blur p; current',
    '+p@0 turn p@0 -p@9 none!',
  ],
  [
    'ends the turn when another field is tapped',
    'links a p c; goTo p; 9; focus c; current',
    '+p@0 turn p@0 -p@9 c!',
  ],
  [
    'takes a tapped picker for the current one',
    'links a p c; focus a; 200; focus p; 30; blur a; current',
    '+p@200 tapped p@200 p!',
  ],
  [
    'heads for a field still when the late change of a picker comes',
    'links a p c; goTo c; confirm p; current',
    '+c@0 c!',
  ],
  [
    'opens a picker again when it is asked for again',
    'links a p c; goTo p; 900; goTo p',
    '+p@0 turn p@0 turn p@900',
  ],
  [
    'goes back from a picker and to it',
    'links a p c; goTo p; 900; previous; 30; focus a; 200; next',
    '+p@0 turn p@0 +a@900 -p@930 -a@1130 +p@1130 turn p@1130',
  ],

  // Putting the keyboard away
  ['forgets the field that it asked for', 'goTo b; release; current', '+b@0 -b@0 none!'],
  [
    'believes the blur of a focus that was under way',
    'goTo b; 10; release; 20; focus b; 20; blur b; current',
    '+b@0 -b@10 none!',
  ],
  [
    'takes a tap afterwards for what it is',
    'goTo b; 10; release; 20; focus b; 20; blur b; 500; focus b; 100; blur b; current',
    '+b@0 -b@10 b!',
  ],
  [
    'doubts the blur of another field that was tapped at once',
    'goTo b; release; focus a; blur a; current',
    '+b@0 -b@0 a!',
  ],
  ['believes the blur that it has caused', 'focus b; 50; release; 30; blur b; current', 'none!'],
  [
    'waits for the blur of the field',
    'focus a; 500; release; current; blur a; current',
    'a! none!',
  ],
  [
    'lowers the flags, and doubts the focus',
    'goTo a; 30; focus a; 500; release; 500; goTo a',
    '+a@0 -a@530 +a@1030',
  ],
  [
    'ends the turn of a picker',
    'links a p; goTo p; 500; release; current',
    '+p@0 turn p@0 -p@500 none!',
  ],
  [
    'forgets a field that waits for its flag',
    'goTo a; 30; focus a; 200; blur a; goTo a; release; 500; current',
    '+a@0 -a@230 none!',
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
      links: [{ name: 'a' }],
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

  it.each<[sentence: string, inputs: [value: string, cursor?: number][], moves: boolean]>([
    ['moves on when the last character is typed', [['154'], ['1540']], true],
    ['moves on when all of it is pasted', [['1540']], true],
    ['stays while characters are missing', [['1'], ['15'], ['154']], false],
    ['stays when a character is taken back', [['15400'], ['1540']], false],
    ['moves on when it is full again', [['1540'], ['154'], ['1541']], true],
    ['stays when a character of a full one is replaced', [['1540'], ['1541']], false],
    ['stays when the last character is put into the middle', [['154'], ['1504', 3]], false],
    ['moves on when the host reports that the cursor is at the end', [['154'], ['1540', 4]], true],
  ])('%s', (_sentence, inputs, moves) => {
    const clock = createVirtualClock()
    const chain = createFocusChain({
      links: [{ name: 'phone', maxlength: 4 }, { name: 'note' }],
      timers: clock,
      onFlag() {},
    })
    chain.focus('phone')
    for (const [value, cursor] of inputs.slice(0, -1)) chain.input('phone', value, cursor)
    clock.advance(500)
    chain.focus('phone')
    const [value, cursor] = inputs.at(-1)!
    chain.input('phone', value, cursor)
    expect(chain.current()).toBe(moves ? 'note' : 'phone')
  })

  it('neither moves on nor is done when a field is full that is not current, or the last', () => {
    const did: string[] = []
    const chain = createFocusChain({
      links: [{ name: 'phone', maxlength: 1 }, { name: 'note' }, { name: 'code', maxlength: 1 }],
      timers: createVirtualClock(),
      onFlag: (name) => did.push(name),
      onDone: () => did.push('done'),
    })
    chain.input('phone', '1')
    chain.focus('code')
    chain.input('code', '1')
    expect(did).toEqual([])
  })

  it.each([
    ['empty_chain', () => create([])],
    ['duplicate_field', () => create(['a', 'b', 'a'])],
    ['unknown_field', () => create(['a']).request('b')],
    ['unknown_field', () => create(['a']).focus('b')],
    ['unknown_field', () => create(['a']).blur('b')],
    ['unknown_field', () => create(['a']).confirm('b')],
    ['unknown_field', () => create(['a']).input('b', '')],
    ['duplicate_field', () => create(['a']).setLinks(readLinks(['b', 'b']))],
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

  it('throws errors that say what is wrong with which field; in production the code does', () => {
    const codes = ['empty_chain', 'duplicate_field', 'unknown_field'] as const
    const texts = codes.map((code) => {
      const { message } = new FocusChainError(code, 'phone')
      expect(message).toMatch(new RegExp(`^${code}: .*\\w \\w.* \\('phone'\\)$`))
      return message.slice(code.length)
    })
    expect(new Set(texts).size).toBe(codes.length)
    expect(String(new FocusChainError('empty_chain'))).toMatch(
      /^FocusChainError: empty_chain: \w[^(]+$/,
    )
    vi.stubEnv('NODE_ENV', 'production')
    const error = new FocusChainError('unknown_field', 'phone')
    vi.unstubAllEnvs()
    expect(error.message).toBe("unknown_field ('phone')")
  })

  it('has no neighbour for a field that is gone', () => {
    const chain = create(['a', 'b', 'c'])
    chain.setLinks(readLinks(['b', 'c']))
    expect(chain.neighbour('a', 1)).toBeUndefined()
  })

  it('stays as it was when a new order is refused', () => {
    const chain = create(['a', 'b'])
    expect(() => chain.setLinks(readLinks(['b', 'c', 'b']))).toThrow('duplicate_field')
    expect(chain.neighbour('a', 1)).toBe('b')
    expect(() => chain.request('c')).toThrow('unknown_field')
  })
})

function create(names: string[]) {
  return createFocusChain({ links: readLinks(names), timers: createVirtualClock(), onFlag() {} })
}

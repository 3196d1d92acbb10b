import { describe, expect, it } from 'vitest'
import { guardLoops, unguardedColumn } from '../src/loopGuard'
import { createLoopWatch, EndlessLoopError } from '../src/runtime/loopWatch'

const guarded = (source: string) => guardLoops(source).code.replaceAll('$tick', '@')

describe('guarded loops', () => {
  it.each([
    ['while (a) b()', 'while (@(), a) b()'],
    ['do { a() } while(b, c)', 'do { a() } while(@(),b, c)'],
    ['for (;;) a()', 'for (;;@()) a()'],
    ['for (let i = 0; i < n; i++) {}', 'for (let i = 0; i < n;@(), i++) {}'],
    ['for (f(function () { a; b; c });;) d()', 'for (f(function () { a; b; c });;@()) d()'],
    ['while (a) while (b) c()', 'while (@(),a) while (@(),b) c()'],
  ])('call each time round: %s', (source, code) => {
    expect(guarded(source).replaceAll(' ', '')).toBe(code.replaceAll(' ', ''))
  })

  it.each([
    'for (const a of b) c()',
    'for (var a in b) c()',
    'a.while(b)',
    '"while (a)" + \'for (;;)\' // while (b)',
    '/while (a)/.test(b) /* for (;;) */',
    '`while (a) ${b}`',
    'meanwhile(a); before(b; c)',
  ])('are only those that may never end: %s', (source) => {
    expect(guardLoops(source)).toEqual({ code: source, insertions: [] })
  })

  it('keep their lines, and the columns can be had again', () => {
    const source = 'a()\nwhile (b) { for (;;) { c() } }; d()\ne()'
    const { code, insertions } = guardLoops(source)
    expect(code.split('\n')).toHaveLength(3)
    for (const [line, text] of [
      [2, 'b)'],
      [2, 'c()'],
      [2, 'd()'],
      [3, 'e()'],
    ] as const) {
      const [before, after] = [source, code].map((all) => all.split('\n')[line - 1]!.indexOf(text))
      expect(unguardedColumn(insertions, line, after! + 1)).toBe(before! + 1)
    }
  })
})

describe('a loop', () => {
  const round = 0x10000
  function start() {
    let time = 0
    let note = () => {}
    const tick = createLoopWatch(
      () => time,
      (noteTask) => (note = noteTask),
    )
    const run = (rounds: number, ms: number) => {
      time += ms
      for (let i = 0; i < rounds; i += 1) tick()
    }
    return { run, endTask: () => note() }
  }

  it('that does nothing else is ended after five seconds', () => {
    const { run } = start()
    run(20_000_000, 4_900)
    expect(() => run(round, 200)).toThrow(EndlessLoopError)
  })

  it('that is slow is ended after twenty', () => {
    const { run } = start()
    run(round, 19_900)
    expect(() => run(round, 200)).toThrow('a loop has not ended for 20 s')
  })

  it('has its time anew in each task, and after it was ended', () => {
    const { run, endTask } = start()
    run(round, 19_900)
    endTask()
    run(round, 19_900)
    expect(() => run(round, 19_900)).toThrow(EndlessLoopError)
    run(round, 19_900)
  })
})

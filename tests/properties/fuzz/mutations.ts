import fc from 'fast-check'

/** One change of a text. Places are parts of its length, so that they fit whatever was changed before. */
type Edit =
  | { do: 'delete'; at: number; length: number }
  | { do: 'insert'; at: number; text: string }
  | { do: 'replace'; at: number; text: string }
  | { do: 'repeat'; at: number; length: number; times: number }
  | { do: 'move'; at: number; length: number; to: number }
  | { do: 'truncate'; at: number }

// Of `fc.double` nearly all are next to 0: it chooses among numbers, not among places.
const place = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000)
const length = fc.integer({ min: 1, max: 12 })

/** @param words what the grammar has a meaning for */
function edits(words: readonly string[]): fc.Arbitrary<Edit[]> {
  const text = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom('\0', '\r', '\n', '\u2028', '\ud800', '\ufeff') },
  )
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({ do: fc.constant('delete' as const), at: place, length }),
    fc.record({ do: fc.constant('insert' as const), at: place, text }),
    fc.record({ do: fc.constant('replace' as const), at: place, text }),
    fc.record({
      do: fc.constant('repeat' as const),
      at: place,
      length,
      times: fc.integer({ min: 2, max: 5 }),
    }),
    fc.record({ do: fc.constant('move' as const), at: place, length, to: place }),
    fc.record({ do: fc.constant('truncate' as const), at: place }),
  )
  return fc.array(edit, { maxLength: 6 })
}

function apply(text: string, edit: Edit): string {
  const at = Math.floor(edit.at * text.length)
  switch (edit.do) {
    case 'delete':
      return text.slice(0, at) + text.slice(at + edit.length)
    case 'insert':
      return text.slice(0, at) + edit.text + text.slice(at)
    case 'replace':
      return text.slice(0, at) + edit.text + text.slice(at + edit.text.length)
    case 'repeat': {
      const part = text.slice(at, at + edit.length)
      return text.slice(0, at) + part.repeat(edit.times) + text.slice(at + edit.length)
    }
    case 'move': {
      const rest = text.slice(0, at) + text.slice(at + edit.length)
      const to = Math.floor(edit.to * rest.length)
      return rest.slice(0, to) + text.slice(at, at + edit.length) + rest.slice(to)
    }
    case 'truncate':
      return text.slice(0, at)
  }
}

/**
 * What is valid, damaged a little: an untouched one now and then, and now and then none of it at all, but
 * words of the grammar.
 */
export function mutated(
  valid: fc.Arbitrary<string>,
  words: readonly string[],
): fc.Arbitrary<string> {
  const damaged = fc.tuple(valid, edits(words)).map(([text, all]) => all.reduce(apply, text))
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(''))
  return fc.oneof({ weight: 6, arbitrary: damaged }, { weight: 1, arbitrary: soup })
}

/** Whatever JSON can say, and what a damaged text of it says. */
export function mutatedJSON(valid: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const words = ['{', '}', '[', ']', ',', ':', '"', '\\', 'null', 'true', '-', '1e999', '\\ud800']
  const text = fc.oneof(valid, fc.jsonValue()).map((value) => JSON.stringify(value) ?? 'null')
  return mutated(text, [...words, '"__proto__":{},', '"constructor":', '"toJSON":1,'])
}

/** A value with some of its members of other types. */
export function wrongMembers(valid: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  const other = fc.oneof(
    fc.constantFrom<unknown>(undefined, null, 0, -1, NaN, Infinity, '', 'x', true, [], {}),
    fc.anything(),
  )
  const changed = fc
    .tuple(valid, fc.array(fc.tuple(fc.nat(20), other), { maxLength: 3 }))
    .map(([value, changes]) => {
      const entries = Object.entries(value)
      for (const [index, member] of changes) {
        const entry = entries[index % Math.max(1, entries.length)]
        if (entry) entry[1] = member
      }
      return Object.fromEntries(entries)
    })
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: fc.anything() })
}

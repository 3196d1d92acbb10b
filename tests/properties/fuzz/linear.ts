import fc from 'fast-check'
import { target, type FuzzTarget } from './target'

/** Characters; in time by the square of that, a step of 1 ns takes a second. */
const LENGTH = 32_768
/** As often as long as a copy, letter by letter. */
const MOST = 200
/** ms, below which a clock says little. */
const LEAST = 50

let sink = ''

/** ms of a plain copy of the text in the same run, by whose speed the machine's is known. */
function timeOfCopy(text: string): number {
  return timeOf(() => {
    let copy = ''
    for (const letter of text) copy += letter
    sink = copy.slice(-1)
  })
}

function timeOf(work: () => void): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** Whether reading takes about as long as a copy; the shortest of three times counts on a busy machine. */
export function isLinear(read: (text: string) => unknown, text: string): boolean {
  for (let tries = 0; tries < 3; tries++) {
    const limit = Math.max(LEAST, MOST * timeOfCopy(text))
    if (timeOf(() => void read(text)) <= limit) return true
  }
  return false
}

/**
 * What takes long is mostly a part of the grammar again and again, with something at the end that makes it
 * wrong.
 */
export function linear(
  name: string,
  read: (text: string) => unknown,
  words: readonly string[],
  runs = 60,
): FuzzTarget {
  const some = (least: number, most: number) =>
    fc
      .array(fc.constantFrom(...words), { minLength: least, maxLength: most })
      .map((all) => all.join('') || ' ')
  return target(
    `${name} in time by the length of it`,
    runs,
    fc.property(some(0, 4), some(1, 4), some(0, 4), (before, unit, after) => {
      const text = before + unit.repeat(Math.ceil(LENGTH / unit.length)) + after
      if (!isLinear(read, text)) throw new Error(`${name}: ${JSON.stringify(unit)} again and again`)
      return sink !== undefined
    }),
  )
}

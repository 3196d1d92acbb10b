import fc from 'fast-check'
import { target, type FuzzTarget } from './target'

/** Characters, with `before` and `after` no more than the client reads of a header. */
const LENGTH = 64_000
/** How much shorter is what the time is compared with. */
const TIMES = 8
/** Between those times, which a linear reader needs, and their square. */
const MOST = 40
/** ms, below which a clock says little. */
const LEAST = 50
const TRIES = 5

/** ms of the processor: others may use the machine. */
function timeOf(read: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage()
  read(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/**
 * Whether reading takes time by the length of the text: in the same run a short one is read, so that slow
 * machines agree. Of several tries the fastest of the long one counts, and the slowest of the short one.
 */
function isLinear(read: (text: string) => unknown, textOf: (length: number) => string): boolean {
  const [short, long] = [textOf(LENGTH / TIMES), textOf(LENGTH)]
  let slowest = 0
  for (let tries = 0; tries < TRIES; tries++) {
    slowest = Math.max(slowest, timeOf(read, short))
    if (timeOf(read, long) <= Math.max(LEAST, MOST * slowest)) return true
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
  runs = 40,
): FuzzTarget {
  const some = (least: number, most: number) =>
    fc
      .array(fc.constantFrom(...words), { minLength: least, maxLength: most })
      .map((all) => all.join('') || ' ')
  return target(
    `${name} in time by the length of it`,
    runs,
    fc.property(some(0, 4), some(1, 4), some(0, 4), (before, unit, after) =>
      isLinear(read, (length) => before + unit.repeat(Math.ceil(length / unit.length)) + after),
    ),
  )
}

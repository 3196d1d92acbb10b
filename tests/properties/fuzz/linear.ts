import fc from 'fast-check'
import { target, type FuzzTarget } from './target'

/** Characters: a square that takes 10 ms of them is found. */
const LENGTH = 500_000
/** How much shorter is what the time is compared with. */
const TIMES = 32
/** How often that is read, for a mean. */
const SHORT_ONES = 8
/** As many times as long may the long one take: between `TIMES`, of a linear reader, and their square. */
const MOST = 180
/** Plain readings of the same text; what takes no longer is quick enough, and too quick to compare. */
const PLAIN_ONES = 4
const TRIES = 5

interface HowLinear {
  /** Characters: for what reads no longer texts, or slowly. */
  length?: number
  /** Inputs in a run of all tests, beside each of the words alone. */
  runs?: number
}

/** ms of the processor: others may use the machine. */
async function timeOf(read: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await read()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** Looks at each character, and no more. */
function readPlainly(text: string): number {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0
  return sum
}

/**
 * Whether reading takes time by the length of the text: short texts are read in the same run, and one is read
 * plainly, so that all machines agree. One try of several is enough, as others may use the machine.
 */
export async function isLinear(
  read: (text: string) => unknown,
  textOf: (length: number) => string,
  length: number,
): Promise<boolean> {
  const [short, long] = [textOf(length / TIMES), textOf(length)]
  const readShortOnes = async () => {
    for (let count = 0; count < SHORT_ONES; count++) await read(short)
  }
  for (let tries = 0; tries < TRIES; tries++) {
    const least = PLAIN_ONES * (await timeOf(() => readPlainly(long)))
    const time = await timeOf(() => read(long))
    if (time <= least) return true
    if (time <= (MOST * (await timeOf(readShortOnes))) / SHORT_ONES) return true
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
  { length = LENGTH, runs = 12 }: HowLinear = {},
): FuzzTarget {
  const some = (least: number, most: number) =>
    fc
      .array(fc.constantFrom(...words), { minLength: least, maxLength: most })
      .map((all) => all.join('') || ' ')
  const alone = words.map((word): [string, string, string] => ['', word, ''])
  return target(
    `${name} in time by the length of it`,
    alone.length + runs,
    fc.asyncProperty(some(0, 4), some(1, 4), some(0, 4), (before, unit, after) => {
      const textOf = (most: number) => {
        const room = most - before.length - after.length
        return before + unit.repeat(Math.max(1, Math.floor(room / unit.length))) + after
      }
      return isLinear(read, textOf, length)
    }),
    alone,
  )
}

/** Chance that a seed repeats. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number
  /** From `least` to `most`, both included. */
  whole(least: number, most: number): number
  isLikely(probability: number): boolean
  oneOf<T>(all: readonly T[]): T
}

/** The name of a seed may be any text: what differs in a letter has nothing in common. */
export function createChance(seed: string): Chance {
  let state = hashOf(seed)
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    isLikely: (probability) => next() < probability,
    oneOf: (all) => all[whole(0, all.length - 1)]!,
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  return hash
}

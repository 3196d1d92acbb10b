import type { IAsyncProperty, IRawProperty } from 'fast-check'

/** Something that reads from outside, and what must hold of it. */
export interface FuzzTarget {
  /** A sentence: what it does, whatever it reads. */
  name: string
  property: IRawProperty<unknown, boolean> | IAsyncProperty<unknown>
  /** How many inputs a run of all tests has. */
  runs: number
  /** The first of them. */
  examples: readonly unknown[]
}

/** @param property of any input */
export function target(
  name: string,
  runs: number,
  property: unknown,
  examples: readonly unknown[] = [],
): FuzzTarget {
  return { name, runs, property: property as FuzzTarget['property'], examples }
}

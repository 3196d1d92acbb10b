// What was reached, in bytes. Lower a figure when it gets smaller; raise it only with a reason.

/** `createAuth` and all it needs, in production, gzipped. */
export const CORE = 14_388

/**
 * The compiled mini-program, see `CompiledSizes`. The goal for the whole is
 * 200,000; Vue, Pinia and uni-app's runtime alone take 71,300.
 */
export const COMPILED = { whole: 224_390, client: 36_390 }

/** What npm packs. */
export const PACKAGE = 84_438

/** How large it may be: 5 % more, or every small change would have to touch the figure. */
export function limitOf(recorded: number): number {
  return Math.floor(recorded * 1.05)
}

// What was reached, in bytes. Lower a figure when it gets smaller; raise it only with a reason.

/**
 * `createAuth` and all it needs, in production, gzipped. The goal is 10,000: explicit states, and what the
 * client has learnt of phones and backends, took it from there; dialects, refreshes and flows 1,960 more,
 * streamed answers and what interceptors do 930, files under a dialect 300.
 */
export const CORE = 18_164

/**
 * The compiled mini-program, see `CompiledSizes`. The main package stays under 200,000; Vue, Pinia and
 * uni-app's runtime take 71,500 of it.
 */
export const COMPILED = { whole: 251_101, main: 196_293, client: 57_574 }

/**
 * What npm packs of dist/package: scripts, their source maps, declarations and documents. Signing in without
 * WeChat, its form and its pages are the last part of it.
 */
export const PACKAGE = 338_891

/** How large it may be: 5 % more, or every small change would have to touch the figure. */
export function limitOf(recorded: number): number {
  return Math.floor(recorded * 1.05)
}

/** What has become of a promise so far. */
export interface Outcome<T> {
  readonly is: 'pending' | 'resolved' | 'rejected'
  readonly value?: T
  readonly error?: unknown
}

/** Watches a promise, so that a test can look at it without waiting for it. */
export function outcomeOf<T>(promise: Promise<T>): Outcome<T> {
  const outcome: { -readonly [K in keyof Outcome<T>]: Outcome<T>[K] } = { is: 'pending' }
  promise.then(
    (value) => Object.assign(outcome, { is: 'resolved', value }),
    (error: unknown) => Object.assign(outcome, { is: 'rejected', error }),
  )
  return outcome
}

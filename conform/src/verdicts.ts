import { isSuccess, type Exchange } from './exchange'

/** The backend does not do what the contract wants. */
export class Violation extends Error {
  override readonly name = 'Violation'
  constructor(
    readonly wants: string,
    /** Redacted before it is shown. */
    readonly came: string | Exchange,
    /** What about the exchange is wrong, where that is not plain to see. */
    readonly detail?: string,
  ) {
    super(wants)
  }
}

/** The check does not apply here; the message says why. */
export class Skipped extends Error {
  override readonly name = 'Skipped'
}

/** The check could not come to its point, because of something that another check looks at. */
export class Blocked extends Error {
  override readonly name = 'Blocked'
  constructor(
    message: string,
    readonly exchange?: Exchange,
  ) {
    super(message)
  }
}

/** Nothing can be checked at all; the message is for the person at the terminal. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun'
}

/** @throws Violation unless the condition holds */
export function demand(
  condition: unknown,
  wants: string,
  came: string | Exchange,
  detail?: string,
): asserts condition {
  if (!condition) throw new Violation(wants, came, detail)
}

/** @throws Blocked unless it succeeded: the check that called cannot go on */
export function succeeded(exchange: Exchange): Exchange {
  if (isSuccess(exchange)) return exchange
  const { method, path, status } = exchange
  throw new Blocked(`${method} ${path} was answered ${status}`, exchange)
}

/** @throws Skipped where the backend does not serve what the contract lets it do without */
export function demandServed(exchange: Exchange): Exchange {
  const { method, path, status } = exchange
  if (status !== 404 && status !== 405) return exchange
  throw new Skipped(`the backend does not serve ${method} ${path}`)
}

/** @throws Blocked where there were too many such requests already */
export function unlimited(exchange: Exchange): Exchange {
  if (!isLimited(exchange)) return exchange
  const { method, path } = exchange
  throw new Blocked(`the backend limits ${method} ${path}, try later`, exchange)
}

export const isLimited = ({ status }: Exchange) => status === 429

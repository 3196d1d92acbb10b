/** What an asynchronous API is called with. */
export interface ApiOptions {
  success?: (result: Record<string, unknown>) => void
  fail?: (error: ApiError) => void
  complete?: (result: Record<string, unknown>) => void
  [name: string]: unknown
}

/** What `fail` is given. */
export interface ApiError extends Record<string, unknown> {
  errMsg: string
  errno?: number
}

/** An API's failure with its full `errMsg`. Other errors become `name:fail <message>`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'

  constructor(readonly error: ApiError) {
    super(error.errMsg)
  }
}

type Result = Record<string, unknown> | void

/** Every function of `wx`, by name. */
export type Api = Record<string, unknown>

/** Calls what the app has given, if it is a function; what it throws goes to the app's error handler. */
export function callback(given: unknown, value: unknown): void {
  if (typeof given !== 'function') return
  try {
    given(value)
  } catch (error) {
    // As on phones: an error in a callback is the app's.
    reportError(error)
  }
}

/** Calls `success` or `fail`, then `complete`; as WeChat does, with the same object. */
export function settle(options: ApiOptions, ok: boolean, result: Record<string, unknown>): void {
  callback(ok ? options.success : options.fail, result)
  callback(options.complete, result)
}

const toError = (name: string, error: unknown): ApiError => {
  if (error instanceof ApiFailure) return error.error
  return { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` }
}

/**
 * Makes an API of WeChat's usual form: with callbacks it returns nothing, without any it returns a
 * Promise, unless the API has no Promise form (`login`, `getUserInfo`). `around` runs the callbacks
 * of its success.
 */
export function asyncApi(
  name: string,
  run: (options: ApiOptions) => Result | Promise<Result>,
  { promise = true, around = (succeed: () => void) => succeed() } = {},
) {
  return (options: ApiOptions = {}): Promise<Record<string, unknown>> | undefined => {
    const hasCallback = Boolean(options.success ?? options.fail ?? options.complete)
    const done = Promise.resolve()
      .then(() => run(options))
      .then((result) => ({ errMsg: `${name}:ok`, ...result }))
    if (promise && !hasCallback) {
      return done.catch((error: unknown) => Promise.reject(toError(name, error)))
    }
    done.then(
      (result) => around(() => settle(options, true, result)),
      (error: unknown) => settle(options, false, toError(name, error)),
    )
    return undefined
  }
}

/** The options as they can be sent to the host: JSON leaves the callbacks out. */
export const plainOptions = (options: ApiOptions): Record<string, unknown> =>
  JSON.parse(JSON.stringify(options)) as Record<string, unknown>

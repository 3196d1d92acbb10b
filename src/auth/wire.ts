import type { Platform, WireAnswer, WireCall, WireFailure, WireTask } from './platform'
import { AuthError } from './errors'

/** Longer timers fire at once. */
const LONGEST_TIMER = 0x7fffffff

/** Of a host's text; taking the addresses out takes time by its square. */
const LONGEST_TEXT = 500

const KINDS: WireFailure['kind'][] = ['network', 'timeout', 'interrupted']

const ignore = () => {}

/**
 * Sends a call and holds it to its time limit, whatever the host does. It ends once: with its answer,
 * or with AuthError `network`, `timeout` or `aborted`.
 * @returns aborts it: `failed` is called at once, unless it is over.
 */
export function transmit(
  platform: Platform,
  call: WireCall,
  answered: (answer: WireAnswer) => void,
  failed: (error: AuthError) => void,
): () => void {
  let task: WireTask | undefined
  let isOver = false

  /** Whether this is its end. */
  function end(): boolean {
    if (isOver) return false
    isOver = true
    stop()
    return true
  }
  function fail(failure: unknown): void {
    if (end()) failed(transportError(failure))
  }
  function giveUp(error: AuthError): void {
    if (!end()) return
    failed(error)
    try {
      task?.abort()
    } catch {
      // It is over here, whatever the host makes of it.
    }
  }
  const wait = () => platform.after(call.timeout, () => giveUp(new AuthError('timeout')))
  /**
   * What comes in pieces may take any time, but not be silent for long: iPhones have been seen to report
   * nothing when the connection breaks between two (docs/qa.md, 21).
   */
  function heard<T>(listener: (value: T) => void): (value: T) => void {
    return (value) => {
      if (isOver) return
      stop()
      stop = wait()
      try {
        listener(value)
      } catch (error) {
        giveUp(error as AuthError)
      }
    }
  }
  let stop = wait()
  try {
    const stream = call.type === 'request' && call.stream
    if (stream) {
      call.stream = { onHead: heard(stream.onHead), onChunk: heard(stream.onChunk) }
    }
    task = platform.send(call)
    // A listener that the host has notified of the sending may have ended it.
    if (isOver) task.abort()
    task.answer.then((answer) => {
      if (end()) answered(answer)
    }, fail)
  } catch (failure) {
    giveUp(transportError(failure))
  }
  return () => giveUp(new AuthError('aborted'))
}

/** As {@link transmit}, with a promise; nobody has to wait for it. */
export function sendWithin(platform: Platform, call: WireCall): WireTask {
  const { promise, resolve, reject } = createDeferred<WireAnswer>()
  return { answer: promise, abort: transmit(platform, call, resolve, reject) }
}

/** Nothing of a host's failure is sure: not that it is an object, nor the types of its members. */
function transportError(failure: unknown): AuthError {
  const { kind, errMsg, errno, message } = Object(failure) as Record<string, unknown>
  const text = typeof failure === 'string' ? failure : failure instanceof Error ? message : errMsg
  const cause = {
    kind: KINDS.find((one) => one === kind),
    errMsg: typeof text === 'string' ? withoutAddresses(text.slice(0, LONGEST_TEXT)) : undefined,
    errno: typeof errno === 'number' ? errno : undefined,
  }
  return new AuthError(cause.kind === 'timeout' ? 'timeout' : 'network', { cause })
}

/** WeChat puts addresses into its texts, and an address may hold what is nobody's business. */
function withoutAddresses(text: string): string {
  return text.replace(/\S*\?\S*|\w+:\/\/\S+/g, '…')
}

/** A time limit in ms; `fallback` where none was given that could be kept. */
export function timeLimit(given: unknown, fallback: number): number {
  return typeof given === 'number' && given > 0 ? Math.min(given, LONGEST_TIMER) : fallback
}

/** What the host says, or `otherwise` where it throws. */
export function ask<T, Otherwise = undefined>(
  question: () => T,
  otherwise?: Otherwise,
): T | Otherwise | undefined {
  try {
    return question()
  } catch {
    return otherwise
  }
}

/** `promise`, or a rejection with `error` after `ms`. */
export function within<T>(
  platform: Platform,
  ms: number,
  promise: Promise<T>,
  error: AuthError,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = platform.after(ms, () => reject(error))
    promise.then(resolve, reject)
    promise.then(stop, stop)
  })
}

export interface Deferred<T> {
  promise: Promise<T>
  resolve(value: T): void
  reject(error: unknown): void
}

/** A promise to be settled from outside; nobody has to wait for it. */
export function createDeferred<T>(): Deferred<T> {
  const deferred = {} as Deferred<T>
  deferred.promise = new Promise<T>((resolve, reject) => {
    deferred.resolve = resolve
    deferred.reject = reject
  })
  deferred.promise.catch(ignore)
  return deferred
}

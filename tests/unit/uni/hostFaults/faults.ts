/** What the client gives to a call that answers by callbacks. */
export interface Callbacks {
  success?(result?: unknown): void
  fail?(failure?: unknown): void
  complete?(outcome?: unknown): void
}

/** How such a call answers where nothing is wrong. */
export interface Answer {
  /** What it returns, e.g. a task. */
  returned?: unknown
  result: unknown
  /** A result whose members have other types. */
  wrongTypes: unknown
}

/** A broken call. @param limit ms, after which nobody waits any more */
export type CallFault = (callbacks: Callbacks, answer: Answer, limit: number) => unknown

/** What a host returns at once. @param given what it returns where nothing is wrong */
export type ReturnFault = (given: unknown, wrongTypes: unknown) => unknown

/** `undefined`: the host has no such function. */
export type Faults<Fault> = Readonly<Record<string, Fault | undefined>>

/** For comparison. */
const WELL = 'nothing is wrong'

const FAILURE = { errMsg: 'fail', errno: 1 }

/** Hosts call back from a task of their own. */
export const soon = (work: () => void, ms = 1): void => void setTimeout(work, ms)

const broken = () => {
  throw new Error('broken')
}

function later(answer: (callbacks: Callbacks, answer: Answer) => void, ms?: number): CallFault {
  return (callbacks, good) => {
    soon(() => answer(callbacks, good), ms)
    return good.returned
  }
}

const succeed = (result: unknown) => later(({ success }) => success?.(result))
const fail = (failure: unknown) => later(({ fail: failed }) => failed?.(failure))

/** What can be wrong with a call that answers by callbacks. */
export const CALL_FAULTS: Faults<CallFault> = {
  [WELL]: later(({ success }, { result }) => success?.(result)),
  throws: broken,
  'is missing': undefined,
  'never calls back': (_callbacks, { returned }) => returned,
  'returns nothing and never calls back': () => undefined,
  'answers by a promise only': (_callbacks, { result }) => Promise.resolve(result),
  'returns a promise that rejects': () => Promise.reject(new Error('stopped')),
  'returns a promise and calls back': ({ success }, { result, returned }) => {
    soon(() => success?.(result))
    return Promise.resolve(returned)
  },
  'calls only complete back': later(({ complete }, { result }) => complete?.(result)),
  'calls back before it returns': ({ success }, { result, returned }) => {
    success?.(result)
    return returned
  },
  'calls back, then throws': ({ success }, { result }) => {
    success?.(result)
    broken()
  },
  'calls back twice': later(({ success }, { result }) => {
    success?.(result)
    success?.(result)
  }),
  'calls back after the limit': ({ success }, { result, returned }, limit) => {
    soon(() => success?.(result), limit + 1_000)
    return returned
  },
  'succeeds, then fails': later(({ success, fail: failed }, { result }) => {
    success?.(result)
    failed?.(FAILURE)
  }),
  'fails, then succeeds': later(({ success, fail: failed }, { result }) => {
    failed?.(FAILURE)
    success?.(result)
  }),
  'succeeds with undefined': succeed(undefined),
  'succeeds with null': succeed(null),
  'succeeds with a number': succeed(7),
  'succeeds with a text': succeed('fine'),
  'succeeds with {}': succeed({}),
  'succeeds with wrong types': later(({ success }, { wrongTypes }) => success?.(wrongTypes)),
  'fails with undefined': fail(undefined),
  'fails with null': fail(null),
  'fails with a number': fail(7),
  'fails with a text': fail('fail'),
  'fails with wrong types': fail({ errMsg: 7, errno: '5' }),
}

/** A broken call that answers by a promise. */
export type PromiseFault = (result: unknown, wrongTypes: unknown, limit: number) => unknown

const resolveLater =
  (result: unknown): PromiseFault =>
  () =>
    new Promise((resolve) => soon(() => resolve(result)))
const rejectLater =
  (failure: unknown): PromiseFault =>
  () =>
    new Promise((_resolve, reject) => soon(() => reject(failure as Error)))

/** What can be wrong with a call that answers by a promise. */
export const PROMISE_FAULTS: Faults<PromiseFault> = {
  [WELL]: (result) => Promise.resolve(result),
  throws: broken,
  'is missing': undefined,
  'returns undefined': () => undefined,
  'returns null': () => null,
  'returns a number': () => 7,
  'returns {}': () => ({}),
  'returns no promise, but what it should resolve with': (result) => result,
  'never settles': () => new Promise(() => {}),
  'settles after the limit': (result, _wrongTypes, limit) =>
    new Promise((resolve) => soon(() => resolve(result), limit + 1_000)),
  'resolves with undefined': resolveLater(undefined),
  'resolves with null': resolveLater(null),
  'resolves with a number': resolveLater(7),
  'resolves with {}': resolveLater({}),
  'resolves with wrong types': (_result, wrongTypes) => Promise.resolve(wrongTypes),
  'rejects with undefined': rejectLater(undefined),
  'rejects with null': rejectLater(null),
  'rejects with a number': rejectLater(7),
  'rejects with a text': rejectLater('fail'),
  'rejects with wrong types': rejectLater({ kind: 7, errMsg: 7, errno: '5' }),
}

/** What can be wrong with what a host returns at once. */
export const RETURN_FAULTS: Faults<ReturnFault> = {
  [WELL]: (given) => given,
  throws: broken,
  'is missing': undefined,
  'returns undefined': () => undefined,
  'returns null': () => null,
  'returns a number': () => 7,
  'returns a text': () => 'fine',
  'returns {}': () => ({}),
  'returns wrong types': (_given, wrongTypes) => wrongTypes,
  'returns a promise': (given) => Promise.resolve(given),
}

type Listener = (event?: unknown) => void

/** Takes a listener. @param event what it is called with where nothing is wrong */
export type ListenFault = (listener: Listener, event: unknown, wrongTypes: unknown) => unknown

/** @param given what it is called with, in the place of what is right */
const call =
  (...given: [unknown?]): ListenFault =>
  (listener, event) =>
    soon(() => listener(given.length > 0 ? given[0] : event))

/** What can be wrong with what takes a listener. */
export const LISTEN_FAULTS: Faults<ListenFault> = {
  [WELL]: call(),
  throws: broken,
  'is missing': undefined,
  'is no function': 7 as never,
  'never calls back': () => undefined,
  'returns a promise': (listener, event) => {
    soon(() => listener(event))
    return Promise.resolve()
  },
  'calls back before it returns': (listener, event) => listener(event),
  'calls back twice': (listener, event) =>
    soon(() => {
      listener(event)
      listener(event)
    }),
  'calls back after the end': (listener, event) => soon(() => listener(event), 60_000),
  'calls back with undefined': call(undefined),
  'calls back with null': call(null),
  'calls back with a number': call(7),
  'calls back with {}': call({}),
  'calls back with wrong types': (listener, _event, wrongTypes) => soon(() => listener(wrongTypes)),
}

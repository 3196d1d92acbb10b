import type { CarriedLogin } from './carriedLogin'
import type { RequestError } from './errors'
import type { Brings } from './nextStep'
import type { Place } from './queue'
import type { Snapshot } from './snapshot'
import type { Tried } from './unauthorized'

/** Where a request is. */
export type RunState =
  | { is: 'made' }
  /** Waits for a place on the wire. */
  | { is: 'queued'; place: Place<Run>; brings: Brings }
  /** Waits, without a place, for a login or for a check of the token. */
  | { is: 'waiting' }
  /** Has a place, and waits for the code of the login that it is to carry. */
  | { is: 'awaitingCode'; login: CarriedLogin; place: Place<Run> }
  /** On the wire. */
  | { is: 'sent'; abort: () => void }
  /** On the wire with a login: if it is aborted it goes on, as the others wait for its session. */
  | { is: 'carrying' }
  /** Waits for the user. */
  | { is: 'asking'; leave: () => void }
  | { is: 'over' }

/** What leads from one to the other. */
export interface RunTransitions {
  made: 'queued' | 'over'
  queued: 'waiting' | 'awaitingCode' | 'sent' | 'over'
  waiting: 'queued' | 'over'
  awaitingCode: 'queued' | 'carrying' | 'over'
  sent: 'queued' | 'waiting' | 'asking' | 'over'
  carrying: 'queued' | 'waiting' | 'asking' | 'over'
  asking: 'queued' | 'over'
  over: never
}

/** On the wire, or just answered. */
export type OnWire = Extract<RunState, { is: 'sent' | 'carrying' }>

/** A request on its way through waiting, sending and replaying. */
export interface Run {
  readonly state: RunState
  /** All that wait or run: it is among them until its end. */
  readonly running: Set<Run>
  readonly snapshot: Snapshot
  /** The page on which it was made. */
  readonly page: unknown
  readonly isInteractive: boolean
  /** It goes ahead of those that have not had a place yet. */
  hadPlace: boolean
  tried: Tried
  /** Settles the promise that the app holds. */
  readonly resolve: (data: unknown) => void
  readonly reject: (error: RequestError) => void
  /** Called at its end. */
  forget: () => void
}

export const UNTRIED: Tried = { login: false, prompts: [] }
export const ignore = () => {}

export function createRun(
  running: Set<Run>,
  interactive: boolean | undefined,
  snapshot: Snapshot,
  pages: readonly unknown[],
  resolve: Run['resolve'],
  reject: Run['reject'],
): Run {
  const run: Run = {
    state: { is: 'made' },
    running,
    snapshot,
    page: pages[pages.length - 1],
    isInteractive: interactive !== false,
    hadPlace: false,
    tried: UNTRIED,
    resolve,
    reject,
    forget: ignore,
  }
  running.add(run)
  return run
}

/** There is one of these: a client may have many requests, and their callers hold on to them. */
const OVER: RunState & { is: 'over' } = { is: 'over' }

/** Moves a request on from its state. */
export function transition<From extends RunState>(
  run: Run,
  _from: From,
  to: Extract<RunState, { is: RunTransitions[From['is']] }>,
): void {
  ;(run as { state: RunState }).state = to
}

export function succeed(run: Run, data: unknown): void {
  if (end(run)) run.resolve(data)
}

/** Does nothing after its end. */
export function fail(run: Run, error: RequestError): void {
  if (end(run)) run.reject(error)
}

/** Whether this is its end; the promise is then to be settled. */
function end(run: Run): boolean {
  const { state, running } = run
  if (state.is === 'over') return false
  transition(run, state, OVER)
  running.delete(run)
  run.forget()
  return true
}

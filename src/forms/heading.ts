import type { Timers } from '../uni/timers'
import { patience } from './focusTimes'

interface Nowhere {
  is: 'nowhere'
}

interface Asked<Name> {
  is: 'asked'
  name: Name
  cancel(): void
}

/**
 * Where the focus is to go.
 *
 * - `nowhere`: no field is asked for. Leads to `asked` and `waiting`.
 * - `asked`: of all flags that of `name` rose last. Leads to `nowhere` when its focus event comes,
 *   when `patience` is over, or when the field is left out.
 * - `waiting`: `name` may be asked for soon. Either its flag has to rest first, or it has the focus
 *   and only a blur that is still under way would take it away. Leads to `asked` when its flag
 *   rises, else back to `otherwise`.
 */
type State<Name> =
  | Nowhere
  | Asked<Name>
  | { is: 'waiting'; name: Name; cancel(): void; otherwise: Nowhere | Asked<Name> }

/** The focus of a field that was asked for when the keyboard was put away; its blur follows at once. */
type Late<Name> = { is: 'none' } | { is: 'expected'; name: Name }

/** Where the focus of a chain is to go. */
export interface Heading<Name> {
  /** The field that is to get the focus. */
  goal(): Name | undefined
  isWaiting(): boolean
  isWaitingFor(name: Name): boolean
  /** Calls `then` after so many ms, to ask for the field or to stop waiting. */
  waitFor(name: Name, ms: number, then: () => void): void
  stopWaiting(): void
  /** Its flag has risen. */
  ask(name: Name): void
  /** Its focus event came; `late` if the keyboard has been put away since the field was asked for. */
  arrive(name: Name): 'fresh' | 'late'
  /** Forgets a field. */
  leave(name: Name): void
  /** The keyboard is put away: nothing is asked for any more. */
  release(): void
}

const nowhere: Nowhere = { is: 'nowhere' }

export function createHeading<Name extends string>(timers: Pick<Timers, 'after'>): Heading<Name> {
  let state: State<Name> = nowhere
  let late: Late<Name> = { is: 'none' }

  /** What was asked for last, whether or not another field waits. */
  function latest(): Nowhere | Asked<Name> {
    switch (state.is) {
      case 'nowhere':
      case 'asked':
        return state
      case 'waiting':
        return state.otherwise
      default:
        return state satisfies never
    }
  }

  function isWaitingFor(name: Name): boolean {
    return state.is === 'waiting' && state.name === name
  }

  function isAsked(name: Name): boolean {
    const asked = latest()
    return asked.is === 'asked' && asked.name === name
  }

  function stopWaiting(): void {
    if (state.is !== 'waiting') return
    state.cancel()
    state = state.otherwise
  }

  function stopAsking(): void {
    const asked = latest()
    if (asked.is === 'asked') asked.cancel()
    state = state.is === 'waiting' ? { ...state, otherwise: nowhere } : nowhere
  }

  return {
    goal: () => (state.is === 'nowhere' ? undefined : state.name),
    isWaiting: () => state.is === 'waiting',
    isWaitingFor,
    waitFor(name, ms, then) {
      stopWaiting()
      state = { is: 'waiting', name, cancel: timers.after(ms, then), otherwise: latest() }
    },
    stopWaiting,
    ask(name) {
      stopWaiting()
      stopAsking()
      state = { is: 'asked', name, cancel: timers.after(patience, stopAsking) }
    },
    arrive(name) {
      stopWaiting()
      if (isAsked(name)) stopAsking()
      const isLate = late.is === 'expected' && late.name === name
      late = { is: 'none' }
      return isLate ? 'late' : 'fresh'
    },
    leave(name) {
      if (isWaitingFor(name)) stopWaiting()
      if (isAsked(name)) stopAsking()
    },
    release() {
      const asked = latest()
      late = asked.is === 'asked' ? { is: 'expected', name: asked.name } : { is: 'none' }
      stopWaiting()
      stopAsking()
    },
  }
}

import type { Timers } from '../uni/timers'
import { isAsking, stateAfter, type FieldEvent, type FieldState } from './fieldState'
import { createFocusFlag, type FocusFlag } from './focusFlag'
import { ago, patience } from './focusTimes'

/** What a chain keeps of one field. */
export interface ChainField {
  readonly state: FieldState
  /** Something happens to it: the only way to another state. */
  to(event: FieldEvent): void
  readonly flag: FocusFlag
  /** When its focus last came; -Infinity if a blur is to be believed however soon it comes. */
  focusedAt: number
  isPicker: boolean
  maxlength: number | undefined
  /** How many characters it had at the last input. */
  length: number
}

/** @param tell called with whether the flag is up, at changes only. */
export function createChainField(
  timers: Pick<Timers, 'now'>,
  tell: (up: boolean) => void,
): ChainField {
  let state: FieldState = { is: 'away' }

  /** The clock decides, not a timer: on a busy phone a timer comes late. */
  function present(): FieldState {
    if (isAsking(state) && ago(timers, state.since) >= patience) {
      state = stateAfter(state, 'timeout', timers.now())
    }
    return state
  }

  return {
    get state() {
      return present()
    },
    to(event) {
      state = stateAfter(present(), event, timers.now())
    },
    flag: createFocusFlag(timers, tell),
    focusedAt: -Infinity,
    isPicker: false,
    maxlength: undefined,
    length: 0,
  }
}

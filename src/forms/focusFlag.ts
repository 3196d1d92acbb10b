import type { Timers } from '../uni/timers'
import { ago, gap } from './focusTimes'

/**
 * What a field's `:focus` is bound to. Setting it to true a second time sends nothing to the view,
 * so a flag is lowered for a while before it rises again.
 */
export interface FocusFlag {
  raise(): void
  lower(): void
  /** How long it has to stay down yet, ms. */
  rest(): number
  /** The field was put into the form: its flag rests as if it had been lowered at that time. */
  restFrom(time: number): void
}

type Position = { is: 'down'; since: number } | { is: 'up' }

/** A flag that is down. `tell` is called at changes only. */
export function createFocusFlag(
  timers: Pick<Timers, 'now'>,
  tell: (up: boolean) => void,
): FocusFlag {
  let position: Position = { is: 'down', since: -Infinity }

  function to(next: Position): void {
    if (position.is === next.is) return
    position = next
    tell(next.is === 'up')
  }

  return {
    raise: () => to({ is: 'up' }),
    lower: () => to({ is: 'down', since: timers.now() }),
    rest() {
      switch (position.is) {
        case 'up':
          return gap
        case 'down':
          return gap - ago(timers, position.since)
        default:
          return position satisfies never
      }
    },
    restFrom(time) {
      position = { is: 'down', since: time }
    },
  }
}

import { ref, type Ref } from 'vue'
import { timers } from '../uni/timers'

/** How long somebody may look at WeChat's dialogue, in ms. */
const answerLimit = 60_000

export interface Pressing {
  /** From the tap until WeChat answers; meanwhile the button is not to be pressed again. */
  readonly isPressing: Readonly<Ref<boolean>>
  press(): void
  answered(): void
}

/**
 * For a button that opens one of WeChat's dialogues, each of which may cost money: a second press
 * before the first is answered must not open a second one. Every end of these dialogues causes an
 * event; should one stay away, the button can be pressed again after a minute.
 */
export function usePressing(): Pressing {
  const isPressing = ref(false)
  let forget = () => {}

  function answered(): void {
    forget()
    isPressing.value = false
  }

  return {
    isPressing,
    answered,
    press() {
      forget()
      isPressing.value = true
      forget = timers.after(answerLimit, answered)
    },
  }
}

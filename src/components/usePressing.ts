import { ref, type Ref } from 'vue'
import { timers } from '../platform/timers'

/** How long WeChat may take from the tap until its dialogue covers the page, in ms. */
const coverLimit = 5_000

export interface Pressing {
  /** From the tap until WeChat answers; then the button is not to be pressed again. */
  readonly isPressing: Readonly<Ref<boolean>>
  press(): void
  answered(): void
}

/**
 * For a button that opens one of WeChat's dialogues, each of which may cost money: a second press
 * before the first is answered must not open a second one. Some ends of a dialogue cause no event
 * (WeChat: chooseAvatar), so it is over after 5 s at the latest; by then the dialogue is in front.
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
      forget = timers.after(coverLimit, answered)
    },
  }
}

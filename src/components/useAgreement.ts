import { computed, ref, type ComputedRef, type Ref } from 'vue'

export interface Agreement {
  /** Whether the box is ticked. */
  readonly isGiven: Readonly<Ref<boolean>>
  /** Whether somebody wanted to go on without a tick: what is missing is said. */
  readonly isMissing: ComputedRef<boolean>
  /** The user ticks the box, or takes the tick back. */
  give(isGiven: boolean): void
  /** Whether to go on; if not, it is missing from then on. */
  check(): boolean
  /** Says no longer what is missing. */
  clear(): void
}

/** Nobody goes on who has not agreed to the terms, where there are any. */
export function useAgreement(isNeeded: () => boolean): Agreement {
  const isGiven = ref(false)
  const isAsked = ref(false)
  const isMissing = computed(() => isAsked.value && isNeeded() && !isGiven.value)
  const clear = () => void (isAsked.value = false)

  return {
    isGiven,
    isMissing,
    give(next) {
      isGiven.value = next
      clear()
    },
    check() {
      isAsked.value = true
      return !isMissing.value
    },
    clear,
  }
}

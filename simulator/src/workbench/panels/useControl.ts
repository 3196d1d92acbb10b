import { ref, type Ref } from 'vue'
import type { ControlOutcome } from '../hostLine'
import { useTexts } from '../texts/useTexts'

/** How the last control of a panel ended, in words. */
export interface ControlReport {
  readonly said: Readonly<Ref<{ text: string; isRefusal: boolean } | undefined>>
  /** Waits for a control and says how it ended; `done` is said if it was done. */
  report(outcome: Promise<ControlOutcome>, done?: string): Promise<void>
}

/** Makes a panel's report. */
export function useControl(): ControlReport {
  const { t } = useTexts()
  const said = ref<{ text: string; isRefusal: boolean }>()
  return {
    said,
    async report(pending, done) {
      const outcome = await pending
      if (outcome.kind === 'done') said.value = done ? { text: done, isRefusal: false } : undefined
      else if (outcome.kind === 'lost') said.value = { text: t.value.lost, isRefusal: true }
      else said.value = { text: t.value.refused(outcome.error), isRefusal: true }
    },
  }
}

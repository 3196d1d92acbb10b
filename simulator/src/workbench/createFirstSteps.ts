import { computed, ref, type ComputedRef } from 'vue'
import { firstSteps, type FirstStep, type Setting } from './settings'

/** What somebody who opens the workbench for the first time is shown to do. */
export interface FirstSteps {
  readonly steps: ComputedRef<{ name: FirstStep; isDone: boolean }[]>
  /** All that are shown are done. */
  readonly isOver: ComputedRef<boolean>
  /** A step was done, with or without being asked. */
  complete(step: FirstStep): void
  /** All of them need not be shown any more. */
  skip(): void
}

/** Begins where this browser has come to; apps without a burst have another second step. */
export function createFirstSteps(
  setting: Setting<FirstStep[]>,
  hasBurst: () => boolean,
): FirstSteps {
  const done = ref<readonly FirstStep[]>(setting.read())
  const note = (steps: readonly FirstStep[]) => {
    if (steps.length === done.value.length) return
    done.value = steps
    setting.write([...steps])
  }
  const steps = computed(() => {
    const left = hasBurst() ? 'change' : 'burst'
    const names = firstSteps.filter((name) => name !== left)
    return names.map((name) => ({ name, isDone: done.value.includes(name) }))
  })
  return {
    steps,
    isOver: computed(() => steps.value.every(({ isDone }) => isDone)),
    complete(step) {
      if (!done.value.includes(step)) note([...done.value, step])
    },
    skip: () => note(firstSteps),
  }
}

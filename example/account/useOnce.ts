import { ref, type Ref } from 'vue'

export interface Once {
  readonly isBusy: Ref<boolean>
  readonly failure: Ref<string>
  /** Does nothing while something else of the list is under way. */
  once(act: () => Promise<void>): Promise<void>
}

/** What must not be pressed twice, and why it failed. */
export function useOnce(failureText: (error: unknown) => string): Once {
  const isBusy = ref(false)
  const failure = ref('')

  async function once(act: () => Promise<void>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    failure.value = ''
    try {
      await act()
    } catch (error) {
      failure.value = failureText(error)
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, failure, once }
}

import { onHide, onShow, onUnload } from '@dcloudio/uni-app'
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { isAuthError, type RequestError } from '../auth/errors'
import { isKnown } from '../auth/tokenState'
import type { AuthTask, PromptKind } from '../auth/types'
import { useAuthStore, useHome } from './authStore'
import { leavePage } from './leavePage'

/** What {@link useRequiredAuth} says to the user. */
export interface RequiredAuthOptions {
  /** Why the page needs it, for the prompt. A function is called each time it is needed. */
  reason?: string | (() => string)
}

/** Whether the user may see the page. */
export interface RequiredAuth {
  /** Whether the user is signed in, or the backend has what the page needs. Reactive. */
  readonly isGranted: ComputedRef<boolean>
  /** Whether it has to be found out first, and nobody has been asked yet. Reactive. */
  readonly isChecking: ComputedRef<boolean>
  /** Why it could not be found out; not set where the user declined. Reactive. */
  readonly failure: Readonly<Ref<RequestError | undefined>>
  /** Asks again, e.g. by a button of the page. Does nothing while the user is being asked. */
  ask(): Promise<void>
}

/** What the page does. `declined`: there is nowhere to go, the page stays. */
type Step = 'opened' | 'asking' | 'leaving' | 'declined' | 'idle'

/**
 * Says what a page needs. Who comes without it is asked when the page shows, however they came, and
 * stays where they are, query and all, once they have given it. Who declines is taken back, or to the
 * plugin's `home` where there is no page to go back to. Call it once, in the `setup` of a page.
 * @param kind a session, the phone number, or the user info
 * @throws Error if Pinia or the plugin is missing; `docs/errors.md#setup` lists the causes.
 * @example
 * import { useRequiredAuth } from 'watchword'
 *
 * // For the template: the orders where it is granted, otherwise what they are for, and a button to ask().
 * const { isGranted, isChecking, ask } = useRequiredAuth('getPhoneNumber', {
 *   reason: '用于查找您的订单',
 * })
 */
export function useRequiredAuth(kind: PromptKind, options: RequiredAuthOptions = {}): RequiredAuth {
  const store = useAuthStore()
  const home = useHome()
  const step = ref<Step>('opened')
  const failure = shallowRef<RequestError>()
  let task: AuthTask<void> | undefined
  let isShown = false
  let isClosed = false

  const isGranted = computed(() => isKnown(kind, store.tokenState))
  const isChecking = computed(
    () =>
      !isGranted.value &&
      (step.value === 'opened' || (step.value === 'asking' && store.prompt === null)),
  )

  async function ask(): Promise<void> {
    if (step.value === 'asking' || step.value === 'leaving') return
    step.value = 'asking'
    failure.value = undefined
    const { reason } = options
    try {
      task = store.ensure(kind, { reason: typeof reason === 'function' ? reason() : reason })
      await task
      step.value = 'idle'
    } catch (error) {
      if (!isClosed) await refused(error as RequestError)
    }
  }

  async function refused(error: RequestError): Promise<void> {
    const isDeclined = isAuthError(error, 'prompt_cancelled')
    step.value = isDeclined ? 'leaving' : 'idle'
    if (!isDeclined) failure.value = error
    // The page for prompts is left first: this one shows again then.
    else if (isShown) await leave()
  }

  /** It may live on as a tab, and asks when the user comes again. */
  async function leave(): Promise<void> {
    step.value = 'idle'
    if (!(await leavePage(home))) step.value = 'declined'
  }

  onShow(() => {
    isShown = true
    if (step.value === 'leaving') void leave()
    else if (step.value !== 'declined' && !isGranted.value) void ask()
  })
  onHide(() => (isShown = false))
  onUnload(() => {
    isClosed = true
    task?.abort()
  })

  return { isGranted, isChecking, failure, ask }
}

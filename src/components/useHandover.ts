import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import type { AccountHint, Failure } from '../auth/errors'
import type { PromptKind } from '../auth/types'
import { useAuthStore } from '../store/authStore'
import { failureIn, type SignInFailure } from './signInProblem'

/** Hands over what was typed; a second time with the answer to whose the account is. */
type Sending = (isMine?: boolean) => Promise<unknown>

export interface Handover {
  readonly isBusy: Readonly<Ref<boolean>>
  readonly failure: Readonly<Ref<SignInFailure | undefined>>
  /** Whose the number seems to be: the user has to say whether it is them. */
  readonly account: Readonly<Ref<AccountHint | undefined>>
  /**
   * @param prompt the kind whose prompt shows the failure, if it is open: the submit then resolves
   * @returns whether the backend has taken it
   */
  run(sending: Sending, prompt?: PromptKind): Promise<boolean>
  /** Hands over the same again. */
  answer(isMine: boolean): Promise<boolean>
  /** Forgets failure and question, and with it what was typed. */
  clear(): void
}

/** Hands over to the backend what a user typed, one thing at a time, and asks whose the account is. */
export function useHandover(): Handover {
  const store = useAuthStore()
  const isBusy = ref(false)
  const failure = shallowRef<SignInFailure>()
  const account = shallowRef<AccountHint>()
  let again: ((isMine: boolean) => Promise<boolean>) | undefined

  function clear(): void {
    again = undefined
    failure.value = undefined
    account.value = undefined
  }

  async function run(sending: Sending, kind?: PromptKind, isMine?: boolean): Promise<boolean> {
    if (isBusy.value) return false
    clear()
    isBusy.value = true
    try {
      await sending(isMine)
      const { prompt } = store
      if (!kind || prompt?.kind !== kind || prompt.error === undefined) return true
      refuse({ code: prompt.error, retryAfter: prompt.retryAfter }, prompt.account)
    } catch (error) {
      refuse(failureIn(error as Failure), (error as { account?: AccountHint }).account)
    } finally {
      isBusy.value = false
    }
    if (account.value) again = (answer) => run(sending, kind, answer)
    return false
  }

  function refuse(refused: SignInFailure, hint: AccountHint | undefined): void {
    if (refused.code === 'confirmation_needed' && hint) account.value = hint
    else failure.value = refused
  }

  onScopeDispose(clear)

  return {
    isBusy,
    failure,
    account,
    run: (sending, prompt) => run(sending, prompt),
    answer: async (isMine) => again?.(isMine) ?? false,
    clear,
  }
}

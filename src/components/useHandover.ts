import { computed, onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import type { AccountHint, RequestError } from '../auth/errors'
import type { PromptKind } from '../auth/types'
import { isPassing } from '../signIn/passing'
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
  /** Forgets failure and question, also of what is under way, and with them what was typed. */
  clear(): void
}

/** What the user is asked, and how their answer is sent. */
interface Question {
  account: AccountHint
  answer(isMine: boolean): Promise<boolean>
}

/** Hands over to the backend what a user typed, one thing at a time, and asks whose the account is. */
export function useHandover(): Handover {
  const store = useAuthStore()
  const isBusy = ref(false)
  const failure = shallowRef<SignInFailure>()
  const question = shallowRef<Question>()
  /** Counts what was handed over or given up. */
  let round = 0

  function clear(): void {
    round++
    failure.value = undefined
    question.value = undefined
  }

  async function run(sending: Sending, kind?: PromptKind, isMine?: boolean): Promise<boolean> {
    if (isBusy.value) return false
    const mine = ++round
    failure.value = undefined
    isBusy.value = true
    const refused = await outcomeOf(() => sending(isMine), kind)
    isBusy.value = false
    if (!refused) {
      question.value = undefined
      return true
    }
    if (mine !== round) return false
    const { account } = refused
    if (refused.code === 'confirmation_needed' && account)
      question.value = { account, answer: (answer) => run(sending, kind, answer) }
    else {
      failure.value = refused
      // The question is still there where only its answer has not arrived.
      if (!isPassing(refused)) question.value = undefined
    }
    return false
  }

  /** @returns why the backend has not taken it */
  async function outcomeOf(send: () => Promise<unknown>, kind: PromptKind | undefined) {
    try {
      await send()
    } catch (error) {
      return failureIn(error as RequestError)
    }
    const { prompt } = store
    if (!kind || prompt?.kind !== kind || prompt.error === undefined) return undefined
    const { error: code, retryAfter, account } = prompt
    return { code, retryAfter, account } satisfies SignInFailure
  }

  onScopeDispose(clear)

  return {
    isBusy,
    failure,
    account: computed(() => question.value?.account),
    run: (sending, prompt) => run(sending, prompt),
    answer: async (isMine) => question.value?.answer(isMine) ?? false,
    clear,
  }
}

import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Credentials } from '../auth/dialect'
import type { Prompt, TextCode } from '../auth/types'
import { useAuthStore } from '../store/authStore'
import { useHandover, type Handover } from './useHandover'

export interface SignIn extends Omit<Handover, 'run'> {
  /** Whether it signs in, or adds a number to the account of the session. */
  readonly purpose: ComputedRef<'login' | 'bind'>
  /** The prompt that it answers, or has answered last. */
  readonly prompt: Readonly<Ref<Prompt | null>>
  /** Signs in by what another app yields; by the host's silent login if that is nothing. */
  byWechat(ask: () => Promise<Credentials | undefined>): Promise<boolean>
  byPassword(given: { phone: string; password: string }): Promise<boolean>
  /** Signs in, or adds the number. */
  byTextCode(given: TextCode): Promise<boolean>
}

/**
 * Hands over what the user gave: to the open prompt, whose requests then go on, or by itself.
 * @param wanted what it is for; by default what the prompt asks for
 */
export function useSignIn(wanted: () => 'login' | 'bind' | undefined): SignIn {
  const store = useAuthStore()
  const { run, ...handover } = useHandover()
  const prompt = shallowRef<Prompt | null>(null)

  // A sheet shows what it has shown until it is gone.
  watch(
    () => store.prompt,
    (next) => {
      if (next) prompt.value = next
    },
    { immediate: true },
  )
  const purpose = computed(
    () => wanted() ?? (prompt.value?.kind === 'getPhoneNumber' ? 'bind' : 'login'),
  )

  const logIn = (credentials?: Credentials): Promise<unknown> =>
    store.prompt?.kind === 'login' ? store.submitLogin(credentials) : store.login(credentials)

  return {
    ...handover,
    purpose,
    prompt,
    byWechat: (ask) => run(async () => logIn(await ask()), 'login'),
    byPassword: (given) => run((isMine) => logIn(answered(given, isMine)), 'login'),
    byTextCode(given) {
      return purpose.value === 'login'
        ? run((isMine) => logIn(answered(given, isMine)), 'login')
        : run((isMine) => store.submitPhoneNumber(answered(given, isMine)), 'getPhoneNumber')
    },
  }
}

/** With the user's answer to whose the account is, once there is one. */
function answered<Given extends object>(given: Given, isMine: boolean | undefined) {
  return isMine === undefined ? given : { ...given, isMine }
}

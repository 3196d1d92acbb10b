import { onScopeDispose, ref, type Ref } from 'vue'
import type { Auth } from '../auth/auth'
import type { RequestError } from '../auth/errors'
import { requestSmsCode } from '../signIn/textCodes'
import { timers } from '../uni/timers'

export interface TextCodeSender {
  readonly isSending: Readonly<Ref<boolean>>
  /** The number to which the last one went. */
  readonly sentTo: Readonly<Ref<string | undefined>>
  /** How long until that number may be sent another one, in seconds. */
  readonly secondsLeft: Readonly<Ref<number>>
  /** @returns why none was sent; `undefined`: it was. */
  send(phone: string, purpose: 'login' | 'bind' | 'password'): Promise<RequestError | undefined>
}

/** Sends text codes, and counts down to the next. The clock counts: a browser slows the timers of its tabs. */
export function useTextCode(auth: Pick<Auth, 'request'>, { now, after } = timers): TextCodeSender {
  const isSending = ref(false)
  const sentTo = ref<string>()
  const secondsLeft = ref(0)
  let until = 0
  let stop = () => {}
  let isGone = false

  function count(): void {
    stop()
    secondsLeft.value = Math.max(0, Math.ceil((until - now()) / 1000))
    if (secondsLeft.value > 0) stop = after((until - now()) % 1000 || 1000, count)
  }

  function waitFor(phone: string, seconds: number): void {
    if (isGone) return
    sentTo.value = phone
    until = now() + seconds * 1000
    count()
  }

  onScopeDispose(() => {
    isGone = true
    stop()
  })

  return {
    isSending,
    sentTo,
    secondsLeft,
    async send(phone, purpose) {
      if (isSending.value) return undefined
      isSending.value = true
      try {
        const { resendAfter } = await requestSmsCode(auth, { phone, purpose })
        waitFor(phone, resendAfter)
        return undefined
      } catch (error) {
        const failure = error as RequestError
        if (failure.retryAfter !== undefined) waitFor(phone, failure.retryAfter)
        return failure
      } finally {
        isSending.value = false
      }
    },
  }
}

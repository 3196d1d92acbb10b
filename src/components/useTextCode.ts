import { onScopeDispose, ref, type Ref } from 'vue'
import type { Auth } from '../auth/auth'
import { AuthError, type RequestError } from '../auth/errors'
import { requestSmsCode, type BeforeTextCode, type SmsCodeRequest } from '../signIn/textCodes'
import { timers } from '../uni/timers'

/** What has come of asking for a text code. */
export type Sending =
  | { is: 'sent' }
  /** The user did not want to do what comes before it, or another one is being sent. */
  | { is: 'givenUp' }
  | { is: 'failed'; error: RequestError }

export interface TextCodeSender {
  readonly isSending: Readonly<Ref<boolean>>
  /** The number to which the last one went. */
  readonly sentTo: Readonly<Ref<string | undefined>>
  /** How long until that number may be sent another one, in seconds. */
  readonly secondsLeft: Readonly<Ref<number>>
  /** @param before what the app does first; if that fails, the failure is one of the network's */
  send(asked: SmsCodeRequest, before: BeforeTextCode | undefined): Promise<Sending>
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
    async send(asked, before) {
      if (isSending.value) return { is: 'givenUp' }
      isSending.value = true
      try {
        const captcha = before && (await prepared(before, asked))
        if (before && captcha === undefined) return { is: 'givenUp' }
        const { resendAfter } = await requestSmsCode(auth, { ...asked, captcha })
        waitFor(asked.phone, resendAfter)
        return { is: 'sent' }
      } catch (thrown) {
        const error = thrown as RequestError
        if (error.retryAfter !== undefined) waitFor(asked.phone, error.retryAfter)
        return { is: 'failed', error }
      } finally {
        isSending.value = false
      }
    },
  }
}

/** @throws AuthError `network`: mostly a script of somebody else's that could not be loaded */
async function prepared(before: BeforeTextCode, asked: SmsCodeRequest) {
  try {
    return await before(asked)
  } catch (cause) {
    throw new AuthError('network', { cause })
  }
}

import { shallowRef } from 'vue'

/** How WeChat receives the answer (WeChat: wx.onNeedPrivacyAuthorization). */
export type PrivacyAnswer = (
  answer: { event: 'agree'; buttonId: string } | { event: 'disagree' },
) => void

/**
 * The consent to the privacy terms, without which WeChat (base library 2.32.3 on, where the app
 * declares `__usePrivacyCheck__`) lets no interface touch personal data. What needs it waits until
 * the user has answered.
 */
export interface PrivacyConsent {
  /** Whether something waits for the user's answer. Reactive. */
  readonly isAsked: boolean
  /** The button with this id and the open type `agreePrivacyAuthorization` was pressed. */
  agree(buttonId: string): void
  /** What waits fails with errno 104; it can be tried again. */
  refuse(): void
  subscribe(listener: () => void): void
}

/** `listen` makes WeChat ask through the listener it is given: the last one counts. */
export function createPrivacyConsent(
  listen: (listener: (resolve: PrivacyAnswer) => void) => void,
): PrivacyConsent {
  const waiting = shallowRef<readonly PrivacyAnswer[]>([])
  const listeners: (() => void)[] = []

  function set(next: readonly PrivacyAnswer[]): void {
    waiting.value = next
    for (const listener of listeners) listener()
  }

  /** Each question is answered once: they are forgotten before WeChat goes on. */
  function answer(given: Parameters<PrivacyAnswer>[0]): void {
    const asked = waiting.value
    if (asked.length === 0) return
    set([])
    for (const resolve of asked) resolve(given)
  }

  listen((resolve) => {
    if (typeof resolve === 'function') set([...waiting.value, resolve])
  })

  return {
    get isAsked() {
      return waiting.value.length > 0
    },
    agree: (buttonId) => answer({ event: 'agree', buttonId }),
    refuse: () => answer({ event: 'disagree' }),
    subscribe: (listener) => void listeners.push(listener),
  }
}

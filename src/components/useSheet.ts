import { computed, nextTick, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Prompt, PromptKind } from '../auth/types'
import { timers } from '../uni/timers'
import { useAuthStore, usePrivacyConsent } from '../store/authStore'
import type { PromptHost } from '../store/promptHosts'

/** How long the sheet takes to leave, in ms; AuthSheet.css says the same. */
const leaveTime = 250

/** How late WeChat may tell that the page-container was closed, in ms. */
const closeLimit = 300

/** What the sheet asks for: one of the prompt's kinds, or the consent to the privacy terms. */
export type Asked = 'login' | 'getPhoneNumber' | 'profile' | 'unionid' | 'privacy'

export interface Sheet {
  /** What it shows; null: nothing. While it leaves, what it has shown. */
  readonly asked: ComputedRef<Asked | null>
  /** The prompt that it shows, or that waits behind the question for the consent. */
  readonly prompt: Readonly<Ref<Prompt | null>>
  readonly isLeaving: Readonly<Ref<boolean>>
  /** Whether a return closes the sheet, and not its page. */
  readonly catchesBack: Readonly<Ref<boolean>>
  /** The user declined what is asked. */
  decline(): void
  /** The container that catches a return has opened. */
  opened(): void
  /** It is gone: WeChat has taken a return for the sheet's, unless it was closed by itself. */
  wentBack(): void
}

/**
 * What a sheet shows and for how long. It keeps its content while it leaves; a full page keeps it
 * for good, as the whole page is left.
 */
export function useSheet(
  host: PromptHost,
  isFullPage: () => boolean,
  /** What a form of the page answers. */
  besideForm: () => PromptKind | undefined,
): Sheet {
  const store = useAuthStore()
  const privacy = usePrivacyConsent()
  const prompt = shallowRef<Prompt | null>(null)
  const isPrivacyAsked = ref(false)
  const isLeaving = ref(false)
  /** WeChat has closed what catches a return, whatever its property says. */
  const isSpent = ref(false)
  /** It was closed here, and WeChat will tell so: until then it is not opened again. */
  const isClosing = ref(false)
  let stopLeaving = () => {}
  let isOpen = false

  const asked = computed<Asked | null>(() => {
    if (isPrivacyAsked.value) return 'privacy'
    if (prompt.value?.kind !== 'getUserInfo') return prompt.value?.kind ?? null
    return prompt.value.scope === 'unionid' ? 'unionid' : 'profile'
  })
  const catchesBack = computed(
    () =>
      asked.value !== null &&
      !isLeaving.value &&
      !isFullPage() &&
      !isSpent.value &&
      !isClosing.value,
  )

  function ownPrompt(): Prompt | null {
    const { prompt: open } = store
    return open && open.kind === besideForm() ? null : open
  }

  function forget(): void {
    isLeaving.value = false
    prompt.value = null
    isPrivacyAsked.value = false
  }

  watch(
    () => [host.isActive ? ownPrompt() : null, host.isActive && privacy.isAsked] as const,
    ([next, isAsked]) => {
      stopLeaving()
      if (next || isAsked) {
        isLeaving.value = false
        prompt.value = next
        isPrivacyAsked.value = isAsked
      } else if (asked.value && !isFullPage()) {
        isLeaving.value = true
        stopLeaving = timers.after(leaveTime, forget)
      }
    },
    { immediate: true },
  )
  watch(catchesBack, (catches) => {
    if (catches || !isOpen) return
    isOpen = false
    isClosing.value = true
    timers.after(closeLimit, () => (isClosing.value = false))
  })

  function decline(): void {
    if (privacy.isAsked) privacy.refuse()
    else store.cancelPrompt()
  }

  return {
    asked,
    prompt,
    isLeaving,
    catchesBack,
    decline,
    opened: () => (isOpen = true),
    wentBack() {
      isClosing.value = false
      if (!isOpen) return
      isOpen = false
      isSpent.value = true
      decline()
      // What is still asked needs it opened anew, after the view has heard that it is closed.
      void nextTick(() => (isSpent.value = false))
    },
  }
}

import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useAuthStore } from 'watchword'
import { navigate } from 'watchword/host'
import { failureText, fetchMe, type Me } from './api'

export interface Account {
  /** `guest`: nobody is signed in, or nobody could be. */
  readonly state: ComputedRef<'loading' | 'guest' | 'known'>
  /** null: not known yet, or not to be had. */
  readonly me: ShallowRef<Me | null>
  readonly failure: Ref<string>
  readonly isSigningIn: Ref<boolean>
  load(): Promise<void>
  /** In WeChat by this press; elsewhere on a page, after which this one shows again. */
  signIn(): Promise<void>
}

/**
 * Who is signed in, as far as the session may see by itself: looking at it asks nobody for anything.
 * `more` is loaded together with it; undefined: there is nobody to load it for.
 */
export function useAccount(more?: { fetch(): Promise<unknown>; forget(): void }): Account {
  const store = useAuthStore()
  const me = shallowRef<Me | null>(null)
  const failure = ref('')
  const isSigningIn = ref(false)
  const isTried = ref(false)

  const state = computed(() => {
    if (store.tokenState) return me.value || failure.value ? 'known' : 'loading'
    return store.signedOut || isTried.value ? 'guest' : 'loading'
  })

  async function load(): Promise<void> {
    failure.value = ''
    if (store.signedOut) {
      me.value = null
      more?.forget()
      return
    }
    try {
      const [found] = await Promise.all([fetchMe(), more?.fetch()])
      me.value = found
    } catch (error) {
      // Without a session the page is a guest's, and nothing has failed.
      if (store.tokenState) failure.value = failureText(error)
    }
    isTried.value = true
  }

  async function signIn(): Promise<void> {
    // No other platform signs in by a press alone.
    if (process.env.UNI_PLATFORM !== 'mp-weixin') {
      const { route } = getCurrentPages().pop() ?? {}
      await navigate('/example/account/signIn', { query: { back: `/${route}` } })
      return
    }
    if (isSigningIn.value) return
    isSigningIn.value = true
    failure.value = ''
    try {
      await store.login()
      await load()
    } catch (error) {
      failure.value = failureText(error)
    } finally {
      isSigningIn.value = false
    }
  }

  return { state, me, failure, isSigningIn, load, signIn }
}

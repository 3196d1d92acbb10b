import { onShow } from '@dcloudio/uni-app'
import { onMounted, onUnmounted } from 'vue'
import { useInstalledAuth } from '../store/authStore'

/**
 * For a button of this kind on a page: makes sure of the session key when the button comes, and
 * whenever its page is shown again, so that the first press is not lost on a dead one. Prompts do it
 * themselves before they open. Does nothing without createAuthPlugin.
 */
export function usePreparedPress(kind: 'getUserInfo' | 'getPhoneNumber'): void {
  const auth = useInstalledAuth()
  let state: 'idle' | 'preparing' | 'gone' = 'idle'

  async function prepare(): Promise<void> {
    if (state !== 'idle' || auth?.prompt) return
    state = 'preparing'
    await auth?.preparePress(kind)
    if (state === 'preparing') state = 'idle'
  }

  onMounted(() => void prepare())
  // uni-app keeps onShow at the page: it outlives a button under v-if.
  onShow(() => void prepare())
  onUnmounted(() => (state = 'gone'))
}

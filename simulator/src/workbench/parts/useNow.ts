import { onScopeDispose, ref, type Ref } from 'vue'

/** ms since 1970, updated twice a second while the component is mounted. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = window.setInterval(() => (now.value = Date.now()), 500)
  onScopeDispose(() => clearInterval(timer))
  return now
}

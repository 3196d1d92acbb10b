import { onScopeDispose, shallowRef, type Ref } from 'vue'
import type { Auth } from '../auth/auth'
import { createScan, type ScanState } from '../signIn/scan'

export interface ScanOnScreen {
  readonly state: Readonly<Ref<ScanState>>
  restart(): void
}

/** A code on this screen, for as long as the component that shows it is there. */
export function useScan(auth: Pick<Auth, 'request' | 'login'>, done: () => void): ScanOnScreen {
  const scan = createScan(auth)
  const state = shallowRef(scan.state)
  scan.subscribe(() => {
    state.value = scan.state
    if (scan.state.is === 'signedIn') done()
  })
  onScopeDispose(scan.end)
  return { state, restart: scan.restart }
}

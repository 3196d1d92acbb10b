import type { PhoneMessage } from '../wire'
import { hasWorkbench } from './workbenchLine'

/** Makes what is called at each change of stored values: the workbench has them once a task. */
export function createStoredReport(
  entries: () => Record<string, unknown>,
  post: (message: PhoneMessage) => void,
): () => void {
  let isDue = false
  return () => {
    if (isDue || !hasWorkbench) return
    isDue = true
    queueMicrotask(() => {
      isDue = false
      post({ stored: entries() })
    })
  }
}

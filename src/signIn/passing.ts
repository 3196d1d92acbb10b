/** What says why something failed. */
interface Failed {
  code?: unknown
  status?: number | undefined
  retryAfter?: number | undefined
}

/** Whether the same may succeed later: no answer came, or the backend is busy. */
export function isPassing({ code, status = 0, retryAfter }: Failed): boolean {
  const isBusy = status === 429 || status >= 500 || retryAfter !== undefined
  return isBusy || code === 'network' || code === 'timeout'
}

const listeners: ((detail: string) => void)[] = []
const reported = new Set<string>()

/** Calls the listener with what interceptors of the app take away from now on, each thing once. */
export function onInterference(listener: (detail: string) => void): void {
  listeners.push(listener)
}

/** @param detail names only, e.g. `upload task` */
export function reportInterference(detail: string): void {
  if (reported.has(detail)) return
  reported.add(detail)
  for (const listener of listeners) listener(detail)
}

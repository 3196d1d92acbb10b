import type { AuthWarning } from './types'
import { warningOf } from './warnings'

/** Notifies listeners of changes: after a transition, never in the middle of one. */
export interface Changes {
  /** Calls the listener at each change; the returned function ends it. */
  subscribe(listener: () => void): () => void
  /** Something that listeners can see has changed. */
  note(): void
  /** `detail`: names only, as of {@link warningOf}. */
  warn(code: AuthWarning['code'], detail?: string): void
  /**
   * Runs a transition. Whatever it changes or warns of is reported at its end, at the end of the
   * outermost one if they are nested: a listener may call the client, and finds it whole.
   */
  turn<T>(transition: () => T): T
}

export function createChanges(onWarning: (warning: AuthWarning) => void): Changes {
  const listeners = new Set<{ call: () => void }>()
  let warnings: AuthWarning[] = []
  let isChanged = false
  let depth = 0

  function note(): void {
    isChanged = true
    tell()
  }

  function warn(code: AuthWarning['code'], detail?: string): void {
    warnings.push(warningOf(code, detail))
    tell()
  }

  function tell(): void {
    if (depth > 0) return
    if (isChanged) {
      isChanged = false
      for (const one of [...listeners]) if (listeners.has(one)) call(one.call)
    }
    const reported = warnings
    warnings = []
    for (const warning of reported) attempt(() => onWarning(warning))
  }

  function call(listener: () => void): void {
    if (!attempt(listener)) warn('listener_threw')
  }

  return {
    subscribe(listener) {
      const one = { call: listener }
      listeners.add(one)
      return () => void listeners.delete(one)
    },
    note,
    warn,
    turn(transition) {
      depth++
      try {
        return transition()
      } finally {
        depth--
        tell()
      }
    },
  }
}

/** Whether it went through; what the app's own code throws disturbs nobody. */
function attempt(work: () => void): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}

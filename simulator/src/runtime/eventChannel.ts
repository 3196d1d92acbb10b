type Listener = (...args: unknown[]) => void

/** WeChat's EventChannel: what a page and the one it opened say to each other. */
export interface EventChannel {
  on(name: string, listener: Listener): void
  once(name: string, listener: Listener): void
  off(name: string, listener?: Listener): void
  emit(name: string, ...args: unknown[]): void
}

/** Makes a channel, with listeners by name to begin with. */
export function createEventChannel(events: Record<string, Listener> = {}): EventChannel {
  const listeners = new Map<string, Listener[]>()
  const on = (name: string, listener: Listener) =>
    void listeners.set(name, [...(listeners.get(name) ?? []), listener])
  const off = (name: string, listener?: Listener) =>
    void listeners.set(
      name,
      listener ? (listeners.get(name) ?? []).filter((other) => other !== listener) : [],
    )
  for (const [name, listener] of Object.entries(events)) on(name, listener)
  return {
    on,
    off,
    once(name, listener) {
      const once: Listener = (...args) => {
        off(name, once)
        listener(...args)
      }
      on(name, once)
    },
    emit(name, ...args) {
      for (const listener of listeners.get(name) ?? []) listener(...args)
    },
  }
}

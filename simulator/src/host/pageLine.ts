import type { HostMessage } from '../wire'

/** The line from a mini-program to its page, which may be loaded anew or replaced. */
export interface PageLine {
  /** Whether the page listens; `new` until it does for the first time. */
  readonly state: 'new' | 'open' | 'gone'
  /** Grows with every start of the page; 0 before the first. */
  readonly generation: number
  /** Begins a new start of the page: nothing meant for an earlier one reaches it. */
  restart(): void
  /** Sends to this start of the page, or to the present one; kept until the page listens. */
  send(message: HostMessage, generation?: number): void
  /** Connects the page and sends what was kept. Returns how to disconnect. */
  connect(send: (message: HostMessage) => void): () => void
  /** Notifies the page that another has taken its place. */
  replace(): void
}

/** Makes a line that no page listens to yet. */
export function createPageLine(): PageLine {
  let state: PageLine['state'] = 'new'
  let generation = 0
  let listener: ((message: HostMessage) => void) | undefined
  let unsent: HostMessage[] = []
  return {
    get state() {
      return state
    },
    get generation() {
      return generation
    },
    restart() {
      generation += 1
      unsent = []
    },
    send(message, addressee = generation) {
      if (addressee !== generation) return
      if (listener) listener(message)
      else unsent.push(message)
    },
    connect(next) {
      listener = next
      state = 'open'
      for (const message of unsent.splice(0)) next(message)
      return () => {
        if (listener !== next) return
        listener = undefined
        state = 'gone'
      }
    },
    replace: () => listener?.({ type: 'replaced' }),
  }
}

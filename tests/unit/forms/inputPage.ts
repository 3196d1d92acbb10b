// A page of text inputs as WeChat's behave, with the delays between logic and view: what a
// focus chain has to live with. Time is virtual and chance is seeded.

/** A clock that stands still until it is advanced; times are ms. */
export function createVirtualClock() {
  let time = 0
  let order = 0
  let due: { at: number; order: number; callback: () => void }[] = []

  return {
    now: () => time,
    after(ms: number, callback: () => void) {
      const timer = { at: time + ms, order: order++, callback }
      due.push(timer)
      return () => {
        due = due.filter((other) => other !== timer)
      }
    },
    advance(ms: number) {
      const end = time + ms
      for (;;) {
        due.sort((a, b) => a.at - b.at || a.order - b.order)
        if (!due[0] || due[0].at > end) break
        const timer = due.shift()
        if (!timer) break
        time = timer.at
        timer.callback()
      }
      time = end
    },
  }
}

export type VirtualClock = ReturnType<typeof createVirtualClock>

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createChance(seed: number) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Handlers {
  focus(name: string): void
  blur(name: string): void
  confirm(name: string): void
}

export interface InputPageOptions {
  clock: VirtualClock
  chance: () => number
  confirmHold: boolean
  /** Merges what is sent within 30 ms, as busy views do. */
  coalesce: boolean
  /** Blurs reach the logic up to 60 ms late, and now and then twice. */
  unruly: boolean
}

const frame = 16

/** Flags go in by `setFlag`, a person's actions by the other calls, events come out. */
export function createInputPage(options: InputPageOptions) {
  const { clock, chance, confirmHold, coalesce, unruly } = options
  let handlers: Handlers | undefined
  let focused: string | undefined
  let eventsUntil = 0
  let patchesUntil = 0
  let flushing = false
  const flags = new Map<string, boolean>()
  const sent = new Map<string, boolean>()
  const applied = new Map<string, boolean>()
  const disabled = new Set<string>()

  const delay = (most: number) => 1 + Math.floor(chance() * most)

  function tell(event: keyof Handlers, name: string) {
    eventsUntil = Math.max(eventsUntil, clock.now() + delay(30))
    const wait = eventsUntil - clock.now()
    if (event !== 'blur' || !unruly) {
      clock.after(wait, () => handlers?.[event](name))
      return
    }
    const late = wait + Math.floor(chance() * 60)
    clock.after(late, () => handlers?.blur(name))
    if (chance() < 0.3) clock.after(late + delay(20), () => handlers?.blur(name))
  }

  function take(name: string) {
    if (focused === name || disabled.has(name)) return
    const before = focused
    focused = name
    tell('focus', name)
    if (before !== undefined) tell('blur', before)
  }

  function lose() {
    if (focused === undefined) return
    const before = focused
    focused = undefined
    tell('blur', before)
  }

  function apply(name: string, up: boolean) {
    if ((applied.get(name) ?? false) === up) return
    applied.set(name, up)
    if (!up) {
      if (focused === name) lose()
      return
    }
    clock.after(frame, () => {
      if (applied.get(name)) take(name)
    })
  }

  function flush() {
    flushing = false
    const patch = [...flags].filter(([name, up]) => (sent.get(name) ?? false) !== up)
    for (const [name, up] of patch) sent.set(name, up)
    patchesUntil = Math.max(patchesUntil, clock.now() + delay(30))
    clock.after(patchesUntil - clock.now(), () => patch.forEach(([name, up]) => apply(name, up)))
  }

  return {
    focused: () => focused,
    connect(given: Handlers) {
      handlers = given
    },
    /** The page's logic is gone: events go nowhere. */
    disconnect() {
      handlers = undefined
    },
    setFlag(name: string, up: boolean) {
      flags.set(name, up)
      if (flushing) return
      flushing = true
      clock.after(coalesce ? 30 : 0, flush)
    },
    tap: take,
    enter() {
      if (focused === undefined) return
      tell('confirm', focused)
      if (!confirmHold) lose()
    },
    dismiss: lose,
    setDisabled(name: string, off: boolean) {
      if (!off) {
        disabled.delete(name)
        return
      }
      disabled.add(name)
      if (focused === name) lose()
    },
  }
}

export type InputPage = ReturnType<typeof createInputPage>

// Which field of a form has the focus, and how to move it. A flag set to true a second time
// sends nothing to the view, so a flag is always lowered for a while before it is raised again.
import type { Platform } from '../platform/platform'

/** How long a flag stays down before it rises again, ms: updates closer together may merge. */
const gap = 60
/** A blur this soon after the focus, ms, may still belong to the focus before. */
const grace = 120
/** How long a focus or a blur may be under way, ms. */
const patience = 400

const messages = {
  empty_chain: 'a focus chain needs at least one field',
  duplicate_field: 'each field of a focus chain needs a name of its own',
  unknown_field: 'this field is not in the focus chain',
} as const

/** What is wrong with the fields of a chain, for programs. Codes are permanent. */
export type FocusChainErrorCode = keyof typeof messages

/** A mistake in the calling code: the names given to a focus chain do not fit. */
export class FocusChainError extends Error {
  override readonly name = 'FocusChainError'
  readonly code: FocusChainErrorCode

  constructor(code: FocusChainErrorCode, field?: string) {
    super(`${code}: ${messages[code]}${field === undefined ? '' : ` ('${field}')`}`)
    this.code = code
  }
}

export interface FocusChainOptions<Name extends string> {
  /** The names, in the order in which the keyboard goes through them. */
  fields: readonly Name[]
  /** Time, in ms. */
  timers: Pick<Platform, 'now' | 'after'>
  /** What the field's `focus` has to be bound to from now on; called at changes only. */
  onFlag(name: Name, up: boolean): void
  /** The last field was confirmed. */
  onDone?(): void
}

/** The state machine. Every call throws FocusChainError `unknown_field` for a foreign name. */
export interface FocusChain<Name extends string> {
  /** Moves the focus to a field; a disabled one is refused in silence. */
  request(name: Name): void
  /** The field got the focus. */
  focus(name: Name): void
  /** The field lost the focus; may come late, twice, or not at all. */
  blur(name: Name): void
  /** The keyboard's confirm key was pressed in the field: moves on, or calls `onDone`. */
  confirm(name: Name): void
  /** Takes a field out of the chain until it is enabled. */
  disable(name: Name): void
  enable(name: Name): void
  /** The last field that is enabled. */
  last(): Name | undefined
  /** Lowers every flag and forgets what is under way: one left up acts again on return. */
  reset(): void
}

interface Field {
  /** `asking`: raised, and the focus event has not come yet. */
  flag: 'down' | 'asking' | 'up'
  flagChangedAt: number
  focusedAt: number
  /** A blur came that may have been an old one: nobody knows whether it has the focus. */
  doubt: boolean
  off: boolean
}

/**
 * Makes the machine; nothing has the focus at first.
 * @throws FocusChainError `empty_chain`, `duplicate_field`.
 */
export function createFocusChain<Name extends string>(
  options: FocusChainOptions<Name>,
): FocusChain<Name> {
  const { timers, onFlag, onDone } = options
  const fields = createFields(options.fields)
  const names = [...fields.keys()]
  let live: Name | undefined
  let wanted: Name | undefined
  let cancelWait = () => {}

  function fieldOf(name: Name): Field {
    const field = fields.get(name)
    if (!field) throw new FocusChainError('unknown_field', name)
    return field
  }

  // The wall clock may be set back, which must not look like a wait of hours.
  const since = (time: number) => Math.abs(timers.now() - time)

  const isUnderWay = (field: Field) =>
    field.flag === 'asking' && since(field.flagChangedAt) < patience

  function stopWanting(): void {
    cancelWait()
    wanted = undefined
  }

  function lower(name: Name, field: Field): void {
    if (field.flag === 'down') return
    field.flag = 'down'
    field.flagChangedAt = timers.now()
    onFlag(name, false)
  }

  function raise(name: Name, field: Field): void {
    cancelWait()
    lower(name, field)
    const rest = gap - since(field.flagChangedAt)
    if (rest > 0) {
      cancelWait = timers.after(rest, () => raise(name, field))
      return
    }
    wanted = undefined
    field.flag = 'asking'
    field.flagChangedAt = timers.now()
    onFlag(name, true)
  }

  function request(name: Name): void {
    const field = fieldOf(name)
    if (field.off || wanted === name) return
    stopWanting()
    if (isUnderWay(field)) return
    wanted = name
    if (live === name && !field.doubt) cancelWait = timers.after(patience, stopWanting)
    else raise(name, field)
  }

  function focus(name: Name): void {
    const field = fieldOf(name)
    stopWanting()
    live = name
    if (field.flag === 'asking') field.flag = 'up'
    field.focusedAt = timers.now()
    field.doubt = false
    for (const [other, { flag }] of fields) {
      if (other !== name && flag === 'up') lower(other, fieldOf(other))
    }
  }

  function blur(name: Name): void {
    const field = fieldOf(name)
    if (live !== name) return
    if (wanted === name) {
      live = undefined
      raise(name, field)
    } else if (field.flag === 'asking' || since(field.focusedAt) < grace) {
      field.doubt = true
    } else {
      live = undefined
      lower(name, field)
    }
  }

  function confirm(name: Name): void {
    const field = fieldOf(name)
    const moving = names.some((other) => other !== name && isUnderWay(fieldOf(other)))
    if (wanted === undefined && !moving) {
      live = name
      field.doubt = false
    }
    const next = names.slice(names.indexOf(name) + 1).find((other) => !fieldOf(other).off)
    if (next !== undefined) request(next)
    else onDone?.()
  }

  function disable(name: Name): void {
    const field = fieldOf(name)
    field.off = true
    field.doubt = false
    if (wanted === name) stopWanting()
    if (live === name) live = undefined
    lower(name, field)
  }

  function enable(name: Name): void {
    const field = fieldOf(name)
    if (!field.off) return
    field.off = false
    // H5 still has the input disabled in this tick, and cannot focus it: wait as after lowering.
    field.flagChangedAt = timers.now()
  }

  function reset(): void {
    stopWanting()
    live = undefined
    for (const [name, field] of fields) {
      field.doubt = false
      lower(name, field)
    }
  }

  const last = () => [...names].reverse().find((name) => !fieldOf(name).off)

  return { request, focus, blur, confirm, disable, enable, last, reset }
}

function createFields<Name extends string>(names: readonly Name[]): Map<Name, Field> {
  if (names.length === 0) throw new FocusChainError('empty_chain')
  const fields = new Map<Name, Field>()
  for (const name of names) {
    if (fields.has(name)) throw new FocusChainError('duplicate_field', name)
    fields.set(name, {
      flag: 'down',
      flagChangedAt: -Infinity,
      focusedAt: -Infinity,
      doubt: false,
      off: false,
    })
  }
  return fields
}

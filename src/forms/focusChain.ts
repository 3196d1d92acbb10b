// Which field of a form has the focus, and how to move it. A flag set to true a second time
// sends nothing to the view, so a flag is always lowered for a while before it is raised again.
import type { Platform } from '../platform/platform'
import { FocusChainError } from './focusChainError'
import { namesOf, type FocusLink } from './focusLinks'
import { ago, gap, grace, patience } from './focusTimes'
import { createHeading } from './heading'

export interface FocusChainOptions<Name extends string> {
  /** In the order in which the keyboard goes through them. */
  links: readonly FocusLink<Name>[]
  /** Time, in ms. */
  timers: Pick<Platform, 'now' | 'after'>
  /** What the field's `focus` has to be bound to from now on; called at changes only. */
  onFlag(name: Name, up: boolean): void
  /** It is a picker's turn: the keyboard has to go; `isAsked`: the chain came to it, not a tap. */
  onTurn?(name: Name, isAsked: boolean): void
  /** The last field was confirmed. */
  onDone?(): void
}

/**
 * The state machine. A name that was never in the chain is a FocusChainError `unknown_field`. One
 * that is off or gone is refused in silence: events of a field that is gone may come late.
 */
export interface FocusChain<Name extends string> {
  /**
   * Another order, with fields added or left out. Those that are off or gone lose the focus.
   * @throws FocusChainError `duplicate_field`; the chain stays as it was.
   */
  setLinks(links: readonly FocusLink<Name>[]): void
  /** Moves the focus to a field. */
  request(name: Name): void
  /** The field got the focus, or the picker was tapped. */
  focus(name: Name): void
  /** The field lost the focus; may come late, twice, or not at all. The picker was dismissed. */
  blur(name: Name): void
  /** The confirm key was pressed, or the picker changed: moves on, or calls `onDone`. */
  confirm(name: Name): void
  /** Moves on if the field's `maxlength` is reached. `cursor`: where the next character goes. */
  input(name: Name, value: string, cursor?: number): void
  /** From the current field to the one after it, or calls `onDone`; to the first if none is. */
  next(): void
  /** From the current field to the one before it. */
  previous(): void
  /** The field that has the focus or is getting it. */
  current(): Name | undefined
  /** The field that follows, or with -1 the one before; undefined at the ends. */
  neighbour(name: Name, step: 1 | -1): Name | undefined
  /** The keyboard is put away: nothing is asked for any more, and a picker has had its turn. */
  release(): void
  /** Lowers every flag and forgets all: one left up acts again on return. */
  reset(): void
}

interface Field {
  isPicker: boolean
  maxlength: number | undefined
  /** How many characters it had at the last input. */
  length: number
  /** `asking`: raised, and the focus event has not come yet. */
  flag: 'down' | 'asking' | 'up'
  flagChangedAt: number
  focusedAt: number
  /** A blur came that may have been an old one: nobody knows whether it has the focus. */
  doubt: boolean
}

/**
 * Makes the machine; nothing has the focus at first.
 * @throws FocusChainError `empty_chain`, `duplicate_field`.
 */
export function createFocusChain<Name extends string>(
  options: FocusChainOptions<Name>,
): FocusChain<Name> {
  const { timers, onFlag, onTurn, onDone } = options
  /** Also those that are out of the chain now. */
  const fields = new Map<Name, Field>()
  let order: Name[] = []
  let live: Name | undefined
  const heading = createHeading<Name>(timers)

  if (options.links.length === 0) throw new FocusChainError('empty_chain')
  placeLinks(options.links, -Infinity)

  function fieldOf(name: Name): Field {
    const field = fields.get(name)
    if (!field) throw new FocusChainError('unknown_field', name)
    return field
  }

  /** Undefined for a field that is off or gone. */
  function placed(name: Name): Field | undefined {
    const field = fieldOf(name)
    return order.includes(name) ? field : undefined
  }

  function placeLinks(links: readonly FocusLink<Name>[], changedAt: number): void {
    const known = namesOf(links)
    const names = known.filter((_, at) => !links[at]!.off)
    for (const name of order) if (!names.includes(name)) leaveOut(name, fieldOf(name))
    for (const { name, kind, maxlength } of links) {
      const field = fields.get(name) ?? createField()
      fields.set(name, field)
      field.isPicker = kind === 'picker'
      field.maxlength = maxlength
      if (!order.includes(name)) field.flagChangedAt = changedAt
    }
    order = names
  }

  const isUnderWay = (field: Field) =>
    field.flag === 'asking' && ago(timers, field.flagChangedAt) < patience

  function setFlag(name: Name, field: Field, flag: Field['flag']): void {
    const isChanged = (field.flag === 'down') !== (flag === 'down')
    field.flag = flag
    if (!isChanged) return
    field.flagChangedAt = timers.now()
    onFlag(name, flag !== 'down')
  }

  function raise(name: Name, field: Field): void {
    setFlag(name, field, 'down')
    const rest = gap - ago(timers, field.flagChangedAt)
    if (rest > 0) return heading.waitFor(name, rest, () => raise(name, field))
    setFlag(name, field, 'asking')
    heading.ask(name)
  }

  function lowerOthers(name: Name, isAskingToo: boolean): void {
    for (const [other, field] of fields) {
      if (other === name || (isUnderWay(field) && !isAskingToo)) continue
      setFlag(other, field, 'down')
    }
  }

  function takeTurn(name: Name, field: Field, isAsked: boolean): void {
    heading.stopWaiting()
    live = name
    lowerOthers(name, true)
    setFlag(name, field, 'up')
    onTurn?.(name, isAsked)
  }

  function request(name: Name): void {
    const field = placed(name)
    if (!field || heading.isWaitingFor(name)) return
    if (field.isPicker) return takeTurn(name, field, true)
    heading.stopWaiting()
    if (isUnderWay(field)) return
    // A blur may be under way; if it comes in time, the field is asked for then.
    if (live === name && !field.doubt) heading.waitFor(name, patience, heading.stopWaiting)
    else raise(name, field)
  }

  function focus(name: Name): void {
    const field = placed(name)
    if (!field) return
    if (field.isPicker) return takeTurn(name, field, false)
    field.focusedAt = heading.arrive(name) === 'late' ? -Infinity : timers.now()
    live = name
    if (field.flag === 'asking') field.flag = 'up'
    field.doubt = false
    lowerOthers(name, false)
  }

  function blur(name: Name): void {
    const field = fieldOf(name)
    if (live !== name) return
    if (heading.isWaitingFor(name)) {
      live = undefined
      raise(name, field)
    } else if (isUnderWay(field) || ago(timers, field.focusedAt) < grace) {
      field.doubt = true
    } else {
      live = undefined
      setFlag(name, field, 'down')
    }
  }

  function confirm(name: Name): void {
    const field = placed(name)
    if (!field) return
    if (field.isPicker) leaveOut(name, field)
    else if (!heading.isWaiting() && !isMovingFrom(name)) {
      // Its blur may have come before.
      field.doubt = live !== name
      live = name
    }
    moveOn(name)
  }

  const isMovingFrom = (name: Name) =>
    order.some((other) => other !== name && isUnderWay(fieldOf(other)))

  function moveOn(name: Name): void {
    const following = neighbour(name, 1)
    if (following !== undefined) request(following)
    else onDone?.()
  }

  function input(name: Name, value: string, cursor = value.length): void {
    const field = fieldOf(name)
    const { length, maxlength = Infinity } = field
    field.length = value.length
    const isFull = length < maxlength && value.length >= maxlength && cursor >= value.length
    const following = isFull && live === name ? neighbour(name, 1) : undefined
    if (following !== undefined) request(following)
  }

  function current(): Name | undefined {
    return heading.goal() ?? live
  }

  function neighbour(name: Name, step: 1 | -1): Name | undefined {
    const at = order.indexOf(name)
    return at < 0 ? undefined : order[at + step]
  }

  function next(): void {
    const from = current()
    if (from !== undefined) moveOn(from)
    else if (order[0] !== undefined) request(order[0])
  }

  function previous(): void {
    const from = current()
    const before = from === undefined ? undefined : neighbour(from, -1)
    if (before !== undefined) request(before)
  }

  function leaveOut(name: Name, field: Field): void {
    field.doubt = false
    heading.leave(name)
    if (live === name) live = undefined
    setFlag(name, field, 'down')
  }

  function release(): void {
    heading.release()
    const field = live === undefined ? undefined : fieldOf(live)
    if (field?.isPicker) live = undefined
    // A text has the focus until its blur comes, which is believed, or gets lost.
    else if (field) Object.assign(field, { doubt: true, focusedAt: -Infinity })
    for (const [name, one] of fields) setFlag(name, one, 'down')
  }

  function reset(): void {
    heading.stopWaiting()
    for (const [name, field] of fields) leaveOut(name, field)
  }

  return {
    // H5 renders a field, or enables it, only after this tick: wait as after lowering.
    setLinks: (links) => placeLinks(links, timers.now()),
    request,
    focus,
    blur,
    confirm,
    input,
    next,
    previous,
    current,
    neighbour,
    release,
    reset,
  }
}

const createField = (): Field => ({
  isPicker: false,
  maxlength: undefined,
  length: 0,
  flag: 'down',
  flagChangedAt: -Infinity,
  focusedAt: -Infinity,
  doubt: false,
})

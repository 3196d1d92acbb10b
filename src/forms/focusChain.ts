// Which field of a form has the focus, and how to move it. What is known of a field is its
// `FieldState`, where the focus is to go is the `Heading`; both say what leads from state to state.
import type { Timers } from '../uni/timers'
import { createChainField, type ChainField } from './chainField'
import { isAsking, isLive } from './fieldState'
import { FocusChainError } from './focusChainError'
import { namesOf, type FocusLink } from './focusLinks'
import { ago, grace, patience } from './focusTimes'
import { createHeading } from './heading'

/** The fields of a form in their order, and what the state machine reports. */
export interface FocusChainOptions<Name extends string> {
  /** In the order in which the keyboard goes through them. */
  links: readonly FocusLink<Name>[]
  /** Time, in ms. */
  timers: Timers
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

/**
 * Makes the machine; nothing has the focus at first.
 * @throws FocusChainError `empty_chain`, `duplicate_field`.
 */
export function createFocusChain<Name extends string>(
  options: FocusChainOptions<Name>,
): FocusChain<Name> {
  const { timers, onFlag, onTurn, onDone } = options
  /** Also those that are out of the chain now. */
  const fields = new Map<Name, ChainField>()
  let order: Name[] = []
  const heading = createHeading<Name>(timers)

  if (options.links.length === 0) throw new FocusChainError('empty_chain')
  placeLinks(options.links, -Infinity)

  function fieldOf(name: Name): ChainField {
    const field = fields.get(name)
    if (!field) throw new FocusChainError('unknown_field', name)
    return field
  }

  /** Undefined for a field that is off or gone. */
  function placed(name: Name): ChainField | undefined {
    const field = fieldOf(name)
    return order.includes(name) ? field : undefined
  }

  function others(name: Name): ChainField[] {
    return [...fields].flatMap(([other, field]) => (other === name ? [] : field))
  }

  function placeLinks(links: readonly FocusLink<Name>[], changedAt: number): void {
    const known = namesOf(links)
    const names = known.filter((_, at) => !links[at]!.off)
    for (const name of order) if (!names.includes(name)) leaveOut(name, fieldOf(name))
    for (const { name, kind, maxlength } of links) {
      const field = fields.get(name) ?? createChainField(timers, (up) => onFlag(name, up))
      fields.set(name, field)
      field.isPicker = kind === 'picker'
      field.maxlength = maxlength
      if (!order.includes(name)) field.flag.restFrom(changedAt)
    }
    order = names
  }

  function raise(name: Name, field: ChainField): void {
    field.flag.lower()
    const rest = field.flag.rest()
    if (rest > 0) return heading.waitFor(name, rest, () => raise(name, field))
    field.to('raise')
    field.flag.raise()
    heading.ask(name)
  }

  function takeTurn(name: Name, field: ChainField, isAsked: boolean): void {
    heading.stopWaiting()
    for (const other of others(name)) {
      other.to('leave')
      other.flag.lower()
    }
    field.to('focus')
    field.flag.raise()
    onTurn?.(name, isAsked)
  }

  function request(name: Name): void {
    const field = placed(name)
    if (!field || heading.isWaitingFor(name)) return
    if (field.isPicker) return takeTurn(name, field, true)
    heading.stopWaiting()
    const { state } = field
    switch (state.is) {
      case 'asking':
      case 'askingInDoubt':
      case 'askingInFocus':
        return
      case 'focused':
        // A blur may be under way; if it comes in time, the field is asked for then.
        return heading.waitFor(name, patience, heading.stopWaiting)
      case 'away':
      case 'doubted':
        return raise(name, field)
      default:
        return state satisfies never
    }
  }

  function focus(name: Name): void {
    const field = placed(name)
    if (!field) return
    if (field.isPicker) return takeTurn(name, field, false)
    field.focusedAt = heading.arrive(name) === 'late' ? -Infinity : timers.now()
    field.to('focus')
    for (const other of others(name)) {
      other.to('pass')
      if (!isAsking(other.state)) other.flag.lower()
    }
  }

  function blur(name: Name): void {
    const field = fieldOf(name)
    if (!isLive(field.state)) return
    if (heading.isWaitingFor(name)) {
      field.to('blur')
      return raise(name, field)
    }
    field.to(ago(timers, field.focusedAt) < grace ? 'lateBlur' : 'blur')
    if (!isLive(field.state)) field.flag.lower()
  }

  function confirm(name: Name): void {
    const field = placed(name)
    if (!field) return
    if (field.isPicker) leaveOut(name, field)
    else if (!heading.isWaiting() && !isMovingFrom(name)) {
      for (const other of others(name)) other.to('pass')
      field.to('confirm')
    }
    moveOn(name)
  }

  /** Whether the focus is on its way to another field: then a confirm here is a repeated one. */
  function isMovingFrom(name: Name): boolean {
    return others(name).some((other) => isAsking(other.state))
  }

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
    const following = isFull && isLive(field.state) ? neighbour(name, 1) : undefined
    if (following !== undefined) request(following)
  }

  function current(): Name | undefined {
    return heading.goal() ?? live()
  }

  function live(): Name | undefined {
    for (const [name, field] of fields) if (isLive(field.state)) return name
    return undefined
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

  function leaveOut(name: Name, field: ChainField): void {
    heading.leave(name)
    field.to('leave')
    field.flag.lower()
  }

  function release(): void {
    heading.release()
    for (const field of fields.values()) {
      if (field.isPicker) field.to('leave')
      else {
        // A text field keeps the focus until its blur event, which may never come.
        if (isLive(field.state)) field.focusedAt = -Infinity
        field.to('release')
      }
      field.flag.lower()
    }
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

import { FocusChainError } from './focusChainError'

/** A place in a chain. */
export interface FocusLink<Name extends string = string> {
  /** Told apart by it; the field's `id` too, where it is to be scrolled to or opened. */
  name: Name
  /**
   * `input` if not given. A `textarea` breaks lines with the confirm key. A `picker` has no keyboard:
   * it has its turn until it is confirmed or another field has the focus.
   */
  kind?: 'input' | 'textarea' | 'picker'
  /** Left out for now: hidden or disabled. Keys skip it, and it loses the focus. */
  off?: boolean
  /** Moves on by itself once so many characters are typed, if a field follows. */
  maxlength?: number
}

/** The fields of a form in their order; a name alone is an `input`. */
export type FocusLinks<Name extends string> = readonly (Name | FocusLink<Name>)[]

/** Every place with its name and kind. */
export const readLinks = <Name extends string>(links: FocusLinks<Name>): FocusLink<Name>[] =>
  links.map((link) => (typeof link === 'string' ? { name: link } : { ...link }))

/** @throws FocusChainError `duplicate_field`. */
export function namesOf<Name extends string>(links: readonly FocusLink<Name>[]): Name[] {
  const names = links.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new FocusChainError('duplicate_field', twice)
  return names
}

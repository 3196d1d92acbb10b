import { FocusChainError } from './focusChainError'

/** One field of a chain. */
export interface FocusLink<Name extends string = string> {
  /** Unique in the chain. Give the field this `id` too: scrolling and opening a picker need it. */
  name: Name
  /**
   * Default: `input`. In a `textarea` the confirm key breaks lines. A `picker` has no keyboard: it stays
   * the current field until it is confirmed or another field gets the focus.
   */
  kind?: 'input' | 'textarea' | 'picker'
  /** The field is hidden or disabled: keys skip it, and it loses the focus. Default: `false`. */
  off?: boolean
  /** After this many characters the focus moves on by itself, if a field follows. */
  maxlength?: number
}

/** The fields of a form in order. A name alone is an `input`. */
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

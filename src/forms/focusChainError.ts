// As in auth/errors.ts.
declare const process: { env: { NODE_ENV?: string } }

const messages = {
  empty_chain: 'a focus chain needs at least one field',
  duplicate_field: 'each field of a focus chain needs a name of its own',
  unknown_field: 'this field is not in the focus chain',
} as const

/** What is wrong with the names of a chain. Codes are permanent. */
export type FocusChainErrorCode = keyof typeof messages

/**
 * The field names of a focus chain do not fit: a mistake in your code, or in what it was passed.
 * @example
 * import { FocusChainError, type UseFocusChainReturn } from 'watchword/forms'
 *
 * // Moves to the field that the backend names, if the form has it.
 * function goTo(chain: UseFocusChainReturn, field: string) {
 *   try {
 *     chain.focus(field)
 *   } catch (error) {
 *     if (!(error instanceof FocusChainError)) throw error
 *   }
 * }
 */
export class FocusChainError extends Error {
  override readonly name = 'FocusChainError'
  readonly code: FocusChainErrorCode

  constructor(code: FocusChainErrorCode, field?: string) {
    const text = process.env.NODE_ENV === 'production' ? code : `${code}: ${messages[code]}`
    super(field === undefined ? text : `${text} ('${field}')`)
    this.code = code
  }
}

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

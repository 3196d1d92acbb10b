/** A file that `init` writes. */
export interface Change {
  /** From the project's root, with slashes. */
  path: string
  /** Undefined if the file is new. */
  before: string | undefined
  after: string
}

/** Why `init` leaves lines to the reader. */
export type Reason =
  /** Conditional comments (`#ifdef`) compile the place for some platforms only. */
  | { code: 'conditional' }
  /** There is no page yet, and the first one is where the app opens. */
  | { code: 'no_pages' }
  /** The value is computed, or not the kind of value that it should be. */
  | { code: 'not_literal' }
  /** A rule of the reader's own names one of the components. */
  | { code: 'component_taken' }
  /** No statement, or more than one, keeps what `createSSRApp` returns. */
  | { code: 'no_app' }
  /** Pinia is created in `where`, and it is not visible where the app gets it. */
  | { code: 'pinia_elsewhere'; where: string }
  /** The module has another thing of this name. */
  | { code: 'name_taken'; name: string }
  /** The pages are in a folder that `init` does not know. */
  | { code: 'pages_elsewhere' }

/** Lines for the reader to add. */
export interface ByHand {
  path: string
  reason: Reason
  lines: string
}

/** A file's text as it should be, and what could not be put into it. */
export interface Edit {
  text: string
  byHand: ByHand[]
}

/** Something that is wrong with one file of the app; everything else of it runs. */
export interface PackProblem {
  /** Relative to the compiled directory. */
  file: string
  /** One line. */
  message: string
  /** The page that cannot be shown because of it. */
  page?: string
}

/** Collects what is wrong; the same thing is said once, however many files suffer from it. */
export interface Problems {
  readonly list: PackProblem[]
  add(file: string, message: string, page?: string): void
}

/** See `Problems`. */
export function createProblems(): Problems {
  const list: PackProblem[] = []
  const known = new Set<string>()
  return {
    list,
    add(file, message, page) {
      const key = JSON.stringify([file, message, page])
      if (known.has(key)) return
      known.add(key)
      list.push({ file, message, ...(page !== undefined && { page }) })
    },
  }
}

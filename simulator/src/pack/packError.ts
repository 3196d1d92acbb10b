/** A compiled mini-program that cannot be run; `file` is relative to the compiled directory. */
export class PackError extends Error {
  override readonly name = 'PackError'

  constructor(
    readonly file: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${problem}`, options)
  }
}

/** What kept `init` from changing anything. */
export type InitProblem =
  /** The folder has no uni-app project. */
  | { code: 'no_project' }
  /** The project is one of Vue 2. */
  | { code: 'vue_2'; path: string }
  /** The file is broken; `line` and `column` count from 1. */
  | { code: 'unreadable'; path: string; line: number; column: number }
  /** The file is not UTF-8: writing it would change the reader's own text. */
  | { code: 'not_utf8'; path: string }
  /** Somebody changed the file after `init` had read it. */
  | { code: 'changed_meanwhile'; path: string }
  /** A file could not be written; all files are as they were. */
  | { code: 'not_written'; path: string }

export class InitError extends Error {
  override readonly name = 'InitError'
  constructor(
    readonly problem: InitProblem,
    options?: ErrorOptions,
  ) {
    super(`${problem.code}${'path' in problem ? `: ${problem.path}` : ''}`, options)
  }
}

/** The error of a file that is broken at `offset`. */
export function unreadable(path: string, text: string, offset: number): InitError {
  const before = text.slice(0, offset).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return new InitError({ code: 'unreadable', path, line: before.length, column })
}

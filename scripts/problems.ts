import type { ProblemRecord } from '@watchword/simulator'

/** Tells the person at the terminal what is wrong with the mini-program. */
export function printProblem({ message, stack }: Pick<ProblemRecord, 'message' | 'stack'>): void {
  console.error(stack === undefined ? message : `${message}\n${stack}`)
}

import type { Reason } from './change'
import type { InitProblem } from './errors'
import type { Step } from './steps'

/** What `watchword` prints. */
export interface Texts {
  help: string
  wouldChange: string
  confirm(count: number): string
  /** What counts as a yes, in lower case. */
  yes: readonly string[]
  done(count: number): string
  allThere: string
  unchanged: string
  /** No terminal to ask at, and no `--yes`. */
  notAsked: string
  byHand: string
  reason(reason: Reason): string
  steps: string
  step(step: Step): string
  docs: string
  problem(problem: InitProblem): string
}

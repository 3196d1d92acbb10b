import type { Reason } from './change'
import { en } from './en'
import type { InitProblem } from './errors'
import type { Step } from './steps'
import { zhHans } from './zhHans'

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

/** Chinese where the system's language is, English elsewhere. */
export function textsFor(env: Record<string, string | undefined>, systemLocale: string): Texts {
  // The order of POSIX. Windows sets none of them.
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || systemLocale
  return /^zh/i.test(locale) ? zhHans : en
}

import { AuthError } from './errors'
import type { PromptKind } from './types'
import { createDeferred, type Deferred } from './wire'

/** One submit. */
export interface Submission {
  /**
   * Whether a submit made meanwhile would hand over something else: it is then made if this one
   * fails. `none`: it would be the same again, and shares this one's end.
   */
  data: 'own' | 'none'
  /** It goes out: called at once, and again when an earlier one has failed. */
  begin(): void
  work(): Promise<void>
  /** It went through. */
  given(): void
  /** It failed. Returns whether the failure is reported elsewhere, so that the submit resolves. */
  failed(error: unknown): boolean
}

/** Submits, one at a time of each kind. */
export interface Submissions {
  add(kind: PromptKind, submission: Submission): Promise<void>
  /** The user signed out: those under way reject with this, whatever becomes of them. */
  orphan(error: unknown): void
}

type Outcome = { is: 'given' } | { is: 'failed'; error: unknown }

interface Running {
  fate: 'running' | 'over' | 'orphaned'
  outcome: Promise<Outcome>
  end: Deferred<void>
}

export function createSubmissions(): Submissions {
  const latest = new Map<PromptKind, Running>()
  const running = new Set<Running>()

  async function perform(
    mine: Running,
    before: Running | undefined,
    { data, begin, work, given }: Submission,
  ): Promise<Outcome> {
    begin()
    if (before?.fate === 'running') {
      const outcome = await before.outcome
      if (outcome.is === 'given' || data === 'none') return outcome
      begin()
    }
    try {
      // A listener that was notified of its begin may have signed out.
      if (mine.fate !== 'running') throw new AuthError('signed_out')
      await work()
      if (mine.fate === 'running') given()
      return { is: 'given' }
    } catch (error) {
      return { is: 'failed', error }
    }
  }

  async function run(mine: Running, kind: PromptKind, submission: Submission): Promise<Outcome> {
    const before = latest.get(kind)
    latest.set(kind, mine)
    const outcome = await perform(mine, before, submission)
    if (mine.fate !== 'running') return outcome
    mine.fate = 'over'
    running.delete(mine)
    if (outcome.is === 'given' || submission.failed(outcome.error)) mine.end.resolve()
    else mine.end.reject(outcome.error)
    return outcome
  }

  return {
    add(kind, submission) {
      const outcome = createDeferred<Outcome>()
      const mine: Running = { fate: 'running', outcome: outcome.promise, end: createDeferred() }
      running.add(mine)
      void run(mine, kind, submission).then(outcome.resolve)
      return mine.end.promise
    },

    orphan(error) {
      for (const one of running) {
        one.fate = 'orphaned'
        one.end.reject(error)
      }
      running.clear()
    },
  }
}

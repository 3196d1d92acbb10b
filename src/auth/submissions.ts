import type { PromptKind } from './types'
import { createDeferred, type Deferred } from './wire'

/** One submit. */
export interface Submission {
  /**
   * Whether a submit made meanwhile would hand over something else: it is then made if this one
   * fails. `none`: it would be the same again, and shares this one's end.
   */
  data: 'own' | 'none'
  work(): Promise<void>
  /** It went through. */
  given(): void
  /** It failed. Returns whether the failure is told elsewhere, so that the submit resolves. */
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
    mine: Pick<Running, 'fate'>,
    before: Running | undefined,
    { data, work, given }: Submission,
  ): Promise<Outcome> {
    if (before?.fate === 'running') {
      const outcome = await before.outcome
      if (outcome.is === 'given' || data === 'none' || mine.fate === 'orphaned') return outcome
    }
    try {
      await work()
      if (mine.fate !== 'orphaned') given()
      return { is: 'given' }
    } catch (error) {
      return { is: 'failed', error }
    }
  }

  return {
    add(kind, submission) {
      const mine: Running = {
        fate: 'running',
        outcome: Promise.resolve({ is: 'given' }),
        end: createDeferred(),
      }
      mine.outcome = perform(mine, latest.get(kind), submission)
      latest.set(kind, mine)
      running.add(mine)
      void mine.outcome.then((outcome) => {
        if (mine.fate === 'orphaned') return
        mine.fate = 'over'
        running.delete(mine)
        if (outcome.is === 'failed' && !submission.failed(outcome.error)) {
          mine.end.reject(outcome.error)
        } else mine.end.resolve()
      })
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

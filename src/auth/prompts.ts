import type { Changes } from './changes'
import { AuthError } from './errors'
import {
  failedWith,
  joined,
  kindIn,
  promptOf,
  shownIn,
  widened,
  type Ask,
  type PromptTransitions,
  type PromptState,
} from './promptState'
import type { Session, Stamp } from './session'
import { createSubmissions, type Submission } from './submissions'
import type { Prompt, PromptKind } from './types'

interface Challenged {
  asks: Ask[]
  /** Where it was made; undefined: outside of all pages. */
  page: unknown
  /** Its sending: a straggler opens nothing. */
  sent: Stamp
  /** Whether it may open a prompt; if not, it fails with `refusal`. */
  isInteractive: boolean
  refusal: AuthError
  /** @param by `sessionEnded`: nothing was given, as there is nobody to give it for */
  resolve(by: 'given' | 'sessionEnded'): void
  reject(error: AuthError): void
}

/** One open prompt at a time, the requests that wait for it, and how it ends. */
export interface Prompts {
  readonly current: Prompt | null
  /**
   * Waits until the user has given all that is asked, in order.
   * @returns how to leave.
   */
  wait(request: Challenged): () => void
  /**
   * Runs a submit of this kind; one at a time. Its failure is shown in the prompt it was made in.
   * @param data `own`: each submit has its own data, and is sent if the one before fails; `none`: it
   * shares the outcome of that one.
   */
  submit(kind: PromptKind, data: Submission['data'], work: () => Promise<void>): Promise<void>
  /** There is a session, by whatever way: what was asked for the sake of one is not needed. */
  signedIn(): void
  /** There is none any more, and only the user can begin one: what was asked in its name is not asked. */
  sessionEnded(): void
  cancel(error: AuthError): void
  /** Whether the user has declined this kind since that sending. */
  isDeclined(kind: PromptKind, since: Stamp): boolean
  /** The user signed out. */
  reset(error: AuthError): void
  /** A page was unloaded: drops what is asked only by requests whose pages are closed. */
  pageUnloaded(): void
}

/** How the last prompt of a kind ended: for the requests that were sent before that. */
type Outcome = { is: 'given'; at: Stamp } | { is: 'declined'; at: Stamp; error: AuthError }

/** Where a submit was made. */
type Origin = { is: 'alone' } | { is: 'inPrompt'; number: number }

interface PromptsOptions {
  session: Pick<Session, 'now'>
  changes: Changes
  /** Gets ready for a prompt of this kind and calls back, at once or later. Returns how to stop. */
  prepare: (kind: PromptKind, ready: () => void) => () => void
  pages: () => readonly unknown[]
}

const isForLogin = ({ kind, isForLogin }: Ask) => kind === 'login' || isForLogin === true

export function createPrompts({ session, changes, prepare, pages }: PromptsOptions): Prompts {
  const waiters = new Set<Challenged>()
  const outcomes = new Map<PromptKind, Outcome>()
  const submissions = createSubmissions()
  let state: PromptState = { is: 'nothing' }
  /** How many prompts have opened: each has a number. */
  let opened = 0

  function become<From extends PromptState>(
    from: From,
    next: Extract<PromptState, { is: PromptTransitions[From['is']] }>,
  ): void {
    if (from.is === 'preparing') from.stop()
    const before = shownIn(from)
    state = next
    if (shownIn(next) !== before) changes.note()
  }

  function asking(kind: PromptKind): Ask[] {
    return [...waiters].flatMap((waiter) => waiter.asks.filter((ask) => ask.kind === kind))
  }

  /** What is to be asked: what is in sight while requests wait for it, then the longest waiting. */
  function wanted(): PromptKind | undefined {
    const shown = shownIn(state)
    if (shown && asking(shown.kind).length > 0) return shown.kind
    return [...waiters][0]?.asks[0]?.kind
  }

  /** Asks for what is wanted now. */
  function advance(): void {
    const kind = wanted()
    switch (state.is) {
      case 'nothing':
        return kind && ask(state, kind)
      case 'preparing':
        if (kind === undefined) return become(state, { is: 'nothing' })
        if (kind !== state.kind) ask(state, kind)
        return
      case 'open':
      case 'submitting':
        if (kind === undefined) return become(state, { is: 'nothing' })
        if (kind !== state.prompt.kind) return ask(state, kind)
        return become(state, { ...state, prompt: widened(state.prompt, asking(kind)) })
    }
  }

  /** The previous prompt stays visible until the next one opens. */
  function ask(from: PromptState, kind: PromptKind): void {
    let stop = () => {}
    become(from, { is: 'preparing', kind, shown: shownIn(from), stop: () => stop() })
    stop = prepare(kind, () => changes.turn(() => open(kind)))
  }

  function open(kind: PromptKind): void {
    if (state.is !== 'preparing') return
    const prompt = promptOf(joined(kind, asking(kind)), 'open')
    become(state, { is: 'open', prompt, number: ++opened })
  }

  /** Whether the user has left its page: nobody there is to be asked any more. */
  function isLeft({ page }: Challenged): boolean {
    return page !== undefined && !pages().includes(page)
  }

  function settle(involved: Challenged[], error: AuthError): void {
    for (const waiter of involved) {
      waiters.delete(waiter)
      waiter.reject(error)
    }
  }

  function waitersFor(kind: PromptKind): Challenged[] {
    return [...waiters].filter(({ asks }) => asks.some((ask) => ask.kind === kind))
  }

  /** What was asked is given, and what else that answers. */
  function done(kind: PromptKind, isAnswered = (ask: Ask) => ask.kind === kind): void {
    outcomes.set(kind, { is: 'given', at: session.now })
    for (const waiter of [...waiters]) {
      waiter.asks = waiter.asks.filter((ask) => !isAnswered(ask))
      if (waiter.asks.length > 0) continue
      waiters.delete(waiter)
      waiter.resolve('given')
    }
    advance()
  }

  /** A declined prompt disappears at once. */
  function decline(kind: PromptKind, error: AuthError): void {
    outcomes.set(kind, { is: 'declined', at: session.now, error })
    settle(waitersFor(kind), error)
    if (state.is !== 'nothing') become(state, { is: 'nothing' })
    advance()
  }

  /** A submit starts. If it belongs to the open prompt, its failure is shown there. */
  function begin(kind: PromptKind): Origin {
    if (state.is !== 'open' && state.is !== 'submitting') return { is: 'alone' }
    if (state.prompt.kind !== kind) return { is: 'alone' }
    if (state.is === 'open') {
      const prompt = promptOf(state.prompt, 'submitting')
      become(state, { ...state, is: 'submitting', prompt })
    }
    return { is: 'inPrompt', number: state.number }
  }

  /** Whether the prompt shows the failure now. */
  function show(origin: Origin, failure: unknown): boolean {
    if (state.is !== 'submitting' || origin.is === 'alone') return false
    if (state.number !== origin.number) return false
    become(state, { ...state, is: 'open', prompt: failedWith(state.prompt, failure) })
    return true
  }

  /** Drops what is asked only by requests whose pages are closed. */
  function leavePages(): void {
    const kinds = new Set([...waiters].flatMap(({ asks }) => asks.map(({ kind }) => kind)))
    const error = new AuthError('prompt_cancelled')
    for (const kind of kinds) {
      if (!waitersFor(kind).every(isLeft)) continue
      if (kind === kindIn(state)) decline(kind, error)
      else settle(waitersFor(kind), error)
    }
    advance()
  }

  return {
    get current() {
      return shownIn(state)
    },
    isDeclined(kind, since) {
      const outcome = outcomes.get(kind)
      return outcome?.is === 'declined' && outcome.at.seq >= since.seq
    },

    signedIn: () => changes.turn(() => done('login', isForLogin)),

    sessionEnded() {
      changes.turn(() => {
        for (const waiter of [...waiters]) {
          if (waiter.asks.every(isForLogin)) continue
          waiters.delete(waiter)
          waiter.resolve('sessionEnded')
        }
        advance()
      })
    },

    cancel(error) {
      const kind = kindIn(state)
      if (kind) changes.turn(() => decline(kind, error))
    },

    wait(request) {
      const { sent, resolve, reject } = request
      /** What has become of it since the request was sent. */
      const outcomeOf = ({ kind }: Ask): Outcome | undefined => {
        const outcome = outcomes.get(kind)
        return outcome && sent.seq <= outcome.at.seq ? outcome : undefined
      }
      const asks = request.asks.filter((ask) => outcomeOf(ask)?.is !== 'given')
      const declined = asks.map(outcomeOf).find((outcome) => outcome?.is === 'declined')
      if (asks.length === 0) resolve('given')
      else if (declined?.is === 'declined') reject(declined.error)
      else if (isLeft(request)) reject(new AuthError('prompt_cancelled'))
      else if (!request.isInteractive) reject(request.refusal)
      else {
        const waiter: Challenged = { ...request, asks }
        waiters.add(waiter)
        changes.turn(advance)
        return () => {
          if (waiters.delete(waiter)) changes.turn(leavePages)
        }
      }
      return () => {}
    },

    submit(kind, data, work) {
      let origin: Origin = { is: 'alone' }
      return submissions.add(kind, {
        data,
        begin: () => (origin = changes.turn(() => begin(kind))),
        work,
        given: () => changes.turn(() => done(kind)),
        failed: (error) => changes.turn(() => show(origin, error)),
      })
    },

    reset(error) {
      outcomes.clear()
      submissions.orphan(error)
      settle([...waiters], error)
      advance()
    },

    pageUnloaded: () => changes.turn(leavePages),
  }
}

import { AuthError, isAuthError } from './errors'
import type { Session } from './session'
import type { Prompt, PromptKind, PromptScope } from './types'
import { createDeferred, type Deferred } from './wire'

/** What a challenged request needs from the user. */
export interface Ask {
  kind: PromptKind
  reason?: string | undefined
  scope?: PromptScope | undefined
}

interface Challenged {
  asks: Ask[]
  /** Where it was made; undefined: outside of all pages. */
  page: unknown
  /** Order of its sending: a straggler opens nothing. */
  sent: number
  /** Set: it opens no prompt, but fails with this. */
  refusal: AuthError | undefined
  resolve(): void
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
  /** Runs a submit of this kind; one at a time. Its failure stands in an open prompt. */
  submit(kind: PromptKind, work: () => Promise<void>): Promise<void>
  /** What was asked is there, by whatever way. */
  done(kind: PromptKind): void
  cancel(error: AuthError): void
  /** How often the user has declined. */
  readonly cancels: number
  /** The user signed out. */
  reset(error: AuthError): void
  pageUnloaded(): void
}

interface PromptsOptions {
  mark: Session['mark']
  /** Gets ready for a prompt of this kind; the prompt opens afterwards. Never rejects. */
  prepare: (kind: PromptKind) => Promise<void> | undefined
  pages: () => readonly unknown[]
  changed: () => void
}

export function createPrompts({ mark, prepare, pages, changed }: PromptsOptions): Prompts {
  const waiters = new Set<Challenged>()
  /** How the last prompt of a kind ended, and which requests were sent before that. */
  const outcomes = new Map<PromptKind, { before: number; error?: AuthError }>()
  const submits = new Map<PromptKind, Deferred<void>>()
  let current: Prompt | null = null
  let preparing: PromptKind | undefined
  let cancels = 0

  function show(next: Prompt | null): void {
    if (current === next) return
    current = next
    changed()
  }

  function asking(kind: PromptKind): Ask[] {
    return [...waiters].flatMap((waiter) => waiter.asks.filter((ask) => ask.kind === kind))
  }

  /** Keeps what is open while it is asked for; then what the longest waiting request needs. */
  function advance(): void {
    if (current && asking(current.kind).length > 0) return show(widened(current))
    const kind = [...waiters][0]?.asks[0]?.kind
    if (kind === undefined) {
      preparing = undefined
      return show(null)
    }
    if (preparing === kind) return
    preparing = kind
    const ready = prepare(kind)
    if (ready) void ready.then(() => open(kind))
    else open(kind)
  }

  function open(kind: PromptKind): void {
    if (preparing !== kind) return
    preparing = undefined
    const [first] = asking(kind)
    if (!first) return advance()
    const reason = asking(kind).find((ask) => ask.reason)?.reason
    const scope = scopeOf(kind)
    show({ kind, ...(reason && { reason }), ...(scope && { scope }), status: 'open' })
  }

  function scopeOf(kind: PromptKind): PromptScope | undefined {
    if (kind !== 'getUserInfo') return undefined
    return asking(kind).every((ask) => ask.scope === 'unionid') ? 'unionid' : 'profile'
  }

  function widened(prompt: Prompt): Prompt {
    const scope = scopeOf(prompt.kind)
    return scope === undefined || scope === prompt.scope ? prompt : { ...prompt, scope }
  }

  /** Whether the user has left its page: nobody there is to be asked any more. */
  function isLeft({ page }: Challenged): boolean {
    return page !== undefined && !pages().includes(page)
  }

  function settleAll(involved: Challenged[], error: AuthError): void {
    for (const waiter of involved) {
      waiters.delete(waiter)
      waiter.reject(error)
    }
  }

  function done(kind: PromptKind): void {
    outcomes.set(kind, { before: mark().seq })
    for (const waiter of [...waiters]) {
      waiter.asks = waiter.asks.filter((ask) => ask.kind !== kind)
      if (waiter.asks.length > 0) continue
      waiters.delete(waiter)
      waiter.resolve()
    }
    advance()
  }

  function cancel(error: AuthError): void {
    // The next prompt is declined with the last one, which stays in sight until it opens.
    const kind = preparing ?? current?.kind
    if (!kind) return
    cancels++
    outcomes.set(kind, { before: mark().seq, error })
    settleAll(
      [...waiters].filter(({ asks }) => asks.some((ask) => ask.kind === kind)),
      error,
    )
    advance()
  }

  async function attempt(
    kind: PromptKind,
    work: () => Promise<void>,
    isCurrent: () => boolean,
  ): Promise<void> {
    if (current?.kind === kind) {
      const { reason, scope } = current
      show({ kind, ...(reason && { reason }), ...(scope && { scope }), status: 'submitting' })
    }
    try {
      await work()
      if (isCurrent()) done(kind)
    } catch (error) {
      if (!isCurrent() || current?.kind !== kind || current.status !== 'submitting') throw error
      show({ ...current, status: 'open', error: isAuthError(error) ? error.code : 'network' })
    }
  }

  return {
    get current() {
      return current
    },
    get cancels() {
      return cancels
    },
    done,
    cancel,

    wait(request) {
      const { sent, refusal, resolve, reject } = request
      const asks = request.asks.filter(({ kind }) => {
        const outcome = outcomes.get(kind)
        return !outcome || outcome.error || sent > outcome.before
      })
      const last = asks.map(({ kind }) => outcomes.get(kind))
      const error =
        last.find((one) => one?.error && sent < one.before)?.error ??
        (isLeft(request) ? new AuthError('prompt_cancelled') : refusal)
      if (asks.length === 0) resolve()
      else if (error) reject(error)
      else {
        const waiter: Challenged = { ...request, asks }
        waiters.add(waiter)
        advance()
        return () => {
          if (waiters.delete(waiter)) advance()
        }
      }
      return () => {}
    },

    submit(kind, work) {
      const running = submits.get(kind)
      if (running) return running.promise
      const submit = createDeferred<void>()
      const isCurrent = () => submits.get(kind) === submit
      const forget = () => {
        if (isCurrent()) submits.delete(kind)
      }
      submits.set(kind, submit)
      submit.promise.then(forget, forget)
      attempt(kind, work, isCurrent).then(submit.resolve, submit.reject)
      return submit.promise
    },

    reset(error) {
      outcomes.clear()
      for (const submit of submits.values()) submit.reject(error)
      submits.clear()
      settleAll([...waiters], error)
      advance()
    },

    pageUnloaded() {
      if (waiters.size === 0 || ![...waiters].every(isLeft)) return
      const error = new AuthError('prompt_cancelled')
      settleAll([...waiters], error)
      cancel(error)
      advance()
    },
  }
}

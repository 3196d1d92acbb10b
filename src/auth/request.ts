import type { Platform } from '../platform/platform'
import { readAnswer, type Answer } from './answer'
import { httpError, isSuccess } from './backend'
import { findChallenge } from './challenge'
import { AuthError } from './errors'
import { allowsGuests, type Logins, type Pilot } from './login'
import type { Ask, Prompts } from './prompts'
import type { Queue } from './queue'
import type { SentAt, Session } from './session'
import { takeSnapshot, type Call, type Snapshot } from './snapshot'
import type { AuthOptions, AuthTask, PromptKind, PromptScope } from './types'
import { sendWithin } from './wire'

interface RequesterOptions {
  platform: Platform
  baseURL: string
  session: Session
  logins: Logins
  prompts: Prompts
  queue: Queue
  pages: () => readonly unknown[]
  /** A check of the token under way: new requests wait for it. */
  verifying: () => Promise<unknown> | undefined
  readTokenState: AuthOptions['readTokenState']
}

/** Attach, send, route a 401, replay. */
export interface Requester {
  start<T>(call: Call): AuthTask<T>
  /** Settles every request that waits or runs. */
  cancelAll(error: AuthError): void
}

/** In whose name a request goes. `error`: why it goes as a guest's although nobody signed out. */
type Credential =
  | { kind: 'guest'; error?: AuthError }
  | { kind: 'token'; token: string }
  | { kind: 'pilot'; pilot: Pilot; code: string }

/** A request on its way through waiting, sending and replaying. */
interface Run {
  snapshot: Snapshot
  order: number
  /** The page on which it was made. */
  page: unknown
  isInteractive: boolean
  isCancelled: boolean
  /** Takes back the step under way: leaves the queue, the wire or the prompt. */
  undo: () => void
  mayLogIn: boolean
  /** The kinds of prompt it was replayed for. */
  answered: Set<PromptKind>
}

const PROMPT_KINDS = ['getUserInfo', 'getPhoneNumber'] as const

export function createRequester(options: RequesterOptions): Requester {
  const { platform, baseURL, session, logins, prompts, queue, pages, verifying, readTokenState } =
    options
  const running = new Set<(error: AuthError) => void>()
  let orders = 0

  /** Decides at once, with a place on the wire in hand; a promise: wait for it and ask again. */
  function decide(run: Run, last?: AuthError | 'fresh'): Credential | Pilot | Promise<unknown> {
    const wait = verifying() ?? logins.underWay
    if (wait) return wait
    if (session.signedOut) return { kind: 'guest' }
    const { token } = session
    // A token that was just issued is tried, however short its life.
    if (token !== undefined && (last === 'fresh' || !session.expired))
      return { kind: 'token', token }
    const error = last instanceof AuthError ? last : logins.blocked
    if (error && !allowsGuests(error)) throw error
    if (error) return { kind: 'guest', error }
    const isFirst = token === undefined && run.snapshot.isPilotable
    return (isFirst && logins.pilot()) || logins.login()
  }

  function enterQueue(run: Run): Promise<() => void> {
    return new Promise((resolve) => {
      const leave = queue.enter(run.order, () => void Promise.resolve().then(() => resolve(leave)))
      run.undo = leave
    })
  }

  /** Waits for a place and for whatever sign-in is under way; never for both at once. */
  async function board(run: Run): Promise<{ credential: Credential; leave: () => void }> {
    let last: AuthError | 'fresh' | undefined
    for (;;) {
      const leave = await enterQueue(run)
      try {
        if (run.isCancelled) throw new AuthError('aborted')
        const next = decide(run, last)
        if ('kind' in next) return { credential: next, leave }
        if ('code' in next) {
          return { credential: { kind: 'pilot', pilot: next, code: await next.code() }, leave }
        }
        leave()
        last = (await next) ? 'fresh' : undefined
      } catch (failure) {
        leave()
        last = failure as AuthError
        if (!allowsGuests(last)) throw last
      }
    }
  }

  async function send(run: Run, credential: Credential): Promise<{ answer: Answer; sent: SentAt }> {
    const authorization =
      credential.kind === 'token'
        ? `Bearer ${credential.token}`
        : credential.kind === 'pilot'
          ? `WxLogin ${credential.code}`
          : undefined
    const sent = session.mark()
    const task = sendWithin(platform, run.snapshot.wireCall(authorization))
    // A pilot goes on when it is aborted: the others wait for its session.
    run.undo = credential.kind === 'pilot' ? () => {} : () => task.abort()
    if (credential.kind === 'pilot') credential.pilot.sent()
    try {
      const answer = readAnswer(await task.answer, platform.now(), readTokenState)
      if (credential.kind === 'pilot') credential.pilot.landed(answer)
      else if (credential.kind === 'token' && !run.isCancelled)
        session.renew(answer.tokenState, sent)
      return { answer, sent }
    } catch (error) {
      if (credential.kind === 'pilot') credential.pilot.landed(undefined)
      throw error
    }
  }

  /** Whether the user is to be asked, and for what, in the order of the challenges. */
  function asksOf({ challenges }: Answer): Ask[] {
    if (findChallenge(challenges, 'Bearer')?.params.error === 'invalid_token') return []
    return challenges.flatMap(({ scheme, params }) => {
      const kind = PROMPT_KINDS.find((one) => one.toLowerCase() === scheme.toLowerCase())
      const scope: PromptScope = params.scope === 'unionid' ? 'unionid' : 'profile'
      return kind ? [{ kind, reason: params.reason, scope }] : []
    })
  }

  /** Waits until the cause of a 401 is gone, or throws. */
  async function settle(
    run: Run,
    credential: Credential,
    answer: Answer,
    sent: SentAt,
  ): Promise<void> {
    const { challenges, status, requestId } = answer
    const hasSession =
      credential.kind === 'token' || (credential.kind === 'pilot' && session.token !== undefined)
    const asks = hasSession ? asksOf(answer) : []
    const challenge = asks[0] ? findChallenge(challenges, asks[0].kind) : challenges[0]
    const details = { status, requestId, challenge }
    if (asks.length > 0) return ask(run, asks, details, sent)

    const isKnown = ['WxLogin', 'Bearer', ...PROMPT_KINDS].some((one) =>
      findChallenge(challenges, one),
    )
    if (challenges.length > 0 && !isKnown) throw new AuthError('unknown_challenge', details)
    if (credential.kind === 'guest' && credential.error) throw credential.error
    if (!run.mayLogIn) throw new AuthError('login_rejected', details)
    run.mayLogIn = false
    if (session.signedOut) await ask(run, [{ kind: 'login' }], details, sent)
    else await logins.replace(credential.kind === 'token' ? credential.token : undefined)
  }

  function ask(
    run: Run,
    asks: Ask[],
    details: ConstructorParameters<typeof AuthError>[1],
    sent: SentAt,
  ): Promise<void> {
    if (asks.some(({ kind }) => run.answered.has(kind))) {
      throw new AuthError('still_challenged', details)
    }
    for (const { kind } of asks) run.answered.add(kind)
    return new Promise((resolve, reject) => {
      const refusal = run.isInteractive ? undefined : new AuthError('prompt_unavailable', details)
      run.undo = prompts.wait({ asks, page: run.page, sent: sent.seq, refusal, resolve, reject })
    })
  }

  async function perform(run: Run): Promise<unknown> {
    for (;;) {
      const { credential, leave } = await board(run)
      let outcome: { answer: Answer; sent: SentAt }
      try {
        if (run.isCancelled) {
          // The others wait for the login it was to carry.
          if (credential.kind === 'pilot') credential.pilot.landed(undefined)
          return undefined
        }
        outcome = await send(run, credential)
      } finally {
        leave()
      }
      if (run.isCancelled) return undefined
      const { answer, sent } = outcome
      if (isSuccess(answer)) return answer.status === 204 ? undefined : answer.data
      if (answer.status !== 401) throw httpError(answer)
      await settle(run, credential, answer, sent)
      if (run.isCancelled) return undefined
    }
  }

  return {
    start<T>(call: Call) {
      let cancel: (error: AuthError) => void = () => {}
      const promise = new Promise<T>((resolve, reject) => {
        const run: Run = {
          snapshot: takeSnapshot(baseURL, call),
          order: ++orders,
          page: pages()[pages().length - 1],
          isInteractive: call.interactive !== false,
          isCancelled: false,
          undo: () => {},
          mayLogIn: true,
          answered: new Set(),
        }
        const { signal } = call
        const abort = () => cancel(new AuthError('aborted'))
        const end = () => {
          signal?.removeEventListener('abort', abort)
          return running.delete(cancel)
        }
        cancel = (error) => {
          if (!end()) return
          run.isCancelled = true
          reject(error)
          run.undo()
        }
        running.add(cancel)
        signal?.addEventListener('abort', abort)
        if (signal?.aborted) return abort()
        perform(run)
          .then((data) => resolve(data as T), reject)
          .finally(end)
      })
      return Object.assign(promise, { abort: () => cancel(new AuthError('aborted')) })
    },

    cancelAll(error) {
      for (const cancel of [...running]) cancel(error)
    },
  }
}

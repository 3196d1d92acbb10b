import type { Platform } from './platform'
import { isSuccess, type Answer } from './answer'
import { failureOf, type Backend } from './backend'
import { refusesScheme, type CarriedLogin } from './carriedLogin'
import { AuthError, type RequestError } from './errors'
import { allowsGuests, type Logins } from './login'
import type { Credential } from './credential'
import { createNextStep, FRESH, GUEST, NOTHING, type Brings } from './nextStep'
import type { Prompts } from './prompts'
import { createQueue, type Place } from './queue'
import { createRun, transition, OVER, UNTRIED, type OnWire, type Run, type RunState } from './run'
import type { Session, Stamp } from './session'
import { takeSnapshot, type Call, type Snapshot } from './snapshot'
import { createTransfer } from './transfer'
import type { Changes } from './changes'
import type { AbortSignalLike, AuthTask, FlowOptions } from './types'
import { needOf, type Need } from './unauthorized'
import type { Verifier } from './verify'

interface RequesterOptions {
  platform: Platform
  baseURL: string
  session: Session
  logins: Logins
  prompts: Prompts
  verifier: Verifier
  /** How many requests may be on the wire now. */
  places: () => number
  pages: () => readonly unknown[]
  backend: Backend
  changes: Pick<Changes, 'warn'>
}

const ignore = () => {}

/** Attach, send, route a 401, replay. */
export interface Requester {
  start<T>(call: Call): AuthTask<T>
  /** As `start`, of what is no request of the app's. */
  startOther(
    snapshot: Snapshot,
    options: Pick<FlowOptions, 'interactive' | 'signal'>,
  ): AuthTask<unknown>
  /** Settles every request that waits or runs. */
  cancelAll(error: AuthError): void
}

export function createRequester(options: RequesterOptions): Requester {
  const { platform, baseURL, session, logins, prompts, verifier, pages, backend } = options
  const nextStep = createNextStep(session, logins, verifier)
  const transfer = createTransfer(platform, session, backend, options.changes)
  const queue = createQueue(options.places, admit)
  const running = new Set<Run>()

  /** A token just issued for it counts if it need not wait for its place now. */
  function enqueue(run: Run, brings: Brings): void {
    const { state } = run
    if (state.is === 'over' || state.is === 'queued') return
    const place = queue.enter(run, run.hadPlace)
    const isStale = brings.is === 'freshToken' && place.waited
    transition(run, state, { is: 'queued', place, brings: isStale ? NOTHING : brings })
  }

  function admit(place: Place<Run>): void {
    const { item: run } = place
    const { state } = run
    if (state.is !== 'queued') return queue.leave(place)
    run.hadPlace = true
    const { mayCarryLogin, isAnonymous } = run.snapshot
    const step = isAnonymous ? GUEST : nextStep(mayCarryLogin, state.brings)
    switch (step.do) {
      case 'send':
        return send(run, state, place, step.credential)
      case 'carry':
        transition(run, state, { is: 'awaitingCode', login: step.login, place })
        return awaitCode(run, place, step.login)
      case 'wait':
        queue.leave(place)
        transition(run, state, { is: 'waiting' })
        return wait(run, step.until)
      case 'fail':
        queue.leave(place)
        return fail(run, step.error)
    }
  }

  function wait(run: Run, until: Promise<Brings>): void {
    until.then(
      (outcome) => run.state.is === 'waiting' && enqueue(run, outcome),
      (error: AuthError) => run.state.is === 'waiting' && goOnWithout(run, error),
    )
  }

  /** The login has failed: with the token at hand, as a guest, or not at all. */
  function goOnWithout(run: Run, error: AuthError): void {
    const isAlive = session.token !== undefined && !session.refused && !session.expired
    if (isAlive || allowsGuests(error)) enqueue(run, NOTHING)
    else fail(run, error)
  }

  /** Waits, with its place, for the code of the login that it is to carry. */
  function awaitCode(run: Run, place: Place<Run>, login: CarriedLogin): void {
    login.code.then(
      (code) => {
        const { state } = run
        if (state.is !== 'awaitingCode') return
        if (code !== undefined) return carry(run, state, place, { is: 'carried', login, code })
        queue.leave(place)
        enqueue(run, NOTHING)
      },
      (error: AuthError) => {
        if (run.state.is !== 'awaitingCode') return
        queue.leave(place)
        goOnWithout(run, error)
      },
    )
  }

  function send(
    run: Run,
    from: Extract<RunState, { is: 'queued' }>,
    place: Place<Run>,
    credential: Credential,
  ): void {
    const sent: RunState = { is: 'sent', abort: ignore }
    transition(run, from, sent)
    const abort = bring(run, place, credential, session.stampSending())
    // A listener that the host has notified of the sending may have aborted the request.
    if (run.state.is === 'sent') sent.abort = abort
    else abort()
  }

  function carry(
    run: Run,
    from: Extract<RunState, { is: 'awaitingCode' }>,
    place: Place<Run>,
    credential: Extract<Credential, { is: 'carried' }>,
  ): void {
    const sent = session.stampSending()
    credential.login.sent(sent)
    transition(run, from, { is: 'carrying' })
    bring(run, place, credential, sent)
  }

  function bring(run: Run, place: Place<Run>, credential: Credential, sent: Stamp): () => void {
    return transfer({
      snapshot: run.snapshot,
      credential,
      sent,
      isWanted: () => run.state.is !== 'over',
      answered(answer) {
        queue.leave(place)
        conclude(run, credential, answer, sent)
      },
      failed(error) {
        queue.leave(place)
        fail(run, error)
      },
    })
  }

  /** Ends the request with its answer, or sends it again once it has what it needs. */
  function conclude(run: Run, credential: Credential, answer: Answer, sent: Stamp): void {
    const { state } = run
    if (state.is !== 'sent' && state.is !== 'carrying') return
    if (isSuccess(answer)) {
      if (end(run)) run.resolve(answer.data)
      return
    }
    if (answer.means === 'unauthorized' && !run.snapshot.isAnonymous) {
      const need = needOf(answer, credential, session, backend, logins.isForUser, run.tried)
      return meet(run, state, need, sent)
    }
    const error = failureOf(answer)
    const isSchemeRefused =
      credential.is === 'carried' && answer.tokenState === undefined && refusesScheme(answer)
    if (!isSchemeRefused || run.tried.login) return fail(run, error)
    logIn(run, state, undefined, () => error)
  }

  function meet(run: Run, from: OnWire, need: Need, sent: Stamp): void {
    switch (need.is) {
      case 'nothing':
        run.tried = { ...run.tried, login: true }
        return enqueue(run, NOTHING)
      case 'login':
        return logIn(run, from, need.refused, (failure) => failure)
      case 'user':
        return ask(run, from, need, sent)
      case 'error':
        return fail(run, need.error)
    }
  }

  /** `errorOf` makes the request's error of the login's. */
  function logIn(
    run: Run,
    from: OnWire,
    refused: string | undefined,
    errorOf: (failure: AuthError) => RequestError,
  ): void {
    run.tried = { ...run.tried, login: true }
    transition(run, from, { is: 'waiting' })
    logins.replace(refused, logins.loginWhenDue).then(
      (by) => {
        if (run.state.is !== 'waiting') return
        // Another tab's token has not been tried yet.
        if (by === 'stored') run.tried = { ...run.tried, login: false }
        enqueue(run, FRESH)
      },
      (failure: AuthError) => {
        if (run.state.is !== 'waiting') return
        if (refused === undefined || !allowsGuests(failure)) return fail(run, errorOf(failure))
        // There is no other token to be had, and the route may be open to guests.
        enqueue(run, { is: 'failure', error: failure })
      },
    )
  }

  function ask(
    run: Run,
    from: OnWire,
    { asks, refusal }: Extract<Need, { is: 'user' }>,
    sent: Stamp,
  ): void {
    const kinds = asks.map(({ kind }) => kind)
    const login = run.tried.login || kinds.includes('login')
    run.tried = { login, prompts: [...run.tried.prompts, ...kinds] }
    // With a session, the login is to confirm whose it is.
    const asked = kinds.includes('login') ? session.state : null
    const asking: RunState = { is: 'asking', leave: ignore }
    transition(run, from, asking)
    const leave = prompts.wait({
      asks,
      page: run.page,
      sent,
      isInteractive: run.isInteractive,
      refusal,
      resolve(by) {
        if (by === 'sessionEnded') run.tried = UNTRIED
        // A person without a uid does not get one by logging in again.
        const isAnother = asked !== null && session.state?.uid !== asked.uid
        if (isAnother) fail(run, new AuthError('signed_out'))
        else enqueue(run, NOTHING)
      },
      reject: (error) => fail(run, error),
    })
    // A listener that was notified of the prompt may have aborted the request.
    if (run.state.is === 'asking') asking.leave = leave
    else leave()
  }

  /** Whether this is its end; the promise is then to be settled. */
  function end(run: Run): boolean {
    const { state } = run
    if (state.is === 'over') return false
    transition(run, state, OVER)
    running.delete(run)
    run.forget()
    return true
  }

  function fail(run: Run, error: RequestError): void {
    if (end(run)) run.reject(error)
  }

  function cancel(run: Run, error: AuthError): void {
    const { state } = run
    fail(run, error)
    switch (state.is) {
      case 'queued':
        return queue.leave(state.place)
      case 'awaitingCode':
        state.login.leave()
        return queue.leave(state.place)
      case 'sent':
        return state.abort()
      case 'asking':
        return state.leave()
      default:
        state satisfies Extract<RunState, { is: 'made' | 'waiting' | 'carrying' | 'over' }>
    }
  }

  function listen(run: Run, signal: AbortSignalLike): void {
    const abort = () => cancel(run, new AuthError('aborted'))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    run.forget = () => signal.removeEventListener('abort', abort)
  }

  /** Apart from its making, lest the function hold what was only needed for that. */
  function abortable<T>(promise: Promise<T>, run: Run | undefined): AuthTask<T> {
    const task = promise as AuthTask<T>
    task.abort = () => run && cancel(run, new AuthError('aborted'))
    return task
  }

  function begin<T>(
    { interactive, signal }: Pick<Call, 'interactive' | 'signal'>,
    snapshotOf: () => Snapshot,
  ): AuthTask<T> {
    let run: Run | undefined
    const promise = new Promise<T>((resolve, reject) => {
      const snapshot = snapshotOf()
      run = createRun(interactive, snapshot, pages(), resolve as Run['resolve'], reject)
      running.add(run)
      if (signal) listen(run, signal)
      enqueue(run, NOTHING)
    })
    return abortable(promise, run)
  }

  return {
    start: (call) => begin(call, () => takeSnapshot(baseURL, call)),
    startOther: (snapshot, options) => begin(options, () => snapshot),

    cancelAll(error) {
      const all = [...running]
      // At once: one by one, the set would be rebuilt as it shrinks.
      running.clear()
      for (const run of all) cancel(run, error)
    },
  }
}

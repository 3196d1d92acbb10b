import type { Platform, WireTask } from '../platform/platform'
import { readAnswer, type Answer } from './answer'
import { httpError, isSuccess } from './backend'
import { refusesScheme, type CarriedLogin } from './carriedLogin'
import { AuthError, type HttpError } from './errors'
import { allowsGuests, type Logins } from './login'
import { authorizationOf, createNextStep, type Credential } from './nextStep'
import type { Prompts } from './prompts'
import type { Queue } from './queue'
import { lead, UNTRIED, type OnWire, type Run, type RunState } from './run'
import type { Session, Stamp } from './session'
import { takeSnapshot, type Call } from './snapshot'
import type { AuthOptions, AuthTask } from './types'
import { needOf, type Need } from './unauthorized'
import type { Verifier } from './verify'
import { sendWithin } from './wire'

interface RequesterOptions {
  platform: Platform
  baseURL: string
  session: Session
  logins: Logins
  prompts: Prompts
  verifier: Verifier
  queue: Queue
  pages: () => readonly unknown[]
  readTokenState: AuthOptions['readTokenState']
}

/** Attach, send, route a 401, replay. */
export interface Requester {
  start<T>(call: Call): AuthTask<T>
  /** Settles every request that waits or runs. */
  cancelAll(error: AuthError): void
}

export function createRequester(options: RequesterOptions): Requester {
  const { platform, baseURL, session, logins, prompts, verifier, queue, pages, readTokenState } =
    options
  const nextStep = createNextStep(session, logins, verifier)
  const running = new Set<Run>()

  /** `isFresh`: a token was issued for it, which counts if it need not wait for its place now. */
  function enqueue(run: Run, isFresh: boolean): void {
    const { state } = run
    if (state.is === 'over' || state.is === 'queued') return
    const leave = queue.enter(run.hadPlace, (waited) => admit(run, leave, isFresh && !waited))
    lead(run, state, { is: 'queued', leave })
  }

  function admit(run: Run, leave: () => void, isFresh: boolean): void {
    const { state } = run
    if (state.is !== 'queued') return leave()
    run.hadPlace = true
    const step = nextStep(run.snapshot.mayCarryLogin, isFresh)
    switch (step.do) {
      case 'send': {
        const { task, sent } = send(run, step.credential)
        lead(run, state, { is: 'sent', task })
        return receive(run, leave, step.credential, task, sent)
      }
      case 'carry':
        lead(run, state, { is: 'boarding', login: step.login, leave })
        return board(run, leave, step.login)
      case 'wait':
        leave()
        lead(run, state, { is: 'waiting' })
        return wait(run, step.until)
      case 'fail':
        leave()
        return end(run, () => run.reject(step.error))
    }
  }

  function wait(run: Run, until: Promise<unknown>): void {
    until.then(
      (issued) => run.state.is === 'waiting' && enqueue(run, issued !== undefined),
      (error: AuthError) => run.state.is === 'waiting' && goOnWithout(run, error),
    )
  }

  /** The login has failed: as a guest, or not at all. */
  function goOnWithout(run: Run, error: AuthError): void {
    if (allowsGuests(error)) enqueue(run, false)
    else end(run, () => run.reject(error))
  }

  /** Waits, with its place, for the code of the login that it is to carry. */
  function board(run: Run, leave: () => void, login: CarriedLogin): void {
    login.code.then(
      (code) => {
        const { state } = run
        if (state.is !== 'boarding') return
        if (code === undefined) {
          leave()
          return enqueue(run, false)
        }
        const credential: Credential = { is: 'carried', login, code }
        const { task, sent } = send(run, credential)
        login.sent(sent)
        lead(run, state, { is: 'carrying' })
        receive(run, leave, credential, task, sent)
      },
      (error: AuthError) => {
        if (run.state.is !== 'boarding') return
        leave()
        goOnWithout(run, error)
      },
    )
  }

  function send(run: Run, credential: Credential): { task: WireTask; sent: Stamp } {
    const sent = session.stampSending()
    return { task: sendWithin(platform, run.snapshot.wireCall(authorizationOf(credential))), sent }
  }

  function receive(
    run: Run,
    leave: () => void,
    credential: Credential,
    task: WireTask,
    sent: Stamp,
  ): void {
    const fail = (error: AuthError) => {
      if (credential.is === 'carried') credential.login.answered(undefined)
      leave()
      end(run, () => run.reject(error))
    }
    task.answer.then((raw) => {
      let answer: Answer
      try {
        answer = readAnswer(raw, platform.now(), readTokenState)
      } catch (cause) {
        return fail(new AuthError('protocol', { hint: 'answer', cause }))
      }
      record(run, credential, answer, sent)
      leave()
      conclude(run, credential, answer, sent)
    }, fail)
  }

  /** What the answer says of the session. */
  function record(run: Run, credential: Credential, answer: Answer, sent: Stamp): void {
    switch (credential.is) {
      case 'carried':
        return credential.login.answered(answer)
      case 'token':
        if (run.state.is === 'over') return
        if (answer.status !== 401) session.prove(sent)
        return session.renew(answer.tokenState, sent)
      case 'guest':
      case 'stranded':
    }
  }

  /** Ends the request with its answer, or sends it again once what it needs is there. */
  function conclude(run: Run, credential: Credential, answer: Answer, sent: Stamp): void {
    const { state } = run
    if (state.is !== 'sent' && state.is !== 'carrying') return
    if (isSuccess(answer)) {
      return end(run, () => run.resolve(answer.status === 204 ? undefined : answer.data))
    }
    if (answer.status === 401) {
      const need = needOf(answer, credential, session, run.tried)
      return meet(run, state, need, sent)
    }
    const error = httpError(answer)
    const isSchemeRefused =
      credential.is === 'carried' && answer.tokenState === undefined && refusesScheme(answer)
    if (!isSchemeRefused || run.tried.login) return end(run, () => run.reject(error))
    logIn(run, state, undefined, () => error)
  }

  function meet(run: Run, from: OnWire, need: Need, sent: Stamp): void {
    switch (need.is) {
      case 'nothing':
        run.tried = { ...run.tried, login: true }
        return enqueue(run, false)
      case 'login':
        return logIn(run, from, need.refused, (failure) => failure)
      case 'user':
        return ask(run, from, need, sent)
      case 'error':
        return end(run, () => run.reject(need.error))
    }
  }

  /** `errorOf` makes the request's error of the login's. */
  function logIn(
    run: Run,
    from: OnWire,
    refused: string | undefined,
    errorOf: (failure: AuthError) => AuthError | HttpError,
  ): void {
    run.tried = { ...run.tried, login: true }
    lead(run, from, { is: 'waiting' })
    logins.replace(refused, logins.loginWhenDue).then(
      () => run.state.is === 'waiting' && enqueue(run, true),
      (failure: AuthError) => {
        if (run.state.is !== 'waiting') return
        // The refused token was dropped; the route may be open to guests.
        if (refused !== undefined && logins.state.is === 'impossible') enqueue(run, false)
        else end(run, () => run.reject(errorOf(failure)))
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
    const asking: RunState = { is: 'asking', leave: () => {} }
    lead(run, from, asking)
    const leave = prompts.wait({
      asks,
      page: run.page,
      sent,
      isInteractive: run.isInteractive,
      refusal,
      resolve: () => enqueue(run, false),
      reject: (error) => end(run, () => run.reject(error)),
    })
    // Whoever was told of the prompt may have aborted the request.
    if (run.state.is === 'asking') asking.leave = leave
    else leave()
  }

  function end(run: Run, settle: () => void): void {
    const { state } = run
    if (state.is === 'over') return
    lead(run, state, { is: 'over' })
    running.delete(run)
    run.forget()
    settle()
  }

  function cancel(run: Run, error: AuthError): void {
    const { state } = run
    end(run, () => run.reject(error))
    switch (state.is) {
      case 'queued':
      case 'asking':
        return state.leave()
      case 'boarding':
        state.login.leave()
        return state.leave()
      case 'sent':
        return state.task.abort()
      case 'made':
      case 'waiting':
      case 'carrying':
      case 'over':
    }
  }

  function create(call: Call, resolve: Run['resolve'], reject: Run['reject']): Run {
    const open = pages()
    return {
      state: { is: 'made' },
      snapshot: takeSnapshot(baseURL, call),
      page: open[open.length - 1],
      isInteractive: call.interactive !== false,
      hadPlace: false,
      tried: UNTRIED,
      resolve,
      reject,
      forget: () => {},
    }
  }

  return {
    start<T>(call: Call) {
      let abort = () => {}
      const promise = new Promise<T>((resolve, reject) => {
        const run = create(call, resolve as Run['resolve'], reject)
        running.add(run)
        abort = () => cancel(run, new AuthError('aborted'))
        const { signal } = call
        if (signal?.aborted) return abort()
        signal?.addEventListener('abort', abort)
        run.forget = () => signal?.removeEventListener('abort', abort)
        enqueue(run, false)
      })
      return Object.assign(promise, { abort: () => abort() })
    },

    cancelAll(error) {
      for (const run of [...running]) cancel(run, error)
    },
  }
}

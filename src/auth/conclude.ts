import { isSuccess, type Answer } from './answer'
import { failureOf, type Backend } from './backend'
import { refusesScheme } from './carriedLogin'
import type { Credential } from './credential'
import { AuthError, type RequestError } from './errors'
import { allowsGuests, type Logins } from './login'
import { FRESH, NOTHING, type Brings } from './nextStep'
import type { Prompts } from './prompts'
import {
  fail,
  ignore,
  succeed,
  transition,
  UNTRIED,
  type OnWire,
  type Run,
  type RunState,
} from './run'
import type { Session, Stamp } from './session'
import { needOf, type Need } from './unauthorized'

export interface ConcludeOptions {
  session: Session
  logins: Logins
  prompts: Prompts
  backend: Backend
}

/**
 * Makes the function that ends a request with its answer, or has it sent again once it has what the
 * answer says that it needs.
 * @param enqueue has it sent again
 */
export function createConclude(
  { session, logins, prompts, backend }: ConcludeOptions,
  enqueue: (run: Run, brings: Brings) => void,
) {
  function meet(run: Run, from: OnWire, need: Need, credential: Credential, sent: Stamp): void {
    switch (need.is) {
      case 'nothing':
        run.tried = { ...run.tried, login: true }
        return enqueue(run, NOTHING)
      case 'login':
        return logIn(run, from, need.refused, credential, (failure) => failure)
      case 'user':
        return ask(run, from, need, credential, sent)
      case 'error':
        return fail(run, need.error)
    }
  }

  /** `errorOf` makes the request's error of the login's. */
  function logIn(
    run: Run,
    from: OnWire,
    refused: string | undefined,
    credential: Credential,
    errorOf: (failure: AuthError) => RequestError,
  ): void {
    run.tried = { ...run.tried, login: true }
    transition(run, from, { is: 'waiting' })
    logins.replace(refused, logins.loginWhenDue).then(
      (by) => {
        // Another tab's token has not been tried yet.
        if (by === 'stored') run.tried = { ...run.tried, login: false }
        enqueue(run, FRESH)
      },
      (failure: AuthError) => {
        if (credential.is !== 'token' || !allowsGuests(failure)) return fail(run, errorOf(failure))
        // There is no other token to be had, and the route may be open to guests.
        enqueue(run, { is: 'failure', error: failure })
      },
    )
  }

  function ask(
    run: Run,
    from: OnWire,
    { asks, refusal }: Extract<Need, { is: 'user' }>,
    credential: Credential,
    sent: Stamp,
  ): void {
    const kinds = asks.map(({ kind }) => kind)
    const login = run.tried.login || kinds.includes('login')
    run.tried = { login, prompts: [...run.tried.prompts, ...kinds] }
    // With a session, the login is to confirm whose it is. Another person may have logged in since the sending.
    const isOld = credential.is === 'token' && !session.isCurrent(sent)
    const held = kinds.includes('login') ? session.state : null
    const asked = held && isOld ? credential.state : held
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

  return function conclude(run: Run, credential: Credential, answer: Answer, sent: Stamp): void {
    const { state } = run
    if (state.is !== 'sent' && state.is !== 'carrying') return
    if (answer.isCut) return fail(run, new AuthError('protocol', { hint: 'answer' }))
    if (isSuccess(answer)) return succeed(run, answer.data)
    if (answer.means === 'unauthorized' && !run.snapshot.isAnonymous) {
      const { isForUser } = logins
      const isNew = !session.isCurrent(sent)
      const need = needOf(answer, credential, session, backend, isForUser, isNew, run.tried)
      return meet(run, state, need, credential, sent)
    }
    const error = failureOf(answer)
    const isSchemeRefused =
      credential.is === 'carried' && answer.tokenState === undefined && refusesScheme(answer)
    if (!isSchemeRefused || run.tried.login) return fail(run, error)
    logIn(run, state, undefined, credential, () => error)
  }
}

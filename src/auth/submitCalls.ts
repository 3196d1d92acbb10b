import { isSuccess, type Answer } from './answer'
import type { Backend } from './backend'
import { AuthError, isAuthError } from './errors'
import type { Logins } from './login'
import type { LoginCodes } from './loginCode'
import type { Session, Stamp } from './session'
import { isKnown } from './tokenState'
import type { TokenState } from './types'

/** ms, of each call a submit makes. */
export const LIMIT = 30_000

export type Kind = 'getUserInfo' | 'getPhoneNumber'

/** A submit under way. */
export interface Submit {
  kind: Kind
  began: Stamp
  /** `replaced`: it has logged in, and what was sealed before is lost. */
  key: 'held' | 'replaced'
  /** Lets `wx.login` go on. */
  release(): void
}

export interface Answered {
  answer: Answer
  /** The token it was sent with. */
  used: string
}

/** The calls of submits. They log in where there is no session. */
export interface SubmitCalls {
  /** The kinds whose submit logs in, one of each at a time: data of others of a kind will not outlive that. */
  readonly loggingIn: ReadonlySet<Kind>
  /** @param refused the token that the backend does not take, if that is why */
  logIn(submit: Submit, refused?: string): Promise<void>
  /** @throws AuthError `network`, `timeout`, `protocol`, or what the login ends with */
  send(submit: Submit, call: (state: TokenState) => Promise<Answer>): Promise<Answered>
  /** As `send`; `arrived`: there was no answer, but the backend has it. */
  post(submit: Submit, call: (state: TokenState) => Promise<Answer>): Promise<Answered | 'arrived'>
}

interface SubmitCallsOptions {
  session: Session
  logins: Logins
  codes: LoginCodes
  backend: Backend
}

export function createSubmitCalls(options: SubmitCallsOptions): SubmitCalls {
  const { session, logins, codes, backend } = options
  const loggingIn = new Set<Kind>()

  /** The user has pressed a button: no wait after a failed login is heeded. */
  async function logIn(submit: Submit, refused?: string): Promise<void> {
    // A silent login would hand it over in another person's name, perhaps.
    if (session.byUser && refused === undefined) throw new AuthError('login_failed')
    submit.key = 'replaced'
    // Others of its kind wait for it: their data will not outlive this login.
    codes.release(submit.kind)
    loggingIn.add(submit.kind)
    try {
      await (refused === undefined ? logins.login() : logins.replace(refused, logins.login))
    } finally {
      loggingIn.delete(submit.kind)
    }
    session.checkSignedIn(submit.began)
  }

  async function send(
    submit: Submit,
    call: (state: TokenState) => Promise<Answer>,
  ): Promise<Answered> {
    if (session.state === null) await logIn(submit)
    const { state } = session
    // Somebody else's login was refused in the same moment.
    if (state === null) throw new AuthError('login_rejected')
    const sent = session.stampSending()
    const answer = await call(state).finally(() => session.checkSignedIn(submit.began))
    session.renew(answer.tokenState, sent)
    session.checkSignedIn(submit.began)
    return { answer, used: state.accessToken }
  }

  async function post(
    submit: Submit,
    call: (state: TokenState) => Promise<Answer>,
  ): Promise<Answered | 'arrived'> {
    const before = session.state
    try {
      return await send(submit, call)
    } catch (error) {
      session.checkSignedIn(submit.began)
      if (!isAuthError(error) || error.code === 'protocol') throw error
      submit.release()
      if (await hasArrived(submit.kind, before)) return 'arrived'
      throw error
    }
  }

  /** After a network failure: whether the submit had arrived all the same. */
  async function hasArrived(kind: Kind, before: TokenState | null): Promise<boolean> {
    try {
      const sent = session.stampSending()
      const held = session.state
      const answer = held && (await backend.say('tokenState', held, { timeout: LIMIT }))
      if (!answer) return false
      session.renew(answer.tokenState, sent)
      const { state } = session
      const isNewer = !isKnown(kind, before) || (state?.version ?? 0) > (before?.version ?? 0)
      return isSuccess(answer) && isKnown(kind, state) && isNewer
    } catch {
      return false
    }
  }

  return { loggingIn, logIn, send, post }
}

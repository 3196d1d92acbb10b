import type { Platform, WireAnswer, WireCall } from './platform'
import { resolveURL } from './address'
import { readAnswer, type Answer } from './answer'
import type { Changes } from './changes'
import { contract } from './contract'
import type {
  CallName,
  Credentials,
  Dialect,
  OwnCall,
  OwnUpload,
  PhoneNumberGiven,
  UserInfoGiven,
} from './dialect'
import { AuthError, BackendError, HttpError, type AuthErrorCode } from './errors'
import { copyHeader } from './header'
import type { Credential } from './nextStep'
import type { TokenState } from './types'
import { sendWithin } from './wire'

/** The backend, spoken to in its dialect. Sign-in's own calls go past the queue. */
export interface Backend {
  readonly loginNeeds: Dialect['loginNeeds']
  readonly carriesLogin: boolean
  /** The headers of a call in this name. @throws AuthError `protocol` */
  headerOf(credential: Credential): Record<string, string>
  /** @throws AuthError `protocol`: the host's answer is none, or the dialect cannot read it */
  read(call: CallName, url: string, raw: WireAnswer): Answer
  login(credentials: Credentials, replaced: TokenState | null, timeout: number): Promise<Answer>
  /** Whether there is such a call for this state. */
  canRefresh(state: TokenState): boolean
  /** `undefined`: there is no such call. So of the next two. */
  refresh(state: TokenState, timeout: number): Promise<Answer | undefined>
  tokenState(state: TokenState, timeout: number): Promise<Answer | undefined>
  logout(state: TokenState, timeout: number): Promise<Answer | undefined>
  userInfo(state: TokenState, given: UserInfoGiven, timeout: number): Promise<Answer>
  phoneNumber(state: TokenState, given: PhoneNumberGiven, timeout: number): Promise<Answer>
  avatar(state: TokenState, picture: Picture, timeout: number): Promise<Answer>
}

interface Picture {
  filePath: string
  onProgress: ((percent: number) => void) | undefined
}

const GUEST: Credential = { is: 'guest' }

export function createBackend(
  platform: Platform,
  baseURL: string,
  given: Dialect = contract,
  changes: Pick<Changes, 'warn'>,
): Backend {
  const dialect = { ...contract, carriesLogin: false, ...given }
  const failed = new Set<string>()

  /** What a member of the dialect returns, which may be anything. */
  function ask<T>(member: string, question: () => T): T {
    try {
      return question()
    } catch (cause) {
      if (!failed.has(member)) {
        failed.add(member)
        changes.warn('dialect_failed', member)
      }
      throw new AuthError('protocol', { hint: 'dialect', cause })
    }
  }

  function headerOf(credential: Credential): Record<string, string> {
    const header = ask('header', () => copyHeader(dialect.header()))
    switch (credential.is) {
      case 'guest':
      case 'stranded':
        return header
      case 'token': {
        const { state } = credential
        return { ...header, ...ask('authorize', () => copyHeader(dialect.authorize(state), true)) }
      }
      case 'carried':
        return { ...header, authorization: `WxLogin ${credential.code}` }
    }
  }

  function read(call: CallName, url: string, raw: WireAnswer): Answer {
    if (typeof (raw as WireAnswer | undefined)?.status !== 'number')
      throw new AuthError('protocol', { hint: 'answer' })
    return ask('read', () => readAnswer(raw, platform.now(), given.read, call, url))
  }

  async function send(call: CallName, wire: WireCall, credential: Credential): Promise<Answer> {
    Object.assign(wire.header, headerOf(credential))
    return read(call, wire.url, await sendWithin(platform, wire).answer)
  }

  async function say(
    call: CallName,
    word: () => OwnCall,
    credential: Credential,
    timeout: number,
  ): Promise<Answer> {
    const wire = ask(call, (): WireCall => {
      const { url, method = 'POST', data, header } = word()
      const isQuery = method === 'GET' || method === 'HEAD'
      return {
        ...{ type: 'request', method, timeout, url: resolveURL(baseURL, url) },
        header: { 'content-type': 'application/json', ...copyHeader(header) },
        ...(data !== undefined && { data: isQuery ? data : JSON.stringify(data) }),
      }
    })
    return send(call, wire, credential)
  }

  async function sayIfAny(
    call: CallName,
    word: () => OwnCall | null,
    credential: Credential,
    timeout: number,
  ): Promise<Answer | undefined> {
    const own = ask(call, word)
    return own === null ? undefined : say(call, () => own, credential, timeout)
  }

  const by = (state: TokenState): Credential => ({ is: 'token', state })

  return {
    loginNeeds: given.loginNeeds,
    carriesLogin: dialect.carriesLogin,
    headerOf,
    read,
    login: (credentials, replaced, timeout) =>
      say('login', () => dialect.login(credentials, replaced), GUEST, timeout),
    canRefresh: (state) => ask('refresh', () => dialect.refresh(state) !== null),
    // The state's token is dead: the call carries what it needs.
    refresh: (state, timeout) => sayIfAny('refresh', () => dialect.refresh(state), GUEST, timeout),
    tokenState: (state, timeout) =>
      sayIfAny('tokenState', () => dialect.tokenState(), by(state), timeout),
    logout: (state, timeout) => sayIfAny('logout', () => dialect.logout(state), by(state), timeout),
    userInfo: (state, data, timeout) =>
      say('userInfo', () => dialect.userInfo(data), by(state), timeout),
    phoneNumber: (state, data, timeout) =>
      say('phoneNumber', () => dialect.phoneNumber(data), by(state), timeout),
    async avatar(state, picture, timeout) {
      const wire = ask('avatar', (): WireCall => {
        const { url, name = 'file', formData, header } = dialect.avatar() as OwnUpload
        return {
          ...{ type: 'upload', url: resolveURL(baseURL, url), name, timeout, ...picture },
          header: { ...copyHeader(header) },
          ...(formData && { formData: { ...formData } }),
        }
      })
      return send('avatar', wire, by(state))
    },
  }
}

/** The error of sign-in that an answer means. */
export function authError(code: AuthErrorCode, answer: Answer): AuthError {
  const { status, requestId, retryAfter } = answer
  return new AuthError(code, { status, requestId, retryAfter, cause: failureOf(answer) })
}

/** The error of an answer that is a failure. */
export function failureOf(answer: Answer): BackendError | HttpError {
  const { status, code, message, data: problem, requestId, retryAfter } = answer
  const details = { problem, requestId, retryAfter }
  if (code === undefined && message === undefined) return new HttpError(status, details)
  return new BackendError(message ?? String(code), { code, status, ...details })
}

import type { Platform, WireAnswer, WireCall } from './platform'
import { resolveURL } from './address'
import { readAnswer, type Answer } from './answer'
import type { Changes } from './changes'
import { contract } from './contract'
import type { CallName, Dialect, DialectAnswer, OwnCall, OwnUpload, Reading } from './dialect'
import { AuthError, BackendError, HttpError, type AccountHint, type AuthErrorCode } from './errors'
import { copyHeader } from './header'
import type { Credential } from './credential'
import type { TokenState } from './types'
import { sendWithin } from './wire'

/** What a dialect has beside the calls. */
type Member = 'header' | 'authorize' | 'read' | 'carriesLogin'

/** Sign-in's own calls, and what each is given. */
type Words = Required<Omit<Dialect, Member | 'loginNeeds'>>

/** The backend, spoken to in its dialect. */
export interface Backend {
  readonly loginNeeds: Dialect['loginNeeds']
  readonly carriesLogin: boolean
  /** The headers of a call in this name. @throws AuthError `protocol` */
  headerOf(credential: Credential): Record<string, string>
  /**
   * @param body `streamed`: it has been delivered, there is nothing to read and nothing to send again
   * @throws AuthError `protocol`: the host's answer is none, or the dialect cannot read it
   */
  read(call: CallName, url: string, raw: WireAnswer, body?: 'streamed' | 'downloaded'): Answer
  /** Whether there is a call that refreshes this state. */
  canRefresh(state: TokenState): boolean
  /**
   * One of sign-in's own calls, in nobody's name yet. `undefined`: the dialect has no such call.
   * @throws AuthError `protocol`
   */
  own<Name extends keyof Words>(
    name: Name,
    limits: Limits,
    ...given: Parameters<Words[Name]>
  ): WireCall | undefined
  /**
   * Makes one of sign-in's own calls, past the queue. `undefined`: the dialect has no such call.
   * @throws AuthError `protocol`, `network`, `timeout`
   */
  say<Name extends keyof Words>(
    name: Name,
    state: TokenState | null,
    limits: Limits,
    ...given: Parameters<Words[Name]>
  ): Promise<Answer | (null extends ReturnType<Words[Name]> ? undefined : never)>
}

interface Limits {
  /** ms */
  timeout: number
  /** The file of an upload. */
  filePath?: string
  onProgress?: ((percent: number) => void) | undefined
}

const GUEST: Credential = { is: 'guest' }
/** What a dialect may be without. */
const LACKING = ['refresh', 'tokenState', 'logout']

export function createBackend(
  platform: Platform,
  baseURL: string,
  given: Dialect = contract,
  changes: Pick<Changes, 'warn'>,
): Backend {
  const dialect = complete(given)
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
    if (credential.is === 'carried')
      return { ...header, authorization: `WxLogin ${credential.code}` }
    if (credential.is !== 'token') return header
    const { state } = credential
    return { ...header, ...ask('authorize', () => copyHeader(dialect.authorize(state), true)) }
  }

  function read(
    call: CallName,
    url: string,
    raw: WireAnswer,
    body?: 'streamed' | 'downloaded',
  ): Answer {
    if (typeof (raw as WireAnswer | undefined)?.status !== 'number')
      throw new AuthError('protocol', { hint: 'answer' })
    const reader = body === 'streamed' ? readStreamed : given.read && dialect.read
    const answer = ask('read', () =>
      readAnswer(raw, platform.now(), reader, call, url, body === 'downloaded'),
    )
    // A request takes the session in its headers all the same.
    if (answer.isCut && call !== 'request') throw new AuthError('protocol', { hint: 'answer' })
    return answer
  }

  function wireCall(own: OwnCall & OwnUpload, { timeout, ...file }: Limits): WireCall {
    const { method = 'POST', data, name = 'file', formData } = own
    const url = resolveURL(baseURL, own.url)
    const header = { ...copyHeader(own.header) }
    const { filePath } = file
    if (filePath !== undefined) {
      const fields = formData && { formData: { ...formData } }
      return { type: 'upload', url, name, timeout, header, ...file, filePath, ...fields }
    }
    const isQuery = method === 'GET' || method === 'HEAD'
    const body = data !== undefined && {
      data: isQuery || typeof data === 'string' ? data : JSON.stringify(data),
    }
    const type = { 'content-type': 'application/json', ...header }
    return { type: 'request', url, method, timeout, header: type, ...body }
  }

  function own(name: keyof Words, limits: Limits, ...given: unknown[]): WireCall | undefined {
    return ask(name, () => {
      const word = dialect[name] as (...given: unknown[]) => (OwnCall & OwnUpload) | null
      const own = word(...given)
      if (own == null && LACKING.includes(name)) return undefined
      return wireCall(own!, limits)
    })
  }

  return {
    // Elsewhere there is no login code to send it with.
    loginNeeds: platform.login && given.loginNeeds,
    carriesLogin: dialect.carriesLogin,
    headerOf,
    read,
    own,
    canRefresh(state) {
      try {
        return ask('refresh', () => dialect.refresh(state) != null)
      } catch {
        return false
      }
    },
    async say(name, state, limits, ...given) {
      const wire = own(name, limits, ...given)
      if (!wire) return undefined as never
      Object.assign(wire.header, headerOf(state ? { is: 'token', state } : GUEST))
      return read(name, wire.url, await sendWithin(platform, wire).answer)
    },
  }
}

/**
 * The dialect with all its members: those of the contract where it has none, or `undefined`. Each keeps
 * its `this`, as a dialect may be an instance of a class.
 */
function complete(given: Dialect): Words & Pick<Required<Dialect>, Member> {
  const own = Object.keys(contract).flatMap((name) => {
    const member: unknown = given[name as keyof Dialect]
    if (member === undefined) return []
    return [[name, typeof member === 'function' ? (member.bind(given) as unknown) : member]]
  })
  return { ...contract, carriesLogin: false, ...(Object.fromEntries(own) as object) }
}

/** A success as the contract reads it, or a failure: a challenge would lead to a replay. */
function readStreamed({ status }: DialectAnswer): Reading | undefined {
  return status >= 200 && status < 300 ? undefined : { kind: 'failure' }
}

/** The error of sign-in that an answer means: this one, unless it asks the user something first. */
export function authError(otherwise: AuthErrorCode, answer: Answer): AuthError {
  const { status, requestId, retryAfter } = answer
  const { type, account } = Object(answer.data) as { type?: unknown; account?: unknown }
  const code = PROBLEMS.find(([kind]) => String(type).endsWith(`/problems/${kind}`))?.[1]
  return new AuthError(code ?? otherwise, {
    account: code === 'confirmation_needed' ? hintIn(account) : undefined,
    ...{ status, requestId, retryAfter, cause: failureOf(answer) },
  })
}

/** What a backend refuses for a reason of its own, whatever was sent (docs/protocol.md). */
const PROBLEMS = [
  ['confirmation-needed', 'confirmation_needed'],
  ['second-proof-needed', 'second_proof_needed'],
  ['phone-number-taken', 'number_taken'],
] as const

/** Whose the number seems to be, as far as the backend says. */
function hintIn(account: unknown): AccountHint {
  const given = Object(account) as Record<keyof AccountHint, unknown>
  const texts = (['phone', 'nickname', 'since'] as const).flatMap((name) =>
    ['string', 'number'].includes(typeof given[name]) ? [[name, String(given[name])]] : [],
  )
  return Object.fromEntries(texts) as AccountHint
}

/** The error of an answer that is a failure. */
export function failureOf(answer: Answer): BackendError | HttpError {
  const { status, code, message, data: problem, requestId, retryAfter } = answer
  const details = { problem, requestId, retryAfter }
  if (code === undefined && message === undefined) return new HttpError(status, details)
  return new BackendError(message ?? String(code), { code, status, ...details })
}

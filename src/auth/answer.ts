import type { WireAnswer } from './platform'
import { collectHeaders, parseChallenges, type Challenge } from './challenge'
import { decodeTokenState } from './tokenState'
import type { AuthOptions } from './types'

/** An answer, read. */
export interface Answer {
  status: number
  /** `data` of the envelope, or the whole body. A failure's body has lost its token state. */
  data: unknown
  /** As it came, not checked; `undefined`: none. */
  tokenState: unknown
  /** Only of a 401. */
  challenges: Challenge[]
  requestId: string | undefined
  /** Seconds. */
  retryAfter: number | undefined
}

const HEADERS = ['token-state', 'www-authenticate', 'x-request-id', 'retry-after'] as const

/** Reads an answer of any status. Never throws. */
export function readAnswer(
  { status, headers, data }: WireAnswer,
  now: number,
  readTokenState: AuthOptions['readTokenState'],
): Answer {
  const body = bodyOf(data)
  const fields = isRecord(body) ? body : {}
  const isFailure = !isSuccess({ status })
  const isOpened = isFailure ? isRecord(body) : isEnvelope(fields)
  const found = collectHeaders(headers, HEADERS)

  return {
    status,
    data: !isOpened ? body : isFailure ? withoutTokenState(fields) : fields.data,
    tokenState: readTokenState
      ? attempt(() => readTokenState({ status, headers, data: body }))
      : ((isOpened ? fields.tokenState : undefined) ?? fromHeader(found['token-state'])),
    // Uploads do not hand over headers: the problem repeats its challenges.
    challenges:
      status === 401 ? parseChallenges(found['www-authenticate'] ?? fields.challenges) : [],
    requestId: found['x-request-id'],
    retryAfter: secondsFrom(found['retry-after'], now),
  }
}

export function isSuccess({ status }: Pick<Answer, 'status'>): boolean {
  return status >= 200 && status < 300
}

function isEnvelope(body: Record<string, unknown>): boolean {
  const names = Object.keys(body)
  return names.length > 0 && names.every((name) => name === 'data' || name === 'tokenState')
}

function withoutTokenState(fields: Record<string, unknown>): unknown {
  const problem = { ...fields }
  delete problem.tokenState
  return problem
}

function fromHeader(header: string | undefined): unknown {
  return header === undefined ? undefined : attempt(() => decodeTokenState(header))
}

/** A reader's failure counts as a malformed token state: null. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return null
  }
}

/** Uploads give their answer as a string. A string that was JSON already is left alone. */
function bodyOf(data: unknown): unknown {
  if (typeof data !== 'string' || !/^\s*[{[]/.test(data)) return data
  return attempt(() => JSON.parse(data) as unknown) ?? data
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3). */
function secondsFrom(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds))
}

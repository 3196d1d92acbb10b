import type { WireAnswer } from './platform'
import { decodeUTF8, isBytes } from './bytes'
import { collectHeaders, type Challenge } from './challenge'
import { CONTRACT_HEADERS, readContract } from './contract'
import type { CallName, Dialect, DialectAnswer, Reading } from './dialect'

/** An answer, read. */
export interface Answer {
  /** 401 of what is unauthorized, whatever status a dialect hides it behind. */
  status: number
  /** `unauthorized`: not performed, as the session or something of the user is missing. */
  means: 'success' | 'unauthorized' | 'failure'
  /** Of a success what the request resolves with; of a failure the body. */
  data: unknown
  /** Its body is lost: of a success, only what its headers say counts. */
  isCut: boolean
  /** As it came, not checked; `undefined`: none. */
  tokenState: unknown
  /** Of what is missing. */
  challenges: readonly Challenge[]
  /** Of a failure, as the backend words it. */
  code: string | number | undefined
  /** Of a failure: whether the backend has decided nothing. */
  isTemporary: boolean
  message: string | undefined
  requestId: string | undefined
  /** Seconds. */
  retryAfter: number | undefined
}

const HEADERS = [...CONTRACT_HEADERS, 'content-type', 'x-request-id', 'retry-after'] as const

/** Bytes: what refuses a file is shorter. */
const LONGEST_TEXT = 65_536

/** Reads an answer of any status. @throws TypeError where the dialect's reading is none */
export function readAnswer(
  { status, headers, data, text }: WireAnswer,
  now: number,
  read: Dialect['read'],
  call: CallName,
  url: string,
  isDownload?: boolean,
): Answer {
  const found = collectHeaders(headers, HEADERS)
  const isFile = isDownload || isBytes(data)
  const isJSON = /json/i.test(found['content-type'] ?? '')
  const isShort = isBytes(data) && isJSON && data.byteLength <= LONGEST_TEXT
  const content = isShort ? decodeUTF8(new Uint8Array(data)) : text
  const body = bodyOf(content ?? data)
  const isCut = !isFile && isBroken(status, found['content-type'], body)
  const answer: DialectAnswer = { call, url, status, headers, data: isCut ? undefined : body }
  // A file that is not JSON says nothing of itself.
  const isMute = isCut || (isFile && content === undefined && status >= 200 && status < 300)
  const reading: Reading = (isMute ? undefined : read?.(answer)) ?? readContract(answer, found)
  const meaning = meaningOf(reading)
  return {
    ...{ status, data: body, isCut, challenges: [], code: undefined, message: undefined },
    isTemporary: status === 429 || status >= 500,
    ...meaning,
    // What wants a file gets it, also one of JSON.
    ...(isFile && meaning.means === 'success' && { data }),
    tokenState: reading.tokenState ?? undefined,
    requestId: found['x-request-id'],
    retryAfter: secondsFrom(found['retry-after'], now),
  }
}

type Meaning = Pick<Answer, 'means'> &
  Partial<Pick<Answer, 'status' | 'data' | 'challenges' | 'code' | 'message' | 'isTemporary'>>

function unauthorized(challenges: readonly Challenge[]): Meaning {
  return { means: 'unauthorized', status: 401, challenges }
}

function meaningOf(reading: Reading): Meaning {
  switch (reading.kind) {
    case 'success':
      return { means: 'success', data: reading.data }
    case 'login': {
      const { methods } = reading
      if (!methods) return unauthorized([])
      return unauthorized([{ scheme: 'Bearer', params: { methods: methods.join(' ') } }])
    }
    case 'prompt': {
      const { ask, reason, scope, proof } = reading
      if (ask !== 'getUserInfo' && ask !== 'getPhoneNumber') throw new TypeError('no prompt')
      const params = {
        ...(reason && { reason: String(reason) }),
        ...(scope && { scope }),
        ...(proof && { proof }),
      }
      return unauthorized([{ scheme: ask, params }])
    }
    case 'unauthorized':
      return unauthorized(reading.challenges.map(checked))
    case 'failure': {
      const { kind: means, code, message, data, isTemporary } = reading
      return {
        means,
        code: code ?? undefined,
        // Some serialisers write null for "missing".
        message: message == null ? undefined : String(message),
        ...('data' in reading && { data }),
        ...(isTemporary && { isTemporary }),
      }
    }
    default:
      reading satisfies never
      throw new TypeError('no reading')
  }
}

/** A dialect may have made it of anything. */
function checked(challenge: Challenge): Challenge {
  if (typeof challenge.scheme !== 'string') throw new TypeError('no challenge')
  return { ...challenge, params: { ...challenge.params } }
}

export function isSuccess({ means }: Pick<Answer, 'means'>): boolean {
  return means === 'success'
}

/**
 * Whether it is a success that says that it is JSON, and is not: something on the way has cut it off, or put
 * something else in its place. Hosts then hand over the text. A text of its own, in quotes, they have parsed:
 * only one that begins as an object or an array does is known to be none.
 */
function isBroken(status: number, type: string | undefined, body: unknown): boolean {
  if (status < 200 || status > 299 || typeof body !== 'string') return false
  return /^\s*application\/(.+\+)?json\s*(;|$)/i.test(type ?? '') && LOOKS_LIKE_JSON.test(body)
}

const LOOKS_LIKE_JSON = /^\s*[{[]/

/** Uploads give their answer as a string, and hosts one with a byte order mark. A string that was JSON already is left alone. */
function bodyOf(data: unknown): unknown {
  if (typeof data !== 'string' || !LOOKS_LIKE_JSON.test(data)) return data
  try {
    return JSON.parse(data.trim()) as unknown
  } catch {
    return data
  }
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3). */
function secondsFrom(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds))
}

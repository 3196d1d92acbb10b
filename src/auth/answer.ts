import type { WireAnswer } from './platform'
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
  { status, headers, data }: WireAnswer,
  now: number,
  read: Dialect['read'],
  call: CallName,
  url: string,
): Answer {
  const found = collectHeaders(headers, HEADERS)
  const isJSON = /json/i.test(found['content-type'] ?? '')
  const isBytes = data instanceof ArrayBuffer
  const body = bodyOf(isBytes && isJSON ? textOf(data) : data)
  const answer: DialectAnswer = { call, url, status, headers, data: body }
  const reading: Reading = read?.(answer) ?? readContract(answer, found)
  const meaning = meaningOf(reading)
  return {
    ...{ status, data: body, challenges: [], code: undefined, message: undefined },
    isTemporary: status === 429 || status >= 500,
    ...meaning,
    // What wants bytes gets them, also those of JSON.
    ...(isBytes && meaning.means === 'success' && { data }),
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
    case 'login':
      return unauthorized([])
    case 'prompt': {
      const { ask, reason, scope } = reading
      const params = { ...(reason && { reason }), ...(scope && { scope }) }
      return unauthorized([{ scheme: ask, params }])
    }
    case 'unauthorized':
      return unauthorized(reading.challenges)
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

export function isSuccess({ means }: Pick<Answer, 'means'>): boolean {
  return means === 'success'
}

/** Uploads give their answer as a string. A string that was JSON already is left alone. */
function bodyOf(data: unknown): unknown {
  if (typeof data !== 'string' || !/^\s*[{[]/.test(data)) return data
  try {
    return JSON.parse(data) as unknown
  } catch {
    return data
  }
}

/** Not every mini-program has TextDecoder. */
function textOf(bytes: ArrayBuffer): unknown {
  if (bytes.byteLength > LONGEST_TEXT) return bytes
  let escaped = ''
  for (const byte of new Uint8Array(bytes)) escaped += `%${(byte + 256).toString(16).slice(1)}`
  try {
    return decodeURIComponent(escaped)
  } catch {
    return bytes
  }
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3). */
function secondsFrom(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds))
}

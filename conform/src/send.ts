import type { Body, Exchange, Send } from './exchange'
import { Blocked, CannotRun, Violation } from './verdicts'

export interface SendOptions {
  /** Without a slash at its end. */
  baseUrl: string
  fetch: typeof fetch
  /** How long one request may take, in ms. */
  timeLimit: number
  /** The origin that requests come from, as those of a browser do. */
  origin: string
  /** Called with each exchange. */
  record: (exchange: Exchange) => void
}

/** Why nobody was reached at all, by the names of Node. */
const unreachable = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Its promises reject with Violation if there is no answer. Where nobody listens, they reject with
 * Blocked: the backend may have ended at an earlier request, which has its own verdict. Before the
 * first answer of all, they reject with CannotRun.
 */
export function createSend({ baseUrl, fetch, origin, record, ...options }: SendOptions): Send {
  let hasAnswered = false
  return async (method, path, sending = {}) => {
    const { token, loginCode, replaces, json } = sending
    const timeLimit = Math.max(options.timeLimit, sending.timeLimit ?? 0)
    const signal = AbortSignal.timeout(timeLimit)
    const init: RequestInit = {
      method,
      signal,
      redirect: 'manual',
      headers: {
        Origin: origin,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(loginCode !== undefined && { Authorization: `WxLogin ${loginCode}` }),
        ...(replaces !== undefined && { 'Replaces-Token': replaces }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...sending.headers,
      },
      body: json === undefined ? (sending.body ?? null) : JSON.stringify(json),
    }
    try {
      const response = await fetch(baseUrl + path, init)
      const bytes = new Uint8Array(await response.arrayBuffer())
      const { status, headers } = response
      hasAnswered = true
      const exchange = { method, path, status, headers, body: readBody(bytes) }
      record(exchange)
      return exchange
    } catch (error) {
      throw unanswered(error, { asked: `${method} ${path}`, timeLimit, hasAnswered })
    }
  }
}

function readBody(bytes: Uint8Array): Body {
  if (bytes.length === 0) return { is: 'empty' }
  try {
    return { is: 'json', value: JSON.parse(utf8.decode(bytes)) }
  } catch (error) {
    const fault = error instanceof SyntaxError ? 'not JSON' : 'not UTF-8'
    return { is: 'other', text: new TextDecoder().decode(bytes), fault }
  }
}

interface Unanswered {
  /** The method and the path. */
  asked: string
  timeLimit: number
  /** Whether the backend has answered another request before. */
  hasAnswered: boolean
}

/** What a rejection of `fetch` means. Its own words are "fetch failed"; the cause says more. */
function unanswered(error: unknown, { asked, timeLimit, hasAnswered }: Unanswered): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  if (code !== undefined && unreachable.includes(code)) {
    if (hasAnswered) return new Blocked(`nobody answers any more: ${asked}: ${code}`)
    return new CannotRun(`nobody answers ${asked}: ${code}`)
  }
  const within = `within ${timeLimit / 1000} s`
  const isLate = error instanceof Error && error.name === 'TimeoutError'
  // Else each check would wait as long, in vain.
  if (isLate && !hasAnswered) return new CannotRun(`nobody answers ${asked} ${within}`)
  return new Violation(
    `an answer to ${asked} ${within}`,
    isLate ? 'none' : `the connection was closed without one${code ? ` (${code})` : ''}`,
  )
}

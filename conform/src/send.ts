import type { Body, Exchange, Send } from './exchange'
import { CannotRun, Violation } from './verdicts'

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

/** Its promises reject with Violation if there is no answer, and with CannotRun if nobody listens. */
export function createSend({ baseUrl, fetch, timeLimit, origin, record }: SendOptions): Send {
  return async (method, path, sending = {}) => {
    const { token, loginCode, replaces, json } = sending
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
      const exchange = { method, path, status, headers, body: readBody(bytes) }
      record(exchange)
      return exchange
    } catch (error) {
      throw unanswered(error, `${method} ${path}`, timeLimit)
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

/** What a rejection of `fetch` means. Its own words are "fetch failed"; the cause says more. */
function unanswered(error: unknown, asked: string, timeLimit: number): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  if (code !== undefined && unreachable.includes(code)) {
    return new CannotRun(`nobody answers ${asked}: ${code}`)
  }
  const isLate = error instanceof Error && error.name === 'TimeoutError'
  return new Violation(
    `an answer to ${asked} within ${timeLimit / 1000} s`,
    isLate ? 'none' : `the connection was closed without one${code ? ` (${code})` : ''}`,
  )
}

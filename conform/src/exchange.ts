/** A request, and how it was answered. */
export interface Exchange {
  method: string
  path: string
  status: number
  headers: Headers
  body: Body
}

export type Body =
  { is: 'empty' } | { is: 'json'; value: unknown } | { is: 'other'; text: string; fault: string }

/** What a request has beside its method and path. */
export interface Sending {
  /** `Authorization: Bearer …` */
  token?: string
  /** `Authorization: WxLogin …` */
  loginCode?: string
  /** The session that a login replaces. */
  replaces?: string
  json?: unknown
  body?: string | Uint8Array<ArrayBuffer> | FormData
  headers?: Record<string, string>
  /** How long it may take, in ms, where that is longer than requests may take else. */
  timeLimit?: number
}

export type Send = (method: string, path: string, sending?: Sending) => Promise<Exchange>

/** The member of a JSON object, undefined for anything else. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The body as JSON; undefined for none and for any other. */
export const jsonOf = ({ body }: Exchange) => (body.is === 'json' ? body.value : undefined)

/** The member `data` of an answer. */
export const dataOf = (exchange: Exchange) => memberOf(jsonOf(exchange), 'data')

export const isSuccess = ({ status }: Exchange) => status >= 200 && status < 300

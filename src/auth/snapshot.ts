import type { WireAnswer, WireCall } from './platform'
import { resolveURL } from './address'
import { AuthError } from './errors'
import { copyHeader } from './header'
import type { DownloadOptions, RequestOptions, UploadOptions } from './types'
import { timeLimit } from './wire'

export type Call =
  | ({ type: 'request' } & RequestOptions)
  | ({ type: 'upload' } & UploadOptions)
  | ({ type: 'download' } & DownloadOptions)

/** What will be sent, however often, whatever the caller does with its objects meanwhile. */
export interface Snapshot {
  /** Without `Authorization`; {@link wireCall} makes of it what the host gets. */
  readonly call: WireCall
  /** Whether it may carry its own login: JSON requests may, files may not. */
  readonly mayCarryLogin: boolean
  /** It goes in nobody's name. */
  readonly isAnonymous?: boolean
  /** Takes the pieces of the answer. */
  readonly onChunk?: (chunk: ArrayBuffer) => void
  /** Sends it instead of the platform. */
  readonly transmit?: Transmit
}

/** Sends a call, and ends once, by either. @returns aborts it */
export type Transmit = (
  call: WireCall,
  answered: (answer: WireAnswer) => void,
  failed: (error: AuthError) => void,
) => () => void

/** ms, WeChat's own default for wx.request. */
const TIMEOUT = 60_000

/** @throws AuthError `protocol`: the address is not under `baseURL`, or `data` or a header cannot be sent. */
export function takeSnapshot(baseURL: string, call: Call): Snapshot {
  const timeout = timeLimit(call.timeout, TIMEOUT)
  const url = resolveURL(baseURL, call.url)
  const header = copyHeader(call.header)
  if (call.type === 'request') return snapshotOfRequest(call, url, timeout, header)
  return { call: { url, timeout, header, ...fileOf(call) }, mayCarryLogin: false }
}

/** Of a request to this address that the app's own request layer sends. */
export function snapshotOutside(url: string, transmit: Transmit): Snapshot {
  const call: WireCall = { type: 'request', url, method: 'GET', header: {}, timeout: TIMEOUT }
  return { call, mayCarryLogin: false, transmit }
}

function fileOf(call: Exclude<Call, { type: 'request' }>) {
  const { type, filePath } = call
  if (type === 'download') return filePath === undefined ? { type } : { type, filePath }
  const { name, formData, onProgress } = call
  return { type, filePath: call.filePath, name, formData: { ...formData }, onProgress }
}

function snapshotOfRequest(
  request: Call & { type: 'request' },
  url: string,
  timeout: number,
  header: Readonly<Record<string, string>>,
): Snapshot {
  const { type, data: given, method = 'GET', responseType = 'text', onChunk, credentials } = request
  const contentType = header['content-type']
  const isBytes = given instanceof ArrayBuffer || ArrayBuffer.isView(given)
  const isJSON = contentType === undefined ? !isBytes : /json/i.test(contentType)
  const isQuery = method === 'GET' || method === 'HEAD'
  const data = freeze(given, isJSON && !isQuery)
  const call: WireCall = { type, url, timeout, header, method, responseType }
  if (onChunk) call.responseType = 'arraybuffer'
  if (data !== undefined) {
    call.data = data
    if (contentType === undefined && !isQuery) {
      const own = isBytes ? 'application/octet-stream' : 'application/json'
      call.header = { ...header, 'content-type': own }
    }
  }
  const mayCarryLogin = call.responseType === 'text' && isJSON
  const isAnonymous = credentials === 'omit'
  return { call, mayCarryLogin, isAnonymous, ...(onChunk && { onChunk }) }
}

/** The call with these headers too: a copy, which the host may write into. */
export function wireCall({ call }: Snapshot, added: Readonly<Record<string, string>>): WireCall {
  const header = { ...call.header, ...added }
  if (call.type !== 'upload') return { ...call, header }
  return { ...call, header, formData: { ...call.formData } }
}

/** Text as it is, bytes copied, anything else as JSON: the text of it, or a copy. */
function freeze(data: unknown, asText: boolean): unknown {
  if (data === undefined || data === null) return undefined
  if (typeof data === 'string') return data
  if (data instanceof ArrayBuffer) return data.slice(0)
  if (ArrayBuffer.isView(data)) {
    return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
  }
  try {
    const text = JSON.stringify(data) as string | undefined
    if (text === undefined) throw new TypeError('a function or a symbol')
    return asText ? text : (JSON.parse(text) as unknown)
  } catch (cause) {
    throw new AuthError('protocol', { hint: 'data', cause })
  }
}

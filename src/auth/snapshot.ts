import type { WireCall } from '../platform/platform'
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
  /** The call with this `Authorization`, or with none. */
  wireCall(authorization: string | undefined): WireCall
  /** Whether it may carry its own login: JSON requests may, files may not. */
  mayCarryLogin: boolean
}

/** ms, WeChat's own default for wx.request. */
const TIMEOUT = 60_000

/** @throws AuthError `protocol`: the address is not under `baseURL`, or `data` or a header cannot be sent. */
export function takeSnapshot(baseURL: string, call: Call): Snapshot {
  const { type } = call
  const timeout = timeLimit(call.timeout, TIMEOUT)
  const url = resolveURL(baseURL, call.url)
  const header = copyHeader(call.header)
  const { mayCarryLogin, content } = type === 'request' ? bodyOf(call, header) : fileOf(call)
  return {
    mayCarryLogin,
    wireCall: (authorization) =>
      ({
        type,
        url,
        timeout,
        header: { ...header, ...(authorization && { authorization }) },
        ...content(),
      }) as WireCall,
  }
}

function fileOf(call: Exclude<Call, { type: 'request' }>) {
  if (call.type === 'download') {
    const target = call.filePath === undefined ? {} : { filePath: call.filePath }
    return { mayCarryLogin: false, content: () => target }
  }
  const { filePath, name, onProgress } = call
  const formData = { ...call.formData }
  return {
    mayCarryLogin: false,
    content: () => ({ filePath, name, formData: { ...formData }, onProgress }),
  }
}

function bodyOf(call: RequestOptions, header: Record<string, string>) {
  const { method = 'GET', responseType = 'text' } = call
  const contentType = header['content-type']
  const isBytes = call.data instanceof ArrayBuffer || ArrayBuffer.isView(call.data)
  const isJSON = contentType === undefined ? !isBytes : /json/i.test(contentType)
  const isQuery = method === 'GET' || method === 'HEAD'
  const data = freeze(call.data, isJSON && !isQuery)
  if (contentType === undefined && data !== undefined && !isQuery) {
    header['content-type'] = isBytes ? 'application/octet-stream' : 'application/json'
  }
  return {
    mayCarryLogin: responseType === 'text' && isJSON,
    content: () => ({ method, responseType, ...(data === undefined ? {} : { data }) }),
  }
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

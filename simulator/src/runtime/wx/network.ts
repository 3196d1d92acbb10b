import type { HttpCall, Outcome, WireBody } from '../../wire'
import { fromBase64, toBase64 } from '../files/encodings'
import { FileFailure } from '../files/failure'
import { callback, settle, type Api, type ApiError, type ApiOptions } from './api'
import type { WxContext } from './context'
import { withoutNewerOptions } from './versions'

type Result = Record<string, unknown>
type Listener = (result: Record<string, unknown>) => void

/** Listeners of a task, with the two functions that take and drop them. */
function createListeners() {
  const listeners = new Set<Listener>()
  return {
    tell(result: Record<string, unknown>) {
      for (const listener of listeners) callback(listener, result)
    },
    on: (listener: Listener) => void listeners.add(listener),
    off: (listener?: Listener) => (listener ? void listeners.delete(listener) : listeners.clear()),
  }
}

/** The argument of `onProgressUpdate`'s listeners; percents are whole. */
const progressOf = ({ api }: HttpCall, done: number, total: number) => ({
  progress: total > 0 ? Math.floor((done / total) * 100) : 0,
  ...(api === 'uploadFile'
    ? { totalBytesSent: done, totalBytesExpectedToSend: total }
    : { totalBytesWritten: done, totalBytesExpectedToWrite: total }),
})

const encodeForm = (data: object) =>
  Object.entries(data)
    .map(([name, value]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`
    })
    .join('&')

const headerOf = (options: ApiOptions) =>
  Object.fromEntries(
    Object.entries((options.header ?? {}) as Record<string, unknown>)
      .filter(([, value]) => value != null)
      .map(([name, value]) => [name, String(value)]),
  )

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null

function bodyOf(data: unknown, contentType: string): WireBody | undefined {
  if (data == null) return undefined
  if (data instanceof ArrayBuffer) return { base64: toBase64(new Uint8Array(data)) }
  if (!isObject(data)) return { text: String(data) }
  return { text: /urlencoded/i.test(contentType) ? encodeForm(data) : JSON.stringify(data) }
}

/** Applies wx.request's rules for data: a query for GET, else JSON, form or bytes. */
function requestCall(options: ApiOptions, timeout: number): HttpCall {
  const isChunked = options.enableChunked === true
  const method = String(options.method ?? 'GET').toUpperCase()
  const header = headerOf(options)
  const typeName = Object.keys(header).find((name) => name.toLowerCase() === 'content-type')
  if (!typeName) header['content-type'] = 'application/json'
  const responseType = options.responseType === 'arraybuffer' ? 'arraybuffer' : 'text'
  const call = {
    ...({ api: 'request', method, header, responseType, timeout } as const),
    ...(isChunked && { isChunked }),
  }
  let url = String(options.url)
  if (method === 'GET' && isObject(options.data)) {
    const query = encodeForm(options.data)
    if (query) url += (url.includes('?') ? '&' : '?') + query
    return { ...call, url }
  }
  const body = bodyOf(options.data, header[typeName ?? 'content-type'] ?? '')
  return body ? { ...call, url, body } : { ...call, url }
}

const parse = (text: string, dataType: unknown): unknown => {
  if ((dataType ?? 'json') !== 'json') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** The answer's data as the app gets it. */
function readData(result: Record<string, unknown>, { dataType }: ApiOptions) {
  const data = result.data as WireBody | string | undefined
  if (data === undefined || typeof data === 'string') return result
  return {
    ...result,
    data: 'text' in data ? parse(data.text, dataType) : fromBase64(data.base64).buffer,
  }
}

/** request, uploadFile and downloadFile. All three return a task, never a Promise. */
export function createNetworkApis({ app, boot, bridge, files, versions }: WxContext): Api {
  const timeouts = app.config.networkTimeout ?? {}

  /** `finish` makes of the host's result what the app gets; it may throw `FileFailure`. */
  const start = (
    call: HttpCall,
    options: ApiOptions,
    finish: (result: Result) => Result = (result) => result,
    content?: Uint8Array<ArrayBuffer>,
  ) => {
    const headers = createListeners()
    const chunks = createListeners()
    const progress = createListeners()
    let last = { done: 0, total: 0 }
    const { outcome, abort } = bridge.http(
      call,
      {
        // DevTools report no status (WeChat: RequestTask.onHeadersReceived).
        onHeaders: (header, statusCode) =>
          headers.tell(boot.platform === 'devtools' ? { header } : { header, statusCode }),
        onChunk: (base64) => chunks.tell({ data: fromBase64(base64).buffer }),
        onProgress(done, total) {
          last = { done, total }
          progress.tell(progressOf(call, done, total))
        },
      },
      content,
    )
    void outcome.then((ended: Outcome) => {
      if (ended.kind === 'ok') {
        // Empty, or of unknown length: all of it has arrived by now.
        if (last.done === 0 || last.done !== last.total) {
          progress.tell({ ...progressOf(call, last.done, last.done), progress: 100 })
        }
        end(ended.result)
      } else if (ended.kind === 'fail') {
        const error: ApiError = { errMsg: ended.errMsg }
        if (ended.errno !== undefined) error.errno = ended.errno
        settle(options, false, error)
      }
    })
    function end(result: Result) {
      try {
        const errMsg = `${call.api}:ok`
        settle(options, true, { ...finish(readData(result, options)), errMsg })
      } catch (error) {
        if (!(error instanceof FileFailure)) throw error
        const { errCode, message } = error
        settle(options, false, { errMsg: `${call.api}:fail ${message}`, errCode })
      }
    }
    const task = { abort, onHeadersReceived: headers.on, offHeadersReceived: headers.off }
    if (call.api === 'request') {
      if (!versions.supports('RequestTask.onChunkReceived')) return task
      return { ...task, onChunkReceived: chunks.on, offChunkReceived: chunks.off }
    }
    return { ...task, onProgressUpdate: progress.on, offProgressUpdate: progress.off }
  }
  const known = (options: ApiOptions) =>
    withoutNewerOptions('request', options, versions) as ApiOptions
  const timeoutOf = (options: ApiOptions, api: keyof typeof timeouts) => {
    const timeout = Number(options.timeout ?? timeouts[api])
    return Number.isSafeInteger(timeout) && timeout >= 0 ? timeout : 60_000
  }

  return {
    request: (options: ApiOptions) =>
      start(requestCall(known(options), timeoutOf(options, 'request')), options),
    uploadFile: (options: ApiOptions) => {
      const fields = Object.entries((options.formData ?? {}) as Record<string, unknown>)
      const filePath = String(options.filePath)
      // The host has only what others have made.
      const own = files.own(filePath)
      const call = {
        api: 'uploadFile',
        url: String(options.url),
        header: headerOf(options),
        filePath,
        ...(own && { contentFollows: true as const }),
        name: String(options.name ?? 'file'),
        formData: Object.fromEntries(fields.map(([name, value]) => [name, String(value)])),
        timeout: timeoutOf(options, 'uploadFile'),
      } as const
      return start(call, options, undefined, own)
    },
    downloadFile: (options: ApiOptions) => {
      const [url, header] = [String(options.url), headerOf(options)]
      const timeout = timeoutOf(options, 'downloadFile')
      return start({ api: 'downloadFile', url, header, timeout }, options, (result) => {
        if (typeof options.filePath !== 'string') return result
        const { tempFilePath, ...rest } = result
        return { ...rest, filePath: files.save(String(tempFilePath), options.filePath) }
      })
    },
  }
}

import type { Auth } from '../auth/auth'
import { isBytes } from '../auth/bytes'
import type { AuthTask } from '../auth/types'
import { createStream, type StreamedAnswer } from '../auth/stream'
import { ask } from '../auth/wire'
import { addHeaders, parsed, sendSignedIn } from './signedIn'

type WithoutCallbacks<T> = Omit<T, 'success' | 'fail' | 'complete'>

/** The functions of `uni` that send, as promises. A 4xx or 5xx is a result, as always with these. */
export interface UniRequest {
  request(
    options: WithoutCallbacks<UniApp.RequestOptions> & {
      /**
       * Called with each piece of a streamed answer, as of {@link Auth.request}. The result then has no
       * `data`. `timeout` is uni's.
       */
      onChunk?: (chunk: ArrayBuffer) => void
    },
  ): AuthTask<UniApp.RequestSuccessCallbackResult>
  uploadFile(
    options: WithoutCallbacks<UniApp.UploadFileOption>,
  ): AuthTask<UniApp.UploadFileSuccessCallbackResult>
  downloadFile(
    options: WithoutCallbacks<UniApp.DownloadFileOption>,
  ): AuthTask<UniApp.DownloadSuccessData>
}

interface Task {
  abort?(): void
  onHeadersReceived?(listener: (result?: { header?: unknown; statusCode?: number }) => void): void
  onChunkReceived?(listener: (result?: { data?: unknown }) => void): void
}

interface Result {
  statusCode: number
  header?: unknown
  data?: unknown
}

interface Callbacks<R> {
  header: Record<string, string>
  success: (result: R) => void
  fail: (failure: unknown) => void
  enableChunked?: true
  responseType?: 'arraybuffer'
}

// uni-app replaces it when it compiles.
declare const process: { env: { UNI_PLATFORM?: string } }
/** Of other hosts it is not known. */
const returnsTasks = ['mp-weixin', 'h5'].includes(process.env.UNI_PLATFORM ?? '')

const IN_PIECES = { enableChunked: true, responseType: 'arraybuffer' } as const

/**
 * `uni.request`, `uni.uploadFile` and `uni.downloadFile`, signed in.
 * @returns functions with uni's options, and promises with `abort()`. They reject with what uni calls
 * `fail` with, and with AuthError.
 * @example
 * import { createUniRequest } from 'watchword/adapters'
 *
 * const { request, uploadFile } = createUniRequest(auth)
 * const { statusCode, data } = await request({ url: 'https://api.example.com/v1/bookings' })
 */
export function createUniRequest(auth: Auth): UniRequest {
  // For H5 uni-app bundles only the APIs that it sees called as `uni.name`.
  return {
    request: ({ onChunk, ...options }) =>
      start(auth, options, (signed) => uni.request({ ...options, ...signed }), onChunk),
    uploadFile: (options) =>
      start(auth, options, (signed) => uni.uploadFile({ ...options, ...signed })),
    downloadFile: (options) =>
      start(auth, options, (signed) => uni.downloadFile({ ...options, ...signed })),
  }
}

function start<R extends Result>(
  auth: Auth,
  { url, header: own }: { url: string; header?: object },
  call: (signed: Callbacks<R>) => unknown,
  onChunk?: (chunk: ArrayBuffer) => void,
): AuthTask<R> {
  const flow = auth.flow(url, { isFinal: true })
  let task: Task | undefined
  let headers: unknown
  let stream: StreamedAnswer | undefined
  let isAborted = false
  /** Ends the wait for a host that does not call `fail` back when it is told to stop. */
  let drop: () => void = () => {}

  const send = (header: Record<string, string>) =>
    new Promise<R>((success, fail) => {
      if (isAborted) return fail(undefined)
      drop = () => fail(undefined)
      headers = undefined
      stream = onChunk && createStream(gate(onChunk, fail))
      const given = call({
        header: addHeaders(own, header),
        success(given) {
          // Nothing is an answer without a status.
          const result = Object(given) as R
          success(stream ? ended(stream, result) : result)
        },
        fail,
        ...(stream && IN_PIECES),
      })
      // An interceptor (uni.addInterceptor) gave false: uni calls nothing back, see queue() in its runtimes.
      if (given === undefined && returnsTasks) return fail({ errMsg: 'request:fail stopped' })
      // An asynchronous interceptor makes uni return a promise of the task.
      Promise.resolve(given).then((started) => take(started as Task | undefined), fail)
    })

  /** What the reader throws ends the request. */
  function gate(read: (chunk: ArrayBuffer) => void, fail: (error: unknown) => void) {
    let isOpen = true
    return (chunk: ArrayBuffer) => {
      if (!isOpen || isAborted) return
      try {
        read(chunk)
      } catch (error) {
        isOpen = false
        fail(error)
        stop()
      }
    }
  }

  function ended(pieces: StreamedAnswer, result: R): R {
    const { statusCode: status, header, data: raw } = result
    const { data } = pieces.end({ status, headers: headers ?? header, data: raw })
    return { ...result, data: parsed(data) }
  }

  /** Whatever the host makes of it. */
  const stop = () => ask(() => task?.abort?.())

  function take(started: Task | undefined): void {
    task = started
    if (isAborted) stop()
    try {
      // WeChat: the results of files have no header. H5: its tasks throw here, but its results have.
      task?.onHeadersReceived?.((result) => {
        headers = result?.header
        stream?.onHead({ status: result?.statusCode, headers })
      })
      task?.onChunkReceived?.((piece) => {
        if (isBytes(piece?.data)) stream?.onChunk(new Uint8Array(piece.data).slice().buffer)
      })
    } catch {
      // The result has it.
    }
  }

  const answered = ({ statusCode: status, header, data }: R) =>
    // What has been delivered is not sent again.
    stream?.isStreamed ? undefined : { status, headers: headers ?? header, data }
  const done = sendSignedIn(flow, send, answered).catch((error: unknown) => {
    // As uni's own, wherever the request was.
    throw isAborted ? { errMsg: 'request:fail abort' } : error
  })
  return Object.assign(done, {
    abort() {
      isAborted = true
      flow.end()
      stop()
      drop()
    },
  })
}

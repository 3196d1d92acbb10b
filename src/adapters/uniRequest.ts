import type { Auth } from '../auth/auth'
import type { AuthTask } from '../auth/types'
import { addHeaders, sendSignedIn } from './signedIn'

type WithoutCallbacks<T> = Omit<T, 'success' | 'fail' | 'complete'>

/** The functions of `uni` that send, as promises. A 4xx or 5xx is a result, as always with these. */
export interface UniRequest {
  request(
    options: WithoutCallbacks<UniApp.RequestOptions>,
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
  onHeadersReceived?(listener: (result?: { header: unknown }) => void): void
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
}

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
    request: (options) => start(auth, options, (signed) => uni.request({ ...options, ...signed })),
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
): AuthTask<R> {
  const flow = auth.flow(url, { isFinal: true })
  let task: Task | undefined
  let headers: unknown
  let isAborted = false

  const send = (header: Record<string, string>) =>
    new Promise<R>((success, fail) => {
      if (isAborted) return fail(undefined)
      headers = undefined
      const given = call({ header: addHeaders(own, header), success, fail })
      // An asynchronous interceptor (uni.addInterceptor) makes uni return a promise of the task.
      Promise.resolve(given).then((started) => take(started as Task | undefined), fail)
    })

  function take(started: Task | undefined): void {
    task = started
    if (isAborted) task?.abort?.()
    try {
      // WeChat: the results of files have no header. H5: its tasks throw here, but its results have.
      task?.onHeadersReceived?.((result) => (headers = result?.header))
    } catch {
      // The result has it.
    }
  }

  const answered = (result: R) => ({
    ...{ status: result.statusCode, headers: headers ?? result.header, data: result.data },
  })
  const done = sendSignedIn(flow, send, answered).catch((error: unknown) => {
    // As uni's own, wherever the request was.
    throw isAborted ? { errMsg: 'request:fail abort' } : error
  })
  return Object.assign(done, {
    abort() {
      isAborted = true
      flow.end()
      task?.abort?.()
    },
  })
}

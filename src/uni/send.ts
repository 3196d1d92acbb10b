import { isBytes } from '../auth/bytes'
import { readHeader } from '../auth/challenge'
import type { WireAnswer, WireCall, WireFailure, WireStream, WireTask } from '../auth/platform'
import { streamByFetch } from './fetchStream'
import { readText } from './fileText'
import { isPromise, readFailure, watch } from './hostCall'
import { reportInterference } from './interference'
import { isH5, isMpWeixin } from './target'
import { timers } from './timers'

/** What is used of `uni`: its own types leave out what not every host has. */
interface UniHost {
  request(options: object): unknown
  uploadFile(options: object): unknown
  downloadFile(options: object): unknown
}

interface UniTask {
  abort?(): void
  onHeadersReceived?(
    listener: (result: { header?: unknown; statusCode?: number } | undefined) => void,
  ): void
  onChunkReceived?(listener: (result: { data?: unknown } | undefined) => void): void
  onProgressUpdate?(listener: (result: { progress?: unknown } | undefined) => void): void
}

interface UniResult {
  statusCode: number
  header?: unknown
  data?: unknown
  tempFilePath?: unknown
  filePath?: unknown
}

/** Of calls of some types. */
interface Options {
  stream?: WireStream
}

// For H5 uni-app bundles only the APIs it sees called as `uni.name`.
declare const uni: UniHost

/** ms that an interceptor may take over an outcome before it counts as one that has swallowed it. */
const OUTCOME_LIMIT = 3_000

/** ms that WeChat may take over a streamed answer; the client counts its silence. */
const STREAM_LIMIT = 3_600_000

/** Makes a call by `uni`, whatever interceptors of the app do to it. */
export function send(call: WireCall): WireTask {
  const { type, stream, ...options } = call as WireCall & Options
  if (stream && streamByFetch) return streamByFetch(call as WireCall & { type: 'request' }, stream)
  let task: UniTask | undefined
  let isAborted = false
  const answer = new Promise<WireAnswer>((resolve, reject) => {
    let headers: unknown
    let isOver = false
    /** What `success` was given, and what `complete` was: interceptors of the one do not reach the other. */
    let taken: UniResult | undefined
    let original: UniResult | undefined
    const fail = (failure: unknown) => {
      isOver = true
      reject(failureOf(failure))
    }
    const success = (result: unknown) => {
      if (isOver) return
      taken = isResult(result) ? result : original
      if (!taken) return fail('no result')
      isOver = true
      resolve(answerOf(type, taken, headers ?? taken.header))
      if ((isMpWeixin || isH5) && !task?.abort) reportInterference(`${type} task`)
      compare()
    }
    const complete = (outcome: unknown) => {
      if (isResult(outcome)) original = outcome
      // An interceptor of `success` or `fail` takes its time, or gave false: uni-app then drops the outcome.
      if (!isOver) timers.after(OUTCOME_LIMIT, () => isOver || (original ? success : fail)(outcome))
      compare()
    }
    const compare = () => {
      if (!taken || !original) return
      const isSame = taken.data === original.data && taken.statusCode === original.statusCode
      if (!isSame) reportInterference(`${type} answer`)
    }
    const take = (given: unknown) => {
      if (task || typeof given !== 'object' || !given) return
      task = given
      try {
        if (isAborted) task.abort?.()
        if (type === 'request' && !stream) return
        if (call.type === 'upload' && call.onProgress) {
          const { onProgress } = call
          task.onProgressUpdate?.((result) => {
            if (Number.isFinite(result?.progress)) onProgress(result!.progress as number)
          })
        }
        // WeChat's result has no header for files; H5's task throws here, but its result has.
        task.onHeadersReceived?.((result) => {
          headers = result?.header
          stream?.onHead({ status: result?.statusCode, headers })
        })
        // From 2.20.2 on (WeChat: RequestTask.onChunkReceived). A copy, whatever kind of bytes it is.
        if (stream) {
          task.onChunkReceived?.((result) => {
            if (isBytes(result?.data)) stream.onChunk(new Uint8Array(result.data).slice().buffer)
          })
        }
      } catch {
        // Fall back to the header in the result.
      }
    }
    // Assigned, not spread with `options` into a new object: that would cost more than all the rest.
    Object.assign(options, { success, fail, complete })
    if (stream) Object.assign(options, { enableChunked: true, timeout: STREAM_LIMIT })
    const given =
      type === 'request'
        ? uni.request(options)
        : type === 'upload'
          ? uni.uploadFile(options)
          : uni.downloadFile(options)
    if (!isPromise(given) || 'abort' in given) take(given)
    watch(given, fail, take)
    // An interceptor gave false (queue() there): no callback will ever be called.
    if (given === undefined && (isMpWeixin || isH5)) fail('stopped by an interceptor')
  })
  return {
    answer,
    abort() {
      isAborted = true
      task?.abort?.()
    },
  }
}

function isResult(given: unknown): given is UniResult {
  return typeof (given as UniResult | null | undefined)?.statusCode === 'number'
}

/** What a file holds counts where it may be no file at all, but a refusal. */
async function answerOf(
  type: WireCall['type'],
  { statusCode: status, data, tempFilePath, filePath }: UniResult,
  headers: unknown,
): Promise<WireAnswer> {
  if (type !== 'download') return { status, headers, data }
  const path = [filePath, tempFilePath].find(
    (one): one is string => !!one && typeof one === 'string',
  )
  if (status === 200 && !path) throw new TypeError('no file')
  const paths = path === filePath ? { filePath } : { tempFilePath }
  const isRead = status >= 400 || /json/i.test(readHeader(headers, 'content-type') ?? '')
  const text = isRead && path ? await readText(path) : undefined
  return { status, headers, data: paths, ...(text !== undefined && { text }) }
}

/** WeChat's errno: 5 time limit, 600003 interrupted by the background. H5 has errMsg only. */
function failureOf(failure: unknown): WireFailure {
  const reason = readFailure(failure)
  const { errMsg, errno } = reason
  const isInterrupted = errno === 600003 || /interrupted/.test(errMsg)
  const isTimeout = errno === 5 || /time(d )?out/i.test(errMsg)
  return { kind: isInterrupted ? 'interrupted' : isTimeout ? 'timeout' : 'network', ...reason }
}

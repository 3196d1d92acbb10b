import { isBaseLibrary } from './baseLibrary'
import { readFailure } from './hostCall'
import type { Platform, WireAnswer, WireCall, WireFailure, WireTask } from '../auth/platform'
import { isH5, isMpWeixin } from './target'
import { timers } from './timers'

/** What is used of `uni`: its own types leave out what not every host has. */
interface UniHost {
  request(options: object): unknown
  uploadFile(options: object): unknown
  downloadFile(options: object): unknown
  login(options: object): unknown
  checkSession(options: object): unknown
  getStorageSync(key: string): unknown
  setStorageSync(key: string, value: unknown): void
  removeStorageSync(key: string): void
  onAppShow?(listener: () => void): void
  onAppHide?(listener: () => void): void
  getFileSystemManager?(): { readFileSync(path: string, encoding: string): unknown }
}

interface UniTask {
  abort?(): void
  onHeadersReceived?(listener: (result: { header: unknown } | undefined) => void): void
  onProgressUpdate?(listener: (result: { progress: number }) => void): void
}

interface UniResult {
  statusCode: number
  header?: unknown
  data?: unknown
  tempFilePath?: string
  filePath?: string
}

interface UniCallbacks {
  success(result: UniResult | null | undefined): void
  fail(failure: unknown): void
}

declare const getCurrentPages: () => unknown[]

// For H5 uni-app bundles only the APIs it sees called as `uni.name`.
declare const uni: UniHost

let shared: Platform | undefined

/**
 * uni-app as a {@link Platform}. The client looks up each method when it calls it, so you can replace
 * one, e.g. in a test.
 * @returns the same object for each call.
 * @example
 * import { createAuth, uniPlatform } from 'watchword'
 *
 * const platform = { ...uniPlatform(), now: () => Date.parse('2026-12-01') }
 * const auth = createAuth({ baseURL: 'https://api.example.com', platform })
 */
export function uniPlatform(): Platform {
  return (shared ??= createUniPlatform())
}

function createUniPlatform(): Platform {
  return {
    ...timers,
    send,
    getItem: (key) => uni.getStorageSync(key),
    setItem: (key, value) => uni.setStorageSync(key, value),
    removeItem: (key) => uni.removeStorageSync(key),
    onHide: (listener) => uni.onAppHide?.(listener),
    onShow: (listener) => uni.onAppShow?.(listener),
    pages: () => getCurrentPages(),
    // WeChat: wx.request, ten at once.
    ...(isMpWeixin ? { places: 10, login, checkSession, encrypts } : {}),
  }
}

/** WeChat: wx.login has no Promise form, and has been seen never to call back. */
function login(): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (failure: unknown) => reject(readFailure(failure))
    const success = (result?: { code: string }) => resolve(result?.code as string)
    watch(uni.login({ success, fail }), fail)
  })
}

/** WeChat: wx.checkSession speaks of the newest code's session key only. */
function checkSession(): Promise<boolean> {
  return new Promise((resolve) => {
    const fail = () => resolve(false)
    watch(uni.checkSession({ success: () => resolve(true), fail }), fail)
  })
}

/** WeChat: 手机号快速验证组件 yields a code from 2.21.2 on, encrypted data below. */
function encrypts(kind: 'getUserInfo' | 'getPhoneNumber'): boolean {
  return kind === 'getUserInfo' || isBaseLibrary('2.21.2') !== true
}

function send(call: WireCall): WireTask {
  let task: UniTask | undefined
  let isAborted = false
  const answer = new Promise<WireAnswer>((resolve, reject) => {
    let headers: unknown
    const { type, ...options } = call as WireCall & Partial<UniCallbacks>
    const fail = (failure: unknown) => reject(failureOf(failure))
    const success = (result: UniResult | null | undefined) =>
      typeof result === 'object' && result
        ? resolve(answerOf(type, result, headers))
        : fail('a success without a result')
    const take = (given: unknown) => {
      if (task || typeof given !== 'object' || !given) return
      task = given
      try {
        if (isAborted) task.abort?.()
        if (type === 'request') return
        if (call.type === 'upload' && call.onProgress) {
          const { onProgress } = call
          task.onProgressUpdate?.(({ progress }) => onProgress(progress))
        }
        // WeChat's result has no header for files; H5's task throws here, but its result has.
        task.onHeadersReceived?.((result) => {
          headers = result?.header
        })
      } catch {
        // Fall back to the header in the result.
      }
    }
    // Assigned, not spread with `options` into a new object: that would cost more than all the rest.
    options.success = success
    options.fail = fail
    const given =
      type === 'request'
        ? uni.request(options)
        : type === 'upload'
          ? uni.uploadFile(options)
          : uni.downloadFile(options)
    if (!isPromise(given) || 'abort' in given) take(given)
    watch(given, fail, take)
    // An interceptor gave false (queue() there): no callback will ever be called.
    if (given === undefined && (isMpWeixin || isH5)) fail('an interceptor stopped the call')
  })
  return {
    answer,
    abort() {
      isAborted = true
      task?.abort?.()
    },
  }
}

/**
 * An interceptor (uni.addInterceptor) whose `invoke` returns a promise makes uni-app return one too, of
 * what the call would have given: the task comes later, or a rejection that is nobody else's
 * (invokeApi() in uni-mp-weixin's dist/uni.api.esm.js and in uni-h5's dist/uni-h5.es.js).
 */
function watch(
  given: unknown,
  fail: (failure: unknown) => void,
  take: (given: unknown) => void = () => {},
): void {
  if (isPromise(given)) Promise.resolve(given).then(take, fail)
}

function isPromise(given: unknown): given is PromiseLike<unknown> & object {
  return typeof (given as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function'
}

function answerOf(type: WireCall['type'], result: UniResult, headers: unknown): WireAnswer {
  const { statusCode: status, header, data } = result
  return {
    status,
    headers: headers ?? header,
    data: type === 'download' ? downloaded(result) : data,
  }
}

/** A download's failure is a file too: its text is the problem. */
function downloaded({ statusCode, tempFilePath, filePath }: UniResult): unknown {
  const paths = { ...(tempFilePath && { tempFilePath }), ...(filePath && { filePath }) }
  const path = filePath ?? tempFilePath
  if (statusCode < 400 || !path) return paths
  try {
    return uni.getFileSystemManager?.().readFileSync(path, 'utf8') ?? paths
  } catch {
    return paths
  }
}

/** WeChat's errno: 5 time limit, 600003 interrupted by the background. H5 has errMsg only. */
function failureOf(failure: unknown): WireFailure {
  const reason = readFailure(failure)
  const { errMsg, errno } = reason
  const isInterrupted = errno === 600003 || /interrupted/.test(errMsg)
  const isTimeout = errno === 5 || /time(d )?out/i.test(errMsg)
  return { kind: isInterrupted ? 'interrupted' : isTimeout ? 'timeout' : 'network', ...reason }
}

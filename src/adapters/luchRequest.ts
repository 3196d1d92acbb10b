import type { Auth } from '../auth/auth'
import { createStream, type StreamedAnswer } from '../auth/stream'
import { addHeaders, addressOf, parsed, sendSignedIn, type Answer } from './signedIn'

type ChunkListener = (result: { data: ArrayBuffer }) => void

interface Task {
  onChunkReceived?(listener: ChunkListener): void
  offChunkReceived?(listener?: ChunkListener): void
  abort?(): void
  onHeadersReceived?(listener: (received?: { header?: unknown; statusCode?: number }) => void): void
}

interface Config {
  baseURL?: string
  url?: string
  header?: object
  enableChunked?: boolean
  getTask?(task: Task, config: Config): void
}

interface Response {
  statusCode?: number
  header?: unknown
  data?: unknown
  config?: Config
  errMsg?: string
}

interface Interceptors {
  forEach(use: (handlers: { fulfilled?: unknown; rejected?: unknown }) => void): void
}

/** What `middleware` reads of `this`. */
interface Sender {
  config: object
  interceptors: { request: Interceptors; response: Interceptors }
}

interface Luch extends Sender {
  /** Every method of the library calls it. */
  middleware(config: Config): Promise<Response>
}

/** Thrown past the library's own sending, which cannot be replaced. */
class Sent {
  constructor(readonly response: Promise<Response>) {}
}

const NONE: Interceptors = { forEach: () => {} }
const BARE: Sender = { config: {}, interceptors: { request: NONE, response: NONE } }

/**
 * An instance of `luch-request`, signed in.
 * @param http yours, with its configuration and interceptors. It stays as it is.
 * @returns another one that shares both. Interceptors see a request once, however often it is sent;
 * `getTask` is called for each sending. With `enableChunked` its task hands out the pieces of a success
 * only.
 * @example
 * import { createLuchRequest } from 'watchword/adapters'
 * import Request from 'luch-request'
 *
 * const http = createLuchRequest(auth, new Request({ baseURL: 'https://api.example.com/v1' }))
 */
export function createLuchRequest<
  H extends { middleware(config: never): Promise<unknown>; interceptors: object; config: object },
>(auth: Auth, http: H): H {
  const luch = http as unknown as Luch
  const send = (config: Config) => luch.middleware.call(BARE as Luch, config)
  const own: Interceptors = {
    forEach: (use) =>
      use({ fulfilled: (config: Config) => Promise.reject(new Sent(start(auth, config, send))) }),
  }
  const taken: Interceptors = {
    forEach: (use) =>
      use({
        rejected: (reason: unknown) =>
          reason instanceof Sent ? reason.response : Promise.reject(reason),
      }),
  }

  return Object.assign(Object.create(http) as H, {
    middleware(this: Luch, config: Config) {
      const { request, response } = this.interceptors
      // The first are the closest to the sending.
      const interceptors = { request: both(own, request), response: both(taken, response) }
      return luch.middleware.call({ config: this.config, interceptors } as Luch, config)
    },
  })
}

function both(first: Interceptors, second: Interceptors): Interceptors {
  return {
    forEach(use) {
      first.forEach(use)
      second.forEach(use)
    },
  }
}

function start(
  auth: Auth,
  config: Config,
  call: (config: Config) => Promise<Response>,
): Promise<Response> {
  const { baseURL, url, header: own, enableChunked, getTask } = config
  const flow = auth.flow(addressOf(baseURL, url), { isFinal: true })
  let received: unknown
  let stream: StreamedAnswer | undefined
  let isAborted = false
  let abort: (() => void) | undefined

  /** The task's listeners get the pieces of a success only, and of no other answer. */
  function gate(task: Task): StreamedAnswer {
    let listeners: ChunkListener[] = []
    const pieces = createStream((data) => {
      for (const listener of listeners) if (!isAborted) listener({ data })
    })
    task.onChunkReceived?.(({ data }) => pieces.onChunk(new Uint8Array(data).slice().buffer))
    task.onChunkReceived = (listener) => void listeners.push(listener)
    task.offChunkReceived = (listener) => {
      listeners = listeners.filter((one) => listener && one !== listener)
    }
    return pieces
  }

  function take(task: Task): void {
    stream = enableChunked ? gate(task) : undefined
    abort = task.abort?.bind(task)
    // On a task of an earlier sending too: the app may know of no other.
    task.abort = () => {
      isAborted = true
      flow.end()
      abort?.()
    }
    try {
      // WeChat: the results of files have no header. H5: its tasks throw here, but its results have.
      task.onHeadersReceived?.((result) => {
        received = result?.header
        stream?.onHead({ status: result?.statusCode, headers: received })
      })
    } catch {
      // The result has it.
    }
    getTask?.(task, config)
  }

  function send(header: Record<string, string>): Promise<Response> {
    received = undefined
    return call({ ...config, header: addHeaders(own, header), getTask: take })
  }

  function answerIn(outcome: unknown): Answer | undefined {
    const response = outcome as Response
    const { statusCode: status, header } = response
    // The app gets the config with the answer: it says nothing of the credentials.
    if (response.config) {
      response.config = Object.assign(config, response.config, { header: own, getTask })
    }
    const headers = received ?? header
    if (stream && status) {
      const { data } = stream.end({ status, headers, data: response.data })
      // What has been delivered is not sent again.
      if (stream.isStreamed) return undefined
      response.data = parsed(data)
    }
    return status ? { status, headers, data: response.data } : undefined
  }

  return sendSignedIn(flow, send, answerIn, answerIn).catch((error: unknown) => {
    throw isAborted ? { errMsg: 'request:fail abort', config } : error
  })
}

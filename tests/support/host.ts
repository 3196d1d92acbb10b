import type {
  Platform,
  WireAnswer,
  WireCall,
  WireFailure,
  WireStream,
} from '../../src/auth/platform'
import { createClock, flush, type Clock } from './clock'

/** A call that reached the wire and waits for its answer. */
export interface PendingCall {
  readonly call: WireCall
  /** `GET /bookings`; uploads and downloads begin with `UPLOAD` and `DOWNLOAD`. */
  readonly line: string
  readonly authorization: string | undefined
  /** The JSON that was sent. */
  readonly body: unknown
  /** Clock time in ms when it went out. */
  readonly at: number
  readonly isAborted: boolean
  answer(status: number, data?: unknown, headers?: Record<string, unknown>): Promise<void>
  fail(kind: WireFailure['kind'], more?: Partial<WireFailure>): Promise<void>
  /** Of a call that wants its answer in pieces; a text is sent as UTF-8. */
  head(status: number | undefined, headers?: Record<string, unknown>): Promise<void>
  chunk(piece: string | ArrayBuffer): Promise<void>
}

/** What `wx.login` does when it is called. */
export type LoginScript = 'code' | 'fail' | 'silent'

/** WeChat, scripted: ten requests at once, first in, first out, and a record of all. */
export interface FakeHost {
  readonly platform: Platform
  readonly clock: Clock
  /** Every call in the order of sending. */
  readonly sent: readonly PendingCall[]
  /** On the wire and not answered. */
  readonly onWire: readonly PendingCall[]
  /** Most calls that were on the wire at once. */
  readonly most: number
  readonly storage: Map<string, unknown>
  /** How often `wx.login` was called. */
  readonly logins: number
  login: LoginScript
  /** What `wx.checkSession` answers; undefined: nothing, ever. */
  session: boolean | undefined
  readonly sessionChecks: number
  encrypts: (kind: string) => boolean
  /** Storage calls that throw. */
  broken: Set<'getItem' | 'setItem' | 'removeItem'>
  pages: unknown[]
  /** The oldest unanswered call that begins with `line`; throws if there is none. */
  take(line: string): Promise<PendingCall>
  /** All unanswered calls that begin with `line`. */
  takeAll(line: string): Promise<PendingCall[]>
  hide(): Promise<void>
  show(): Promise<void>
  /** Another tab stores this under the key, or removes what was there. */
  storeElsewhere(key: string, value: string | undefined): Promise<void>
  /** Answers calls as they come; a call it answers with undefined stays pending. */
  serve: ((call: PendingCall) => Reply | undefined) | undefined
  /** Fails unless every call was answered or aborted. */
  assertIdle(): void
}

export interface Reply {
  status: number
  data?: unknown
  headers?: Record<string, unknown>
  /** ms until it arrives; 0 if not given. */
  latency?: number
  failure?: WireFailure['kind']
}

const WECHAT_LIMIT = 10

export const BASE = 'https://api.example.com/v1'

interface HostOptions {
  without?: ('login' | 'checkSession')[]
  /** How many requests it has on the wire at once; WeChat's ten if not given. */
  limit?: number
}

export function createHost(options: HostOptions = {}): FakeHost {
  const { limit = WECHAT_LIMIT } = options
  const clock = createClock()
  const sent: PendingCall[] = []
  const onWire: PendingCall[] = []
  const queued: (() => void)[] = []
  const hideListeners: (() => void)[] = []
  const showListeners: (() => void)[] = []
  const storedListeners: ((key: string | null) => void)[] = []
  let most = 0
  let logins = 0
  let sessionChecks = 0

  function guarded<T>(name: 'getItem' | 'setItem' | 'removeItem', work: () => T): T {
    if (host.broken.has(name)) throw new Error('storage is broken')
    return work()
  }

  function send(call: WireCall) {
    let resolve!: (answer: WireAnswer) => void
    let reject!: (failure: WireFailure) => void
    const answer = new Promise<WireAnswer>((yes, no) => {
      resolve = yes
      reject = no
    })
    let isAborted = false
    let isDone = false
    const end = () => {
      isDone = true
      const index = onWire.indexOf(pending)
      if (index >= 0) onWire.splice(index, 1)
      queued.shift()?.()
    }
    const settle = async (how: () => void) => {
      if (isDone) throw new Error(`${pending.line} was answered or aborted before`)
      end()
      how()
      await flush()
    }
    const pending: PendingCall = {
      call,
      line: lineOf(call),
      authorization: call.header.authorization,
      body: 'data' in call ? bodyOf(call.data) : undefined,
      at: clock.now(),
      get isAborted() {
        return isAborted
      },
      answer: (status, data, headers = {}) =>
        settle(() => resolve({ status, headers, data: data === undefined ? '' : data })),
      fail: (kind, more) => settle(() => reject({ kind, errMsg: 'request:fail', ...more })),
      head: (status, headers = {}) => report((stream) => stream.onHead({ status, headers })),
      chunk: (piece) => report((stream) => stream.onChunk(bytesOf(piece))),
    }
    const report = async (event: (stream: WireStream) => void) => {
      if (call.type !== 'request' || !call.stream) throw new Error(`${pending.line} has no stream`)
      event(call.stream)
      await flush()
    }
    const go = () => {
      if (isAborted) return queued.shift()?.()
      onWire.push(pending)
      sent.push(pending)
      most = Math.max(most, onWire.length)
      const reply = host.serve?.(pending)
      if (!reply) return
      const deliver = () => {
        if (isDone) return
        if (reply.failure) void pending.fail(reply.failure)
        else void pending.answer(reply.status, reply.data, reply.headers)
      }
      if (reply.latency) clock.after(reply.latency, deliver)
      else void Promise.resolve().then(deliver)
    }
    if (onWire.length < limit) go()
    else queued.push(go)
    return {
      answer,
      abort() {
        if (isDone || isAborted) return
        isAborted = true
        if (onWire.includes(pending)) end()
      },
    }
  }

  const platform: Platform = {
    now: clock.now,
    after: clock.after,
    send,
    ...(limit < Infinity && { places: limit }),
    login: () => {
      logins++
      if (host.login === 'fail') return Promise.reject({ errMsg: 'login:fail' })
      return host.login === 'code' ? Promise.resolve(`code-${logins}`) : new Promise(() => {})
    },
    checkSession: () => {
      sessionChecks++
      return host.session === undefined ? new Promise(() => {}) : Promise.resolve(host.session)
    },
    encrypts: (kind) => host.encrypts(kind),
    getItem: (key) => guarded('getItem', () => host.storage.get(key)),
    setItem: (key, value) => guarded('setItem', () => void host.storage.set(key, value)),
    removeItem: (key) => guarded('removeItem', () => void host.storage.delete(key)),
    onHide: (listener) => void hideListeners.push(listener),
    onShow: (listener) => void showListeners.push(listener),
    pages: () => host.pages,
    onStored: (listener) => void storedListeners.push(listener),
  }
  for (const name of options.without ?? []) delete platform[name]

  const host: FakeHost = {
    platform,
    clock,
    sent,
    onWire,
    get most() {
      return most
    },
    storage: new Map(),
    get logins() {
      return logins
    },
    login: 'code',
    session: true,
    get sessionChecks() {
      return sessionChecks
    },
    encrypts: () => false,
    broken: new Set(),
    pages: ['page'],
    async take(line) {
      await flush()
      const found = onWire.find((one) => one.line.startsWith(line))
      if (!found) {
        const waiting = onWire.map((one) => one.line).join(', ') || 'nothing'
        throw new Error(`no ${line} on the wire, but ${waiting}`)
      }
      return found
    },
    async takeAll(line) {
      await flush()
      return onWire.filter((one) => one.line.startsWith(line))
    },
    async hide() {
      for (const listener of hideListeners) listener()
      await flush()
    },
    async show() {
      for (const listener of showListeners) listener()
      await flush()
    },
    async storeElsewhere(key, value) {
      if (value === undefined) host.storage.delete(key)
      else host.storage.set(key, value)
      for (const listener of storedListeners) listener(key)
      await flush()
    },
    serve: undefined,
    assertIdle() {
      if (onWire.length > 0) {
        throw new Error(`unanswered: ${onWire.map((one) => one.line).join(', ')}`)
      }
    },
  }
  return host
}

const bytesOf = (piece: string | ArrayBuffer) =>
  typeof piece === 'string' ? (new TextEncoder().encode(piece).buffer as ArrayBuffer) : piece

/** What JSON stands for; anything else as it was sent. */
export function bodyOf(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}

/** `GET /bookings`; of uploads and downloads `UPLOAD` and `DOWNLOAD`. */
export function lineOf(call: WireCall): string {
  const path = call.url.startsWith(BASE) ? call.url.slice(BASE.length) : call.url
  return `${call.type === 'request' ? call.method : call.type.toUpperCase()} ${path}`
}

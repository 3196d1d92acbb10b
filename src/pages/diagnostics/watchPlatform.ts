import type { Platform, WireAnswer, WireCall, WireFailure, WireTask } from '../../index'
import { harmlessFailure, harmlessPath, harmlessSchemes } from './harmless'
import type { AppEvent, CallEnd, RequestEvent, TakeDown } from './journalEvents'
import { quietly } from './quietly'
import type { NumberOf } from './tokenNumbers'

type End = (end: CallEnd & Partial<RequestEvent>) => void

/** A route that was answered 401 is remembered for its replay; more of them are of no use. */
const rememberedLimit = 100

/** The same platform, with what is sent and asked taken down. */
export function watchPlatform(
  platform: Platform,
  takeDown: TakeDown,
  numberOf: NumberOf,
): Platform {
  /** How many sendings of a method and path were answered 401 and not repeated since. */
  const refused = new Map<string, number>()
  const told = new Set<AppEvent['change']>()

  function takeRefusal(route: string): boolean {
    const count = refused.get(route) ?? 0
    if (count > 1) refused.set(route, count - 1)
    else refused.delete(route)
    return count > 0
  }

  function begin(call: WireCall): { route: string; end: End } {
    const method = call.type === 'request' ? call.method : upper[call.type]
    const path = harmlessPath(call.url)
    const route = `${method} ${path}`
    const signature = readSignature(call, path, numberOf)
    const isAgain = takeRefusal(route)
    const details = { kind: 'request', method, path, ...signature, isAgain } as const
    return { route, end: takeDown({ ...details, outcome: 'pending' }) }
  }

  function answered(route: string, end: End, { status, headers, data }: WireAnswer): void {
    const isStatus = Number.isInteger(status) && status >= 100 && status < 600
    const told = { outcome: 'answered', ...(isStatus && { status }) } as const
    if (status !== 401) return end(told)
    if (refused.size < rememberedLimit) refused.set(route, (refused.get(route) ?? 0) + 1)
    end({ ...told, challenges: harmlessSchemes(headers, data) })
  }

  function send(call: WireCall): WireTask {
    const began = platform.now()
    let route = ''
    let end: End = () => undefined
    quietly(() => ({ route, end } = begin(call)))
    const failed = (failure: unknown) =>
      quietly(() => end({ outcome: outcomeOf(failure), ...harmlessFailure(failure) }))
    let task: WireTask
    let answer: WireTask['answer']
    try {
      task = platform.send(call)
      answer = task.answer
    } catch (failure) {
      failed(failure)
      throw failure
    }
    quietly(() => void answer.then((one) => quietly(() => answered(route, end, one)), failed))
    const abort = () => {
      const isLate = platform.now() - began >= call.timeout
      quietly(() => end({ outcome: isLate ? 'timeout' : 'aborted' }))
      return task.abort()
    }
    return { ...task, answer, abort }
  }

  /** The first listener tells the journal; the others need not. */
  function telling(change: AppEvent['change'], listener: () => void): () => void {
    if (told.has(change)) return listener
    told.add(change)
    return () => {
      takeDown({ kind: 'app', change })
      listener()
    }
  }

  /** Takes down a call of WeChat's and gives back just what it gave. */
  function watch<T>(call: 'login' | 'checkSession', ask: () => Promise<T>): Promise<T> {
    const end = takeDown({ kind: 'wechat', call, outcome: 'pending' })
    const failed = (failure: unknown) =>
      quietly(() => end({ outcome: 'failed', ...harmlessFailure(failure) }))
    let answer: Promise<T>
    try {
      answer = ask()
    } catch (failure) {
      failed(failure)
      throw failure
    }
    const answered = (one: T) =>
      end({ outcome: 'answered', ...(one === true && { isAlive: true }) })
    quietly(() => void answer.then((one) => quietly(() => answered(one)), failed))
    return answer
  }

  // Looked up at each call: what is replaced in the host later is used.
  return {
    now: () => platform.now(),
    after: (ms, callback) => platform.after(ms, callback),
    send,
    getItem: (key) => platform.getItem(key),
    setItem: (key, value) => platform.setItem(key, value),
    removeItem: (key) => platform.removeItem(key),
    ...(platform.login && { login: () => watch('login', () => platform.login!()) }),
    ...(platform.checkSession && {
      checkSession: () => watch('checkSession', () => platform.checkSession!()),
    }),
    ...(platform.encrypts && { encrypts: (kind) => platform.encrypts!(kind) }),
    ...(platform.onHide && {
      onHide: (listener) => platform.onHide!(telling('background', listener)),
    }),
    ...(platform.onShow && {
      onShow: (listener) => platform.onShow!(telling('foreground', listener)),
    }),
    ...(platform.pages && { pages: () => platform.pages!() }),
  }
}

const upper = { upload: 'UPLOAD', download: 'DOWNLOAD' } as const

function outcomeOf(failure: unknown): CallEnd['outcome'] {
  const { kind } = { ...(failure as Partial<WireFailure> | null | undefined) }
  return kind === 'timeout' || kind === 'interrupted' ? kind : 'failed'
}

/** In whose name it goes; a login has its code in the body. */
function readSignature(
  call: WireCall,
  path: string,
  numberOf: NumberOf,
): Pick<RequestEvent, 'signed' | 'token'> {
  const [scheme, credential] = (call.header.Authorization ?? '').split(' ')
  if (scheme === 'Bearer' && credential) return { signed: 'token', token: numberOf(credential) }
  if (scheme === 'WxLogin') return { signed: 'loginCode' }
  if (scheme) return { signed: 'other' }
  return { signed: path.endsWith('/auth/login') ? 'loginCode' : 'guest' }
}

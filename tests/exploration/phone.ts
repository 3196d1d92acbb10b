import type {
  Platform,
  WireAnswer,
  WireCall,
  WireFailure,
  WireStream,
} from '../../src/auth/platform'
import { codeInBody, speakInCodes } from '../support/codeInBody'
import { createClock, type Clock } from '../support/clock'
import { BASE } from '../support/host'
import { callOf, type Call } from './calls'
import { bytesOf } from './stream'
import { createStorage, type ExploredStorage } from './storage'

/** A call on its way, until it is answered, lost or aborted. */
export interface Flight extends Call {
  /** Order of sending. */
  readonly seq: number
  /** ms since the app started. */
  readonly sentAt: number
  /** Of a request with `onChunk`: hands over what comes before the end. */
  readonly stream?: { head(answer: WireAnswer): void; piece(text: string): void }
  answer(answer: WireAnswer): void
  fail(kind: WireFailure['kind']): void
}

/** A `wx.login` that has not called back. */
export interface CodeCall {
  readonly askedAt: number
  give(code: string): void
  fail(): void
}

/** Is told of everything that passes between client and host, before the client goes on. */
export interface Watcher {
  sent(flight: Flight): void
  headed(flight: Flight, answer: WireAnswer): void
  passed(flight: Flight, piece: string): void
  answered(flight: Flight, answer: WireAnswer): void
  /** The call gets no answer. */
  failed(flight: Flight): void
  /** The client does not want its answer any more. */
  gaveUp(flight: Flight): void
  askedForCode(call: CodeCall): void
  /** `wx.login` calls back. */
  codeEnded(call: CodeCall, how: 'given' | 'failed'): void
  /** The client has looked into the storage, where another tab has put this. */
  found(stored: string | undefined): void
  /** It writes over what another tab has put there. */
  overwrote(known: string | undefined, text: string | undefined): void
}

/** WeChat on a phone, or a browser's tab: nothing is answered and no time passes unless a test has it so. */
export interface Phone {
  readonly platform: Platform
  readonly clock: Clock
  /** In the order of sending. */
  readonly flights: readonly Flight[]
  readonly codeCalls: readonly CodeCall[]
  readonly storage: ExploredStorage
  encrypts: boolean
  hide(): void
  show(): void
  /** The browser tells of what another tab has stored. */
  tell(key: string): void
  /** Kills the app: what is under way is lost, and storage stays. */
  restart(): void
}

type Listener = () => void
type Told = (key: string | null) => void

interface PhoneOptions {
  watcher: Watcher
  hasWxLogin: boolean
  /** Whether the backend speaks in codes, see `codeInBody`. */
  isSpokenInCodes: boolean
}

export function createPhone({ watcher, hasWxLogin, isSpokenInCodes }: PhoneOptions): Phone {
  const storage = createStorage(watcher)
  let sent = 0
  let app = startApp(Date.UTC(2026, 0, 1))

  /** One run of the app: it ends with all that it has under way. */
  function startApp(now: number) {
    const clock = createClock(now)
    const flights: Flight[] = []
    const codeCalls: CodeCall[] = []
    const listeners = { hide: [] as Listener[], show: [] as Listener[], stored: [] as Told[] }

    function send(call: WireCall) {
      let resolve!: (answer: WireAnswer) => void
      let reject!: (failure: WireFailure) => void
      const answer = new Promise<WireAnswer>((yes, no) => ([resolve, reject] = [yes, no]))
      answer.then(
        (given) => watcher.answered(flight, given),
        () => {},
      )
      const land = () => remove(flights, flight)
      const handingOver = ({ onHead, onChunk }: WireStream) => ({
        head(answer: WireAnswer) {
          watcher.headed(flight, answer)
          onHead({ status: answer.status, headers: answer.headers })
        },
        piece(text: string) {
          watcher.passed(flight, text)
          onChunk(bytesOf(text))
        },
      })
      const flight: Flight = {
        ...callOf(call),
        ...(call.type === 'request' && call.stream && { stream: handingOver(call.stream) }),
        seq: ++sent,
        sentAt: clock.elapsed,
        answer(given) {
          land()
          resolve(given)
        },
        fail(kind) {
          land()
          watcher.failed(flight)
          reject({ kind, errMsg: `request:fail ${call.url}?token=${flight.authorization}` })
        },
      }
      flights.push(flight)
      watcher.sent(flight)
      const abort = () => {
        land()
        watcher.gaveUp(flight)
      }
      return { answer, abort }
    }

    function login(): Promise<string> {
      return new Promise((resolve, reject) => {
        const end = (how: 'given' | 'failed') => {
          remove(codeCalls, call)
          watcher.codeEnded(call, how)
        }
        const call: CodeCall = {
          askedAt: clock.elapsed,
          give(code) {
            end('given')
            resolve(code)
          },
          fail() {
            end('failed')
            reject({ errMsg: 'login:fail' })
          },
        }
        codeCalls.push(call)
        watcher.askedForCode(call)
      })
    }

    const platform: Platform = {
      now: clock.now,
      after: clock.after,
      send,
      places: 10,
      ...(hasWxLogin && { login }),
      checkSession: () => Promise.resolve(true),
      encrypts: () => phone.encrypts,
      ...storage.ofClient,
      onHide: (listener) => void listeners.hide.push(listener),
      onShow: (listener) => void listeners.show.push(listener),
      ...(!hasWxLogin && { onStored: (listener: Told) => void listeners.stored.push(listener) }),
    }
    if (isSpokenInCodes) speakInCodes(platform, BASE)
    return { clock, flights, codeCalls, listeners, platform }
  }

  const phone: Phone = {
    get platform() {
      return app.platform
    },
    get clock() {
      return app.clock
    },
    get flights() {
      return app.flights
    },
    get codeCalls() {
      return app.codeCalls
    },
    storage,
    encrypts: false,
    hide: () => app.listeners.hide.forEach((listener) => listener()),
    show: () => app.listeners.show.forEach((listener) => listener()),
    tell: (key) => app.listeners.stored.forEach((listener) => listener(key)),
    restart() {
      storage.restart()
      app = startApp(app.clock.now())
    },
  }
  return phone
}

/** What the client is to speak. */
export const dialectOf = (isSpokenInCodes: boolean) =>
  isSpokenInCodes ? { dialect: codeInBody } : {}

function remove<T>(from: T[], one: T): void {
  const index = from.indexOf(one)
  if (index >= 0) from.splice(index, 1)
}

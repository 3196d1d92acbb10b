import type { Platform, WireAnswer, WireCall, WireFailure } from '../../src/auth/platform'
import { codeInBody, speakInCodes } from '../support/codeInBody'
import { createClock, type Clock } from '../support/clock'
import { BASE, bodyOf, lineOf } from '../support/host'

/** A call on its way, until it is answered, lost or aborted. */
export interface Flight {
  /** `GET /bookings`, in the words of the contract whatever the dialect. */
  readonly line: string
  readonly url: string
  readonly authorization: string
  readonly replaced: string | undefined
  readonly body: unknown
  /** Order of sending. */
  readonly seq: number
  /** ms since the app started. */
  readonly sentAt: number
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
  answered(flight: Flight, answer: WireAnswer): void
  askedForCode(call: CodeCall): void
}

/** What of the host does not go well. */
export type StorageCall = 'getItem' | 'setItem' | 'removeItem'

/** WeChat on a phone: nothing is answered and no time passes unless a test has it so. */
export interface Phone {
  readonly platform: Platform
  readonly clock: Clock
  /** In the order of sending. */
  readonly flights: readonly Flight[]
  readonly codeCalls: readonly CodeCall[]
  readonly storage: Map<string, string>
  readonly broken: Set<StorageCall>
  /** `stale`: storage has refused to write; `stuck`: and to remove what was there. */
  readonly stored: 'fresh' | 'stale' | 'stuck'
  encrypts: boolean
  hide(): void
  show(): void
  /** Kills the app: what is under way is lost, and storage stays. */
  restart(): void
}

interface PhoneOptions {
  watcher: Watcher
  hasWxLogin: boolean
  /** Whether the backend speaks in codes, see `codeInBody`. */
  isSpokenInCodes: boolean
}

export function createPhone({ watcher, hasWxLogin, isSpokenInCodes }: PhoneOptions): Phone {
  const storage = new Map<string, string>()
  const broken = new Set<StorageCall>()
  let sent = 0
  let stored: Phone['stored'] = 'fresh'
  let app = startApp(Date.UTC(2026, 0, 1))

  function guarded<T>(name: StorageCall, work: () => T): T {
    if (broken.has(name)) {
      if (name !== 'getItem') stored = 'stuck'
      throw new Error('storage is broken')
    }
    if (name === 'setItem') stored = 'fresh'
    else if (name === 'removeItem' && stored === 'stuck') stored = 'stale'
    return work()
  }

  /** One run of the app: it ends with all that it has under way. */
  function startApp(now: number) {
    const clock = createClock(now)
    const flights: Flight[] = []
    const codeCalls: CodeCall[] = []
    const listeners = { hide: [] as (() => void)[], show: [] as (() => void)[] }

    function send(call: WireCall) {
      let resolve!: (answer: WireAnswer) => void
      let reject!: (failure: WireFailure) => void
      const answer = new Promise<WireAnswer>((yes, no) => ([resolve, reject] = [yes, no]))
      answer.then(
        (given) => watcher.answered(flight, given),
        () => {},
      )
      const land = () => remove(flights, flight)
      const flight: Flight = {
        line: lineOf(call),
        url: call.url,
        authorization: call.header.authorization ?? '',
        replaced: call.header['replaces-token'],
        body: 'data' in call ? bodyOf(call.data) : undefined,
        seq: ++sent,
        sentAt: clock.elapsed,
        answer(given) {
          land()
          resolve(given)
        },
        fail(kind) {
          land()
          reject({ kind, errMsg: `request:fail ${call.url}?token=${flight.authorization}` })
        },
      }
      flights.push(flight)
      watcher.sent(flight)
      return { answer, abort: land }
    }

    function login(): Promise<string> {
      return new Promise((resolve, reject) => {
        const end = () => remove(codeCalls, call)
        const call: CodeCall = {
          askedAt: clock.elapsed,
          give(code) {
            end()
            resolve(code)
          },
          fail() {
            end()
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
      getItem: (key) => guarded('getItem', () => storage.get(key)),
      setItem: (key, value) => guarded('setItem', () => void storage.set(key, value)),
      removeItem: (key) => guarded('removeItem', () => void storage.delete(key)),
      onHide: (listener) => void listeners.hide.push(listener),
      onShow: (listener) => void listeners.show.push(listener),
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
    broken,
    get stored() {
      return stored
    },
    encrypts: false,
    hide: () => app.listeners.hide.forEach((listener) => listener()),
    show: () => app.listeners.show.forEach((listener) => listener()),
    restart() {
      stored = broken.has('getItem') ? 'stuck' : 'fresh'
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

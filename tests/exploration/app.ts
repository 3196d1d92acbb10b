import type { Auth } from '../../src/auth/auth'
import { AuthError } from '../../src/auth/errors'
import type { ButtonDetail, PromptKind, TokenState } from '../../src/auth/types'
import type { Platform, WireTask } from '../../src/auth/platform'
import { createDeferred } from '../../src/auth/wire'
import { BASE } from '../support/host'
import { createCauses, type Cause, type Causes } from './causes'
import { createRequestModel, type RequestModel } from './requestModel'
import { textOf } from './stream'
import type { TextCodes } from './textCodes'

export type RequestType = 'plain' | 'quiet' | 'stream' | 'upload' | 'download' | 'flow'

/** How a user answers. `typed`: with a number and its text code; `mistyped`: with a wrong one. */
export type Giving = 'given' | 'denied' | 'typed' | 'mistyped'

/** What the app waits for. */
export interface Wait {
  readonly name: string
  is: 'pending' | 'resolved' | 'rejected'
  value?: unknown
  error?: unknown
  abort?(): void
  isAborted: boolean
  /** The user has signed out since. */
  isSignedOut: boolean
  /** What has happened meanwhile that may end it. */
  readonly causes: Set<Cause>
  /** Of a request: its line on the wire, and what it may do. */
  request?: { line: string; model: RequestModel }
  /** What the user is to be asked for it, if nothing else. */
  ensures?: PromptKind
  /** Whether it is a wish to log in; `ifNeeded`: where no token is alive. */
  logsIn: 'never' | 'always' | 'ifNeeded'
}

/** An app with its user: all that it waits for, and whatever becomes of that. */
export interface App {
  readonly waits: readonly Wait[]
  readonly pending: readonly Wait[]
  /** What has ended since this was asked last. */
  takeEnded(): Wait[]
  readonly note: Causes['note']
  /** The client has done all that it does by itself. */
  settled(): void
  request(type: RequestType): void
  ensure(kind: PromptKind): void
  abort(which: number): void
  login(): void
  loginBy(username: string): void
  adopt(state: TokenState, what: 'tokenState' | 'malformed'): void
  /** @param ends what it has to end */
  logout(ends: readonly Wait[]): void
  /** The user has signed out in another tab, which has to end these. */
  signedOut(ends: readonly Wait[]): void
  verify(): void
  press(kind: 'getUserInfo' | 'getPhoneNumber'): void
  /** The user answers a prompt of this kind, or presses such a button on a page. */
  give(kind: PromptKind, how: Giving, isSealed: boolean): void
  decline(): void
  /** A new one, as the app has started anew: whatever the old one waited for is lost. */
  restart(auth: Auth, platform: Platform): void
}

interface AppOptions {
  isForUser: () => boolean
  isSignedOut: () => boolean
  /** ms since the app started. */
  elapsed: () => number
  textCodes: TextCodes
  /** Is told what is wrong with the pieces of an answer. */
  report: (faults: readonly string[]) => void
}

export function createApp(options: AppOptions): App {
  const { isForUser, isSignedOut, elapsed, textCodes, report } = options
  let auth: Auth
  let platform: Platform
  let waits: Wait[] = []
  let ended: Wait[] = []
  let pressed = 0
  const pending = () => waits.filter(({ is }) => is === 'pending')
  const causes = createCauses(() => [...pending(), ...ended], elapsed)

  /** Begins to wait before it begins, as things may happen at once. */
  function wait(name: string, more: Partial<Wait>, begin: () => Promise<unknown>): void {
    const one: Wait = {
      name,
      is: 'pending',
      isAborted: false,
      isSignedOut: false,
      logsIn: 'never',
      causes: new Set(),
      ...more,
    }
    causes.noteIn(one)
    if (isForUser()) one.causes.add('forUser')
    if (isSignedOut()) one.causes.add('signedOut')
    waits.push(one)
    const task = begin()
    if ('abort' in task) one.abort = task.abort as () => void
    const end = (how: Partial<Wait>) => void ended.push(Object.assign(one, how))
    task.then(
      (value) => end({ is: 'resolved', value }),
      (error: unknown) => end({ is: 'rejected', error }),
    )
  }

  /** A request of the app's own request layer. */
  function startFlow(path: string) {
    const flow = auth.flow(path)
    const aborted = createDeferred<never>()
    let isAborted = false
    let task: WireTask | undefined
    const run = async () => {
      for (;;) {
        const header = await flow.header()
        if (isAborted) return undefined
        const call = { type: 'request', url: BASE + path, method: 'GET', timeout: 60_000 } as const
        task = platform.send({ ...call, header })
        const answer = await task.answer.catch((cause: unknown) => {
          flow.end()
          throw new AuthError('network', { cause })
        })
        if (!(await flow.settle(answer))) return answer.status
      }
    }
    const abort = () => {
      isAborted = true
      task?.abort()
      flow.end()
      aborted.reject(new AuthError('aborted'))
    }
    return Object.assign(Promise.race([run(), aborted.promise]), { abort })
  }

  /** Takes the pieces of the answer to the request that is made next. */
  function onChunk(): (chunk: ArrayBuffer) => void {
    const one = waits.at(-1)!
    return (chunk) => {
      const piece = textOf(chunk)
      if (one.is !== 'pending') report([`${piece} is delivered after its end`])
      report(one.request?.model.stream.got(piece) ?? [])
    }
  }

  function start(type: RequestType, path: string) {
    switch (type) {
      case 'plain':
        return auth.request(path)
      case 'quiet':
        return auth.request({ url: path, interactive: false })
      case 'stream':
        return auth.request({ url: path, onChunk: onChunk() })
      case 'upload':
        return auth.upload({ url: path, filePath: 'wxfile://a', name: 'f' })
      case 'download':
        return auth.download({ url: path })
      case 'flow':
        return startFlow(path)
    }
  }

  function detailOf(kind: PromptKind, how: 'given' | 'denied', isSealed: boolean): ButtonDetail {
    if (how === 'denied') return { errMsg: `${kind}:fail user deny` }
    const sealed = { encryptedData: `secret-e${++pressed}`, iv: 'secret-iv' }
    return { errMsg: `${kind}:ok`, ...(isSealed ? sealed : { code: `secret-p${pressed}` }) }
  }

  return {
    get waits() {
      return waits
    },
    get pending() {
      return pending()
    },
    note: causes.note,
    settled: causes.settled,
    takeEnded() {
      const taken = ended
      ended = []
      return taken
    },
    request(type) {
      const path = `/${type}-${waits.length}`
      const method = type === 'upload' || type === 'download' ? type.toUpperCase() : 'GET'
      const line = `${method} ${path}`
      const request = { line, model: createRequestModel(isForUser) }
      wait(line, { request }, () => start(type, path))
    },
    ensure: (kind) => wait(`ensure ${kind}`, { ensures: kind }, () => auth.ensure(kind)),
    abort(which) {
      const abortable = this.pending.filter((one) => one.abort)
      const one = abortable[which % abortable.length]
      if (!one) return
      one.isAborted = true
      one.abort?.()
    },
    login: () => wait('login', { logsIn: 'always' }, auth.login),
    loginBy: (username) =>
      wait(`login of ${username}`, { logsIn: 'always' }, () =>
        auth.login({ username, password: 'secret-pw' }),
      ),
    adopt(state, what) {
      causes.note('newSession', 'all')
      wait(`adopt ${what}`, {}, async () => auth.adopt(state))
    },
    logout(ends) {
      this.signedOut(ends)
      wait('logout', {}, auth.logout)
    },
    signedOut(ends) {
      causes.note('signedOut', 'all')
      for (const one of ends) one.isSignedOut = true
    },
    verify: () => wait('verify', {}, auth.verify),
    press: (kind) => auth.pressPrompt(kind),
    give(kind, how, isSealed) {
      const isTyped = how === 'typed' || how === 'mistyped'
      const logsIn = how === 'denied' ? 'never' : isTyped ? 'ifNeeded' : 'always'
      wait(`submit ${kind}`, { logsIn }, () => {
        const type = (purpose: 'login' | 'number') => textCodes.type(purpose, how === 'typed')
        if (kind === 'login') return auth.submitLogin(isTyped ? type('login') : undefined)
        if (isTyped) return auth.submitPhoneNumber(type('number'))
        const detail = detailOf(kind, how, isSealed)
        if (kind === 'getPhoneNumber') return auth.submitPhoneNumber(detail)
        return auth.submitUserInfo(how === 'denied' || isSealed ? { detail } : { nickname: '阿宁' })
      })
    },
    decline() {
      causes.note('declined', 'all')
      auth.cancelPrompt()
    },
    restart(nextAuth, nextPlatform) {
      ;[auth, platform, waits, ended] = [nextAuth, nextPlatform, [], []]
      causes.forget()
    },
  }
}

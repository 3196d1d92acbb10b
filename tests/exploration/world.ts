import type { WireAnswer } from '../../src/auth/platform'
import type { Prompt } from '../../src/auth/types'
import { createClient } from '../../src/auth/client'
import type { Auth } from '../../src/auth/auth'
import { flush } from '../support/clock'
import { BASE } from '../support/host'
import { createApp, type App, type Wait } from './app'
import { createBackend, type Backend } from './backend'
import { isByUser, isLogin, isOwn } from './calls'
import { faultOf } from './ends'
import { createPhone, dialectOf, type CodeCall, type Flight, type Phone } from './phone'
import { createSessionModel, type SessionModel } from './sessionModel'
import { createTextCodes } from './textCodes'

export const KEY = 'watchword:explored'

/** What does not change while an app is explored. */
export interface Setting {
  /** Whether the backend speaks in codes, and refreshes. */
  isSpokenInCodes: boolean
  hasWxLogin: boolean
  hasSession: boolean
  encrypts: boolean
  isVersioned: boolean
  /** Seconds. */
  lifetime: number
  concurrency: number | undefined
}

/** The client in its surroundings, beside a model of what it has to do. */
export interface World {
  readonly setting: Setting
  readonly phone: Phone
  readonly backend: Backend
  readonly model: SessionModel
  readonly app: App
  readonly auth: Auth
  /** What went wrong, in words. */
  readonly faults: readonly string[]
  /** What has happened, to be put into words if somebody is to read it. */
  readonly journal: unknown[][]
  /** Whether the client has done all that it does by itself. */
  isSettled: boolean
  giveCode(call: CodeCall): void
  /** The app is killed and started again. */
  restart(): void
  /** Everything that can happen by itself has happened: looks whether all is as it has to be. */
  settle(): Promise<void>
}

export function createWorld(setting: Setting): World {
  const { isSpokenInCodes, hasWxLogin, encrypts, isVersioned, lifetime, concurrency } = setting
  const faults: string[] = []
  const journal: unknown[][] = [['    with', setting]]
  /** Logins of which nobody knew the reason when they began. */
  let unexplained: { name: string; by: 'refresh' | 'code' }[] = []
  let codes = 0
  let prompt: Prompt | null = null
  let auth: Auth

  const must = (holds: boolean, fault: string) => void (holds || faults.push(fault))
  const model = createSessionModel({ phone: () => phone, hasWxLogin })
  const phone = createPhone({
    watcher: { sent, answered, askedForCode },
    hasWxLogin,
    isSpokenInCodes,
  })
  phone.encrypts = encrypts
  const newestCode = () => `secret-c${codes}`
  const backend = createBackend({ lifetime, isVersioned, canRefresh: isSpokenInCodes, newestCode })
  const textCodes = createTextCodes()
  const app = createApp(() => model.isForUser, textCodes)

  const asked = (): Wait['logsIn'] => {
    const wishes = app.pending.map(({ logsIn }) => logsIn)
    if (encrypts || wishes.includes('always')) return 'always'
    return wishes.includes('ifNeeded') ? 'ifNeeded' : 'never'
  }
  const requestOf = ({ line }: Flight) =>
    app.waits.find(({ request }) => request?.line === line)?.request?.model

  function begins(name: string, by: 'refresh' | 'code'): void {
    must(model.underWay() <= 1, `${name}, though a login is under way`)
    // Of an answer on its way through the client, only that knows whether it came before this.
    if (world.isSettled && !model.mayLogIn(by, asked())) unexplained.push({ name, by })
  }

  function sent(flight: Flight): void {
    const { line, url, authorization } = flight
    journal.push(['    ->', line, authorization || 'as a guest'])
    // Of a session on its way through the client only that knows whether it was there before.
    if (isByUser(flight) && !world.isSettled) model.blur()
    const fault = textCodes.faultOf(flight, model.isForUser || !world.isSettled)
    if (fault) faults.push(fault)
    model.sent(flight)
    if (line === 'POST /wx/refresh') begins(line, 'refresh')
    else if (isLogin(flight)) must(model.underWay() <= 1, `${line}, though a login is under way`)
    must(!url.includes('secret-'), `a secret in the address of ${line}`)
    if (isOwn(flight)) faults.push(...(requestOf(flight)?.sent(flight) ?? []))
    if (line === 'POST /auth/logout' || !authorization.startsWith('Bearer ')) return
    // The app's own layer sends what it has been given before.
    if (line.includes('/flow-') && !world.isSettled) return
    const token = authorization.slice('Bearer '.length)
    must(auth.tokenState?.accessToken === token, `${line} goes with another token than is held`)
    const stored = String(phone.storage.get(KEY))
    must(
      phone.stored !== 'fresh' || stored.includes(`"${token}"`),
      `${line} goes before it is stored`,
    )
    must(!model.signedOut, `${line} goes with a token after signing out`)
    const limit = concurrency ?? 9
    const queued = phone.flights.filter((one) => isOwn(one) && !one.line.includes('/flow-'))
    must(queued.length <= limit, `${queued.length} requests on the wire`)
  }

  function answered(flight: Flight, answer: WireAnswer): void {
    journal.push(['    <-', flight.line, answer.status, answer.data])
    if (!isVersioned && flight.line.includes('/flow-')) model.blur()
    model.answered(flight, answer)
    if (isOwn(flight)) requestOf(flight)?.answered(flight, answer)
  }

  function askedForCode(call: CodeCall): void {
    journal.push(['    -> wx.login'])
    model.askedForCode(call)
    begins('wx.login', 'code')
  }

  function start(): void {
    const readable = phone.broken.has('getItem') ? undefined : phone.storage.get(KEY)
    model.started(readable)
    auth = createClient({
      baseURL: BASE,
      storageKey: KEY,
      platform: phone.platform,
      ...dialectOf(isSpokenInCodes),
      ...(concurrency !== undefined && { concurrency }),
      onWarning: ({ code, message }) => mustBeFree(`warning ${code}`, message),
    })
    app.restart(auth, phone.platform)
    prompt = null
    let hadSession = auth.tokenState !== null
    auth.subscribe(() => {
      const hasSession = auth.tokenState !== null
      const isOver = hadSession && !hasSession && model.isForUser
      if (isOver) for (const one of app.pending) one.request?.model.sessionEnded()
      hadSession = hasSession
      // What opens after a prompt has ended does not take its place.
      if (!auth.prompt) prompt = null
    })
  }

  function mustBeFree(name: string, text: string): void {
    must(!text.includes('secret-'), `a secret in ${name}: ${text}`)
  }

  function checkPrompt(): void {
    const before = prompt
    prompt = auth.prompt
    if (!prompt) return
    const waitsFor = (kind: Prompt['kind']) =>
      app.pending.some(({ request }) => request?.model.waitsFor(kind))
    const { kind } = prompt
    const isEnsured = app.pending.some(({ ensures }) => ensures)
    const isWanted = isEnsured || waitsFor(kind) || waitsFor('login')
    must(isWanted, `the prompt ${kind} is open for nobody`)
    if (!before || before.kind === kind || !waitsFor(before.kind)) return
    // A request may ask for several: what was given is not what it waits for now.
    const isGiven = app.waits.some(({ name }) => name === `submit ${before.kind}`)
    must(isGiven, `the prompt ${kind} takes the place of ${before.kind}`)
  }

  function checkEnds(): void {
    for (const wait of app.takeEnded()) {
      const fault = faultOf(wait)
      if (fault) faults.push(fault)
      if (wait.is !== 'rejected') continue
      const { message } = wait.error as Error
      mustBeFree(`the error of ${wait.name}`, `${message} ${JSON.stringify(wait.error)}`)
    }
  }

  async function settle(): Promise<void> {
    await flush()
    world.isSettled = true
    for (const { name, by } of unexplained)
      must(model.mayLogIn(by, asked()), `${name}, though nothing calls for it`)
    unexplained = []
    const held = auth.tokenState
    faults.push(...model.faults(auth))
    const stored = phone.storage.get(KEY) ?? ''
    if (phone.stored === 'fresh') {
      must(!held || stored.includes(`"${held.accessToken}"`), 'the session is not stored')
      must(!model.signedOut || stored === '{"signedOut":true}', `${stored} outlives the logout`)
    }
    if (phone.stored !== 'stuck')
      must(held !== null || !stored.includes('secret-'), 'a session stays stored')
    must(
      [...phone.storage.keys()].every((key) => key === KEY),
      'something is stored elsewhere',
    )
    checkPrompt()
    checkEnds()
    // A request layer of the app's own waits for its answer.
    const isLeft = (wait: Wait) => wait.isSignedOut && !wait.name.includes('/flow-')
    for (const { name } of app.pending.filter(isLeft)) faults.push(`${name} outlives the logout`)
    const isQuiet =
      phone.flights.length === 0 && phone.codeCalls.length === 0 && phone.clock.pending === 0
    const forgotten = isQuiet && !auth.prompt ? app.pending.map(({ name }) => name) : []
    must(forgotten.length === 0, `nothing will ever end: ${forgotten.join(', ')}`)
  }

  if (setting.hasSession) storeSession()
  start()

  /** As an earlier run of the app has left it. */
  function storeSession(): void {
    const login = { line: 'POST /auth/login', authorization: '', body: { code: newestCode() } }
    const { tokenState } = backend.answer(login as Flight).data as { tokenState: unknown }
    phone.storage.set(KEY, JSON.stringify({ state: tokenState, at: phone.clock.now() }))
  }

  const world: World = {
    ...{ setting, phone, backend, model, app, faults, journal, settle },
    isSettled: true,
    get auth() {
      return auth
    },
    giveCode(call) {
      const code = `secret-c${++codes}`
      journal.push(['    <- wx.login', code])
      model.gaveCode(call, code)
      call.give(code)
    },
    restart() {
      phone.restart()
      start()
    },
  }
  return world
}

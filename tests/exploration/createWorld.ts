import { createClient } from '../../src/auth/client'
import type { Auth } from '../../src/auth/auth'
import { flush } from '../support/clock'
import { BASE } from '../support/host'
import { createApp } from './app'
import { createBackend } from './backend'
import { createChecks } from './checks'
import { createPhone, dialectOf, type Flight } from './phone'
import { createSessionModel } from './sessionModel'
import { KEY } from './storage'
import { createTextCodes } from './textCodes'
import { createWatch } from './watch'
import type { Setting, World } from './world'

export function createWorld(setting: Setting): World {
  const { isSpokenInCodes, hasWxLogin, encrypts, isVersioned, lifetime, concurrency } = setting
  const faults: string[] = []
  const journal: unknown[][] = [['    with', setting]]
  let codes = 0
  let auth: Auth

  const must = (holds: boolean, fault: string) => void (holds || faults.push(fault))
  const the = () => world
  const watcher = createWatch(the)
  const checks = createChecks(the)
  const model = createSessionModel(() => phone, hasWxLogin)
  const phone = createPhone({
    ...{ watcher, hasWxLogin, isSpokenInCodes },
  })
  phone.encrypts = encrypts
  const newestCode = () => `secret-c${codes}`
  const backend = createBackend({ lifetime, isVersioned, canRefresh: isSpokenInCodes, newestCode })
  const textCodes = createTextCodes()
  const app = createApp({
    isForUser: () => model.isForUser,
    isSignedOut: () => model.signedOut,
    elapsed: () => phone.clock.elapsed,
    textCodes,
    report: (found) => void faults.push(...found),
  })

  function start(): void {
    const { storage } = phone
    const readable = storage.broken.has('getItem') ? undefined : storage.items.get(KEY)
    model.started(readable)
    auth = createClient({
      baseURL: BASE,
      storageKey: KEY,
      platform: phone.platform,
      ...dialectOf(isSpokenInCodes),
      ...(concurrency !== undefined && { concurrency }),
      onWarning: ({ code, message }) => checks.mustBeFree(`warning ${code}`, message),
    })
    app.restart(auth, phone.platform)
    checks.promptEnded()
    checks.holds(auth.tokenState)
    let hadSession = auth.tokenState !== null
    auth.subscribe(() => {
      checks.holds(auth.tokenState)
      const hasSession = auth.tokenState !== null
      const isOver = hadSession && !hasSession && model.isForUser
      if (isOver) for (const one of app.pending) one.request?.model.sessionEnded()
      hadSession = hasSession
      // What opens after a prompt has ended does not take its place.
      if (!auth.prompt) checks.promptEnded()
    })
  }

  async function settle(): Promise<void> {
    await flush()
    world.isSettled = true
    watcher.explain()
    checks.check()
  }

  /** As an earlier run of the app has left it. */
  function storeSession(): void {
    const login = { line: 'POST /auth/login', authorization: '', body: { code: newestCode() } }
    const { tokenState } = backend.answer(login as Flight).data as { tokenState: unknown }
    phone.storage.items.set(KEY, JSON.stringify({ state: tokenState, at: phone.clock.now() }))
  }

  const world: World = {
    ...{ setting, phone, backend, model, app, textCodes, faults, journal, must, settle },
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
    tell() {
      const { signedOut } = model
      const { pending } = app
      phone.tell(KEY)
      must(!phone.storage.hasNews(KEY), 'what another tab has stored is overseen')
      if (world.isSettled && model.signedOut && !signedOut) app.signedOut(pending)
    },
    restart() {
      phone.restart()
      start()
    },
  }
  if (setting.hasSession) storeSession()
  start()
  return world
}

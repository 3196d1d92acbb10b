import type { Prompt, TokenState } from '../../src/auth/types'
import type { Wait } from './app'
import { isLate } from './causes'
import { faultOf } from './ends'
import { KEY } from './storage'
import type { World } from './world'

/** Looks whether all is as it has to be now that everything that can happen by itself has happened. */
export interface Checks {
  check(): void
  /** No secret is in a text that the app may log. */
  mustBeFree(name: string, text: string): void
  /** The client holds this now. */
  holds(state: TokenState | null): void
  /** None is open, or the app has started anew. */
  promptEnded(): void
}

export function createChecks(the: () => World): Checks {
  let prompt: Prompt | null = null
  /** Tokens held since the last look. */
  const held = new Set<string>()

  function mustBeFree(name: string, text: string): void {
    the().must(!text.includes('secret-'), `a secret in ${name}: ${text}`)
  }

  function checkStorage(): void {
    const { auth, model, phone, must } = the()
    const { storage } = phone
    const held = auth.tokenState
    const stored = storage.items.get(KEY) ?? ''
    if (storage.is === 'fresh') {
      must(!held || stored.includes(`"${held.accessToken}"`), 'the session is not stored')
      must(!model.signedOut || stored === '{"signedOut":true}', `${stored} outlives the logout`)
    }
    if (storage.is === 'fresh' || storage.is === 'stale')
      must(held !== null || !stored.includes('secret-'), 'a session stays stored')
    must(
      [...storage.items.keys()].every((key) => key === KEY),
      'something is stored elsewhere',
    )
  }

  function checkPrompt(): void {
    const { app, auth, setting, must } = the()
    const before = prompt
    prompt = auth.prompt
    if (!prompt) return
    const waitsFor = (kind: Prompt['kind']) =>
      app.pending.some(({ request }) => request?.model.waitsFor(kind))
    const { kind } = prompt
    const isEnsured = app.pending.some(({ ensures }) => ensures)
    const isWanted = isEnsured || waitsFor(kind) || waitsFor('login')
    must(isWanted, `the prompt ${kind} is open for nobody`)
    // Where the next one takes its time to open, the one that was answered is still in sight.
    const isOver = kind === 'login' && auth.tokenState !== null && !setting.encrypts
    must(!isOver, 'the prompt login is open, though there is a session')
    if (!before || before.kind === kind || !waitsFor(before.kind)) return
    // A request may ask for several: what was given is not what it waits for now.
    const isGiven = app.waits.some(({ name }) => name === `submit ${before.kind}`)
    must(isGiven, `the prompt ${kind} takes the place of ${before.kind}`)
  }

  function checkEnds(): void {
    const { app, model, phone } = the()
    if (model.isForUser) app.note('forUser', 'all')
    if (phone.codeCalls.some((call) => isLate(call, phone))) app.note('lateCode', 'login')
    for (const wait of app.takeEnded()) {
      const fault = faultOf(wait, held)
      if (fault) the().must(false, fault)
      if (wait.is !== 'rejected') continue
      const { message } = wait.error as Error
      mustBeFree(`the error of ${wait.name}`, `${message} ${JSON.stringify(wait.error)}`)
    }
  }

  function checkWaits(): void {
    const { app, auth, phone, must } = the()
    // A request layer of the app's own waits for its answer.
    const isLeft = (wait: Wait) => wait.isSignedOut && !wait.name.includes('/flow-')
    for (const { name } of app.pending.filter(isLeft)) must(false, `${name} outlives the logout`)
    const isQuiet =
      phone.flights.length === 0 && phone.codeCalls.length === 0 && phone.clock.pending === 0
    const forgotten = isQuiet && !auth.prompt ? app.pending.map(({ name }) => name) : []
    must(forgotten.length === 0, `nothing will ever end: ${forgotten.join(', ')}`)
  }

  return {
    check() {
      const { app, auth, model, must } = the()
      for (const fault of model.faults(auth)) must(false, fault)
      checkStorage()
      checkPrompt()
      checkEnds()
      checkWaits()
      app.settled()
      held.clear()
      this.holds(auth.tokenState)
    },
    mustBeFree,
    holds: (state) => void (state && held.add(state.accessToken)),
    promptEnded: () => void (prompt = null),
  }
}

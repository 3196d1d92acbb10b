import type { WireAnswer } from '../../src/auth/platform'
import type { Wait } from './app'
import { isByUser, isLogin, isOwn, stateIn } from './calls'
import { isLate } from './causes'
import { marksIn } from './heldModel'
import type { CodeCall, Flight, Watcher } from './phone'
import { KEY } from './storage'
import type { World } from './world'

/** Sees what passes between client and host, and whether that may be. */
export interface Watch extends Watcher {
  /** Looks again whether the logins that have begun had a reason, and what a logout has left. */
  explain(): void
}

export function createWatch(the: () => World): Watch {
  /** Logins of which nobody knew the reason when they began. */
  let unexplained: { name: string; by: 'refresh' | 'code' }[] = []

  /** Whether a login has been due since the last: a press holds `wx.login` back. */
  let wasDue = false

  /** What waited when the client found a logout: it may have just ended otherwise. */
  let left: readonly Wait[] = []

  /** Whether a code was asked for that no login has brought to the backend, as far as the client knows. */
  let isKeyDoubtful = false

  const mayLogIn = (by: 'refresh' | 'code') => the().model.mayLogIn(by, asked(the(), isKeyDoubtful))
  const requestOf = ({ line }: Flight) =>
    the().app.waits.find(({ request }) => request?.line === line)?.request?.model

  function begins(name: string, by: 'refresh' | 'code'): void {
    const { model, isSettled, must } = the()
    must(model.underWay() <= 1, `${name}, though a login is under way`)
    // Of an answer on its way through the client, only that knows whether it came before this.
    if (isSettled && !wasDue && !mayLogIn(by)) unexplained.push({ name, by })
    wasDue = false
  }

  function sent(flight: Flight): void {
    const { model, app, isSettled, journal, must, textCodes } = the()
    const { line, url, authorization } = flight
    journal.push(['    ->', line, authorization || 'as a guest'])
    // Of a session on its way through the client, only that knows whether it was there before.
    if (isByUser(flight) && !isSettled) model.blur()
    const fault = textCodes.faultOf(flight, model.isForUser || !isSettled)
    if (fault) must(false, fault)
    model.sent(flight)
    if (line === 'POST /auth/logout') {
      const token = authorization.split(' ')[1]!
      for (const { request } of app.pending) request?.model.revoked(token)
    }
    if (line === 'POST /wx/refresh') begins(line, 'refresh')
    else if (isLogin(flight)) must(model.underWay() <= 1, `${line}, though a login is under way`)
    const isCarried = authorization.startsWith('WxLogin')
    must(!isCarried || !line.includes('/stream-'), `${line} carries a login`)
    must(!url.includes('secret-'), `a secret in the address of ${line}`)
    if (isOwn(flight)) for (const one of requestOf(flight)?.sent(flight) ?? []) must(false, one)
    checkToken(flight)
  }

  function checkToken({ line, authorization }: Flight): void {
    const { auth, phone, model, setting, isSettled, must } = the()
    if (line === 'POST /auth/logout' || !authorization.startsWith('Bearer ')) return
    // The app's own layer sends what it has been given before.
    if (line.includes('/flow-') && !isSettled) return
    const token = authorization.slice('Bearer '.length)
    must(auth.tokenState?.accessToken === token, `${line} goes with another token than is held`)
    const stored = String(phone.storage.items.get(KEY))
    const isStored = phone.storage.is !== 'fresh' || stored.includes(`"${token}"`)
    must(isStored, `${line} goes before it is stored`)
    must(!model.signedOut, `${line} goes with a token after signing out`)
    const limit = setting.concurrency ?? 9
    const queued = phone.flights.filter((one) => isOwn(one) && !one.line.includes('/flow-'))
    must(queued.length <= limit, `${queued.length} requests on the wire`)
  }

  /** What the answer may end. */
  function noteAnswer(flight: Flight, { status, data }: WireAnswer): void {
    const { note } = the().app
    const { tokenState } = Object(data) as { tokenState?: unknown }
    const isState = stateIn(data) !== undefined
    if (status >= 400) note('refused', flight)
    if (status === 429 || status >= 500) note('busy', flight)
    if (data === '' || (tokenState !== undefined && !isState)) note('malformed', flight)
    if (status === 200 && /user-info|phone-number/.test(flight.line)) note('given', flight)
    if (!isLogin(flight) || !isState) return
    note('newSession', 'all')
    isKeyDoubtful = false
  }

  return {
    sent,
    headed(flight, answer) {
      the().journal.push(['    <- head', flight.line, answer.status])
      requestOf(flight)?.stream.headed(answer)
    },
    passed(flight, piece) {
      the().journal.push(['    <- piece', piece])
      requestOf(flight)?.stream.passed(piece)
    },
    answered(flight: Flight, answer: WireAnswer) {
      const { model, setting, journal } = the()
      journal.push(['    <-', flight.line, answer.status, answer.data])
      noteAnswer(flight, answer)
      if (!setting.isVersioned && flight.line.includes('/flow-')) model.blur()
      model.answered(flight, answer)
      if (isOwn(flight)) requestOf(flight)?.answered(flight, answer)
    },
    failed: (flight) => the().app.note('lost', flight),
    gaveUp: (flight) => the().app.note('givenUp', flight),
    codeEnded(call, how) {
      const { app, phone } = the()
      if (how === 'failed') app.note('noCode', 'login')
      if (isLate(call, phone)) app.note('lateCode', 'login')
    },
    askedForCode(call: CodeCall) {
      const { model, journal } = the()
      journal.push(['    -> wx.login'])
      model.askedForCode(call)
      begins('wx.login', 'code')
      isKeyDoubtful = true
    },
    found(stored) {
      const { model, app, isSettled, journal } = the()
      journal.push(['    finds', stored])
      if (!isSettled) model.blur()
      app.note('newSession', 'all')
      const wasOut = model.signedOut
      model.found(stored)
      for (const { request } of app.pending) request?.model.foundToken()
      if (!model.signedOut || wasOut) return
      app.note('signedOut', 'all')
      left = app.pending
    },
    overwrote(known, text) {
      const [before, now] = [marksIn(known), marksIn(text)]
      // The user logs in or out here.
      const isAct = now.signedOut === true || (now.state && now.state.sid !== before.state?.sid)
      the().must(isAct === true, `${text} takes the place of what another tab has stored`)
    },
    explain() {
      the().app.signedOut(left.filter(({ is }) => is === 'pending'))
      left = []
      for (const { name, by } of unexplained)
        the().must(mayLogIn(by), `${name}, though nothing calls for it`)
      unexplained = []
      wasDue ||= the().setting.encrypts && mayLogIn('code')
    },
  }
}

/** Whether somebody who waits wants a login. */
function asked(world: World, isKeyDoubtful: boolean): Wait['logsIn'] {
  const { setting, app, auth, backend } = world
  const wishes = app.pending.map(({ logsIn }) => logsIn)
  // A press waits for a login where the backend could perhaps not read what WeChat encrypts.
  const isReadable = !isKeyDoubtful && backend.hasKey(auth.tokenState?.accessToken)
  if ((setting.encrypts && !isReadable) || wishes.includes('always')) return 'always'
  return wishes.includes('ifNeeded') ? 'ifNeeded' : 'never'
}

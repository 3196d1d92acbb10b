import type { WireAnswer } from '../../src/auth/platform'
import type { PromptKind } from '../../src/auth/types'
import { flush } from '../support/clock'
import type { Giving, RequestType } from './app'
import { CALM, type Policy } from './backend'
import type { Flight } from './phone'
import type { StorageCall } from './storage'
import { ended, handOver, hasBegun } from './pieces'
import { doInTab, type TabDeed } from './tab'
import type { Setting, World } from './world'

/** What becomes of a call: the backend's own answer, a fault on the way, or one behind it. */
type Fate =
  'answered' | 'lost' | 'lostAfterwards' | 'interrupted' | 'broken' | 'malformed' | 'repeated'

/** Something that happens. Which of the calls under way it happens to is a number, of any size. */
export type Deed =
  | { do: 'request'; type: RequestType; count: number }
  | { do: 'ensure'; kind: PromptKind }
  | { do: 'abort'; which: number }
  | { do: 'login' | 'logout' | 'verify' | 'decline' | 'restart' }
  | { do: 'loginBy'; username: string }
  /** `malformed`: what the app has got elsewhere is none. */
  | { do: 'adopt'; what: 'tokenState' | 'malformed' }
  | { do: 'press'; kind: 'getUserInfo' | 'getPhoneNumber' }
  | { do: 'give'; kind: PromptKind | 'prompted'; how: Giving }
  /** Where the host is a browser. */
  | { do: 'tab'; what: TabDeed }
  /** A call under way comes to its end. */
  | { do: 'land'; which: number; fate: Fate }
  /** The backend has a call, and its answer takes its time. */
  | { do: 'reach'; which: number }
  /** Of an answer that an app takes in pieces. */
  | { do: 'piece'; which: number; what: 'head' | 'piece' }
  | { do: 'code'; how: 'given' | 'failed' }
  | { do: 'forget' | 'rotate' | 'unlearn' | 'hide' | 'show' | 'tell' }
  | { do: 'policy'; policy: Partial<Policy> }
  | { do: 'storage'; breaks: StorageCall[] }
  | { do: 'wait' | 'setClock'; ms: number }

/** @property pause how many microtasks go by until the next step; -1: all that there are */
export type Step = Deed & { pause: number }

export interface Schedule {
  setting: Setting
  steps: Step[]
  /** What the user does in the end with what is still asked; `silence`: nothing answers any more. */
  ending: 'give' | 'decline' | 'silence'
}

/** Answers that the backend has given, and that have not arrived. */
const reached = new WeakMap<object, WireAnswer>()

/** Does it, if there is anything to do it to. */
export async function perform(world: World, deed: Deed): Promise<void> {
  const { setting, phone, backend, model, app, auth } = world
  const flight = 'which' in deed ? phone.flights[deed.which % phone.flights.length] : undefined
  switch (deed.do) {
    case 'request':
      for (let i = 0; i < deed.count; i++) app.request(deed.type)
      return
    case 'ensure':
      return app.ensure(deed.kind)
    case 'abort':
      if (!world.isSettled) model.blur()
      return app.abort(deed.which)
    case 'login':
      model.consented()
      return app.login()
    case 'loginBy':
      model.consented()
      return app.loginBy(deed.username)
    case 'adopt': {
      const state = backend.beginElsewhere('u-wechat')
      if (deed.what === 'malformed')
        return app.adopt({ ...state, accessToken: 'secret none' }, deed.what)
      model.adopted(state)
      return app.adopt(state, deed.what)
    }
    case 'logout':
      model.loggedOut()
      // What has just happened may have ended something, and its caller does not know yet.
      return app.logout(world.isSettled ? app.pending : [])
    case 'verify':
      return app.verify()
    case 'decline':
      return app.decline()
    case 'restart':
      await flush()
      return world.restart()
    case 'press':
      return app.press(deed.kind)
    case 'give': {
      const kind = deed.kind === 'prompted' ? auth.prompt?.kind : deed.kind
      if (kind === undefined) return
      const how = givingOf(kind, deed.how)
      if (how !== 'denied') model.consented()
      return app.give(kind, how, phone.encrypts)
    }
    case 'reach':
      if (flight) reach(world, flight)
      return
    case 'piece': {
      const streams = phone.flights.filter(({ stream }) => stream)
      const streamed = streams[deed.which % streams.length]
      if (streamed) handOver(streamed, reach(world, streamed), deed.what)
      return
    }
    case 'land':
      if (flight) land(world, flight, deed.fate)
      return
    case 'code': {
      const call = phone.codeCalls[0]
      if (!call) return
      if (deed.how === 'failed') call.fail()
      else world.giveCode(call)
      return
    }
    case 'forget':
    case 'rotate':
    case 'unlearn':
      return backend[deed.do]()
    case 'hide':
      model.hidden()
      return phone.hide()
    case 'show':
      return phone.show()
    case 'tab':
      if (!setting.hasWxLogin) await doInTab(world, deed.what)
      return
    case 'tell':
      return world.tell()
    case 'policy':
      backend.policy = { ...backend.policy, ...deed.policy }
      return
    case 'storage':
      phone.storage.broken.clear()
      for (const name of deed.breaks) phone.storage.broken.add(name)
      return
    case 'wait':
      return phone.clock.advance(deed.ms)
    case 'setClock':
      // What has arrived before has its own time.
      await flush()
      return phone.clock.set(phone.clock.now() + deed.ms)
  }
}

/** The prompt for a login has no dialogue of WeChat's, and nobody types a name with a text code. */
function givingOf(kind: PromptKind, how: Giving): Giving {
  if (kind === 'login') return how === 'denied' ? 'given' : how
  return kind === 'getUserInfo' && how !== 'denied' ? 'given' : how
}

/** The backend's answer, given now or before. */
function reach({ backend }: World, flight: Flight): WireAnswer {
  const answer = reached.get(flight) ?? backend.answer(flight)
  reached.set(flight, answer)
  return answer
}

function land(world: World, flight: Flight, fate: Fate): void {
  const { backend } = world
  const isLost = fate === 'lost' || fate === 'lostAfterwards' || fate === 'interrupted'
  // What has begun to come is this answer.
  switch (hasBegun(flight) && !isLost ? 'answered' : fate) {
    case 'answered':
      return flight.answer(ended(flight, reach(world, flight)))
    case 'lost':
      return flight.fail('network')
    case 'lostAfterwards':
      reach(world, flight)
      return flight.fail('network')
    case 'interrupted':
      return flight.fail('interrupted')
    case 'broken':
      return flight.answer({ status: 500, headers: {}, data: '' })
    case 'malformed':
      return flight.answer({ status: 200, headers: {}, data: { tokenState: 'secret-none' } })
    case 'repeated':
      // The network repeats the call; the answer to the second one is what arrives.
      reach(world, flight)
      return flight.answer(ended(flight, backend.answer(flight)))
  }
}

/** The trouble is over, or all there is. @returns within what time everything has to have ended, in ms */
export async function end(world: World, ending: Schedule['ending']): Promise<number> {
  const { phone, backend, app } = world
  const limit = ending === 'silence' ? SILENT * (2 + app.pending.length) : WORST
  const until = phone.clock.elapsed + limit
  phone.storage.broken.clear()
  backend.policy = { ...CALM, ...(ending === 'give' && { routes: backend.policy.routes }) }
  phone.show()
  if (ending !== 'silence') world.tell()
  await world.settle()
  for (let round = 0; round < ROUNDS && phone.clock.elapsed <= until; round++) {
    if (app.pending.length === 0) break
    if (!answerOne(world, ending, round)) await phone.clock.advance(phone.clock.next ?? 0)
    await world.settle()
  }
  return limit
}

/** Whether there was anything to answer. */
function answerOne(world: World, ending: Schedule['ending'], round: number): boolean {
  const { phone, app, auth, model } = world
  const [call] = phone.codeCalls
  const isSilent = ending === 'silence'
  // A request layer of the app's own has time limits of its own.
  const flight = phone.flights.find(({ line }) => !isSilent || line.includes('/flow-'))
  if (flight) land(world, flight, isSilent ? 'lost' : 'answered')
  else if (call && !isSilent) world.giveCode(call)
  else if (auth.prompt?.status !== 'open') return false
  else if (ending !== 'give' || round > ROUNDS / 2) app.decline()
  else {
    model.consented()
    const { kind } = auth.prompt
    app.give(kind, kind === 'login' && model.isForUser ? 'typed' : 'given', phone.encrypts)
  }
  return true
}

/** Answers, and all else. What goes round in circles has no end. */
const ROUNDS = 200

/** ms: nothing waits for longer once all is well. A press holds `wx.login` back for so long. */
const WORST = 60_000
/** ms, of a press, `wx.login`, a login and a request without an answer: with one place, one after the other. */
const SILENT = 150_000

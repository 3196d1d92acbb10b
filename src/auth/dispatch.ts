import type { CarriedLogin } from './carriedLogin'
import type { Changes } from './changes'
import { createConclude, type ConcludeOptions } from './conclude'
import type { Credential } from './credential'
import type { AuthError } from './errors'
import { allowsGuests } from './login'
import { createNextStep, GUEST, NOTHING, type Brings } from './nextStep'
import type { Platform } from './platform'
import { createQueue, type Place } from './queue'
import { fail, ignore, transition, type Run, type RunState } from './run'
import type { Stamp } from './session'
import { createTransfer } from './transfer'
import type { Verifier } from './verify'

/** Brings requests onto the wire, each when it has a place and what it is sent with. */
export interface Dispatch {
  /** A token just issued for it counts if it need not wait for its place now. */
  enqueue(run: Run, brings: Brings): void
  /** Ends a request, wherever it is. */
  cancel(run: Run, error: AuthError): void
}

export interface DispatchOptions extends ConcludeOptions {
  platform: Platform
  verifier: Verifier
  changes: Pick<Changes, 'warn'>
  /** How many requests may be on the wire now. */
  places: () => number
}

export function createDispatch(options: DispatchOptions): Dispatch {
  const { platform, session, logins, verifier, backend, changes, places } = options
  const nextStep = createNextStep(session, logins, verifier)
  const transfer = createTransfer(platform, session, backend, changes)
  const conclude = createConclude(options, enqueue)
  const queue = createQueue(places, admit)

  function enqueue(run: Run, brings: Brings): void {
    const { state } = run
    if (state.is === 'over' || state.is === 'queued') return
    const place = queue.enter(run, run.hadPlace)
    const isStale = brings.is === 'freshToken' && place.waited
    transition(run, state, { is: 'queued', place, brings: isStale ? NOTHING : brings })
  }

  function admit(place: Place<Run>): void {
    const { item: run } = place
    const { state } = run
    if (state.is !== 'queued') return queue.leave(place)
    run.hadPlace = true
    const { mayCarryLogin, isAnonymous } = run.snapshot
    const step = isAnonymous ? GUEST : nextStep(mayCarryLogin, state.brings)
    switch (step.do) {
      case 'send':
        return send(run, state, place, step.credential)
      case 'carry':
        transition(run, state, { is: 'awaitingCode', login: step.login, place })
        return awaitCode(run, place, step.login)
      case 'wait':
        queue.leave(place)
        transition(run, state, { is: 'waiting' })
        return wait(run, step.until)
      case 'fail':
        queue.leave(place)
        return fail(run, step.error)
    }
  }

  function wait(run: Run, until: Promise<Brings>): void {
    until.then(
      (outcome) => enqueue(run, outcome),
      (error: AuthError) => goOnWithout(run, error),
    )
  }

  /** The login has failed: with the token at hand, as a guest, or not at all. */
  function goOnWithout(run: Run, error: AuthError): void {
    if (session.alive || allowsGuests(error)) enqueue(run, NOTHING)
    else fail(run, error)
  }

  /** Waits, with its place, for the code of the login that it is to carry. */
  function awaitCode(run: Run, place: Place<Run>, login: CarriedLogin): void {
    login.code.then(
      (code) => {
        const { state } = run
        if (state.is !== 'awaitingCode') return
        if (code !== undefined && login.isUnderWay)
          return carry(run, state, place, { is: 'carried', login, code })
        queue.leave(place)
        enqueue(run, NOTHING)
      },
      (error: AuthError) => {
        if (run.state.is !== 'awaitingCode') return
        queue.leave(place)
        goOnWithout(run, error)
      },
    )
  }

  function send(
    run: Run,
    from: Extract<RunState, { is: 'queued' }>,
    place: Place<Run>,
    credential: Credential,
  ): void {
    const sent: RunState = { is: 'sent', abort: ignore }
    transition(run, from, sent)
    const abort = bring(run, place, credential, session.stampSending())
    // A listener that the host has notified of the sending may have aborted the request.
    if (run.state.is === 'sent') sent.abort = abort
    else abort()
  }

  function carry(
    run: Run,
    from: Extract<RunState, { is: 'awaitingCode' }>,
    place: Place<Run>,
    credential: Extract<Credential, { is: 'carried' }>,
  ): void {
    const sent = session.stampSending()
    credential.login.sent(sent)
    transition(run, from, { is: 'carrying' })
    bring(run, place, credential, sent)
  }

  function bring(run: Run, place: Place<Run>, credential: Credential, sent: Stamp): () => void {
    return transfer({
      snapshot: run.snapshot,
      credential,
      sent,
      isWanted: () => run.state.is !== 'over',
      answered(answer) {
        queue.leave(place)
        conclude(run, credential, answer, sent)
      },
      failed(error) {
        queue.leave(place)
        fail(run, error)
      },
    })
  }

  function cancel(run: Run, error: AuthError): void {
    const { state } = run
    fail(run, error)
    switch (state.is) {
      case 'queued':
        return queue.leave(state.place)
      case 'awaitingCode':
        state.login.leave()
        return queue.leave(state.place)
      case 'sent':
        return state.abort()
      case 'asking':
        return state.leave()
      default:
        state satisfies Extract<RunState, { is: 'made' | 'waiting' | 'carrying' | 'over' }>
    }
  }

  return { enqueue, cancel }
}

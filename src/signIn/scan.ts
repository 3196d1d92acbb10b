import type { Auth } from '../auth/auth'
import type { RequestError } from '../auth/errors'
import type { AuthTask } from '../auth/types'
import { timers, type Timers } from '../uni/timers'
import { isPassing } from './passing'

/** Where a code on this screen is. */
export type ScanState =
  | { is: 'creating' }
  /** `image`: the code's address, for an `<image>`. `expiresAt`: ms since 1970. */
  | { is: 'waiting'; image: string; expiresAt: number }
  /** On a phone the user is asked to confirm. */
  | { is: 'scanned'; image: string; expiresAt: number }
  /** The user has confirmed, and the login is under way. */
  | { is: 'confirmed' }
  | { is: 'signedIn' }
  | { is: 'declined' }
  | { is: 'expired' }
  /** The backend refused. `error`: from the creation, a poll or the login. */
  | { is: 'failed'; error: RequestError }
  /** The page is closed. */
  | { is: 'ended' }

/** What leads from one to the other. */
export interface ScanTransitions {
  creating: 'waiting' | 'failed' | 'ended'
  waiting: 'scanned' | 'confirmed' | 'declined' | 'expired' | 'failed' | 'ended'
  scanned: 'confirmed' | 'declined' | 'expired' | 'failed' | 'ended'
  confirmed: 'signedIn' | 'failed' | 'ended'
  signedIn: 'ended'
  declined: 'creating' | 'ended'
  expired: 'creating' | 'ended'
  failed: 'creating' | 'ended'
  ended: never
}

/** Clock and chance. Default: the host's. */
export interface ScanOptions extends Partial<Timers> {
  /** From 0 up to 1. */
  random?: () => number
}

/** A code on this screen, which signs it in once a phone has scanned and confirmed it. */
export interface Scan {
  readonly state: ScanState
  /** Calls the listener after each change. @returns what ends that */
  subscribe(listener: () => void): () => void
  /** Asks for another code, after one that expired, was declined or failed; does nothing otherwise. */
  restart(): void
  /** Ends it for good. Call it when the page is closed. */
  end(): void
}

interface Created {
  id: string
  secret: string
  /** Seconds. */
  expiresIn: number
  image: string
}

/** Something of it is under way. */
type Live = Extract<ScanState, { is: 'creating' | 'waiting' | 'scanned' | 'confirmed' }>

type Status = 'waiting' | 'scanned' | 'confirmed' | 'declined' | 'expired'

/** ms; the backend answers a poll after 25 s if nothing has changed. */
const POLL_LIMIT = 35_000
/** ms between the beginnings of two polls, where the backend does not wait. */
const POLL_PACE = 1_000
/** ms, of the waits after a failure. */
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 15_000
/** ms for which a confirmed code can be exchanged again, if the answer to the login was lost. */
const EXCHANGE_LIFE = 60_000

/**
 * Shows a code that signs this screen in: asks for one, waits until a phone has scanned and confirmed it,
 * and logs in. Without a network it goes on trying until the code expires.
 * @example
 * import { onUnmounted, shallowRef } from 'vue'
 * import { createScan } from 'watchword/sign-in'
 *
 * const scan = createScan(auth)
 * const state = shallowRef(scan.state)
 * scan.subscribe(() => (state.value = scan.state))
 * onUnmounted(scan.end)
 */
export function createScan(
  auth: Pick<Auth, 'request' | 'login'>,
  { now = timers.now, after = timers.after, random = Math.random }: ScanOptions = {},
): Scan {
  const listeners = new Set<() => void>()
  let state: ScanState = { is: 'creating' }
  let task: AuthTask<unknown> | undefined
  let stopTimers: (() => void)[] = []

  function become<From extends ScanState>(
    _from: From,
    next: Extract<ScanState, { is: ScanTransitions[From['is']] }>,
  ): void {
    state = next
    for (const listener of [...listeners]) listener()
  }

  /** Nothing of the code is under way any more. */
  function stop(): void {
    for (const one of stopTimers) one()
    stopTimers = []
    task?.abort()
    task = undefined
  }

  function later(ms: number, work: () => void): void {
    stopTimers.push(after(ms, work))
  }

  /** Between a half and the whole, so that the browsers of an office do not come back at once. */
  function waitAfter(failures: number): number {
    const wait = Math.min(FIRST_WAIT * 2 ** failures, LONGEST_WAIT)
    return wait * (0.5 + random() / 2)
  }

  function fail(from: Live, error: RequestError): void {
    stop()
    become(from, { is: 'failed', error })
  }

  function create(failures = 0): void {
    const asked = state
    if (asked.is !== 'creating') return
    const creation = auth.request<Created>({
      url: '/auth/scans',
      method: 'POST',
      credentials: 'omit',
    })
    task = creation
    creation.then(
      (created) => {
        if (state !== asked) return
        const { image, expiresIn } = created
        become(asked, { is: 'waiting', image, expiresAt: now() + expiresIn * 1000 })
        later(expiresIn * 1000, expire)
        poll(created, 0)
      },
      (error: RequestError) => {
        if (state !== asked) return
        if (!isPassing(error)) return fail(asked, error)
        later(waitAfter(failures), () => create(failures + 1))
      },
    )
  }

  function expire(): void {
    if (state.is !== 'waiting' && state.is !== 'scanned') return
    stop()
    become(state, { is: 'expired' })
  }

  function poll(created: Created, failures: number): void {
    const asked = state
    if (asked.is !== 'waiting' && asked.is !== 'scanned') return
    const began = now()
    const request = auth.request<{ status: Status }>({
      url: `/auth/scans/${encodeURIComponent(created.id)}`,
      header: { 'Scan-Secret': created.secret },
      // The backend answers when it is another.
      data: { known: asked.is },
      timeout: POLL_LIMIT,
      credentials: 'omit',
    })
    task = request
    request.then(
      ({ status }) => {
        if (state !== asked) return
        take(asked, created, status)
        if (state.is !== 'waiting' && state.is !== 'scanned') return
        later(Math.max(0, began + POLL_PACE - now()), () => poll(created, 0))
      },
      (error: RequestError) => {
        if (state !== asked) return
        // A backend that has forgotten the code.
        if (error.status === 404 || error.status === 410) return expire()
        if (!isPassing(error)) return fail(asked, error)
        later(waitAfter(failures), () => poll(created, failures + 1))
      },
    )
  }

  function take(
    from: Extract<ScanState, { is: 'waiting' | 'scanned' }>,
    created: Created,
    status: Status,
  ): void {
    switch (status) {
      case 'waiting':
        return
      case 'scanned':
        if (from.is === 'waiting') become(from, { ...from, is: 'scanned' })
        return
      case 'confirmed':
        stop()
        become(from, { is: 'confirmed' })
        return logIn({ id: created.id, secret: created.secret }, now() + EXCHANGE_LIFE, 0)
      case 'declined':
        stop()
        return become(from, { is: 'declined' })
      case 'expired':
        return expire()
    }
  }

  function logIn(scan: Pick<Created, 'id' | 'secret'>, until: number, failures: number): void {
    const asked = state
    if (asked.is !== 'confirmed') return
    auth.login({ scan }).then(
      () => state === asked && become(asked, { is: 'signedIn' }),
      (error: RequestError) => {
        if (state !== asked) return
        if (!isPassing(error)) return fail(asked, error)
        const wait = waitAfter(failures)
        if (now() + wait >= until) return fail(asked, error)
        later(wait, () => logIn(scan, until, failures + 1))
      },
    )
  }

  create()

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    restart() {
      if (state.is !== 'expired' && state.is !== 'declined' && state.is !== 'failed') return
      become(state, { is: 'creating' })
      create()
    },
    end() {
      if (state.is === 'ended') return
      stop()
      become(state, { is: 'ended' })
    },
  }
}

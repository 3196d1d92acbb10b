// What a user wished for and was told, and whether the backend holds just that.
import type { Passed } from './faultProxy'
import type { View } from './view'

/** What the page said of a booking. */
export type Told = 'done' | 'not booked' | 'unknown'

/** One booking that the user wants: its address is no other's. */
export interface Wish {
  address: string
  /** In whose name it is to be booked. */
  owner: string
  presses: number
  /** The page's last word; undefined where there was none, or the user has not waited for it. */
  told: Told | undefined
  /** It was told as done at some time. */
  wasDone: boolean
}

/** From when on nothing may go out in anybody's name, and until when, in ms of `performance.now()`. */
interface SignedOut {
  from: number
  until: number
}

export interface Ledger {
  readonly wishes: ReadonlyMap<string, Wish>
  /** Who has the phone: WeChat's user, unless somebody else has signed in on it. */
  owner: string
  /** The owner has pressed the button for it. */
  pressed(address: string): void
  /** The page has said this of the one pressed last. */
  told(told: Told | undefined): void
  /** The page whose button was pressed is gone: what others say is not about it. */
  left(): void
  /** The owner has pressed the button for it: who signs in next by a press is WeChat's user. */
  wantsOut(): void
  /** The user is told that it is over, if that is what they wanted last. */
  isOut(): void
  /** Somebody agrees to sign in: WeChat's user, who needs no more than a press. */
  signsIn(): void
  /** What was sent in the name of a session after its user was told that it is over. */
  faultsOfSignOuts(passed: readonly Passed[]): string[]
}

/** What the user of the phone's WeChat is called. */
export const wechatUser = 'WeChat'

export function createLedger(): Ledger {
  const wishes = new Map<string, Wish>()
  const signedOut: SignedOut[] = []
  let current: Wish | undefined
  let isLeaving = false
  const ledger: Ledger = {
    wishes,
    owner: wechatUser,
    pressed(address) {
      current = wishes.get(address) ?? {
        ...{ address, owner: ledger.owner, presses: 0 },
        ...{ told: undefined, wasDone: false },
      }
      wishes.set(address, current)
      current.presses += 1
      current.told = undefined
    },
    told(told) {
      if (!current || told === undefined) return
      current.told = told
      if (told === 'done') current.wasDone = true
    },
    left: () => void (current = undefined),
    wantsOut() {
      isLeaving = true
      ledger.owner = wechatUser
    },
    isOut() {
      if (!isLeaving) return
      isLeaving = false
      signedOut.push({ from: performance.now(), until: Infinity })
    },
    signsIn() {
      isLeaving = false
      const last = signedOut.at(-1)
      if (last?.until === Infinity) last.until = performance.now()
    },
    faultsOfSignOuts: (passed) => signedOut.flatMap((one) => faultsOfSignOut(one, passed)),
  }
  return ledger
}

/** Nothing goes out in anybody's name until somebody signs in, and nothing in that session's at any time. */
function faultsOfSignOut({ from, until }: SignedOut, passed: readonly Passed[]): string[] {
  const before = passed.filter(({ at }) => at < from)
  const over = new Set(before.map(({ authorization }) => authorization))
  return passed
    .filter(({ at, authorization, line }) => {
      // The client ends at the backend what it has ended here.
      if (at < from || authorization === undefined || line === 'POST /auth/logout') return false
      return at < until || over.has(authorization)
    })
    .map(({ line }) => `${line} is sent in the user's name after signing out`)
}

/** What the booking's page says of the attempt, undefined while it says nothing. */
export function toldBy({ page, seen, failure, declined, isWaiting }: View): Told | undefined {
  if (page !== 'booking') return undefined
  if (seen.has('done')) return 'done'
  if (isWaiting || seen.has('sheet')) return undefined
  if (failure.includes('可能已经提交')) return 'unknown'
  const isRefused = failure !== '' || declined.includes('尚未提交') || seen.has('fieldError')
  return isRefused ? 'not booked' : undefined
}

/** What the backend has booked, by its owner: addresses, with repeats. */
export type Held = ReadonlyMap<string, readonly string[]>

/** What is wrong with what the backend holds of these wishes; empty if nothing is. */
export function faultsOf(wishes: ReadonlyMap<string, Wish>, held: Held): string[] {
  const faults: string[] = []
  for (const { address, owner, told, wasDone } of wishes.values()) {
    const count = countOf(address, held.get(owner) ?? [])
    if (count > 1) faults.push(`${address} is booked ${count} times, told as ${told ?? 'nothing'}`)
    if (count === 0 && wasDone) faults.push(`${address} is told as done, and is not booked`)
    if (count > 0 && told === 'not booked')
      faults.push(`${address} is told as not booked, and is booked`)
  }
  for (const [owner, addresses] of held) {
    for (const address of addresses) {
      const wish = wishes.get(address)
      if (wish?.owner !== owner)
        faults.push(`${address}, a wish of ${wish?.owner ?? 'nobody'}, is booked for ${owner}`)
    }
  }
  return faults
}

export function countOf(address: string, held: readonly string[]): number {
  return held.filter((one) => one === address).length
}

// The faults are over: the app comes to rest, and the user looks at the bookings.
import type { DrivenPage } from '@watchword/simulator'
import { bookedBy, logIn, logInByNumber } from '../support/backend'
import type { Services } from '../support/services'
import { faultsOf, toldBy, wechatUser, type Held, type Ledger } from './ledger'
import { comeToRest, patience, press, wordsOf } from './view'

interface Ending {
  phone: DrivenPage
  services: Services
  ledger: Ledger
  /** As WeChat knows them. */
  person: string
  journal: string[]
}

export async function end({ phone, services, ledger, person, journal }: Ending) {
  const faults: string[] = []
  const rest = await comeToRest(phone)
  journal.push(`  sees ${wordsOf(rest)}`)
  if (rest.isWaiting) faults.push(`the page ${rest.page} waits for ever`)
  ledger.told(toldBy(rest))
  if (rest.seen.has('sheet')) {
    await press(phone, 'cancel')
    ledger.told(toldBy(await comeToRest(phone)))
  }

  const shown = await showBookings(phone, ledger)
  const held = await readHeld(services, ledger, person)
  const own = held.get(ledger.owner) ?? []
  if (!isSame(shown, own)) faults.push(`sees [${shown.join()}], and [${own.join()}] is booked`)
  faults.push(...faultsOf(ledger.wishes, held))
  return { held, faults }
}

/** On the page 我的, however many presses that takes. */
async function showBookings(phone: DrivenPage, ledger: Ledger): Promise<string[]> {
  await phone.restart('example/mine/mine')
  const limit = Date.now() + patience
  for (;;) {
    const view = await comeToRest(phone)
    if (view.seen.has('list') && view.failure === '') return view.listed
    if (Date.now() > limit) throw new Error(`the bookings do not show: ${wordsOf(view)}`)
    if (!view.seen.has('signIn')) await press(phone, 'retry')
    else {
      ledger.signsIn()
      await press(phone, 'signIn')
    }
  }
}

/** Of everybody who has had the phone. */
async function readHeld(services: Services, { wishes }: Ledger, person: string): Promise<Held> {
  const owners = new Set([wechatUser, ...[...wishes.values()].map(({ owner }) => owner)])
  const held = new Map<string, readonly string[]>()
  for (const owner of owners) {
    const isWechat = owner === wechatUser
    const token = isWechat ? await logIn(services, person) : await logInByNumber(services, owner)
    held.set(owner, await bookedBy(services, token))
  }
  return held
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join('\n') === [...others].sort().join('\n')
}

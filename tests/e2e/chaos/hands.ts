// What a user can do, given what is seen.
import type { DrivenPage } from '@watchword/simulator'
import { dayFromNow } from '../support/dayFromNow'
import type { Services } from '../support/services'
import { storedSession } from '../support/storedSession'
import { inventNumber, signInByNumber } from './anotherPerson'
import type { Chance } from './chance'
import { wechatUser, type Ledger } from './ledger'
import { press, typeInto, type Landmark, type View } from './view'

/** Somebody with the app in their hand. */
export interface User {
  phone: DrivenPage
  services: Services
  chance: Chance
  ledger: Ledger
  /** An address that nobody has booked yet. */
  newAddress(): string
}

interface Action {
  name: string
  /** How much likelier than others. */
  weight: number
  isPossible(view: View): boolean
  act(user: User, view: View): Promise<unknown>
}

/** In the order of the page. */
const services = ['small-van', 'family', 'piano'] as const

const isFree = ({ seen }: View) => !seen.has('sheet')
const sees =
  (name: Landmark, page?: string) =>
  (view: View): boolean =>
    view.seen.has(name) && isFree(view) && (page === undefined || view.page === page)
const inSheet =
  (name: Landmark) =>
  ({ seen }: View): boolean =>
    seen.has('sheet') && seen.has(name)
const pressing =
  (name: Landmark) =>
  ({ phone }: User) =>
    press(phone, name)

/** A page that comes in the place of the booking's has nothing to say of the booking. */
const leaving = (act: Action['act']): Action['act'] => {
  return (user, view) => {
    if (view.page === 'booking') user.ledger.left()
    return act(user, view)
  }
}

const openTab = (index: number): Action['act'] =>
  leaving(({ phone }) => press(phone, 'tabs', { nth: index }))

/** Where a sheet is open, that goes, and the page stays. */
const goBack: Action['act'] = (user, view) => {
  const act: Action['act'] = ({ phone }) => phone.page.evaluate(() => void window.simulator.back())
  return (isFree(view) ? leaving(act) : act)(user, view)
}

/** The form of a service as it was left there, or with another wish. */
async function openForm({ phone, chance, newAddress }: User): Promise<unknown> {
  const nth = chance.whole(0, services.length - 1)
  if (chance.isLikely(0.7)) {
    const draft = {
      ...{ name: '林小舟', phone: '15400001234', address: newAddress(), note: '' },
      date: dayFromNow(7),
    }
    await phone.page.evaluate(storeDraft, [services[nth], draft] as const)
  }
  return press(phone, 'services', { nth })
}

/** Runs in the page. */
function storeDraft([service, draft]: readonly [string | undefined, object]) {
  const { wx } = window as unknown as { wx: { setStorageSync(key: string, data: object): void } }
  wx.setStorageSync(`draft:${service}`, draft)
}

const submit =
  (times: number): Action['act'] =>
  async ({ phone, ledger }, { address }) => {
    // Before the press: what comes of it may come at once.
    if (address) ledger.pressed(address)
    await press(phone, 'submit', { times })
  }

const allowBy =
  (name: 'allow' | 'bind'): Action['act'] =>
  ({ phone, chance, ledger }) => {
    const answer = chance.isLikely(0.8) ? 'allow' : 'refuse'
    for (const api of ['getPhoneNumber', 'getUserInfo']) phone.answer(api, answer)
    // It may be a sheet that asks whether to sign in.
    ledger.signsIn()
    return press(phone, name)
  }

async function giveProfile({ phone, chance }: User): Promise<unknown> {
  phone.answer('getUserInfo', 'allow')
  if (chance.isLikely(0.5)) await press(phone, 'avatar')
  await typeInto(phone, 'nickname', chance.oneOf(['小舟', '阿岚', '小博']))
  return press(phone, 'save')
}

async function signOut({ phone, ledger }: User): Promise<void> {
  if (await press(phone, 'signOut')) ledger.wantsOut()
}

async function handOn({ phone, services, ledger }: User): Promise<void> {
  // A page also shows a guest while somebody signs in, and where a silent login has failed and may yet come.
  await phone.settle()
  if (!(await storedSession(phone)).signedOut) return
  const number = inventNumber()
  ledger.signsIn()
  if (await signInByNumber(phone, services, number)) ledger.owner = number
  else await phone.page.evaluate(() => window.simulator.open('example/mine/mine'))
}

/** Where somebody else has signed in, WeChat's user may be next, by the sheet's press: it is theirs then. */
async function loseSession({ phone, ledger }: User): Promise<void> {
  if (ledger.owner !== wechatUser) return
  // There may be none.
  await phone.control({ type: 'killToken' }).catch(() => undefined)
}

async function awayAndBack({ phone }: User): Promise<void> {
  await phone.background()
  await phone.foreground()
}

const restart = leaving(async ({ phone, chance }) => {
  await phone.restart(chance.oneOf(['example/home/home', 'example/mine/mine']))
})

const actions: readonly Action[] = [
  { name: 'opens a form', weight: 30, isPossible: sees('services'), act: openForm },
  { name: 'submits', weight: 20, isPossible: sees('submit'), act: submit(1) },
  { name: 'submits twice', weight: 8, isPossible: sees('submit'), act: submit(2) },
  {
    name: 'changes the address',
    weight: 1,
    isPossible: sees('submit'),
    act: ({ phone, newAddress }) => typeInto(phone, 'address', newAddress()),
  },
  {
    name: 'looks at the bookings',
    weight: 3,
    isPossible: sees('more'),
    act: leaving(pressing('more')),
  },
  { name: 'allows', weight: 8, isPossible: inSheet('allow'), act: allowBy('allow') },
  {
    name: 'gives a name',
    weight: 8,
    isPossible: inSheet('nickname'),
    act: giveProfile,
  },
  { name: 'declines', weight: 3, isPossible: inSheet('cancel'), act: pressing('cancel') },
  {
    name: 'signs in',
    weight: 6,
    isPossible: sees('signIn'),
    act({ phone, ledger }) {
      ledger.signsIn()
      return press(phone, 'signIn')
    },
  },
  { name: 'hands the phone on', weight: 8, isPossible: sees('signIn', 'mine'), act: handOn },
  { name: 'binds the number', weight: 3, isPossible: sees('bind'), act: allowBy('bind') },
  {
    name: 'opens the settings',
    weight: 4,
    isPossible: sees('settings'),
    act: pressing('settings'),
  },
  { name: 'signs out', weight: 6, isPossible: sees('signOut'), act: signOut },
  { name: 'opens the coupon', weight: 1, isPossible: sees('coupon'), act: pressing('coupon') },
  { name: 'claims', weight: 3, isPossible: sees('claim'), act: pressing('claim') },
  { name: 'tries again', weight: 5, isPossible: sees('retry'), act: pressing('retry') },
  { name: 'goes home', weight: 12, isPossible: sees('tabs', 'mine'), act: openTab(0) },
  { name: 'goes to 我的', weight: 5, isPossible: sees('tabs', 'home'), act: openTab(1) },
  { name: 'goes back', weight: 2, isPossible: ({ depth }) => depth > 1, act: goBack },
  { name: 'leaves and comes back', weight: 1, isPossible: () => true, act: awayAndBack },
  { name: 'starts the app anew', weight: 1, isPossible: () => true, act: restart },
  {
    name: 'loses the session',
    weight: 1,
    isPossible: () => true,
    act: loseSession,
  },
]

/** Does something of what is possible, and returns what. */
export async function doSomething(user: User, view: View): Promise<string> {
  const possible = actions.filter(({ isPossible }) => isPossible(view))
  const total = possible.reduce((sum, { weight }) => sum + weight, 0)
  let left = user.chance.next() * total
  const { name, act } = possible.find(({ weight }) => (left -= weight) < 0)!
  await act(user, view)
  return name
}

/** @throws Error where that is not possible */
export async function doThis(user: User, view: View, name: string): Promise<string> {
  const action = actions.find((one) => one.name === name && one.isPossible(view))
  if (!action) throw new Error(`nobody can do this here: ${name}`)
  await action.act(user, view)
  return name
}

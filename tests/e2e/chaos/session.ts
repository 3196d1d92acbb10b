// A user's session with faults, and what is wrong with it in the end.
import { randomUUID } from 'node:crypto'
import type { LaunchOptions } from '@watchword/simulator'
import { register } from '../support/backend'
import { createChance, type Chance } from './chance'
import { end } from './ending'
import type { Passed } from './faultProxy'
import { chooseBySeed, type FaultChoice } from './faults'
import { doSomething, doThis, type User } from './hands'
import type { Lane } from './lane'
import { createLedger, toldBy, type Held, type Wish } from './ledger'
import { comeToRest, listFaults, look, patience, wordsOf } from './view'

/** A session in figures, and what went wrong. */
export interface Session {
  seed: string
  /** What the user did and saw, for people to read. */
  journal: readonly string[]
  actions: number
  requests: readonly Passed[]
  wishes: ReadonlyMap<string, Wish>
  held: Held
  /** Empty where what the user was told is what the backend holds. */
  violations: readonly string[]
}

interface SessionOptions {
  /** In place of the faults that the seed has. */
  choose?: FaultChoice
  /** What somebody new does, in place of what the seed has: each when the last is over. */
  deeds?: readonly string[]
}

export async function runSession(
  { proxy, services, simulator }: Lane,
  seed: string,
  { choose = chooseBySeed(seed), deeds }: SessionOptions = {},
): Promise<Session> {
  const chance = createChance(seed)
  // Somebody else each time: the backend remembers people.
  const person = `${seed} ${randomUUID().slice(0, 8)}`
  const ledger = createLedger()
  const journal: string[] = []
  const violations: string[] = []
  if (!deeds && chance.isLikely(0.5)) await register(services, person)

  proxy.begin(choose)
  const options = { person, backend: services.backend, ...phoneOf(chance) }
  const phone = await simulator.launch('', options)
  let addresses = 0
  const newAddress = () => `${seed} 号 ${++addresses} 室`
  const actions = deeds?.length ?? chance.whole(12, 24)
  try {
    for (let step = 0; step < actions; step++) {
      // A chance of its own: what one step finds changes no other's.
      const own = createChance(`${seed}, step ${step}`)
      const view = await look(phone)
      const user: User = { phone, services, ledger, chance: own, newAddress }
      const deed = await (deeds ? doThis(user, view, deeds[step]!) : doSomething(user, view))
      journal.push(`${view.page}: ${deed}`)
      if (!deeds && own.isLikely(0.35)) continue
      if (!deeds) await phone.settle()
      const after = await (deeds ? comeToRest : look)(phone)
      journal.push(`  sees ${wordsOf(after)}`)
      ledger.told(toldBy(after))
      violations.push(...listFaults(after, ledger.wishes))
      if (after.page === 'mine' && after.seen.has('signIn')) ledger.isOut()
    }
    proxy.calm()
    journal.push('the faults are over')
    const { held, faults } = await end({ phone, services, ledger, person, journal })
    await phone.close().catch((error: Error) => faults.push(error.message))
    await proxy.idle()
    faults.push(...ledger.faultsOfSignOuts(proxy.passed))
    const { wishes } = ledger
    const requests = proxy.passed
    return {
      seed,
      journal,
      actions,
      requests,
      wishes,
      held,
      violations: [...violations, ...faults],
    }
  } catch (error) {
    // Nothing of it is to reach the next session.
    proxy.calm()
    await phone.close().catch(() => undefined)
    await proxy.idle()
    throw new Error(`in ${seed}, after\n${journal.join('\n')}`, { cause: error })
  }
}

function phoneOf(chance: Chance): LaunchOptions {
  return {
    platform: chance.oneOf(['ios', 'android']),
    headerSpelling: chance.oneOf(['ios', 'android', 'lower']),
    unionid: chance.oneOf([true, 'encrypted']),
    // At once, or never in so short a time.
    interruptAfter: chance.oneOf([0, patience]),
    answers: { chooseAvatar: 'allow' },
  }
}

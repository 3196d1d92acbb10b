import { failIn } from './explore'
import { end, perform, type Deed } from './steps'
import { createWorld } from './createWorld'
import type { Setting, World } from './world'

/** Few things, each of which happens once, whenever it can. */
export interface Scope {
  setting: Setting
  /** How it begins. */
  begin(world: World): void
  /** Requests that are made one by one. They are alike: which is which does not matter. */
  requests: number
  /** What the app and its user do. */
  deeds: readonly Deed[]
  /** Whether one call is lost, or `wx.login` fails. */
  hasFault: boolean
}

/** What has not happened yet. */
interface Left {
  requests: number
  deeds: readonly Deed[]
  hasFault: boolean
}

/** Which of how many. */
interface Choice {
  choice: number
  of: number
}

/**
 * Goes through every order of these and of all answers.
 * @returns how many there are
 * @throws as {@link failIn}
 */
export async function goThroughAll(scope: Scope): Promise<number> {
  let taken: Choice[] = []
  for (let count = 1; ; count++) {
    taken = await goThrough(scope, taken)
    const next = taken.findLastIndex(({ choice, of }) => choice + 1 < of)
    if (next < 0) return count
    taken = taken.slice(0, next + 1)
    taken[next]!.choice++
  }
}

/** Takes these choices, then the first one each, until nothing is left that can happen. */
async function goThrough(scope: Scope, given: readonly Choice[]): Promise<Choice[]> {
  const world = createWorld(scope.setting)
  const left: Left = { ...scope }
  const taken: Choice[] = []
  scope.begin(world)
  await world.settle()
  for (let choices = choicesIn(world, left); choices.length > 0; choices = choicesIn(world, left)) {
    const choice = given[taken.length]?.choice ?? 0
    taken.push({ choice, of: choices.length })
    const deed = choices[choice]!
    world.journal.push(Object.values(deed))
    if (deed.do === 'request') left.requests--
    else if (isFault(deed)) left.hasFault = false
    else left.deeds = left.deeds.filter((one) => one !== deed)
    await perform(world, deed)
    await world.settle()
    failIn(world)
  }
  // What is still asked is answered.
  await end(world, 'give')
  failIn(world)
  const { pending } = world.app
  if (pending.length > 0) failIn(world, `these wait: ${pending.map(({ name }) => name).join(', ')}`)
  return taken
}

const isFault = (deed: Deed) =>
  (deed.do === 'land' && deed.fate === 'lost') || (deed.do === 'code' && deed.how === 'failed')

function choicesIn({ phone, auth }: World, { requests, deeds, hasFault }: Left): Deed[] {
  const choices = deeds.filter((deed) => deed.do !== 'give' || auth.prompt?.status === 'open')
  if (requests > 0) choices.push({ do: 'request', type: 'plain', count: 1 })
  if (phone.codeCalls.length > 0) {
    choices.push({ do: 'code', how: 'given' })
    if (hasFault) choices.push({ do: 'code', how: 'failed' })
  }
  const kinds = new Set<string>()
  phone.flights.forEach(({ line, authorization }, which) => {
    // Of those that are alike it is the oldest, and nothing depends on how the backend takes a logout.
    const kind = `${line.replace(/\d/g, '')} ${authorization}`
    if (kinds.has(kind) || line === 'POST /auth/logout') return
    kinds.add(kind)
    choices.push({ do: 'land', which, fate: 'answered' })
    if (hasFault) choices.push({ do: 'land', which, fate: 'lost' })
  })
  return choices
}

import {
  events,
  holderIn,
  humans,
  isPossible,
  owns,
  start,
  wechatOf,
  type Event,
  type Human,
  type Rule,
  type World,
} from './numberModel'
import { stepOn, type Step } from './numberSteps'

export type Fault = 'hand-over' | 'lock-out' | 'split'

/** What a search has found: each fault with the shortest way to it. */
export interface Found {
  worlds: number
  faults: Partial<Record<Fault, Event[]>>
}

const isMixed = ({ accounts }: World) => accounts.some(({ data }) => data.length > 1)

/** Whether the honest event has led somebody where they belong. */
function faultOf(before: World, event: Event, { world, outcome }: Step): Fault | undefined {
  // Whoever enters leaves data: an account with that of both has been entered by a stranger.
  if (isMixed(world)) return 'hand-over'
  if (!('by' in event)) return undefined
  const { by } = event
  const holder = holderIn(before)
  switch (event.is) {
    case 'password':
      return outcome.is === 'in' ? undefined : 'lock-out'
    case 'text': {
      if (event.lies) return undefined
      if (outcome.is !== 'in') return 'lock-out'
      if (holder && owns(holder, by)) {
        if (outcome.account !== holder.id) return hasOtherWay(before, by) ? 'split' : 'lock-out'
        return event.shows && hasEvidence(before, by) && outcome.needsSecondProof
          ? 'lock-out'
          : undefined
      }
      if (outcome.needsSecondProof) return 'lock-out'
      return outcome.account === before.made && hasLost(before, by) ? 'split' : undefined
    }
    case 'bind': {
      if (event.lies) return undefined
      const isOwn = holder !== undefined && owns(holder, by)
      const isTrusted = holder?.proof === 'young' || (event.shows && holder?.password === by)
      if (outcome.is === 'refused') return isOwn && !isTrusted ? undefined : 'lock-out'
      const hasOther =
        isOwn && world.accounts.some(({ id }) => id === holder.id && id !== wechatOf(world, by)?.id)
      return hasOther ? 'split' : undefined
    }
    case 'set-password': {
      const isOthers = !event.lies && !(holder && owns(holder, by))
      return isOthers && outcome.is === 'refused' ? 'lock-out' : undefined
    }
    default:
      return undefined
  }
}

/** Whether somebody can get into the account that has the number without it. */
function hasOtherWay(world: World, by: Human): boolean {
  return holderIn(world)?.wechat.includes(by) === true || hasEvidence(world, by)
}

function hasEvidence(world: World, by: Human): boolean {
  const holder = holderIn(world)
  const session = world.sessions[by]
  return holder?.password === by || (session?.account === holder?.id && !session?.needsSecondProof)
}

/** Whether somebody had proved the number for an account, which has lost it to nobody. */
function hasLost({ accounts }: World, by: Human): boolean {
  return accounts.some((one) => !one.hasNumber && !one.hadNumber && one.provedBy.includes(by))
}

/** The same for worlds that go on alike: accounts have no order, and those without a way in no part. */
function keyOf({ accounts, sim, isRested, listed, sessions }: World): string {
  const rows = accounts.flatMap((one) => {
    const own = humans.map((by) => {
      const session = sessions[by]
      if (session?.account !== one.id) return '-'
      return session.needsSecondProof ? (session.isYoung ? 'y' : 'w') : 's'
    })
    const { data, hasNumber, hadNumber, proof, provedBy, password = '-', wechat } = one
    const isEntered = wechat.length > 0 || password !== '-' || own.join('') !== '--'
    if (!isEntered && !hasNumber && (hadNumber || provedBy.length === 0)) return []
    const parts = [data.join(''), +hasNumber, +hadNumber, proof, provedBy.join(''), password]
    return [...parts, wechat.join(''), ...own].join()
  })
  return [sim ?? '-', +isRested, listed.join(''), ...rows.sort()].join(';')
}

interface Reached {
  world: World
  event: Event | undefined
  from: Reached | undefined
}

/** Every world that so many events can lead to, breadth first; a way ends at its first fault. */
export function search(rule: Rule, depth: number): Found {
  const seen = new Set([keyOf(start)])
  const faults: Found['faults'] = {}
  let layer: Reached[] = [{ world: start, event: undefined, from: undefined }]
  for (let length = 0; length < depth; length++) {
    const next: Reached[] = []
    for (const from of layer) {
      for (const event of events) {
        if (!isPossible(from.world, event)) continue
        const step = stepOn(from.world, event, rule)
        const reached = { world: step.world, event, from }
        const fault = faultOf(from.world, event, step)
        if (fault) {
          faults[fault] ??= wayTo(reached)
          continue
        }
        const key = keyOf(step.world)
        if (seen.has(key)) continue
        seen.add(key)
        next.push(reached)
      }
    }
    layer = next
  }
  return { worlds: seen.size, faults }
}

/** The shortest way to each kind of step, where the model says for sure what the backend does. */
export function waysToEachStep(rule: Rule, depth: number): Event[][] {
  const ways = new Map<string, Event[]>()
  const seen = new Set([keyOf(start)])
  let layer: Reached[] = [{ world: start, event: undefined, from: undefined }]
  for (let length = 0; length < depth; length++) {
    const next: Reached[] = []
    for (const from of layer) {
      for (const event of events) {
        if (!isPossible(from.world, event) || !isCertain(from.world, event)) continue
        const step = stepOn(from.world, event, rule)
        const reached = { world: step.world, event, from }
        const kind = kindOf(from.world, event, step)
        if (!ways.has(kind)) ways.set(kind, wayTo(reached))
        const key = keyOf(step.world)
        if (seen.has(key)) continue
        seen.add(key)
        next.push(reached)
      }
    }
    layer = next
  }
  const all = [...ways.values()]
  const isPart = (one: Event[]) =>
    all.some((way) => way.length > one.length && one.every((event, index) => event === way[index]))
  return all.filter((way) => !isPart(way))
}

/** What the model does not know: how old a login is, and which of two former accounts comes first. */
function isCertain({ accounts, sessions }: World, event: Event): boolean {
  if (event.is === 'delete') return event.in === 'wechat' || sessions[event.by]?.isYoung === true
  if (event.is !== 'password') return true
  const own = accounts.filter(({ password }) => password === event.by)
  return own.length === 1 || own.some(({ hasNumber }) => hasNumber)
}

/** Whose the number is, how it is proved, what is done with it, and what that leads to. */
function kindOf(before: World, event: Event, { outcome }: Step): string {
  const what = { ...event, by: undefined }
  const holder = holderIn(before)
  const isOwn = holder !== undefined && 'by' in event && owns(holder, event.by)
  const { account, ...end } = { account: undefined, ...outcome }
  const isNew = account !== undefined && account >= before.made
  const isHolder = account !== undefined && account === holder?.id
  const isWeChats = holder !== undefined && 'by' in event && holder.wechat.includes(event.by)
  return JSON.stringify([what, isOwn, isWeChats, holder?.proof, end, isNew, isHolder])
}

function wayTo(reached: Reached): Event[] {
  const way: Event[] = []
  for (let one: Reached | undefined = reached; one?.event; one = one.from) way.unshift(one.event)
  return way
}

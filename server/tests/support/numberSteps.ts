// How the world of numberModel.ts goes on, as the backend changes its accounts.
import type { ClaimRuling } from '../../src/people/numberRule'
import {
  add,
  holderIn,
  humans,
  owns,
  wechatOf,
  type Account,
  type Event,
  type Human,
  type Outcome,
  type Rule,
  type World,
} from './numberModel'

export interface Step {
  world: World
  outcome: Outcome
}

type Entry = Extract<Event, { is: 'text' | 'bind' | 'set-password' }>

const done = (world: World): Step => ({ world, outcome: { is: 'done' } })
const refused = (world: World, why: Extract<Outcome, { is: 'refused' }>['why']): Step => {
  return { world, outcome: { is: 'refused', why } }
}

function change(world: World, id: number, to: Partial<Account>): World {
  const accounts = world.accounts.map((one) => (one.id === id ? { ...one, ...to } : one))
  return { ...world, accounts }
}

function make(world: World, of: Partial<Account>): { world: World; account: Account } {
  const blank = {
    data: [],
    hasNumber: false,
    proof: 'none',
    provedBy: [],
    hadNumber: false,
  } as const
  const account = { ...blank, id: world.made, password: undefined, wechat: [], ...of }
  return {
    world: { ...world, accounts: [...world.accounts, account], made: world.made + 1 },
    account,
  }
}

function endSessions(
  world: World,
  ends: (
    session: { account: number; by: Human } & Pick<
      NonNullable<World['sessions'][Human]>,
      'needsSecondProof'
    >,
  ) => boolean,
): World {
  const sessions = { ...world.sessions }
  for (const by of humans) {
    const session = sessions[by]
    if (session && ends({ ...session, by })) delete sessions[by]
  }
  return { ...world, sessions }
}

/** Somebody uses the account, and leaves data there. */
function enter(world: World, by: Human, id: number, needsSecondProof: boolean): Step {
  const session = { account: id, needsSecondProof, isYoung: true }
  const account = world.accounts.find((one) => one.id === id)
  const used = needsSecondProof ? world : change(world, id, { data: add(account?.data ?? [], by) })
  const sessions = { ...used.sessions, [by]: session }
  return { world: { ...used, sessions }, outcome: { is: 'in', account: id, needsSecondProof } }
}

/** The number leaves the account, with the sessions that began on a word. */
function lose(world: World, holder: Account): World {
  const gone = { hasNumber: false, proof: 'none', hadNumber: true } as const
  return endSessionsOnWord(change(world, holder.id, gone), holder.id)
}

const endSessionsOnWord = (world: World, id: number) =>
  endSessions(world, (one) => one.account === id && one.needsSecondProof)

/** `other` has the number, with which its password goes. */
function join(world: World, own: Account, other: Account): World {
  const [elder, younger] = own.id < other.id ? [own, other] : [other, own]
  const set = (pick: (one: Account) => readonly Human[]) =>
    humans.filter((human) => pick(elder).includes(human) || pick(younger).includes(human))
  const joined = change(world, own.id, {
    data: set(({ data }) => data),
    provedBy: set(({ provedBy }) => provedBy),
    wechat: set(({ wechat }) => wechat),
    password: other.password ?? own.password,
  })
  const accounts = joined.accounts.filter(({ id }) => id !== other.id)
  const sessions = { ...joined.sessions }
  for (const by of humans) {
    const session = sessions[by]
    if (session?.account === other.id) sessions[by] = { ...session, account: own.id }
  }
  return { ...joined, accounts, sessions }
}

/** What the rule says of somebody who has entered a text code, once they have answered. */
export function rulingOf(world: World, { is, by, lies, shows }: Entry, rule: Rule): ClaimRuling {
  const holder = holderIn(world)
  const session = world.sessions[by]
  const hasPassword = holder?.password === by
  const hasSession = session?.account === holder?.id && session?.needsSecondProof === false
  const evidence = {
    text: hasPassword || hasSession,
    bind: hasPassword,
    'set-password': hasSession,
  }
  const claim = {
    purpose: ({ text: 'login', bind: 'bind', 'set-password': 'password' } as const)[is],
    holder: !holder ? 'nobody' : is === 'bind' && holder.wechat.includes(by) ? 'self' : 'other',
    isYoung: holder?.proof === 'young',
    hasEvidence: holder !== undefined && shows && evidence[is],
  } as const
  const first = rule.claim({ ...claim, isMine: undefined })
  if (first !== 'ask' || !holder) return first
  return rule.claim({ ...claim, isMine: owns(holder, by) || lies })
}

function claim(world: World, event: Entry, rule: Rule): Step {
  const { is, by } = event
  const ruling = rulingOf(world, event, rule)
  const holder = holderIn(world)
  if (ruling === 'leave' || ruling === 'need-second-proof') return refused(world, ruling)
  const left = ruling === 'move' && holder ? lose(world, holder) : world
  const proved = (account: Account | undefined) =>
    ({
      hasNumber: true,
      hadNumber: false,
      proof: 'young',
      provedBy: add(account?.provedBy ?? [], by),
    }) as const
  if (is === 'bind') {
    const own = wechatOf(left, by)
    if (!own) throw new Error('nobody binds')
    const joined = ruling === 'join' && holder ? join(left, own, holder) : left
    const now = joined.accounts.find(({ id }) => id === own.id)
    const world = change(joined, own.id, { ...proved(now) })
    return { world, outcome: { is: 'bound', account: own.id } }
  }
  const isNew = ruling === 'take' || ruling === 'move' || !holder
  const { world: next, account } = isNew
    ? make(left, { ...proved(undefined) })
    : {
        world: ruling === 'restrict' ? left : change(left, holder.id, proved(holder)),
        account: holder,
      }
  if (is === 'text') return enter(next, by, account.id, ruling === 'restrict')
  const set = change(next, account.id, { password: by })
  return enter(
    endSessions(set, (one) => one.account === account.id),
    by,
    account.id,
    false,
  )
}

function press(world: World, by: Human, rule: Rule): Step {
  const own = wechatOf(world, by)
  if (!own) throw new Error('nobody presses')
  const holder = holderIn(world)
  const ruling = rule.press({
    holder: !holder ? 'nobody' : holder.id === own.id ? 'self' : 'other',
    hasProvedNumber: own.hasNumber && own.proof !== 'none',
    hasTextCodes: true,
    phoneJoin: undefined,
  })
  const proved = rule.pressProves ? ({ proof: 'young' } as const) : {}
  const bound = (world: World): Step => {
    return { world, outcome: { is: 'bound', account: own.id } }
  }
  switch (ruling) {
    case 'keep':
      return bound(change(world, own.id, proved))
    case 'note':
      return bound(change(world, own.id, { hasNumber: true, proof: 'none', ...proved }))
    case 'join': {
      if (!holder) return bound(world)
      const { proof } = holder
      return bound(
        change(join(world, own, holder), own.id, {
          hasNumber: true,
          hadNumber: false,
          proof,
          ...proved,
        }),
      )
    }
    case 'need-text-code':
    case 'leave':
      return refused(world, ruling)
  }
}

function password(world: World, by: Human): Step {
  const named = world.accounts.filter((one) => one.hasNumber || one.hadNumber)
  const own = named.filter((one) => one.password === by)
  const account = own.find((one) => one.hasNumber) ?? own[0]
  if (!account) return refused(world, 'credentials')
  const session = world.sessions[by]
  const isSecond = session?.account === account.id && session.needsSecondProof && account.hasNumber
  const proof =
    isSecond && session.isYoung
      ? 'young'
      : account.proof === 'none' && isSecond
        ? 'old'
        : account.proof
  const provedBy = isSecond ? add(account.provedBy, by) : account.provedBy
  return enter(change(world, account.id, { proof, provedBy }), by, account.id, false)
}

function remove(world: World, id: number): World {
  const left = endSessions(world, ({ account }) => account === id)
  return { ...left, accounts: left.accounts.filter((one) => one.id !== id) }
}

function pass(world: World): World {
  const sessions = { ...world.sessions }
  for (const by of humans) {
    const session = sessions[by]
    if (session) sessions[by] = { ...session, isYoung: false }
  }
  const accounts = world.accounts.map((one) =>
    one.proof === 'young' ? { ...one, proof: 'old' as const } : one,
  )
  return { ...world, accounts, sessions, isRested: world.sim === undefined }
}

export function stepOn(world: World, event: Event, rule: Rule): Step {
  switch (event.is) {
    case 'text':
    case 'bind':
    case 'set-password':
      return claim(world, event, rule)
    case 'press':
      return press(world, event.by, rule)
    case 'password':
      return password(world, event.by)
    case 'wechat': {
      const known = wechatOf(world, event.by)
      const { world: next, account } = known
        ? { world, account: known }
        : make(world, { wechat: [event.by] })
      const used = change(next, account.id, { data: add(account.data, event.by) })
      return { world: used, outcome: { is: 'in', account: account.id, needsSecondProof: false } }
    }
    case 'sign-out':
      return done(endSessions(world, ({ by }) => by === event.by))
    case 'revoke': {
      const own = wechatOf(world, event.by)
      const isCleared = own?.hasNumber && (own.proof === 'none' || rule.revokesProved)
      if (!isCleared) return done(world)
      const cleared = change(world, own.id, { hasNumber: false, proof: 'none' })
      return done(endSessionsOnWord(cleared, own.id))
    }
    case 'delete': {
      const session = world.sessions[event.by]
      if (event.in === 'number' && session?.needsSecondProof)
        return refused(world, 'need-second-proof')
      const id = event.in === 'number' ? session?.account : wechatOf(world, event.by)?.id
      return done(id === undefined ? world : remove(world, id))
    }
    case 'give-up-sim':
      return done({ ...world, sim: undefined, isRested: false })
    case 'get-sim':
      return done({ ...world, sim: event.by, isRested: false, listed: add(world.listed, event.by) })
    case 'pass':
      return done(pass(world))
  }
}

// Two people and one SIM: what they can do, and what becomes of their accounts under a rule.
import type { Claim, ClaimRuling, Press, PressRuling } from '../../src/people/numberRule'

export const humans = ['A', 'B'] as const
export type Human = (typeof humans)[number]

/** A rule to be searched. */
export interface Rule {
  claim(claim: Claim): ClaimRuling
  press(press: Press): PressRuling
  /** Whether WeChat's button proves the number, too. */
  pressProves: boolean
  /** Whether a number that was proved goes, too, when it is taken back in WeChat. */
  revokesProved: boolean
}

export interface Account {
  id: number
  /** Whose data it has. */
  data: readonly Human[]
  hasNumber: boolean
  proof: 'none' | 'old' | 'young'
  /** Who has proved the number for it. */
  provedBy: readonly Human[]
  hadNumber: boolean
  password: Human | undefined
  wechat: readonly Human[]
}

interface NumberSession {
  account: number
  needsSecondProof: boolean
  isYoung: boolean
}

export interface World {
  accounts: readonly Account[]
  sim: Human | undefined
  /** Whether nobody has had it for so long that the carrier may hand it out again. */
  isRested: boolean
  /** In whose WeChat the number is. */
  listed: readonly Human[]
  sessions: Readonly<Partial<Record<Human, NumberSession>>>
  made: number
}

export const start: World = {
  accounts: [],
  sim: 'A',
  isRested: false,
  listed: ['A'],
  sessions: {},
  made: 0,
}

/** `lie`: says that the account of another is theirs. `shows`: all evidence they have. */
export interface Saying {
  lies: boolean
  shows: boolean
}

export type Event =
  | ({ is: 'text' | 'bind' | 'set-password'; by: Human } & Saying)
  | { is: 'press' | 'password' | 'wechat' | 'sign-out' | 'revoke' | 'get-sim'; by: Human }
  | { is: 'delete'; by: Human; in: 'number' | 'wechat' }
  | { is: 'give-up-sim' | 'pass' }

/** What the backend answers. */
export type Outcome =
  | { is: 'in'; account: number; needsSecondProof: boolean }
  | { is: 'bound'; account: number }
  | { is: 'done' }
  | { is: 'refused'; why: 'leave' | 'need-second-proof' | 'need-text-code' | 'credentials' }

export const owns = ({ data }: Account, human: Human) => data.includes(human)
export const add = (set: readonly Human[], human: Human): readonly Human[] =>
  humans.filter((one) => one === human || set.includes(one))

export const holderIn = ({ accounts }: World) => accounts.find(({ hasNumber }) => hasNumber)
export const wechatOf = ({ accounts }: World, human: Human) =>
  accounts.find(({ wechat }) => wechat.includes(human))

/** What somebody does is possible only so. */
export function isPossible(world: World, event: Event): boolean {
  switch (event.is) {
    case 'pass':
      return true
    case 'give-up-sim':
      return world.sim !== undefined
    case 'get-sim':
      return world.sim === undefined && world.isRested
    case 'text':
    case 'set-password':
      return world.sim === event.by
    case 'bind':
      return world.sim === event.by && wechatOf(world, event.by) !== undefined
    case 'press':
      return world.listed.includes(event.by) && wechatOf(world, event.by) !== undefined
    case 'revoke':
      return wechatOf(world, event.by) !== undefined
    case 'wechat':
      return true
    case 'password':
      return world.accounts.some(({ password }) => password === event.by)
    case 'sign-out':
      return world.sessions[event.by] !== undefined
    case 'delete':
      return event.in === 'number'
        ? world.sessions[event.by] !== undefined
        : wechatOf(world, event.by) !== undefined
  }
}

/** Everything that may happen. */
export const events: readonly Event[] = [
  ...humans.flatMap((by): Event[] => [
    ...(['text', 'bind', 'set-password'] as const).flatMap((is) =>
      [false, true].flatMap((lies) => [false, true].map((shows) => ({ is, by, lies, shows }))),
    ),
    ...(['press', 'password', 'wechat', 'sign-out', 'revoke', 'get-sim'] as const).map((is) => {
      return { is, by }
    }),
    { is: 'delete', by, in: 'number' },
    { is: 'delete', by, in: 'wechat' },
  ]),
  { is: 'give-up-sim' },
  { is: 'pass' },
]

/** An event in a word or two: `A text`, `A bind shows`, `B text lies`, `pass`. */
export function describeEvent(event: Event): string {
  const by = 'by' in event ? [event.by] : []
  const saying = 'lies' in event ? [event.lies && 'lies', event.shows && 'shows'] : []
  return [...by, event.is, ...saying].filter(Boolean).join(' ')
}

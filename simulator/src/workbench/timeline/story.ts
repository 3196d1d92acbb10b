// What the timeline draws: the records of a mini-program, each given its place in what happened.
import type {
  LifeRecord,
  ProblemRecord,
  RequestRecord,
  ServerRecord,
  TokenRecord,
  WechatRecord,
} from '../../record'
import type { Demand, ShownChallenge } from './challenges'

/** Who speaks and who is spoken to, from left to right. `wechat` is WeChat's servers. */
export const lanes = ['app', 'wx', 'backend', 'wechat'] as const

/** See `lanes`. */
export type Lane = (typeof lanes)[number]

/** What a request is for. */
export type Purpose = 'signIn' | 'submit' | 'signOut' | 'ordinary'

/** How far a request is; `status` where an answer came. */
export type RequestOutcome =
  | { kind: 'running' }
  | { kind: 'answered'; status: number }
  /** `reason` is the error's text without `request:fail`. */
  | { kind: 'failed'; reason: string }

interface Spoken {
  /** Stays the same while the mini-program runs, also when requests become a bundle. */
  id: string
  from: Lane
  to: Lane
  /** ms since 1970. */
  start: number
  /** ms since 1970; absent while under way. */
  end?: number
}

/** One HTTP exchange of the app. */
export interface ExchangeItem extends Spoken {
  kind: 'exchange'
  record: RequestRecord
  purpose: Purpose
  /** Counts the requests from 1. */
  number: number
  /** Path without query. */
  path: string
  outcome: RequestOutcome
  /** Of a 401. */
  challenges: ShownChallenge[]
  demands: Demand[]
  /** Number of the request that this one sends again. */
  replayOf?: number
  /** Number of the request that sends this one again. */
  replayedBy?: number
}

/** Shortest, median and longest of finished requests, in ms. */
export interface Durations {
  min: number
  median: number
  max: number
}

/** Like requests that were under way together. */
export interface BundleItem extends Spoken {
  kind: 'bundle'
  members: ExchangeItem[]
  method: string
  path: string
  /** Whether these are requests sent again. */
  isReplay: boolean
  /** Requests by status, or `failed` or `running`, in the order they were first seen. */
  outcomes: ReadonlyMap<string, number>
  /** What the 401s among them ask for. */
  demands: Demand[]
  /** Absent as long as none has ended. */
  durations?: Durations
  /** At most so many were out of the queue at one time. */
  atOnce: number
}

/** `wx.login`. */
export interface LoginCodeItem extends Spoken {
  kind: 'loginCode'
  record: WechatRecord
  isOk?: boolean
}

/** A person was asked, by a button's open type or by a dialogue. */
export interface PromptItem extends Spoken {
  kind: 'prompt'
  record: WechatRecord
  /** Absent as long as there is no answer. */
  answer?: 'allowed' | 'refused'
}

/** Any other question to WeChat on the phone, answered without a person. */
export interface CallItem extends Spoken {
  kind: 'call'
  record: WechatRecord
  isOk?: boolean
}

/** A call of the backend to WeChat's servers. */
export interface ServerItem extends Spoken {
  kind: 'server'
  record: ServerRecord
}

/** Something that has no duration. */
export interface MarkItem extends Spoken {
  kind: 'mark'
  record: LifeRecord | ProblemRecord | TokenRecord
  end: number
}

/** Anything that is drawn. */
export type StoryItem =
  ExchangeItem | BundleItem | LoginCodeItem | PromptItem | CallItem | ServerItem | MarkItem

/** A recording in figures. */
export interface Summary {
  /** Exchanges with the backend that ask for a session. */
  logins: number
  requests: number
  /** Answers 401. */
  refused: number
  replays: number
  prompts: number
  /** Requests without an answer, and refused calls to WeChat's servers. */
  failures: number
  /** ms from the first record to the last. */
  duration: number
}

/** A recording as it is drawn: items by their start. */
export interface Story {
  items: StoryItem[]
  summary: Summary
}

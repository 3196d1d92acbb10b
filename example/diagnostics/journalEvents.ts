import type { AuthErrorCode, Method, PromptKind } from 'watchword'

/** How a call ended; `pending`: it has not, or the host never said. */
export type Outcome = 'pending' | 'answered' | 'failed' | 'timeout' | 'interrupted' | 'aborted'

/** What is reported of a call's end. */
export interface CallEnd {
  outcome: Outcome
  /** ms */
  duration?: number
  /** WeChat's own number of the failure. */
  errno?: number
  /** Phrases of the failure's text that are known to be WeChat's, and nothing else of it. */
  words?: string
}

/** `wx.login` or `wx.checkSession`. */
export interface WechatEvent extends CallEnd {
  kind: 'wechat'
  call: 'login' | 'checkSession'
  /** Only of an answered `checkSession`. */
  isAlive?: boolean
}

/** One sending on the wire. */
export interface RequestEvent extends CallEnd {
  kind: 'request'
  method: Method | 'UPLOAD' | 'DOWNLOAD'
  /** Without its query; what is no plain word of a route is written as `…`. */
  path: string
  signed: 'guest' | 'token' | 'loginCode' | 'other'
  /** Which token since the start, counted from 1. */
  token?: number
  /** The same method and path was answered 401 before: usually its replay. */
  isAgain: boolean
  status?: number
  /** The schemes of a 401. */
  challenges?: string[]
}

/** The prompt that a sheet shows. */
export interface PromptEvent {
  kind: 'prompt'
  change: 'opened' | 'submitting' | 'failed' | 'closed'
  prompt: PromptKind
  error?: AuthErrorCode
}

/** `restored`: from storage, when the journal began; `ended`: the backend refused, nobody signed out. */
export interface SessionEvent {
  kind: 'session'
  change: 'restored' | 'signedIn' | 'renewed' | 'ended' | 'signedOut'
  token?: number
  hasUserInfo?: boolean
  hasPhoneNumber?: boolean
}

/** Where the app is. */
export interface AppEvent {
  kind: 'app'
  change: 'background' | 'foreground'
}

/** What happened, without the time. */
export type EventDetails = WechatEvent | RequestEvent | PromptEvent | SessionEvent | AppEvent

/** One line of the journal. Holds no secret and nothing of a person. */
export type JournalEvent = EventDetails & {
  /** Counts from 1. */
  id: number
  /** When it began, in ms since the journal began. */
  at: number
}

/** Records an event; the returned function adds how a call ended, once. */
export type RecordEvent = (details: EventDetails) => (end: CallEnd & Partial<EventDetails>) => void

/** The number of a token since the journal began, counted from 1 in the order they are seen. */
export type NumberOf = (token: string) => number

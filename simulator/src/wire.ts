// What the page in the browser and the host in Node say to each other.
import type { LifeRecord, ProblemRecord, MiniProgramRecord } from './record'
import type { ScannedCode } from './scannedCode'

/** The value of a header as an app sees it; some phones report repeated headers as an array. */
export type HeaderValue = string | string[]

/** A body on its way between page and host; JSON carries no bytes. */
export type WireBody = { text: string } | { base64: string }

/**
 * How a call ended. `ask` means: draw WeChat's own dialogue and ask the person, with what `show`
 * says. About `privacy` means: first have the privacy terms agreed to, then call again; about `both`:
 * the dialogue is the permission's, and has the terms agreed to as well. `fail` about `privacy`: the
 * terms are not agreed to.
 */
export type Outcome =
  | { kind: 'ok'; result: Record<string, unknown> }
  | { kind: 'fail'; about?: 'privacy'; errMsg: string; errno?: number }
  | { kind: 'ask'; about?: 'privacy' | 'both'; show?: Record<string, unknown> }

/** One HTTP exchange the page wants made, with WeChat's rules for data already applied. */
export type HttpCall =
  | {
      api: 'request'
      method: string
      url: string
      header: Record<string, string>
      body?: WireBody
      responseType: 'text' | 'arraybuffer'
      /** The body comes in pieces (`enableChunked`). */
      isChunked?: boolean
      timeout: number
    }
  | {
      api: 'uploadFile'
      url: string
      header: Record<string, string>
      filePath: string
      /** Only the page has the file; its content follows as the body of a request of its own. */
      contentFollows?: true
      name: string
      formData: Record<string, string>
      timeout: number
    }
  | { api: 'downloadFile'; url: string; header: Record<string, string>; timeout: number }

/** A question to WeChat's side: a login, an open type, a dialogue. `choice` is what the person pressed. */
export interface WechatCall {
  api: string
  options: Record<string, unknown>
  choice?: 'allow' | 'refuse'
  /** Needs the person's agreement to the privacy terms; set only where these are enforced. */
  isPrivate?: boolean
  /** WeChat asks for that agreement in the permission's own dialogue, where there is one. */
  asksInPermission?: boolean
}

/** From the page to the host. */
export type PageMessage =
  | { type: 'http'; id: string; call: HttpCall }
  | { type: 'wechat'; id: string; call: WechatCall }
  /** The person has answered the dialogue that was drawn for `api`. */
  | { type: 'answered'; api: string; errMsg: string }
  | { type: 'abort'; id: string }
  | { type: 'visibility'; visible: boolean }
  | { type: 'life'; event: LifeRecord['event']; route: string }
  /** A picture of a canvas for the host to have. Null: a temporary file is there no more. */
  | { type: 'file'; path: string; base64: string | null }
  | {
      type: 'problem'
      /** `name`: the function of `wx`, or the `<tag>`, that is not modelled. */
      problem: Pick<ProblemRecord, 'type' | 'message' | 'stack'> & { name?: string }
    }

/** From the host to the page. */
export type HostMessage =
  | { type: 'headers'; id: string; header: Record<string, HeaderValue>; status: number }
  /** A piece of the body, as the network cut it. */
  | { type: 'chunk'; id: string; base64: string }
  /** So many bytes of an upload or a download have gone over; `total` is 0 where it is unknown. */
  | { type: 'progress'; id: string; done: number; total: number }
  | { type: 'done'; id: string; outcome: Outcome }
  /** The network went, or came back. */
  | { type: 'network'; isConnected: boolean }
  /** Something has happened, or has gone on; for the workbench around the phone. */
  | { type: 'record'; record: MiniProgramRecord }
  /** Nothing more will come: another page has taken this one's place. */
  | { type: 'replaced' }

/**
 * How the line to the host is, as the phone's page reports it to the page around it. `lost` comes
 * back by itself if the host does; `closed` means that the host knows this mini-program no more.
 */
export type LineState = 'open' | 'lost' | 'closed' | 'replaced'

/** What the phone's page posts to the workbench around it (`window.parent.postMessage`). */
export type PhoneMessage =
  | { line: LineState }
  | { record: MiniProgramRecord }
  /** The mini-program has started, and the phone does what it is sent. */
  | { isStarted: true }
  /** Somebody has pressed something on the phone; once a start. */
  | { pressed: true }
  /** All stored values in the clear: at the start, and when they have changed. */
  | { stored: Record<string, unknown> }
  /** The app was left, or came back. */
  | { isInBackground: boolean }
  /** A PNG of the page at `route`, or why there is none. */
  | { picture: { route: string; content: Blob } | { reason: string } }

/** What the workbench posts to the phone's page. */
export type WorkbenchMessage =
  /** The phone's back key or gesture. */
  | { do: 'back' }
  /** To the background and back. */
  | { do: 'hide' | 'show' }
  /** Goes to a page and closes all others. */
  | { do: 'open'; url: string }
  | { do: 'scan'; code: ScannedCode }
  | { do: 'setTheme'; theme: Theme }
  /** All of them where no key is named. */
  | { do: 'removeStored'; key?: string }
  /** In CSS pixels. */
  | { do: 'picture'; size: { width: number; height: number } }

/** Which phone or computer the mini-program believes to run on, by WeChat's names. */
export type Platform = 'ios' | 'android' | 'devtools' | 'ohos' | 'ohos_pc' | 'windows' | 'mac'

/** Light or dark, as the phone is set. */
export type Theme = 'light' | 'dark'

/** WeChat's language, as `getAppBaseInfo` reports it. */
export type Language = 'zh_CN' | 'en'

/**
 * What a press on a submit button that has an open type too brings: both, the form's submit first,
 * or one of them.
 */
export type SubmitWithOpenType = 'both' | 'formOnly' | 'openTypeOnly'

/** What the page receives when it starts. */
export interface Boot {
  /** The mini-program's, as in addresses. */
  id: string
  /** Tells apps apart, as `appKeyOf` makes it; names the values in localStorage, with `person`. */
  appKey: string
  /** Whose phone it is. */
  person: string
  /** Grows with every start, so that answers to an earlier start find nobody. */
  generation: number
  /** Page and query to start with; the app's first page where empty. */
  url: string
  /** WeChat's number for the way in which the app was opened (WeChat: 场景值); 1001 is the list of apps. */
  scene: number
  platform: Platform
  sdkVersion: string
  theme: Theme
  language: Language
  /** How much larger WeChat's letters are than its normal ones; 1 is normal. */
  fontScale: number
  /**
   * `getSystemInfoSync` and its like throw over the battery level, as has been reported of phones
   * whose level is no integer; the calls that took its place do not.
   */
  hasBatteryFault: boolean
  submitWithOpenType: SubmitWithOpenType
  /**
   * Whether the person has agreed to the privacy terms before; a script counts as having agreed if its
   * answer to them is `allow`, or if it has none.
   */
  isPrivacyAgreed: boolean
  /** What all apps of all persons have stored in this browser is forgotten first. */
  isCleared?: true
  /** Stored values to begin with; they replace what is stored. Absent on a restart. */
  storage?: Record<string, unknown>
}

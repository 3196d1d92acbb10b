// What happened in one mini-program: drawn as the workbench's timeline, read by tests. A record is
// sent again, under the same `id`, whenever it has grown. Times are ms since 1970, to a tenth.
// Everything is fit to be shown: secrets are masked before a record is made.

/** One HTTP exchange of the app. */
export interface RequestRecord {
  kind: 'request'
  id: string
  api: 'request' | 'uploadFile' | 'downloadFile'
  method: string
  url: string
  /** Absent as long as there is no answer. */
  status?: number
  /** Names in lower case. */
  requestHeaders: Record<string, string>
  responseHeaders?: Record<string, string>
  /** Texts of at most 16,000 characters; absent where there is no body, or one that is no text. */
  requestBody?: string
  responseBody?: string
  /** `request:ok` or the error an app sees; absent while under way. */
  errMsg?: string
  /** What the simulator itself did in place of the network. */
  interference?: 'offline' | 'failed' | 'unauthorised'
  queuedAt: number
  /** When it left the queue of ten. */
  sentAt?: number
  headersAt?: number
  endedAt?: number
}

/** One question to WeChat on the phone: `login`, an open type, a dialogue. */
export interface WechatRecord {
  kind: 'wechat'
  id: string
  /** A function of `wx` (`login` …), an open type (`getPhoneNumber` …), `picker` or `nicknameReview`. */
  api: string
  /** Whether a button with this open type asked. */
  isOpenType: boolean
  askedAt: number
  /** Whether a dialogue was drawn for a person; it is open from here until `endedAt`. */
  shownAt?: number
  endedAt?: number
  /** `getPhoneNumber:ok` or the error an app sees; absent while under way. */
  errMsg?: string
  /** The mark of the code that `login` returned: a request that carries it is a sign-in. */
  code?: string
}

/** One call of a backend to WeChat's servers, as the stand-in saw it. */
export interface ServerRecord {
  kind: 'server'
  id: string
  /** `jscode2session`, `stable_token`, `getuserphonenumber` and the like. */
  endpoint: string
  startedAt: number
  endedAt?: number
  /** WeChat's code of a refusal; 0 or absent: none. */
  errcode?: number
}

/** The app's and its pages' life. */
export interface LifeRecord {
  kind: 'life'
  id: string
  event: 'launch' | 'show' | 'hide' | 'page'
  /** The page on top. */
  route: string
  at: number
}

/** Something that is wrong with the app, or that the simulator does not have. */
export interface ProblemRecord {
  kind: 'problem'
  id: string
  at: number
  /** `unanswered`: a call for which nothing is modelled or prepared. */
  type: 'error' | 'unanswered' | 'compiled'
  /** One line; names the file where there is one. */
  message: string
  /** The stack with the lines of the app's sources where source maps tell them. */
  stack?: string
}

/** The newest token state that the client has received from the wire, its token masked. */
export interface TokenRecord {
  kind: 'token'
  id: string
  /** Null once it was ended from the workbench, or signed out. */
  tokenState: Record<string, unknown> | null
  at: number
  /** When the token ends by what the backend said. */
  expiresAt?: number
}

/** Anything that is recorded. */
export type MiniProgramRecord =
  RequestRecord | WechatRecord | ServerRecord | LifeRecord | ProblemRecord | TokenRecord

import type { Method } from './platform'
import type { AccountHint, AuthErrorCode } from './errors'

/**
 * Token state (口令状态包): what the client knows about its session. It never holds a secret of
 * WeChat's: the client drops members named like one.
 */
export interface TokenState {
  /** The token (会话口令), sent as `Authorization: Bearer …`. Visible ASCII without spaces or commas. */
  readonly accessToken: string
  /** Lifetime in seconds, counted from when the backend sent the answer. Missing means unknown. */
  readonly expiresIn?: number
  /** Whether the backend has the unionid or the profile it needs. Missing means false. */
  readonly hasUserInfo?: boolean
  /** Whether the backend has the phone number. Missing means false. */
  readonly hasPhoneNumber?: boolean
  /** Whether the session began on a text code and the user's word only: it shows and changes little. */
  readonly needsSecondProof?: boolean
  /** The user's id in your business. Missing until your business has a user. */
  readonly uid?: string
  /** Increases with every change of this session's state. */
  readonly version?: number
  /** Other facts about the user's identity in your business. Never a secret. */
  readonly [claim: string]: unknown
}

/** What a prompt asks the user for. */
export type PromptKind = 'login' | 'getUserInfo' | 'getPhoneNumber'

/** How much user info the backend needs. */
export type PromptScope = 'unionid' | 'profile'

/** How a user can sign in without the silent login. `scan`: a code, scanned with the mini-program. */
export type LoginMethod = 'sms' | 'password' | 'scan' | 'wechat'

/** The open prompt (授权提示), for a sheet to show. Each change creates a new object. */
export interface Prompt {
  readonly kind: PromptKind
  /** Why the business needs it, as the backend words it, or the app (`auth.ensure`). */
  readonly reason?: string
  /** Only with `getUserInfo`. */
  readonly scope?: PromptScope
  /** Only with `login`: what the backend has. Missing where it names none. */
  readonly methods?: readonly LoginMethod[]
  /** Only with `getPhoneNumber`: what alone proves the number, a code by text message. */
  readonly proof?: 'sms'
  readonly status: 'open' | 'submitting'
  /** Why the last try failed. The prompt stays open, and the user can press again. */
  readonly error?: AuthErrorCode
  /** With the error `confirmation_needed`: whose number it seems to be. */
  readonly account?: AccountHint
  /** With an error: seconds to wait before the next try, if the backend has named them. */
  readonly retryAfter?: number
}

/** What `auth.ensure` says to the user. */
export interface EnsureOptions {
  /** Why your app needs it, for the prompt. The backend's own words go before it. */
  reason?: string
}

interface CallOptions {
  /** A path, or an address under `baseURL`. Anything else is rejected with `protocol`. */
  url: string
  /**
   * Your own headers. Names are sent in lower case. The client sets `Authorization` itself and ignores
   * yours. A header that cannot be sent is rejected with `protocol`.
   */
  header?: Record<string, string>
  /** Time limit for each attempt, in ms. Default: 60 000. */
  timeout?: number
  /** `false`: never opens a prompt; the request rejects with `prompt_unavailable`. Default: `true`. */
  interactive?: boolean
  /** Aborts the request, on hosts that have `AbortController`. Mini-programs do not. */
  signal?: AbortSignalLike
}

/** The part of `AbortSignal` that the client uses. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** What `auth.request` sends, and how. */
export interface RequestOptions extends CallOptions {
  /** Default: `GET`. */
  method?: Method
  /**
   * What to send, copied when you call. An object becomes JSON, or the query of a GET or HEAD. Bytes
   * (an `ArrayBuffer` or a view of one) are sent as `application/octet-stream` unless you set
   * `Content-Type`. Text is sent unchanged. `null` and `undefined` send no body.
   */
  data?: unknown
  /** `arraybuffer` resolves with the raw bytes. Default: `text`. */
  responseType?: 'text' | 'arraybuffer'
  /**
   * Called with each piece of a streamed answer as it comes: of a 2xx answer that is not JSON. The request
   * resolves with `undefined` at the end. `timeout` is then the longest silence, and `responseType` does
   * not count.
   */
  onChunk?: (chunk: ArrayBuffer) => void
  /**
   * `omit`: the request goes in nobody's name, at once: it waits neither for a login nor for a place among
   * the other requests, and a 401 rejects it with HttpError. Default: the session.
   */
  credentials?: 'omit'
}

/** Which file `auth.upload` sends, and with what. */
export interface UploadOptions extends CallOptions {
  /** A local file, e.g. a temporary path from `uni.chooseImage`. */
  filePath: string
  /** Name of the form field that holds the file. */
  name: string
  /** Further form fields. */
  formData?: Record<string, string>
  /** Called with the progress in percent, 0 to 100, if the host reports it. A replay starts at 0. */
  onProgress?: (percent: number) => void
}

/** Where `auth.download` saves the file. */
export interface DownloadOptions extends CallOptions {
  /** Where to save the file. Default: a temporary path. */
  filePath?: string
}

/** Where the file of a download is: one of the two is set. */
export interface DownloadResult {
  /** Set unless you passed `filePath`. */
  tempFilePath?: string
  /** Set if you passed `filePath`. */
  filePath?: string
}

/** What `auth.flow` takes. */
export interface FlowOptions {
  /** `false`: never opens a prompt; the request rejects with `prompt_unavailable`. Default: `true`. */
  interactive?: boolean
  /**
   * `true`: `url` is the address as it will be sent; on H5 a relative one leads to the page's own origin.
   * Default, `false`: a relative one is a path under `baseURL`.
   */
  isFinal?: boolean
  /** Ends the flow, on hosts that have `AbortController`. */
  signal?: AbortSignalLike
}

/** The sign-in of one request that a request layer of your own sends. */
export interface AuthFlow {
  /**
   * The headers to add; waits for a login or a prompt, if the request needs one. Call it before each
   * sending.
   * @throws AuthError like `auth.request`.
   */
  header(): Promise<Record<string, string>>
  /**
   * Takes the answer. `true`: send the request again, with new headers. `false`: it is done, and the
   * answer, a success or a failure, is yours.
   * @throws AuthError like `auth.request`, if the request cannot be signed in.
   */
  settle(answer: { status: number; headers: unknown; data: unknown }): Promise<boolean>
  /** Call it if no answer comes: the request failed on the way, or was aborted. */
  end(): void
}

/**
 * A promise with `abort()`, like the task of `uni.request`. Aborting rejects it with `aborted`. `then`
 * and `await` return plain promises, so keep the task itself.
 */
export interface AuthTask<T> extends Promise<T> {
  abort(): void
}

/**
 * The `detail` of the event that a `getPhoneNumber` or `getUserInfo` button fires. Pass it on unchanged
 * (WeChat: button, bindgetphonenumber and bindgetuserinfo).
 */
export interface ButtonDetail {
  /** Only `getPhoneNumber:ok` and `getUserInfo:ok` mean success. */
  errMsg?: string
  errno?: number
  /** Since base library 2.21.2. Valid for 5 minutes, and only once. */
  code?: string
  encryptedData?: string
  iv?: string
  rawData?: string
  signature?: string
}

/** A phone number with the code that a text message has brought to it: proves the number. */
export interface TextCode {
  readonly phone: string
  readonly smsCode: string
  /** The user's answer to `confirmation_needed`: whether the account is theirs. */
  readonly isMine?: boolean
}

/** What a user gave of themselves: by the button, by a form, or both. */
export interface UserInfoSubmission {
  /** The `detail` of the `getuserinfo` event. */
  detail?: ButtonDetail
  nickname?: string
  /** The temporary path from `chooseAvatar`. The submit uploads it. */
  avatarUrl?: string
  /** Called with the progress of the picture in percent, 0 to 100, if the host reports it. */
  onProgress?: (percent: number) => void
}

/** A fault that failed no request. `message` says what happened and what to do. */
export interface AuthWarning {
  code:
    | 'malformed_token_state'
    | 'secret_dropped'
    | 'storage_failed'
    | 'duplicate_storage_key'
    | 'logout_unconfirmed'
    | 'prompt_unavailable'
    | 'dialect_failed'
    | 'interceptor_interferes'
    | 'listener_threw'
  message: string
}

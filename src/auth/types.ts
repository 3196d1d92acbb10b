import type { Method, Platform } from './platform'
import type { AuthErrorCode } from './errors'

/** 口令状态包: what the client may know of its session. Never holds a secret of WeChat's. */
export interface TokenState {
  /** 会话口令, sent as `Authorization: Bearer …`. */
  readonly accessToken: string
  /** Seconds from the sending of the answer that brought it. */
  readonly expiresIn: number
  /** Whether the backend knows unionid or profile; missing means false. */
  readonly hasUserInfo?: boolean
  /** Whether the backend knows the phone number; missing means false. */
  readonly hasPhoneNumber?: boolean
  /** Business user id; absent until the business has a user. */
  readonly uid?: string
  /** Grows with every change of this session's state. */
  readonly version?: number
  /** Other business identity, never a secret. */
  readonly [claim: string]: unknown
}

/** What a prompt asks the user for. */
export type PromptKind = 'login' | 'getUserInfo' | 'getPhoneNumber'

/** How much of the user info the backend needs. */
export type PromptScope = 'unionid' | 'profile'

/** 授权提示: what the user is being asked, for a sheet to show. A new object at each change. */
export interface Prompt {
  readonly kind: PromptKind
  /** Why the business needs it, in the backend's words. */
  readonly reason?: string
  /** Only with `getUserInfo`. */
  readonly scope?: PromptScope
  readonly status: 'open' | 'submitting'
  /** Why the last try failed; the prompt stays open and can be pressed again. */
  readonly error?: AuthErrorCode
}

interface CallOptions {
  /** A path, or an address under `baseURL`; anything else is refused with `protocol`. */
  url: string
  /**
   * Headers of the app's own; their names go out in lower case. `Authorization` is the client's and is
   * left out. One that cannot be sent is refused with `protocol`.
   */
  header?: Record<string, string>
  /** Time limit of each sending in ms; 60 000 if not given. */
  timeout?: number
  /** false: never opens a prompt, fails with `prompt_unavailable` instead. */
  interactive?: boolean
  /** Aborts the request, on hosts that have AbortController (mini-programs do not). */
  signal?: AbortSignalLike
}

/** The part of `AbortSignal` that is used. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface RequestOptions extends CallOptions {
  /** `GET` if not given. */
  method?: Method
  /**
   * An object is sent as JSON, or as the query of a GET or HEAD; bytes (an ArrayBuffer or a view
   * of one) as `application/octet-stream` unless a `Content-Type` is given; text as it is; null
   * and undefined are no body. Copied at the call.
   */
  data?: unknown
  /** `arraybuffer`: resolves with the raw bytes. */
  responseType?: 'text' | 'arraybuffer'
}

export interface UploadOptions extends CallOptions {
  /** A local file, e.g. a temporary path from `chooseImage`. */
  filePath: string
  /** Name of the form field that carries the file. */
  name: string
  formData?: Record<string, string>
  /** Told how much has been sent, 0 to 100, where the host knows; from 0 again at a replay. */
  onProgress?: (percent: number) => void
}

export interface DownloadOptions extends CallOptions {
  /** Where to put the file; a temporary path if not given. */
  filePath?: string
}

export interface DownloadResult {
  /** Set unless `filePath` was asked for. */
  tempFilePath?: string
  filePath?: string
}

/** A promise that can be aborted, as uni.request's task; aborting rejects it with `aborted`. */
export interface AuthTask<T> extends Promise<T> {
  abort(): void
}

/**
 * The event of a `getPhoneNumber` or `getUserInfo` button, as WeChat gives it
 * (WeChat: button, bindgetphonenumber and bindgetuserinfo).
 */
export interface ButtonDetail {
  /** Success is exactly `getPhoneNumber:ok` or `getUserInfo:ok`. */
  errMsg?: string
  errno?: number
  /** From base library 2.21.2 on; lives 5 minutes, works once. */
  code?: string
  encryptedData?: string
  iv?: string
  rawData?: string
  signature?: string
}

export interface UserInfoSubmission {
  /** The `getuserinfo` event's detail. */
  detail?: ButtonDetail
  nickname?: string
  /** The temporary path from `chooseAvatar`; uploaded only now. */
  avatarUrl?: string
  /** Told how much of the picture has been sent, 0 to 100, where the host knows. */
  onProgress?: (percent: number) => void
}

/** Something that went wrong without failing a request. `message` says why and what to do. */
export interface AuthWarning {
  code:
    | 'malformed_token_state'
    | 'secret_dropped'
    | 'storage_failed'
    | 'duplicate_storage_key'
    | 'logout_not_told'
    | 'listener_threw'
  message: string
}

/** Paths below `baseURL`. */
export interface AuthEndpoints {
  /** `/auth/login` */
  login: string
  /** `/auth/token-state` */
  tokenState: string
  /** `/auth/user-info` */
  userInfo: string
  /** `/auth/avatar` */
  avatar: string
  /** `/auth/phone-number` */
  phoneNumber: string
  /** `/auth/logout` */
  logout: string
}

export interface AuthOptions {
  /** Where the backend lives, e.g. `https://api.example.com/v1`. Credentials go nowhere else. */
  baseURL: string
  endpoints?: Partial<AuthEndpoints>
  /** The host; `uniPlatform()` if not given. */
  platform?: Platform
  /** Key of the stored session; made from `baseURL` if not given. */
  storageKey?: string
  /** A token is renewed this many seconds before it expires; 30 if not given. */
  expiryMargin?: number
  /** Time limit in ms for `wx.login`, for its exchange, and for `verify()`; 10 000 if not above 0. */
  loginTimeout?: number
  /**
   * How many requests may be on the wire at once, 1 or more. If not given: 8, or, once the token is
   * known to be alive, one less than the host carries (`Platform.places`).
   */
  concurrency?: number
  /** For backends that put the token state elsewhere. `undefined`: this answer has none. */
  readTokenState?: (answer: { status: number; headers: unknown; data: unknown }) => unknown
  /** Told of what is ignored or worked around; `console.warn` if not given. */
  onWarning?: (warning: AuthWarning) => void
}

/** The client. Every method may be used detached from the object. */
export interface Auth {
  /**
   * Sends a request with the session's token, waits for a login or a prompt where the
   * backend challenges it, and replays it.
   * @returns the answer's `data`, `undefined` for 204.
   * @throws AuthError, or HttpError for any other status than 2xx.
   */
  request<T = unknown>(urlOrOptions: string | RequestOptions): AuthTask<T>
  /** As {@link request}, for one file as multipart/form-data. */
  upload<T = unknown>(options: UploadOptions): AuthTask<T>
  /** As {@link request}, into a file. */
  download(options: DownloadOptions): AuthTask<DownloadResult>

  /**
   * Signs in anew, also where there is a session, or joins a login under way. Ends the state
   * *signed out*, and does not heed the wait after a failed login.
   * @throws AuthError `login_failed`, `login_rejected`, `login_timeout`, `network`, `timeout`,
   * `protocol`, `signed_out`.
   */
  login(): Promise<TokenState>
  /**
   * Signs out. Resolves once nothing of the session is left here; the backend is told
   * meanwhile, for up to 5 s. Whatever waits or runs settles with `signed_out`.
   */
  logout(): Promise<void>
  /**
   * Asks the backend once whether the token still works, before a burst of requests; new
   * requests wait for the answer. A 401 logs in once, but not in the wait after a failed login.
   * Never prompts.
   * @throws AuthError as {@link login}, HttpError.
   */
  verify(): Promise<TokenState>

  /** The session's state; null: none. */
  readonly tokenState: TokenState | null
  /** Whether the user signed out and has not signed in again. */
  readonly signedOut: boolean
  /** What the user is being asked; null: nothing. */
  readonly prompt: Prompt | null

  /**
   * Logs in if the backend could not decrypt what a button of this kind will give. To be called when a
   * page shows such a button without a prompt; prompts do it themselves. Does nothing without a session,
   * heeds the wait after a failed login, and resolves in any case.
   */
  preparePress(kind: 'getUserInfo' | 'getPhoneNumber'): Promise<void>
  /**
   * To be bound to the tap of the button: holds back `wx.login` while WeChat encrypts.
   * @param kind of the button; if not given, that of the open prompt, or else any.
   */
  pressPrompt(kind?: 'getUserInfo' | 'getPhoneNumber'): void
  /**
   * The press will not be followed by a submit, e.g. as a field is missing: stops holding back logins.
   * @param kind as given to {@link pressPrompt}; if not given, all presses.
   */
  releasePress(kind?: 'getUserInfo' | 'getPhoneNumber'): void
  /** The user agreed to sign in again. A failure as in {@link submitUserInfo}. */
  submitLogin(): Promise<void>
  /**
   * Hands over what the button or the form gave; logs in first where there is no session, also after
   * signing out. With an open prompt a failure resolves and stands in `prompt.error`; without one, or
   * when it was cancelled meanwhile, it rejects. One that is made while another of its kind is under
   * way waits for that, and is made only if it fails.
   * @throws AuthError `prompt_denied`, `press_again`, `privacy_refused`, `not_permitted`,
   * `picture_refused`, `prompt_cancelled`, `network`, or as {@link login}.
   */
  submitUserInfo(submission: UserInfoSubmission): Promise<void>
  /** As {@link submitUserInfo}; also `quota_exhausted`. */
  submitPhoneNumber(detail: ButtonDetail): Promise<void>
  /**
   * The user declined: the waiting requests settle with `prompt_cancelled`, or with
   * `prompt_unavailable` where the prompt could not be shown.
   */
  cancelPrompt(code?: 'prompt_cancelled' | 'prompt_unavailable'): void
  /** A page was unloaded: what only closed pages have asked for is declined. */
  pageUnloaded(): void

  /**
   * Called when a change of `tokenState`, `signedOut` or `prompt` is complete; the returned function ends
   * it. The listener may call the client.
   */
  subscribe(listener: () => void): () => void
}

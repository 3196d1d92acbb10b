import type { Challenge } from './challenge'
import type { Method } from './platform'
import type { ButtonDetail, LoginMethod, PromptScope, TextCode, TokenState } from './types'

/** Which call an answer belongs to: the app's own requests, or one of sign-in's. */
export type CallName =
  'request' | 'login' | 'refresh' | 'tokenState' | 'userInfo' | 'avatar' | 'phoneNumber' | 'logout'

/** An answer of any status, for a dialect to read. */
export interface DialectAnswer {
  readonly call: CallName
  /** The full address. */
  readonly url: string
  readonly status: number
  /** Names as the host spells them: read one with `readHeader`. */
  readonly headers: unknown
  /** The body; JSON is parsed. */
  readonly data: unknown
}

/** What an answer says. Each may bring a token state; the client checks it. */
export type Reading = { readonly tokenState?: unknown } & (
  | {
      readonly kind: 'success'
      /** What the request resolves with. Missing: `undefined`. */
      readonly data?: unknown
    }
  /** The token is missing, unknown or dead. The backend has not performed the request. */
  | {
      readonly kind: 'login'
      /** How users can sign in who have no silent login. */
      readonly methods?: readonly LoginMethod[]
    }
  /** The user has to give something first. The backend has not performed the request. */
  | {
      readonly kind: 'prompt'
      readonly ask: 'getUserInfo' | 'getPhoneNumber'
      /** Shown to the user. */
      readonly reason?: string
      /** Only with `getUserInfo`. */
      readonly scope?: PromptScope
      /** Only with `getPhoneNumber`: a text code alone will do. */
      readonly proof?: 'sms'
    }
  /** Either of these, as HTTP words it: see `parseChallenges`. */
  | { readonly kind: 'unauthorized'; readonly challenges: readonly Challenge[] }
  /** The request rejects: with BackendError if it has a `code` or a `message`, else with HttpError. */
  | {
      readonly kind: 'failure'
      readonly code?: string | number
      readonly message?: string
      /** The error's `problem`. Missing: the body. */
      readonly data?: unknown
      /**
       * The backend is busy or broken, and has decided nothing: a login or a refresh that fails so keeps
       * the session. 429 and 5xx say so anyway.
       */
      readonly isTemporary?: boolean
    }
)

/** One of sign-in's own calls. */
export interface OwnCall {
  /** A path, or an address under `baseURL`. */
  url: string
  /** Default: `POST`. */
  method?: Method
  /** Sent as JSON, text as it is; as the query of a GET. */
  data?: unknown
  header?: Record<string, string>
}

/** The upload of a picture. */
export interface OwnUpload {
  url: string
  /** Name of the form field that holds the file. Default: `file`. */
  name?: string
  formData?: Record<string, string>
  header?: Record<string, string>
}

/** What a login is made of. The login code of `wx.login` is the only one that needs no user. */
export type Credentials =
  | {
      /** From `wx.login`. */
      readonly code: string
      /** Of the button, if the dialect's `loginNeeds` asks for it. */
      readonly phoneNumber?: ButtonDetail
    }
  | TextCode
  | { readonly phone: string; readonly password: string; readonly isMine?: boolean }
  /** Sets the password of the number's account, and begins a session. */
  | (TextCode & { readonly newPassword: string })
  | { readonly username: string; readonly password: string }
  /** A code of another provider, e.g. of WeChat's web login. */
  | { readonly provider: string; readonly code: string }
  /** A code on the screen that the user has confirmed with the mini-program. */
  | { readonly scan: { readonly id: string; readonly secret: string } }

/** What a `getUserInfo` button or a profile form gave, as the contract words it. */
export interface UserInfoGiven {
  readonly nickname?: string
  /** As the dialect's `avatar` call returned it. */
  readonly avatarUrl?: string
  readonly encryptedData?: string
  readonly iv?: string
  readonly rawData?: string
  readonly signature?: string
}

/** What a `getPhoneNumber` button or a text-code form gave. */
export type PhoneNumberGiven =
  { readonly code: string } | { encryptedData: string; iv: string } | TextCode

/**
 * How a backend speaks. Everything that you leave out is as in the contract (docs/protocol.md). The
 * functions must not wait: they return what they know.
 * @example
 * import { createAuth, type Dialect } from 'watchword'
 *
 * const dialect: Dialect = {
 *   login: (credentials) => ({ url: '/login', data: credentials }),
 *   read({ data }) {
 *     const { code, msg, data: content } = (data ?? {}) as { code?: number; msg?: string; data?: unknown }
 *     if (code === undefined) return { kind: 'failure' }
 *     if (code === 401) return { kind: 'login' }
 *     if (code === 200) return { kind: 'success', data: content, tokenState: content }
 *     return { kind: 'failure', code, message: msg ?? '' }
 *   },
 * }
 * const auth = createAuth({ baseURL: 'https://api.example.com', dialect })
 */
export interface Dialect {
  /** Headers of every call, sign-in's own too. Called anew for each sending. */
  header?(): Record<string, string>
  /** The headers that carry the session. The contract: `Authorization: Bearer <accessToken>`. */
  authorize?(state: TokenState): Record<string, string>
  /**
   * What an answer says, whatever its status. `undefined`: what the contract says. Not called for a
   * success in bytes, in pieces or in a file unless that is JSON.
   */
  read?(answer: DialectAnswer): Reading | undefined
  /** @param replaced the session that this login replaces; `null`: none */
  login?(credentials: Credentials, replaced: TokenState | null): OwnCall
  /**
   * A call that changes this state for a new one. The client tries it once, before a login. `null`:
   * there is none, e.g. as the state has no refresh token. The contract has none.
   */
  refresh?(state: TokenState): OwnCall | null
  /**
   * Whether the token works, for `verify()`, and what the backend has, for `ensure()`. `null`: it cannot say.
   * @param maxAge given before the user is to type a phone number: a login older than so many seconds is
   *   answered as too old for one. Leave it out where the backend takes a number after any login
   */
  tokenState?(maxAge?: number): OwnCall | null
  userInfo?(given: UserInfoGiven): OwnCall
  /** Its answer is to be read as a success whose data has an `avatarUrl`. */
  avatar?(): OwnUpload
  phoneNumber?(given: PhoneNumberGiven): OwnCall
  /** `null`: the backend has no logout. */
  logout?(state: TokenState): OwnCall | null
  /**
   * The backend has no login without the phone number: the first request that needs a session asks for
   * it, and `login` gets what the button gave beside a new login code.
   */
  loginNeeds?: 'getPhoneNumber'
  /**
   * Whether the backend knows `Authorization: WxLogin <code>`, by which the first request brings its own
   * login. Default: `true` without a dialect, `false` with one.
   */
  carriesLogin?: boolean
}

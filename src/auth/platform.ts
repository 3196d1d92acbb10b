/** One call on the wire. Header names are in lower case; `data` is ready to be sent. */
export type WireCall =
  | {
      type: 'request'
      url: string
      method: Method
      header: Record<string, string>
      data?: unknown
      responseType?: 'text' | 'arraybuffer'
      timeout: number
    }
  | {
      type: 'upload'
      url: string
      header: Record<string, string>
      filePath: string
      name: string
      formData?: Record<string, string>
      timeout: number
      /** Told how much has been sent, 0 to 100; hosts that do not know never call it. */
      onProgress?: ((percent: number) => void) | undefined
    }
  | {
      type: 'download'
      url: string
      header: Record<string, string>
      filePath?: string
      timeout: number
    }

/** The methods `wx.request` knows (WeChat: RequestTask wx.request; there is no PATCH). */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'TRACE' | 'CONNECT'

/** What came back, whatever its status. Header names are spelled as the host spells them. */
export interface WireAnswer {
  status: number
  headers: unknown
  data: unknown
}

/**
 * Why a call got no answer. `interrupted`: the mini-program went to the background
 * (WeChat errno 600003, five seconds after `onHide`).
 */
export interface WireFailure {
  kind: 'network' | 'timeout' | 'interrupted'
  errMsg?: string
  errno?: number
}

/** A call under way. `answer` rejects with a {@link WireFailure}; after `abort` it may stay silent. */
export interface WireTask {
  answer: Promise<WireAnswer>
  abort(): void
}

/**
 * Everything the client core asks of its host. `uniPlatform()` is the one for uni-app.
 * Optional members are left out by hosts that lack the ability.
 */
export interface Platform {
  /** Wall clock in ms since 1970. It may jump. */
  now(): number
  /** Calls back once after `ms` milliseconds; the returned function cancels. */
  after(ms: number, callback: () => void): () => void

  send(call: WireCall): WireTask
  /** How many calls the host sends at once before it makes others wait; if left out, any number. */
  places?: number

  /** A fresh login code. May reject, or stay silent for ever. */
  login?(): Promise<string>
  /** Whether the session key of the newest login code is still alive. May stay silent for ever. */
  checkSession?(): Promise<boolean>
  /** Whether the button of this kind gives data encrypted with the session key. */
  encrypts?(kind: 'getUserInfo' | 'getPhoneNumber'): boolean

  /** Storage that survives a restart. Each may throw. */
  getItem(key: string): unknown
  setItem(key: string, value: string): void
  removeItem(key: string): void

  /** Calls back whenever the app goes to the background. */
  onHide?(listener: () => void): void
  /** Calls back whenever the app comes back to the foreground. */
  onShow?(listener: () => void): void

  /** The open pages, the visible one last; compared by identity only. */
  pages?(): readonly unknown[]
}

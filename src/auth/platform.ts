/** One call on the wire. Header names are in lower case, `data` is ready to send, times are in ms. */
export type WireCall =
  | {
      type: 'request'
      url: string
      method: Method
      header: Record<string, string>
      data?: unknown
      responseType?: 'text' | 'arraybuffer'
      /** Of a call with a `stream`: how long it may be silent. */
      timeout: number
      /** Wants the answer in pieces. A host that has none ends the answer with the whole body as `data`. */
      stream?: WireStream
    }
  | {
      type: 'upload'
      url: string
      header: Record<string, string>
      filePath: string
      name: string
      formData?: Record<string, string>
      timeout: number
      /** To be called with the progress in percent, 0 to 100. Hosts that cannot measure it never do. */
      onProgress?: ((percent: number) => void) | undefined
    }
  | {
      type: 'download'
      url: string
      header: Record<string, string>
      filePath?: string
      timeout: number
    }

/** The methods of `wx.request`, which has no PATCH (WeChat: RequestTask wx.request). */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'TRACE' | 'CONNECT'

/** An answer of any status. Header names keep the host's spelling. */
export interface WireAnswer {
  status: number
  headers: unknown
  /** Of a download the paths, as of `DownloadResult`. */
  data: unknown
  /** Of a download: what the file says, if it is JSON or its status 400 or more. */
  text?: string | undefined
}

/** What is known of an answer before its body. DevTools do not report the status. */
export interface AnswerHead {
  status: number | undefined
  headers: unknown
}

/** To be called while the answer comes, in any order; not called again once the client has aborted. */
export interface WireStream {
  onHead(head: AnswerHead): void
  onChunk(chunk: ArrayBuffer): void
}

/**
 * Why a call got no answer. `interrupted`: the mini-program went to the background. WeChat reports it
 * five seconds after `onHide`, as errno 600003.
 */
export interface WireFailure {
  kind: 'network' | 'timeout' | 'interrupted'
  errMsg?: string
  errno?: number
}

/** A call under way. `answer` rejects with a {@link WireFailure}. After `abort()` it may stay pending. */
export interface WireTask {
  answer: Promise<WireAnswer>
  abort(): void
}

/**
 * Everything the client core needs of its host. `uniPlatform()` is the one for uni-app. Leave out the
 * optional members that your host cannot do.
 */
export interface Platform {
  /** The wall clock in ms since 1970. It may jump. */
  now(): number
  /** Calls back once after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void

  /** Sends a call. */
  send(call: WireCall): WireTask
  /** How many calls the host sends at once; further ones wait. Left out: any number. */
  places?: number

  /** Resolves with a new login code. May reject, or never settle. */
  login?(): Promise<string>
  /** Resolves with whether the session key of the newest login code is alive. May never settle. */
  checkSession?(): Promise<boolean>
  /** Whether WeChat encrypts the data of this kind of button with the session key. */
  encrypts?(kind: 'getUserInfo' | 'getPhoneNumber'): boolean

  /** Storage that survives a restart. Each call may throw. */
  getItem(key: string): unknown
  setItem(key: string, value: string): void
  removeItem(key: string): void
  /** Calls back with the key of what another tab has stored or removed; null: with all of them. */
  onStored?(listener: (key: string | null) => void): void

  /** Calls back each time the app goes to the background. */
  onHide?(listener: () => void): void
  /** Calls back each time the app returns to the foreground. */
  onShow?(listener: () => void): void

  /**
   * Calls back with what something of the app, such as an interceptor, takes away from the client's
   * calls. Names only, e.g. `upload task`: the warning `interceptor_interferes` shows them.
   */
  onInterference?(listener: (detail: string) => void): void

  /** The open pages, the visible one last. The client only compares their identity. */
  pages?(): readonly unknown[]
}

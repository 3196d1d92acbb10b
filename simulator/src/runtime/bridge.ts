import type {
  Boot,
  HeaderValue,
  HostMessage,
  HttpCall,
  LineState,
  Outcome,
  PageMessage,
  PhoneMessage,
  WechatCall,
} from '../wire'

/** What comes of an HTTP call before its outcome. */
export interface HttpEvents {
  onHeaders(header: Record<string, HeaderValue>, status: number): void
  /** A piece of the body, of a call that asked for them. */
  onChunk(base64: string): void
  /** Of an upload or a download; `total` is 0 where it is unknown. */
  onProgress(done: number, total: number): void
}

/** The line to the host: calls go out in the order they are made, answers come as events. */
export interface Bridge {
  /** Asks WeChat's side. */
  wechat(call: WechatCall): Promise<Outcome>
  /**
   * Makes an HTTP call. `abort` makes it fail with `abort`, if it is still under way. `content` is of a
   * call that says that it follows.
   */
  http(
    call: HttpCall,
    events: HttpEvents,
    content?: Uint8Array<ArrayBuffer>,
  ): { outcome: Promise<Outcome>; abort(): void }
  setVisible(visible: boolean): void
  /** Reports the app's life, its files, and what is wrong, to the host. */
  tell(message: Extract<PageMessage, { type: 'answered' | 'file' | 'life' | 'problem' }>): void
  /** Calls `listener` when the network goes, and when it comes back. */
  onNetwork(listener: (isConnected: boolean) => void): void
  /** Resolves as soon as every message so far has reached the host. */
  sent(): Promise<void>
  /** Whether a call is under way. */
  isBusy(): boolean
  /** Resolves as soon as no call is under way. */
  idle(): Promise<void>
}

interface PendingCall extends Partial<HttpEvents> {
  resolve(outcome: Outcome): void
}

/** Resolves with why the simulator has not taken the body; undefined if it has. */
const deliver = (address: string, method: 'POST' | 'PUT', type: string, body: BodyInit) =>
  fetch(address, { method, headers: { 'content-type': type }, body }).then(
    ({ status }) => (status === 204 ? undefined : `the simulator answered ${status}`),
    () => 'the simulator does not answer',
  )

/** Opens the line of one start of the page; `post` reports to the workbench around the phone. */
export function connectHost(
  { id: phone, generation }: Boot,
  post: (message: PhoneMessage) => void,
): Bridge {
  const onLine = (line: LineState) => post({ line })
  const address = `/phone/${phone}/messages`
  const pending = new Map<string, PendingCall>()
  const idleWaiters: (() => void)[] = []
  const networkListeners = new Set<(isConnected: boolean) => void>()
  let outbox: PageMessage[] = []
  let sending: Promise<void> | undefined
  let calls = 0

  const finish = (id: string, outcome: Outcome) => {
    pending.get(id)?.resolve(outcome)
    pending.delete(id)
    if (pending.size === 0) for (const wake of idleWaiters.splice(0)) wake()
  }
  const refuse = (message: PageMessage, reason: string) => {
    if (!('call' in message)) return
    const errMsg = `${message.call.api}:fail ${reason}`
    finish(message.id, { kind: 'fail', errMsg })
  }

  // One POST at a time: several would overtake each other, and WeChat's queue keeps order.
  const flush = async () => {
    while (outbox.length > 0) {
      const messages = outbox
      outbox = []
      const refused = await deliver(address, 'POST', 'application/json', JSON.stringify(messages))
      if (refused) for (const message of messages) refuse(message, refused)
    }
    sending = undefined
  }
  const send = (message: PageMessage) => {
    outbox.push(message)
    sending ??= Promise.resolve().then(flush)
  }
  // Beside the line, which the bytes of a file would hold up; after the call, which the host has to know.
  const sendContent = async (id: string, api: string, content: Uint8Array<ArrayBuffer>) => {
    await sending
    const contents = `/phone/${phone}/contents?call=${id}`
    const refused = await deliver(contents, 'PUT', 'application/octet-stream', content)
    if (!refused) return
    finish(id, { kind: 'fail', errMsg: `${api}:fail ${refused}` })
    send({ type: 'abort', id })
  }
  const open = (call: PendingCall) => {
    const id = `${generation}.${(calls += 1)}`
    pending.set(id, call)
    return id
  }

  const source = new EventSource(address)
  source.onopen = () => onLine('open')
  source.onerror = () => onLine(source.readyState === EventSource.CLOSED ? 'closed' : 'lost')
  source.onmessage = ({ data }) => {
    const message = JSON.parse(data as string) as HostMessage
    switch (message.type) {
      case 'headers':
        return pending.get(message.id)?.onHeaders?.(message.header, message.status)
      case 'chunk':
        return pending.get(message.id)?.onChunk?.(message.base64)
      case 'progress':
        return pending.get(message.id)?.onProgress?.(message.done, message.total)
      case 'done':
        return finish(message.id, message.outcome)
      case 'network':
        for (const listener of networkListeners) listener(message.isConnected)
        return
      case 'record':
        return post({ record: message.record })
      case 'replaced':
        source.close()
        return post({ line: 'replaced' })
    }
  }

  return {
    wechat: (call) =>
      new Promise((resolve) => send({ type: 'wechat', id: open({ resolve }), call })),
    http(call, events, content) {
      let id = ''
      const outcome = new Promise<Outcome>((resolve) => {
        id = open({ resolve, ...events })
        send({ type: 'http', id, call })
      })
      if (content) void sendContent(id, call.api, content)
      return { outcome, abort: () => send({ type: 'abort', id }) }
    },
    setVisible: (visible) => send({ type: 'visibility', visible }),
    tell: send,
    onNetwork: (listener) => void networkListeners.add(listener),
    sent: async () => sending,
    isBusy: () => pending.size > 0,
    idle: () =>
      pending.size === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
  }
}

import http from 'node:http'
import https from 'node:https'

/** What goes out. */
export interface OutgoingRequest {
  method: string
  url: string
  header: Record<string, string>
  body?: Uint8Array
}

/** What came back; `rawHeaders` as Node has them: name, value, name, value … */
export interface IncomingAnswer {
  status: number
  rawHeaders: string[]
  body: Buffer
}

/** Called while an exchange is under way. */
export interface ExchangeEvents {
  /** Called before the body has arrived. */
  onHeaders(answer: Pick<IncomingAnswer, 'status' | 'rawHeaders'>): void
  /** So many bytes of what is sent are out. */
  onSent?(done: number, total: number): void
  /** So many bytes of the answer have arrived; `total` is 0 where its length is unknown. */
  onReceived?(done: number, total: number): void
  /** A piece of the answer has arrived. */
  onChunk?(chunk: Buffer): void
}

/** How much is handed to the network at once, so that there is something to tell of. */
const portion = 64 * 1024

/** Reported through `fail`; errno as in WeChat's general error codes. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure'

  constructor(
    readonly reason: string,
    readonly errno?: number,
  ) {
    super(reason)
  }
}

/** Chromium's names and numbers, which phones pass on in `errMsg`. */
const netErrors: Record<string, string> = {
  ECONNREFUSED: '-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED',
  ECONNRESET: '-101 cronet_error_code:-101 error_msg:net::ERR_CONNECTION_RESET',
  ENOTFOUND: '-105 cronet_error_code:-105 error_msg:net::ERR_NAME_NOT_RESOLVED',
}

const networkFailure = (error: NodeJS.ErrnoException) =>
  new NetworkFailure(
    `errcode:${netErrors[error.code ?? ''] ?? '-2 cronet_error_code:-2 error_msg:net::ERR_FAILED'}`,
    600001,
  )

/** Checks an address before anything is sent. `domains` are origins; absent means unchecked. */
export function checkAddress(url: string, domains: readonly string[] | undefined): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw new NetworkFailure(`invalid url "${url}"`, 600009)
  }
  if (domains && !domains.includes(address.origin)) {
    throw new NetworkFailure('url not in domain list', 600002)
  }
  return address
}

function exchangeOnce(
  request: OutgoingRequest,
  signal: AbortSignal,
  { onHeaders, onSent, onReceived, onChunk }: ExchangeEvents,
): Promise<IncomingAnswer & { location?: string | undefined }> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(signal.aborted ? signal.reason : networkFailure(error))
    const { request: send } = request.url.startsWith('https:') ? https : http
    const outgoing = send(
      request.url,
      // No shared agent: a connection kept from before a backend's restart would fail.
      { method: request.method, headers: request.header, signal, agent: false },
      (incoming) => {
        const head = { status: incoming.statusCode ?? 0, rawHeaders: incoming.rawHeaders }
        const { location } = incoming.headers
        if (!isRedirect(head.status, location)) onHeaders(head)
        const chunks: Buffer[] = []
        let received = 0
        const total = Number(incoming.headers['content-length'] ?? 0)
        incoming.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          received += chunk.length
          if (isRedirect(head.status, location)) return
          onReceived?.(received, total)
          onChunk?.(chunk)
        })
        incoming.on('error', refuse)
        incoming.on('end', () => resolve({ ...head, location, body: Buffer.concat(chunks) }))
      },
    )
    outgoing.on('error', refuse)
    const { body } = request
    if (!body || !onSent) return void outgoing.end(body)
    // Stated beforehand: written in portions, a body would go out chunked, which backends may refuse.
    outgoing.setHeader('content-length', body.length)
    const sendFrom = (start: number) => {
      if (start >= body.length) return void outgoing.end()
      const end = Math.min(start + portion, body.length)
      outgoing.write(body.subarray(start, end), (error) => {
        if (error) return
        onSent(end, body.length)
        sendFrom(end)
      })
    }
    sendFrom(0)
  })
}

const isRedirect = (status: number, location: string | undefined): location is string =>
  status >= 301 && status <= 308 && status !== 304 && location !== undefined

/** Credentials are for the origin they were given to (RFC 9110 §15.4, point 1). */
const withoutCredentials = (header: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(header).filter(([name]) => !/^(authorization|cookie)$/i.test(name)),
  )

/**
 * Makes one exchange by real HTTP, redirects followed as `wx.request` does. Rejects with
 * `NetworkFailure`, or with the signal's reason.
 */
export async function exchange(
  request: OutgoingRequest,
  signal: AbortSignal,
  events: ExchangeEvents,
): Promise<IncomingAnswer> {
  let next = request
  for (let hops = 0; hops <= 5; hops += 1) {
    const { location, ...answer } = await exchangeOnce(next, signal, events)
    if (!isRedirect(answer.status, location)) return answer
    const { body, ...rest } = next
    const keepsMethod = answer.status === 307 || answer.status === 308
    const target = new URL(location, next.url)
    next = { ...rest, url: target.href }
    if (target.origin !== new URL(rest.url).origin) next.header = withoutCredentials(rest.header)
    if (keepsMethod && body) next.body = body
    else if (!keepsMethod && next.method !== 'HEAD') next.method = 'GET'
  }
  throw new NetworkFailure('errcode:-310 error_msg:net::ERR_TOO_MANY_REDIRECTS', 600001)
}

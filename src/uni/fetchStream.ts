import type { WireAnswer, WireCall, WireFailure, WireStream, WireTask } from '../auth/platform'

// As in target.ts. Its constant would leave this file in the mini-programs of some bundlers.
declare const process: { env: { UNI_PLATFORM?: string } }

// The project's types know no DOM: this is what is used of it.
interface Controller {
  readonly signal: object
  abort(): void
}
interface Response {
  status: number
  headers: { forEach(listener: (value: string, name: string) => void): void }
  body: { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }> } } | null
  arrayBuffer(): Promise<ArrayBuffer>
}
declare const AbortController: new () => Controller
declare const fetch: (url: string, init: object) => Promise<Response>

type Call = WireCall & { type: 'request' }

/** For H5 only. */
export const streamByFetch = process.env.UNI_PLATFORM === 'h5' ? fetchStream : undefined

/**
 * Makes a call whose answer comes in pieces. `uni.request` has them in newer versions only, and there
 * never ends when the connection breaks (uni-h5's dist/uni-h5.es.js, `enableChunked`).
 */
function fetchStream(call: Call, stream: WireStream): WireTask {
  const controller = new AbortController()
  const answer = read(call, stream, controller.signal).catch((error: Error) =>
    Promise.reject({ kind: 'network', errMsg: error.message } satisfies WireFailure),
  )
  return { answer, abort: () => controller.abort() }
}

async function read(
  { url, method, header, data }: Call,
  stream: WireStream,
  signal: object,
): Promise<WireAnswer> {
  const isQuery = method === 'GET' || method === 'HEAD'
  const encoded = typeof data === 'object' && !(data instanceof ArrayBuffer) ? encode(data) : data
  const query = isQuery && encoded ? `${url.includes('?') ? '&' : '?'}${encoded}` : ''
  const body = isQuery ? undefined : encoded
  const response = await fetch(url + query, { method, headers: header, body, signal })
  const { status } = response
  const headers: Record<string, string> = {}
  response.headers.forEach((value, name) => (headers[name] = value))
  stream.onHead({ status, headers })
  if (!response.body) return { status, headers, data: await response.arrayBuffer() }
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { status, headers, data: undefined }
    if (value) stream.onChunk(value.slice().buffer as ArrayBuffer)
  }
}

/** As uni-app's: a query, or a form (normalizeContentType() there). */
function encode(data: object | null): string {
  return Object.entries(data ?? {})
    .map(([name, value]: [string, unknown]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`
    })
    .join('&')
}

import type { Auth } from '../auth/auth'
import { addHeaders, sendSignedIn } from './signedIn'

interface Elements {
  readonly url: string
  readonly headers: object
}

interface Result {
  statusCode: number
  data?: unknown
}

type OnProgress = (handler: (loaded: number, total: number) => void) => void

interface Sending {
  response(): Promise<Result>
  headers(): Promise<unknown>
  abort(): void
  onDownload?: OnProgress
  onUpload?: OnProgress
}

type Adapter = (elements: Elements, method: unknown) => Sending

/**
 * A request adapter of alova for uni-app, signed in.
 * @param adapter of `@alova/adapter-uniapp`, or another whose results have a `statusCode`
 * @returns the `requestAdapter` for `createAlova`. Interceptors and alova's cache see a request once,
 * however often it is sent.
 * @example
 * import { createAlovaAdapter } from 'watchword/adapters'
 * import AdapterUniapp from '@alova/adapter-uniapp'
 * import { createAlova } from 'alova'
 *
 * const uniapp = AdapterUniapp()
 * const alova = createAlova({
 *   ...uniapp,
 *   baseURL: 'https://api.example.com/v1',
 *   requestAdapter: createAlovaAdapter(auth, uniapp.requestAdapter),
 * })
 */
export function createAlovaAdapter<A extends (elements: never, method: never) => Sending>(
  auth: Auth,
  adapter: A,
): A {
  const send = adapter as unknown as Adapter
  return ((elements, method) =>
    start(auth, elements, (signed) => send(signed, method))) satisfies Adapter as unknown as A
}

function start(auth: Auth, elements: Elements, call: (elements: Elements) => Sending): Sending {
  const flow = auth.flow(elements.url, { isFinal: true })
  const listeners: ((sending: Sending) => void)[] = []
  let sending: Sending | undefined
  let headers: unknown
  let isAborted = false

  async function send(header: Record<string, string>): Promise<Result> {
    if (isAborted) throw aborted()
    const started = call({ ...elements, headers: addHeaders(elements.headers, header) })
    sending = started
    listeners.forEach((listen) => listen(started))
    const result = await started.response()
    headers = await started.headers()
    return result
  }

  function listen(listener: (sending: Sending) => void): void {
    listeners.push(listener)
    if (sending) listener(sending)
  }

  const response = sendSignedIn(flow, send, ({ statusCode: status, data }) => ({
    ...{ status, headers, data },
  })).catch((error: unknown) => {
    throw isAborted ? aborted() : error
  })
  return {
    response: () => response,
    headers: () => response.then(() => headers),
    abort() {
      isAborted = true
      flow.end()
      sending?.abort()
    },
    onDownload: (handler) => listen(({ onDownload }) => onDownload?.(handler)),
    onUpload: (handler) => listen(({ onUpload }) => onUpload?.(handler)),
  }
}

/** As the adapter words it. */
const aborted = () => new Error('request:fail abort')

import type { RequestRecord } from '../record'
import type { HeaderValue, HttpCall, Outcome } from '../wire'
import { checkAddress, exchange, NetworkFailure, type OutgoingRequest } from './exchange'
import type { TemporaryFiles } from './files'
import { maskHeaders, spellHeaders, type HeaderSpelling } from './headers'
import { createNetworkQueue } from './queue'

/** How the network of a session behaves. */
export interface NetworkOptions {
  appId: string
  headerSpelling: HeaderSpelling
  headerValues: 'string' | 'array'
  /** Origins that may be called; absent means the check is off, as in DevTools' development builds. */
  domains?: readonly string[]
  /** ms in the background after which requests are interrupted; 5,000 on phones. */
  interruptAfter: number
  files: TemporaryFiles
  /** Where exchanges are recorded, in the order they are asked for. */
  records: RequestRecord[]
}

/** The network of one mini-program. */
export interface Network {
  call(
    id: string,
    call: HttpCall,
    onHeaders: (header: Record<string, HeaderValue>) => void,
  ): Promise<Outcome>
  abort(id: string): void
  setVisible(visible: boolean): void
  close(): void
}

const now = () => Math.round((performance.timeOrigin + performance.now()) * 10) / 10

const endings = new Map([
  ['application/json', '.json'],
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['text/plain', '.txt'],
])

const multipart = async (bytes: Uint8Array, call: HttpCall & { api: 'uploadFile' }) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(call.formData)) form.set(name, value)
  const fileName = call.filePath.split('/').at(-1) ?? 'file'
  const type = fileName.endsWith('.png') ? 'image/png' : 'application/octet-stream'
  form.set(call.name, new File([new Uint8Array(bytes)], fileName, { type }))
  const encoded = new Response(form)
  return {
    body: new Uint8Array(await encoded.arrayBuffer()),
    contentType: encoded.headers.get('content-type') ?? '',
  }
}

/** Runs the app's requests as real HTTP from Node, so that no browser rule (CORS) stands between. */
export function createNetwork(options: NetworkOptions): Network {
  const queue = createNetworkQueue({ interruptAfter: options.interruptAfter })
  const { records } = options

  async function outgoing(call: HttpCall): Promise<OutgoingRequest> {
    const own = Object.entries(call.header).filter(([name]) => name.toLowerCase() !== 'referer')
    const header: Record<string, string> = {
      ...Object.fromEntries(own),
      referer: `https://servicewechat.com/${options.appId}/devtools/page-frame.html`,
    }
    if (call.api === 'downloadFile') return { method: 'GET', url: call.url, header }
    if (call.api === 'request') {
      const { method, url, body } = call
      if (!body) return { method, url, header }
      const bytes = 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64')
      return { method, url, header, body: bytes }
    }
    const bytes = options.files.get(call.filePath)
    if (!bytes) throw new NetworkFailure('file not found')
    const { body, contentType } = await multipart(bytes, call)
    for (const name of Object.keys(header)) {
      if (name.toLowerCase() === 'content-type') delete header[name]
    }
    return {
      method: 'POST',
      url: call.url,
      header: { ...header, 'content-type': contentType },
      body,
    }
  }

  function result(
    call: HttpCall,
    status: number,
    header: Record<string, HeaderValue>,
    body: Buffer,
  ) {
    const contentType = Object.entries(header).find(([name]) => /^content-type$/i.test(name))?.[1]
    if (call.api === 'downloadFile') {
      const ending = endings.get(String(contentType).split(';')[0] ?? '') ?? '.unknown'
      return { statusCode: status, tempFilePath: options.files.add(body, ending) }
    }
    if (call.api === 'uploadFile') return { statusCode: status, data: body.toString('utf8') }
    const cookies = Object.entries(header).find(([name]) => /^set-cookie$/i.test(name))?.[1] ?? []
    const data =
      call.responseType === 'arraybuffer'
        ? { base64: body.toString('base64') }
        : { text: body.toString('utf8') }
    return { statusCode: status, header, cookies: [cookies].flat(), data }
  }

  async function run(
    call: HttpCall,
    record: RequestRecord,
    signal: AbortSignal,
    onHeaders: (header: Record<string, HeaderValue>) => void,
  ) {
    const request = await outgoing(call)
    record.sentAt = now()
    record.requestHeaders = maskHeaders(request.header)
    const limit = AbortSignal.timeout(call.timeout)
    let header: Record<string, HeaderValue> = {}
    const either = AbortSignal.any([signal, limit])
    const answer = await exchange(request, either, ({ status, rawHeaders }) => {
      header = spellHeaders(rawHeaders, options.headerSpelling, options.headerValues)
      record.status = status
      record.headersAt = now()
      record.responseHeaders = maskHeaders(header)
      onHeaders(header)
    }).catch((error: unknown) => {
      throw limit.aborted && !signal.aborted ? new NetworkFailure('timeout', 5) : error
    })
    return result(call, answer.status, header, answer.body)
  }

  return {
    async call(id, call, onHeaders) {
      const record: RequestRecord = {
        kind: 'request',
        id,
        api: call.api,
        method: call.api === 'request' ? call.method : call.api === 'uploadFile' ? 'POST' : 'GET',
        url: call.url,
        requestHeaders: maskHeaders(call.header),
        queuedAt: now(),
      }
      records.push(record)
      const end = (errMsg: string) => Object.assign(record, { errMsg, endedAt: now() })
      try {
        checkAddress(call.url, options.domains)
        const done = await queue.add({ id, run: (signal) => run(call, record, signal, onHeaders) })
        end(`${call.api}:ok`)
        return { kind: 'ok', result: done }
      } catch (error) {
        const failure = error instanceof NetworkFailure ? error : new NetworkFailure(String(error))
        const errMsg = `${call.api}:fail ${failure.reason}`
        end(errMsg)
        return failure.errno === undefined
          ? { kind: 'fail', errMsg }
          : { kind: 'fail', errMsg, errno: failure.errno }
      }
    },
    abort: (id) => queue.abort(id),
    setVisible: (visible) => queue.setVisible(visible),
    close: () => queue.close(),
  }
}

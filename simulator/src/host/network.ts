import { maskBody, maskHeaders, maskUrl } from '../masking'
import type { RequestRecord } from '../record'
import type { HeaderValue, HttpCall, Outcome } from '../wire'
import { interferenceOf, pass, type Conditions } from './conditions'
import {
  checkAddress,
  exchange,
  NetworkFailure,
  type IncomingAnswer,
  type OutgoingRequest,
} from './exchange'
import type { TemporaryFiles } from './files'
import { spellHeaders, valuesOf, type HeaderSpelling } from './headers'
import { createNetworkQueue } from './queue'
import { now } from './records'
import type { TokenWatch } from './tokenWatch'
import { createUploadContents } from './uploadContents'

/** How the network of a mini-program behaves. */
export interface NetworkOptions {
  appId: string
  headerSpelling: HeaderSpelling
  headerValues: 'string' | 'array'
  /** Origins that may be called; absent means the check is off, as in DevTools' development builds. */
  domains?: readonly string[]
  /** ms in the background after which requests are interrupted; 5,000 on phones. */
  interruptAfter: number
  files: TemporaryFiles
  conditions: Conditions
  tokens: Pick<TokenWatch, 'observe'>
  /** Hides login codes in a path, where nothing else shows that they are secrets. */
  hideCodes(text: string): string
  /** Called for each exchange when it is asked for, and again whenever it has gone on. */
  onRecord(record: RequestRecord): void
}

/** What an app learns of its call before the end. */
export interface CallEvents {
  onHeaders(header: Record<string, HeaderValue>, status: number): void
  /** Of a request that asked for its answer in pieces. */
  onChunk(chunk: Buffer): void
  /** Of an upload or a download; `total` is 0 where it is unknown. */
  onProgress(done: number, total: number): void
}

/** The network of one mini-program. */
export interface Network {
  call(id: string, call: HttpCall, events: CallEvents): Promise<Outcome>
  abort(id: string): void
  /** Takes the content of an upload that follows its call. */
  takeContent(id: string, content: Uint8Array): void
  setVisible(visible: boolean): void
  close(): void
}

const extensions = new Map([
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

/** How much of a body is recorded, in characters. */
const recordedLength = 16_000

/** A body as it is recorded; undefined where it is no text. */
function recordedBody(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes?.length) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // Masked first: a secret that is cut in two would not be known as one.
    return maskBody(text).slice(0, recordedLength)
  } catch {
    return undefined
  }
}

const methodOf = (call: HttpCall) =>
  call.api === 'request' ? call.method : call.api === 'uploadFile' ? 'POST' : 'GET'

/** Runs the app's requests as real HTTP from Node, so that no browser rule (CORS) interferes. */
export function createNetwork(options: NetworkOptions): Network {
  const queue = createNetworkQueue({ interruptAfter: options.interruptAfter })
  const contents = createUploadContents()
  const { conditions, tokens, onRecord } = options

  async function outgoing(
    call: HttpCall,
    content: Promise<Uint8Array> | undefined,
  ): Promise<OutgoingRequest> {
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
    const bytes = content ? await content : options.files.get(call.filePath)
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
    cookies: string[],
    body: Buffer,
  ) {
    const contentType = Object.entries(header).find(([name]) => /^content-type$/i.test(name))?.[1]
    if (call.api === 'downloadFile') {
      const ending = extensions.get(String(contentType).split(';')[0] ?? '') ?? '.unknown'
      return { statusCode: status, tempFilePath: options.files.add(body, ending) }
    }
    if (call.api === 'uploadFile') return { statusCode: status, data: body.toString('utf8') }
    const data =
      call.responseType === 'arraybuffer'
        ? { base64: body.toString('base64') }
        : { text: body.toString('utf8') }
    return { statusCode: status, header, cookies, data }
  }

  async function run(
    call: HttpCall,
    content: Promise<Uint8Array> | undefined,
    record: RequestRecord,
    signal: AbortSignal,
    { onHeaders, onChunk, onProgress }: CallEvents,
  ) {
    const request = await outgoing(call, content)
    const grow = (more: Partial<RequestRecord>) => onRecord(Object.assign(record, more))
    const body = call.api === 'uploadFile' ? undefined : recordedBody(request.body)
    grow({
      sentAt: now(),
      requestHeaders: maskHeaders(request.header),
      ...(body !== undefined && { requestBody: body }),
    })
    const limit = AbortSignal.timeout(call.timeout)
    let header: Record<string, HeaderValue> = {}
    let cookies: string[] = []
    const takeHeaders = ({ status, rawHeaders }: Pick<IncomingAnswer, 'status' | 'rawHeaders'>) => {
      header = spellHeaders(rawHeaders, options.headerSpelling, options.headerValues)
      cookies = valuesOf(rawHeaders, 'set-cookie')
      grow({ status, headersAt: now(), responseHeaders: maskHeaders(header) })
      onHeaders(header, status)
    }
    const isChunked = call.api === 'request' && call.isChunked === true
    const either = AbortSignal.any([signal, limit])
    try {
      const refusal = await pass(conditions, call.url, either)
      if (refusal) {
        grow({ interference: 'unauthorised' })
        takeHeaders(refusal)
        if (isChunked) onChunk(refusal.body)
      }
      const answer =
        refusal ??
        (await exchange(request, either, {
          onHeaders: takeHeaders,
          ...(call.api === 'uploadFile' && { onSent: onProgress }),
          ...(call.api === 'downloadFile' && { onReceived: onProgress }),
          ...(isChunked && { onChunk }),
        }))
      const seen = tokens.observe(call.url, request.header, answer)
      if (seen.rawHeaders !== answer.rawHeaders) takeHeaders(seen)
      const text = recordedBody(seen.body)
      if (text !== undefined) grow({ responseBody: text })
      return result(call, seen.status, header, cookies, isChunked ? Buffer.alloc(0) : seen.body)
    } catch (error) {
      const interference = interferenceOf(error)
      if (interference) grow({ interference })
      throw limit.aborted && !signal.aborted ? new NetworkFailure('timeout', 5) : error
    }
  }

  return {
    async call(id, call, events) {
      const record: RequestRecord = {
        kind: 'request',
        id,
        api: call.api,
        method: methodOf(call),
        url: options.hideCodes(maskUrl(call.url)),
        requestHeaders: maskHeaders(call.header),
        queuedAt: now(),
      }
      onRecord(record)
      const end = (errMsg: string) =>
        onRecord(
          Object.assign(record, {
            errMsg: errMsg.replaceAll(call.url, record.url),
            endedAt: now(),
          }),
        )
      const contentFollows = call.api === 'uploadFile' && call.contentFollows
      const content = contentFollows ? contents.await(id) : undefined
      try {
        checkAddress(call.url, options.domains)
        const done = await queue.add({
          id,
          run: (signal) => run(call, content, record, signal, events),
        })
        end(`${call.api}:ok`)
        return { kind: 'ok', result: done }
      } catch (error) {
        const failure = error instanceof NetworkFailure ? error : new NetworkFailure(String(error))
        const errMsg = `${call.api}:fail ${failure.reason}`
        end(errMsg)
        return failure.errno === undefined
          ? { kind: 'fail', errMsg }
          : { kind: 'fail', errMsg, errno: failure.errno }
      } finally {
        contents.ended(id)
      }
    },
    takeContent: contents.arrived,
    abort: (id) => queue.abort(id),
    setVisible: (visible) => queue.setVisible(visible),
    close: () => queue.close(),
  }
}

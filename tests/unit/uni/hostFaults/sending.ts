import { endOf, requestSignedIn, type Driver, type Drivers, type World } from './drivers'
import { abortByUni, requestByUni, uploadByUni } from './sendingByUni'
import { answerTo, bytes, downloaded, uploaded, type Options } from './wellHost'

const stream = { 'Content-Type': 'text/event-stream' }
const file = { filePath: 'wxfile://1', name: 'file' }

function signedIn({ host, open }: World) {
  host.storeSession()
  return open()
}

const upload = (world: World) => endOf(signedIn(world).upload({ url: '/files', ...file }), 'kept')

/** Whether the piece of a streamed answer reaches the app. */
async function readPieces(world: World): Promise<string> {
  const heard: string[] = []
  const onChunk = (piece: ArrayBuffer) => heard.push(new TextDecoder().decode(piece))
  const end = await endOf(signedIn(world).request({ url: '/events', onChunk }), undefined)
  return end === 'answered' && heard.join() !== 'piece' ? `no pieces ${heard.join()}`.trim() : end
}

const REQUEST: Driver = {
  kind: 'call',
  answer: {
    returned: { abort() {} },
    result: answerTo({ url: 'https://api.example.com/me', header: { authorization: 'Bearer t' } }),
    wrongTypes: { statusCode: '200', header: 7, data: { data: 'me' } },
  },
  act: requestSignedIn,
}

/** `uni.request` whose task has this listener, and answers late enough for it to be called. */
function withTask(api: 'request' | 'uploadFile', name: string, result: () => object) {
  return ({ host }: World): [object, string] => {
    const task: Record<string, unknown> = { abort() {}, [name]() {} }
    host.uni[api] = ({ success }: Options) => {
      setTimeout(() => success?.(result()), 100)
      return task
    }
    return [task, name]
  }
}

/** What sends. */
export const SENDING: Drivers = {
  request: REQUEST,
  'request in pieces': {
    kind: 'call',
    place: ({ host: { uni } }) => [uni, 'request'],
    answer: {
      returned: { abort() {} },
      result: { statusCode: 200, header: stream, data: bytes() },
      wrongTypes: { statusCode: '200', header: 7, data: 7 },
    },
    act: readPieces,
  },
  uploadFile: {
    kind: 'call',
    answer: {
      returned: { abort() {} },
      result: uploaded(),
      wrongTypes: { statusCode: null, data: 7 },
    },
    act: upload,
  },
  downloadFile: {
    kind: 'call',
    answer: {
      returned: { abort() {} },
      result: downloaded(),
      wrongTypes: { statusCode: 200, tempFilePath: 7, filePath: {} },
    },
    act: (world) =>
      endOf(signedIn(world).download({ url: '/files/1' }), { tempFilePath: 'wxfile://tmp' }),
  },
}

/** A request that is never answered. */
const unanswered = {
  kind: 'return' as const,
  wrongTypes: 7,
  place({ host: { uni } }: World): [object, string] {
    const task = { abort() {} }
    uni.request = () => task
    return [task, 'abort']
  },
}

/** What ends a call under way. */
export const ABORTING: Drivers = {
  abort: {
    ...unanswered,
    async act(world) {
      const request = signedIn(world).request('/me')
      setTimeout(() => request.abort(), 10)
      return endOf(request, undefined)
    },
  },
  'abort (createUniRequest)': { ...unanswered, act: abortByUni },
}

const HEADERS = {
  kind: 'listen' as const,
  event: { header: { 'X-Request-Id': '1' }, statusCode: 200 },
  wrongTypes: { header: 7, statusCode: '200' },
  place: withTask('uploadFile', 'onHeadersReceived', uploaded),
}

const PIECES = {
  kind: 'listen' as const,
  event: { data: bytes() },
  wrongTypes: { data: 7 },
  place: withTask('request', 'onChunkReceived', () => ({ statusCode: 200, header: stream })),
}

async function hearPieces(
  request: (onChunk: (piece: ArrayBuffer) => void) => Promise<string>,
): Promise<string> {
  const heard: string[] = []
  const end = await request((piece) => heard.push(new TextDecoder().decode(piece)))
  const isRight = heard.every((one) => one === 'piece')
  if (end !== 'answered' || !isRight) return `${end} after ${JSON.stringify(heard)}`
  return heard.length > 0 ? 'pieces' : 'no pieces'
}

/** What a call under way reports. */
export const TASKS: Drivers = {
  onHeadersReceived: { ...HEADERS, act: upload },
  onProgressUpdate: {
    kind: 'listen',
    event: { progress: 40 },
    wrongTypes: { progress: '40' },
    place: withTask('uploadFile', 'onProgressUpdate', uploaded),
    async act(world) {
      const heard: unknown[] = []
      const onProgress = (percent: unknown) => heard.push(percent)
      const end = await endOf(
        signedIn(world).upload({ url: '/files', ...file, onProgress }),
        'kept',
      )
      const isRight = heard.every((one) => one === 40)
      if (end !== 'answered' || !isRight) return `${end} after ${JSON.stringify(heard)}`
      return heard.length > 0 ? '40 %' : 'no progress'
    },
  },
  onChunkReceived: {
    ...PIECES,
    act: (world) =>
      hearPieces((onChunk) =>
        endOf(signedIn(world).request({ url: '/events', onChunk }), undefined),
      ),
  },
  'onHeadersReceived (createUniRequest)': { ...HEADERS, act: uploadByUni },
  'onChunkReceived (createUniRequest)': {
    ...PIECES,
    act: (world) => hearPieces((onChunk) => requestByUni(world, onChunk)),
  },
}

/** What sends in a browser, if the answer is to come in pieces. */
export const FETCHING: Drivers = {
  'fetch (H5)': {
    kind: 'promise',
    target: 'h5',
    place: () => [globalThis, 'fetch'],
    result: {
      status: 200,
      headers: new Map([['content-type', 'text/event-stream']]),
      body: null,
      arrayBuffer: () => Promise.resolve(bytes()),
    },
    wrongTypes: { status: '200', headers: new Map(), body: 7 },
    act: readPieces,
  },
}

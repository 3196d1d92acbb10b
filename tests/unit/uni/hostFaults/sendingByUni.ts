import type { AuthTask } from '../../../../src/auth/types'
import { codeOf, type Drivers, type World } from './drivers'
import { BASE, downloaded, uploaded } from './wellHost'

const file = { filePath: 'wxfile://1', name: 'file' }
const answer = { statusCode: 200, header: {}, data: 'me' }
const task = { abort() {} }

function signedIn({ app, host, open }: World) {
  host.storeSession()
  return app.createUniRequest(open())
}

/** What has become of the call: it goes on for as long as the host's own. */
function endOf(call: Promise<unknown>, expected: unknown): Promise<string> {
  const end = call.then(
    (result) => (JSON.stringify(result) === JSON.stringify(expected) ? 'answered' : 'passed on'),
    (error: unknown) => {
      const code = codeOf(error)
      return code.startsWith('`') ? code : 'rejects'
    },
  )
  return Promise.race([
    end,
    new Promise<string>((resolve) => setTimeout(() => resolve('waits'), 60_500)),
  ])
}

/** Without a reader the answer is `me`; with one it is what the pieces have not had. */
export function requestByUni(
  world: World,
  onChunk?: (piece: ArrayBuffer) => void,
): Promise<string> {
  const { request } = signedIn(world)
  if (!onChunk) return endOf(request({ url: `${BASE}/me` }), answer)
  return request({ url: `${BASE}/events`, onChunk }).then(
    ({ statusCode }) => (statusCode === 200 ? 'answered' : `answered ${statusCode}`),
    codeOf,
  )
}

export const uploadByUni = (world: World) =>
  endOf(signedIn(world).uploadFile({ url: `${BASE}/files`, ...file }), uploaded())

const downloadByUni = (world: World) =>
  endOf(signedIn(world).downloadFile({ url: `${BASE}/files/1` }), downloaded())

/** Ends as uni's own calls that are aborted. */
export async function abortByUni(world: World): Promise<string> {
  const request: AuthTask<unknown> = signedIn(world).request({ url: `${BASE}/me` })
  setTimeout(() => request.abort(), 10)
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('waits'), 500))
  const end = request.catch((error: { errMsg?: string }) => error.errMsg)
  return (await Promise.race([end, late])) === 'request:fail abort' ? 'rejects' : 'waits'
}

/** What sends by the functions of `createUniRequest`. */
export const SENDING_BY_UNI: Drivers = {
  'request (createUniRequest)': {
    kind: 'call',
    place: ({ host: { uni } }) => [uni, 'request'],
    answer: { returned: task, result: answer, wrongTypes: { statusCode: '200', header: 7 } },
    act: (world) => requestByUni(world),
  },
  'uploadFile (createUniRequest)': {
    kind: 'call',
    place: ({ host: { uni } }) => [uni, 'uploadFile'],
    answer: { returned: task, result: uploaded(), wrongTypes: { statusCode: null, data: 7 } },
    act: uploadByUni,
  },
  'downloadFile (createUniRequest)': {
    kind: 'call',
    place: ({ host: { uni } }) => [uni, 'downloadFile'],
    answer: {
      returned: task,
      result: downloaded(),
      wrongTypes: { statusCode: 200, tempFilePath: 7, filePath: {} },
    },
    act: downloadByUni,
  },
}

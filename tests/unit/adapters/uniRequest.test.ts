import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createUniRequest } from '../../../src/adapters/index'
import { flush } from '../../support/clock'
import { openClient, stateOf } from '../../support/client'
import { BASE } from '../../support/host'
import { outcomeOf } from '../../support/outcome'
import { testLayer, type Started } from './layer'
import { createUniHost } from './uniHost'

const started = (task: Promise<unknown> & { abort(): void }): Started => ({
  result: task,
  abort: () => task.abort(),
})
const full = (url: string) => (url.startsWith('/') ? BASE + url : url)

testLayer(
  (auth) => {
    const { request, uploadFile, downloadFile } = createUniRequest(auth)
    const header = { Authorization: 'Bearer of the app' }
    return {
      get: (url) => started(request({ url: full(url), header })),
      upload: (url) =>
        started(uploadFile({ url: full(url), filePath: 'wxfile://1', name: 'file' })),
      download: (url) => started(downloadFile({ url: full(url) })),
    }
  },
  {
    success: (data) => ({ statusCode: 200, data }),
    refusal: (data) => ({ is: 'resolved', value: { statusCode: 422, data } }),
    networkFailure: { errMsg: 'request:fail' },
    abort: { errMsg: 'request:fail abort' },
    hasInterceptors: false,
  },
)

afterEach(() => vi.unstubAllGlobals())

it.each(['/a', '//api.example.com/v1/a', 'a'])(
  'adds nothing to the relative address %s',
  async (url) => {
    const host = createUniHost()
    vi.stubGlobal('uni', host.uni)
    host.serve = () => ({ statusCode: 200 })
    await createUniRequest(openClient({ token: 't' }).auth).request({ url })
    expect(host.sent).toMatchObject([{ url, header: {} }])
  },
)

it('aborts a call whose task an interceptor holds back', async () => {
  const host = createUniHost()
  let open: (value: unknown) => void = () => {}
  const gate = new Promise((resolve) => (open = resolve))
  const request = (options: { url: string }) => gate.then(() => host.uni.request(options))
  vi.stubGlobal('uni', { ...host.uni, request })
  const task = createUniRequest(openClient({ token: 't' }).auth).request({ url: `${BASE}/a` })
  const outcome = outcomeOf(task)
  await flush()
  task.abort()
  open(undefined)
  await flush()
  expect(host.sent).toMatchObject([{ isAborted: true }])
  expect(outcome).toMatchObject({ error: { errMsg: 'request:fail abort' } })
})

it('rejects where an interceptor stops the call: uni itself would call nothing back', async () => {
  vi.stubGlobal('wx', { canIUse: () => true, getAppBaseInfo: () => ({}), request: () => ({}) })
  vi.resetModules()
  const uni = (await import('@dcloudio/uni-mp-weixin/dist/uni.api.esm.js')).default
  uni.addInterceptor('request', { invoke: () => false })
  vi.stubGlobal('uni', uni)
  const { request } = createUniRequest(openClient({ token: 't' }).auth)
  const outcome = outcomeOf(request({ url: `${BASE}/a` }))
  await flush()
  expect(outcome).toMatchObject({ is: 'rejected', error: { errMsg: 'request:fail stopped' } })
})

describe('a streamed answer', () => {
  const EVENTS = { 'content-type': 'text/event-stream' }
  const url = `${BASE}/chat`
  let host: ReturnType<typeof createUniHost>
  let heard: string[]
  const read = (chunk: ArrayBuffer) => void heard.push(new TextDecoder().decode(chunk))

  beforeEach(() => {
    heard = []
    host = createUniHost()
    vi.stubGlobal('uni', host.uni)
    host.serve = ({ header }) =>
      header.authorization === 'Bearer new'
        ? { statusCode: 200, header: EVENTS, data: '', pieces: ['a', 'b'] }
        : {
            statusCode: 401,
            header: { 'content-type': 'application/json' },
            data: '',
            pieces: ['{"status"', ':401}'],
          }
  })

  it('comes in its pieces after a login; those of the refusal reach nobody', async () => {
    const client = openClient({ token: 'dead' })
    const outcome = outcomeOf(createUniRequest(client.auth).request({ url, onChunk: read }))
    await flush()
    await flush()
    await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await flush()
    expect(heard).toEqual(['a', 'b'])
    expect(outcome).toMatchObject({ is: 'resolved', value: { statusCode: 200, data: undefined } })
    expect(host.sent.map(({ options }) => options)).toMatchObject([
      { enableChunked: true, responseType: 'arraybuffer' },
      { enableChunked: true, responseType: 'arraybuffer' },
    ])
    expect(host.sent[0]!.options).not.toHaveProperty('onChunk')
  })

  it('is never asked for again after its first piece', async () => {
    host.serve = () => ({ statusCode: 200, header: EVENTS, pieces: ['a'], breaks: true })
    const task = createUniRequest(openClient({ token: 't' }).auth).request({ url, onChunk: read })
    await expect(task).rejects.toMatchObject({ errMsg: 'request:fail' })
    expect(heard).toEqual(['a'])
    expect(host.sent.length).toBe(1)
  })

  it('is none if it is JSON: the result has the data, also that of a 422', async () => {
    const { request } = createUniRequest(openClient({ token: 't' }).auth)
    for (const statusCode of [200, 422]) {
      const header = { 'content-type': 'application/json' }
      host.serve = () => ({ statusCode, header, data: '', pieces: ['{"a":', '1}'] })
      expect(await request({ url, onChunk: read })).toMatchObject({ statusCode, data: { a: 1 } })
    }
    expect(heard).toEqual([])
  })

  it('comes as one piece from a host that has none', async () => {
    const data = new TextEncoder().encode('ab').buffer
    host.serve = () => ({ statusCode: 200, header: EVENTS, data })
    await createUniRequest(openClient({ token: 't' }).auth).request({ url, onChunk: read })
    expect(heard).toEqual(['ab'])
  })

  it('ends with an abort by its reader, and with what it throws', async () => {
    host.serve = () => ({ statusCode: 200, header: EVENTS, pieces: ['a', 'b'] })
    const { request } = createUniRequest(openClient({ token: 't' }).auth)
    const task = request({
      url,
      onChunk: (chunk) => {
        read(chunk)
        task.abort()
      },
    })
    await expect(task).rejects.toMatchObject({ errMsg: 'request:fail abort' })
    const cause = new Error('no JSON')
    const onChunk = (chunk: ArrayBuffer) => {
      read(chunk)
      throw cause
    }
    await expect(request({ url, onChunk })).rejects.toBe(cause)
    expect(heard).toEqual(['a', 'a'])
    expect(host.sent.map(({ isAborted }) => isAborted)).toEqual([true, true])
  })
})

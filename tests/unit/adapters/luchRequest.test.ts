import { afterEach, describe, expect, it, vi } from 'vitest'
import Request, { type HttpTask } from 'luch-request'
import { createLuchRequest } from '../../../src/adapters/index'
import { flush } from '../../support/clock'
import { openClient, stateOf } from '../../support/client'
import { BASE } from '../../support/host'
import { outcomeOf } from '../../support/outcome'
import { createUniHost } from './uniHost'
import { countResponses, testLayer, type Started } from './layer'

testLayer(
  (auth, seen) => {
    const instance = new Request({ baseURL: BASE })
    const http = createLuchRequest(auth, instance)
    // On the instance that was there before: the other one shares them.
    instance.interceptors.request.use((config) => {
      seen.requests += 1
      return { ...config, header: { ...config.header, Authorization: 'Bearer of the app' } }
    })
    countResponses(instance.interceptors.response, seen)
    function started(send: (getTask: (task: HttpTask) => void) => Promise<unknown>): Started {
      let first: HttpTask | undefined
      const result = send((task) => (first ??= task))
      return { result, abort: () => first?.abort() }
    }
    return {
      get: (url) => started((getTask) => http.get(url, { getTask })),
      upload: (url) =>
        started((getTask) => http.upload(url, { filePath: 'wxfile://1', name: 'file', getTask })),
      download: (url) => started((getTask) => http.download(url, { getTask })),
    }
  },
  {
    success: (data) => ({ statusCode: 200, data }),
    refusal: (data) => ({ is: 'rejected', error: { statusCode: 422, data, config: {} } }),
    networkFailure: { errMsg: 'request:fail', config: {} },
    abort: { errMsg: 'request:fail abort', config: {} },
  },
)

describe('a streamed answer', () => {
  interface PieceTask {
    onChunkReceived(listener: (result: { data: ArrayBuffer }) => void): void
    offChunkReceived(listener?: (result: { data: ArrayBuffer }) => void): void
  }
  const EVENTS = { 'content-type': 'text/event-stream' }
  const REFUSAL = { 'content-type': 'application/json' }

  const withoutHead = (task: object) => ({ ...task, onHeadersReceived: undefined })

  afterEach(() => vi.unstubAllGlobals())

  function open(token: string) {
    const host = createUniHost()
    vi.stubGlobal('uni', host.uni)
    const client = openClient({ token })
    const heard: string[] = []
    const getTask = (task: HttpTask) => {
      const dropped = () => heard.push('dropped')
      const chunked = task as unknown as PieceTask
      chunked.onChunkReceived(dropped)
      chunked.offChunkReceived(dropped)
      chunked.onChunkReceived(({ data }) => heard.push(new TextDecoder().decode(data)))
    }
    const http = createLuchRequest(client.auth, new Request({ baseURL: BASE }))
    const ask = () => outcomeOf(http.get('/chat', { enableChunked: true, getTask }))
    return { host, client, heard, ask }
  }

  it('comes in its pieces after a login; those of the refusal reach nobody', async () => {
    const { host, client, heard, ask } = open('dead')
    host.serve = ({ header }) =>
      header.authorization === 'Bearer new'
        ? { statusCode: 200, header: EVENTS, data: '', pieces: ['a', 'b'] }
        : { statusCode: 401, header: REFUSAL, data: '', pieces: ['{"status":', '401}'] }
    const outcome = ask()
    await flush()
    await flush()
    await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await flush()
    expect(heard).toEqual(['a', 'b'])
    expect(outcome).toMatchObject({ is: 'resolved', value: { statusCode: 200 } })
    expect(JSON.stringify(outcome.value)).not.toContain('Bearer new')
  })

  it('is none if it is JSON: the response has the data', async () => {
    const { host, heard, ask } = open('t')
    host.serve = () => ({ statusCode: 422, header: REFUSAL, data: '', pieces: ['{"a":', '1}'] })
    const outcome = ask()
    await flush()
    await flush()
    expect(outcome).toMatchObject({ error: { statusCode: 422, data: { a: 1 } } })
    expect(heard).toEqual([])
  })

  it('rejects with what its listener throws at pieces that were held back', async () => {
    const { host, client } = open('t')
    host.serve = () => ({ statusCode: 200, header: {}, data: '', pieces: ['a'] })
    const { uni } = host
    const request: typeof uni.request = (options) =>
      // The type is known at the end only.
      uni.request({
        ...options,
        success: (result) => options.success?.({ ...result, header: EVENTS }),
        complete: (result) => options.complete?.({ ...result, header: EVENTS }),
      })
    vi.stubGlobal('uni', { ...uni, request: (options: never) => withoutHead(request(options)) })
    const cause = new Error('no JSON')
    const http = createLuchRequest(client.auth, new Request({ baseURL: BASE }))
    const getTask = (task: HttpTask) =>
      (task as unknown as PieceTask).onChunkReceived(() => {
        throw cause
      })
    await expect(http.get('/chat', { enableChunked: true, getTask })).rejects.toBe(cause)
  })

  it('is never asked for again after its first piece', async () => {
    const { host, heard, ask } = open('t')
    host.serve = () => ({ statusCode: 200, header: EVENTS, pieces: ['a'], breaks: true })
    const outcome = ask()
    await flush()
    await flush()
    expect(outcome).toMatchObject({ error: { errMsg: 'request:fail' } })
    expect(heard).toEqual(['a'])
    expect(host.sent.length).toBe(1)
  })
})

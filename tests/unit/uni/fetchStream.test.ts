// Over real HTTP, by the fetch of the runtime that the tests run in.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Auth } from '../../../src/auth/auth'

interface Arrived {
  line: string
  headers: IncomingMessage['headers']
  body: string
  response: ServerResponse
}

const EVENTS = { 'content-type': 'text/event-stream' }
const text = (chunk: ArrayBuffer) => new TextDecoder().decode(chunk)

let server: Server
let base: string
let arrived: Arrived[]
let wake: () => void
let serve: (request: Arrived) => void
let auth: Auth

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

/** The request, once so many have arrived. */
async function request(count: number): Promise<Arrived> {
  while (arrived.length < count) await new Promise<void>((resolve) => (wake = resolve))
  return arrived[count - 1]!
}

beforeEach(async () => {
  arrived = []
  wake = () => {}
  serve = () => {}
  server = createServer((incoming, response) => {
    void bodyOf(incoming).then((body) => {
      const line = `${incoming.method} ${incoming.url}`
      const one = { line, headers: incoming.headers, body, response }
      arrived.push(one)
      serve(one)
      wake()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubEnv('UNI_PLATFORM', 'h5')
  vi.stubGlobal('uni', {
    getStorageSync: () => '',
    setStorageSync() {},
    removeStorageSync() {},
    request: () => expect.unreachable('uni.request has no pieces'),
  })
  vi.stubGlobal('getCurrentPages', () => [])
  vi.resetModules()
  const { createAuth } = await import('../../../src/createAuth')
  auth = createAuth({ baseURL: base })
  auth.adopt({ accessToken: 't' })
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

describe('a streamed answer in a browser', () => {
  it('comes in its pieces, before the answer is over', async () => {
    const heard: string[] = []
    let hear = () => {}
    const task = auth.request({
      url: '/chat',
      method: 'POST',
      data: { q: '你好' },
      header: { 'X-Own': '1' },
      onChunk: (chunk) => {
        heard.push(text(chunk))
        hear()
      },
    })
    const { line, headers, body, response } = await request(1)
    expect([line, body]).toEqual(['POST /chat', '{"q":"你好"}'])
    expect(headers).toMatchObject({ authorization: 'Bearer t', 'x-own': '1' })
    expect(headers['content-type']).toBe('application/json')
    response.writeHead(200, EVENTS)
    for (const piece of ['data: 一\n\n', 'data: 二\n\n']) {
      const delivered = new Promise<void>((resolve) => (hear = resolve))
      response.write(piece)
      await delivered
      expect(heard.at(-1)).toBe(piece)
    }
    response.end()
    expect(await task).toBe(undefined)
    expect(heard.length).toBe(2)
  })

  it('is a query for a GET, and a form where the app says so', async () => {
    serve = ({ response }) => response.writeHead(200, EVENTS).end()
    const onChunk = () => {}
    await auth.request({ url: '/chat?a=1', data: { q: '你 好', b: { c: 1 } }, onChunk })
    await auth.request({
      url: '/chat',
      method: 'POST',
      header: { 'Content-Type': 'application/x-www-form-urlencoded' },
      data: { q: '你 好' },
      onChunk,
    })
    const bytes = new Uint8Array([97, 98])
    await auth.request({ url: '/chat', method: 'PUT', data: bytes, onChunk })
    expect(arrived.map(({ line, body }) => [line, body])).toEqual([
      ['GET /chat?a=1&q=%E4%BD%A0%20%E5%A5%BD&b=%7B%22c%22%3A1%7D', ''],
      ['POST /chat', 'q=%E4%BD%A0%20%E5%A5%BD'],
      ['PUT /chat', 'ab'],
    ])
  })

  it('is sent again after a 401, whose body reaches nobody', async () => {
    serve = ({ headers, response }) => {
      const isDead = headers.authorization !== undefined
      response.writeHead(isDead ? 401 : 200, isDead ? { 'content-type': 'text/plain' } : EVENTS)
      response.end(isDead ? 'dead' : 'a')
    }
    const heard: string[] = []
    await auth.request({ url: '/chat', onChunk: (chunk) => heard.push(text(chunk)) })
    expect(heard).toEqual(['a'])
    expect(arrived.length).toBe(2)
  })

  it('rejects when the connection breaks, and is not sent again', async () => {
    serve = ({ response }) => void response.writeHead(200, EVENTS).write('a')
    const onChunk = () => arrived[0]!.response.destroy()
    const task = auth.request({ url: '/chat', onChunk })
    await expect(task).rejects.toMatchObject({ code: 'network' })
    expect(arrived.length).toBe(1)
  })

  it('is aborted on the wire', async () => {
    const task = auth.request({ url: '/chat', onChunk() {} })
    const { response } = await request(1)
    const closed = new Promise((resolve) => response.on('close', resolve))
    task.abort()
    await expect(task).rejects.toMatchObject({ code: 'aborted' })
    await closed
  })

  it('rejects with network where there is nobody', async () => {
    server.close()
    server.closeAllConnections()
    const task = auth.request({ url: '/chat', onChunk() {} })
    await expect(task).rejects.toMatchObject({ code: 'network' })
  })

  it.each([
    ['JSON', 200, '{"data":{"a":1}}', { a: 1 }],
    ['nothing', 204, undefined, undefined],
  ])('is none if it is %s', async (_name, status, body, value) => {
    serve = ({ response }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    const onChunk = () => expect.unreachable('no piece')
    expect(await auth.request({ url: '/chat', onChunk })).toEqual(value)
  })
})

// The client as apps bundle it for WeChat, in a page of the simulator, and a backend over real HTTP.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DrivenPage } from '@watchword/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleCore, createAuthOnly } from '../../scripts/coreBundle'
import { createWorld, type World } from './support/world'

interface Heard {
  text: string
  end: string
}

let world: World
let client: string
let backend: string
let arrived: { line: string; token: string | undefined; response: ServerResponse }[]

function serve({ method, url, headers }: IncomingMessage, response: ServerResponse): void {
  const token = headers.authorization
  arrived.push({ line: `${method} ${url}`, token, response })
  if (url === '/refresh') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"tokenState":{"accessToken":"new"}}')
  } else if (token !== 'Bearer new') {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"status":401}')
  } else {
    // In the midst of a character.
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(Buffer.from('data: 你好').subarray(0, 8))
  }
}

const server = createServer(serve)

beforeAll(async () => {
  world = await createWorld()
  client = (await bundleCore(createAuthOnly, 'production', 'watchword')).code
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  backend = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => void (arrived = []))

/** Asks with a dead token; what comes of it grows in `window.heard`. */
async function ask(phone: DrivenPage): Promise<void> {
  await phone.page.evaluate(
    client.replace(/^"use strict";/, '').replace(/^var watchword=/, 'window.watchword='),
  )
  await phone.page.evaluate((baseURL) => {
    interface Request {
      url: string
      timeout: number
      onChunk(chunk: ArrayBuffer): void
    }
    interface Auth {
      adopt(state: object): void
      request(options: Request): Promise<unknown> & { abort(): void }
    }
    const app = window as unknown as {
      uni: unknown
      wx: unknown
      watchword: { createAuth(options: object): Auth }
      heard: Heard
      task: { abort(): void }
    }
    app.uni = app.wx
    const auth = app.watchword.createAuth({
      baseURL,
      dialect: { refresh: () => ({ url: '/refresh' }) },
    })
    auth.adopt({ accessToken: 'dead' })
    const decoder = new TextDecoder()
    const heard: Heard = { text: '', end: '' }
    const task = auth.request({
      url: '/chat',
      timeout: 60_000,
      onChunk: (chunk) => void (heard.text += decoder.decode(chunk, { stream: true })),
    })
    task.then(
      () => (heard.end = 'resolved'),
      (error: { code: string }) => (heard.end = error.code),
    )
    Object.assign(app, { heard, task })
  }, backend)
}

const heard = (phone: DrivenPage) =>
  phone.page.evaluate(() => (window as unknown as { heard: Heard }).heard)

describe('a streamed answer in WeChat', () => {
  it.each(['ios', 'devtools'] as const)(
    'comes in its pieces on %s, after its token has been replaced',
    async (platform) => {
      const phone = await world.launch('chatting', { platform })
      await ask(phone)
      await expect.poll(async () => (await heard(phone)).text).toBe('data: ')
      const lines = ['GET /chat', 'POST /refresh', 'GET /chat']
      expect(arrived.map(({ line }) => line)).toEqual(lines)
      arrived[2]!.response.end(Buffer.from('data: 你好').subarray(8))
      await expect.poll(() => heard(phone)).toEqual({ text: 'data: 你好', end: 'resolved' })
      await phone.close()
    },
  )

  it('ends with an abort, on the wire too', async () => {
    const phone = await world.launch('chatting')
    await ask(phone)
    await expect.poll(async () => (await heard(phone)).text).toBe('data: ')
    const closed = new Promise((resolve) => arrived[2]!.response.on('close', resolve))
    await phone.page.evaluate(() => (window as unknown as { task: { abort(): void } }).task.abort())
    await closed
    expect((await heard(phone)).end).toBe('aborted')
    await phone.close()
  })

  it('is not asked for again when the connection breaks', async () => {
    const phone = await world.launch('chatting')
    await ask(phone)
    await expect.poll(async () => (await heard(phone)).text).toBe('data: ')
    arrived[2]!.response.destroy()
    await expect.poll(async () => (await heard(phone)).end).toBe('network')
    expect(arrived.length).toBe(3)
    await phone.close()
  })
})

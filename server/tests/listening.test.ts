import { EventEmitter, once } from 'node:events'
import {
  Agent,
  get,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { buffer, text } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { listen, type Listener, type ListenOptions } from '../src/http/listen'

const agent = new Agent({ keepAlive: true })
let listener: Listener | undefined
afterEach(async () => {
  agent.destroy()
  await listener?.close()
  listener = undefined
})

async function start(answer: RequestListener, limits: Partial<ListenOptions> = {}) {
  listener = await listen(
    {
      port: 0,
      host: '127.0.0.1',
      requestTimeout: 60_000,
      keepAliveTimeout: 60_000,
      maxConnections: 100,
      ...limits,
    },
    () => answer,
  )
  return listener
}

const answerAtOnce: RequestListener = (_, response) => response.end('answered')

async function send({ url }: Listener): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage]
  return response
}

async function open({ port }: Listener, sent = '') {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  if (sent) socket.write(sent)
  return socket
}

/** An answer that waits until the test lets it go. */
function createHeld() {
  const events = new EventEmitter()
  const answer: RequestListener = (_, response) => {
    events.once('release', () => response.end('answered'))
    events.emit('arrived')
  }
  return { answer, arrived: once(events, 'arrived'), release: () => events.emit('release') }
}

const hasIPv6 = Object.values(networkInterfaces()).some((one) =>
  one?.some(({ address }) => address === '::1'),
)

it('a listener says where it answers', async () => {
  const started = await start(answerAtOnce)
  expect(started.url).toBe(`http://127.0.0.1:${started.port}`)
  expect(await (await fetch(started.url)).text()).toBe('answered')
})

it.skipIf(!hasIPv6)('a listener says where it answers in IPv6', async () => {
  const started = await start(answerAtOnce, { host: '::1' })
  expect(started.url).toBe(`http://[::1]:${started.port}`)
  expect(await (await fetch(started.url)).text()).toBe('answered')
})

describe('a listener that closes', () => {
  it('waits for no connection that is idle: neither after an answer nor before a request', async () => {
    const started = await start(answerAtOnce)
    await text(await send(started))
    const silent = await open(started)
    const ended = once(silent, 'close')
    await expect.poll(started.connections).toBe(2)

    const began = performance.now()
    await started.close()
    // Far below the five seconds that a request under way may take.
    expect(performance.now() - began).toBeLessThan(4000)
    await ended
    expect(started.connections()).toBe(0)
    await expect(fetch(started.url)).rejects.toThrow()
  })

  it('lets the request under way finish, and then ends its connection', async () => {
    const held = createHeld()
    const started = await start(held.answer)
    const answer = send(started)
    await held.arrived
    const closed = started.close()
    await expect(fetch(started.url)).rejects.toThrow()
    held.release()
    expect((await answer).headers.connection).toBe('close')
    expect(await text(await answer)).toBe('answered')
    await closed
  })

  it('answers a request that it has begun to receive', async () => {
    const started = await start(answerAtOnce)
    const client = await open(started, 'GET / HTTP/1.1\r\n')
    await expect.poll(started.connections).toBe(1)
    await text(await send(started))
    const closed = started.close()
    client.write('Host: localhost\r\n\r\n')
    expect(await text(client)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Connection: close[^]*answered$/)
    await closed
  })

  /** A client that has sent two requests at once, and their answers. */
  async function sendTwo() {
    const events = new EventEmitter()
    const answers: ServerResponse[] = []
    const arrived = once(events, 'both')
    const started = await start((_, response) => {
      if (answers.push(response) === 2) events.emit('both')
    })
    const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const client = await open(started, request + request)
    await arrived
    const [first, second] = answers
    return { started, client, first: first!, second: second! }
  }

  it('ends the connection of an answer that it had begun', async () => {
    const { started, client, first, second } = await sendTwo()
    first.end('one')
    await once(first, 'close')
    second.write('two')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const closed = started.close()
      second.end(' and its end')
      expect(await text(client)).toMatch(/one[^]*two[^]* and its end/)
      await closed
    } finally {
      vi.useRealTimers()
    }
  })

  it('lets the second of two requests finish, the first of which it had begun to answer', async () => {
    const { started, client, first, second } = await sendTwo()
    first.write('one')
    const closed = started.close()
    first.end()
    await once(first, 'close')
    second.end('two')
    expect(await text(client)).toMatch(/one[^]*Connection: close[^]*two$/)
    await closed
  })

  it('sends the whole of an answer to a client that reads slowly', async () => {
    const size = 20_000_000
    const arrived = new EventEmitter()
    const started = await start((_, response) => {
      response.end(Buffer.alloc(size))
      arrived.emit('request')
    })
    const requested = once(arrived, 'request')
    const client = await open(started, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await requested
    const closed = started.close()
    expect((await buffer(client)).length).toBeGreaterThan(size)
    await closed
  })

  it('ends what is not finished after five seconds', async () => {
    const held = createHeld()
    const started = await start(held.answer)
    const answer = send(started)
    await held.arrived
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const closed = started.close()
      vi.advanceTimersByTime(5000)
      await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })
      await closed
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a client', () => {
  it.each([
    ['the headers', 'GET / HTTP/1.1\r\nHost: localhost\r\n'],
    ['the body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n1'],
  ])('that does not send %s in time gets 408 soon after', async (_, sent) => {
    const held = createHeld()
    const started = await start(held.answer, { requestTimeout: 100 })
    const began = performance.now()
    const client = await open(started, sent)
    expect(await text(client)).toMatch(/^HTTP\/1\.1 408 /)
    // Node looks after its limits every 30 s if it is not asked to do so more often.
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  it('finds its connection ended when it has been idle for too long', async () => {
    const started = await start(answerAtOnce, { keepAliveTimeout: 100 })
    const client = await open(started, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(await text(client)).toContain('answered')
  })

  it('is not served while too many others are connected', async () => {
    const started = await start(answerAtOnce, { maxConnections: 2 })
    const others = [await open(started), await open(started)]
    await expect.poll(started.connections).toBe(2)
    await expect(send(started)).rejects.toMatchObject({ code: 'ECONNRESET' })
    others.pop()?.destroy()
    await expect.poll(started.connections).toBe(1)
    expect(await text(await send(started))).toBe('answered')
  })
})

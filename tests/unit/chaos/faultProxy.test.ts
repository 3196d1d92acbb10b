import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startFaultProxy, type FaultProxy } from '../../e2e/chaos/faultProxy'
import type { Fault } from '../../e2e/chaos/faults'

/** What the backend has received in whole, in order, and what of it was answered. */
let received: string[]
/** Requests that the backend leaves unanswered until they are released. */
let held: Map<string, Promise<void>>
let aborted: number
/** Until then time stands still. */
let late: Promise<void>
let backend: Server
let proxy: FaultProxy

beforeAll(async () => {
  backend = createServer((incoming, response) => {
    void (async () => {
      const body = await text(incoming)
      received.push(body)
      await held.get(body)
      response.writeHead(201, { 'content-type': 'application/json', 'x-nth': received.length })
      response.end(JSON.stringify({ done: body }))
    })().catch(() => (aborted += 1))
  })
  await once(backend.listen(0, '127.0.0.1'), 'listening')
  const { port } = backend.address() as AddressInfo
  proxy = await startFaultProxy(`http://127.0.0.1:${port}`, (time) =>
    time > 0 ? late : Promise.resolve(),
  )
})
afterAll(async () => {
  await proxy.close()
  backend.close()
})
beforeEach(() => {
  received = []
  held = new Map()
  aborted = 0
  proxy.begin(() => undefined)
})

interface Answer {
  status: number | undefined
  nth: unknown
  body: string
}

/** Rejects where the connection breaks, before the answer or in it. */
async function ask(body = 'one'): Promise<Answer> {
  const outgoing = request(`${proxy.url}/bookings?a=b`, {
    method: 'POST',
    agent: false,
    headers: { 'content-length': Buffer.byteLength(body), authorization: 'Bearer t' },
  })
  outgoing.end(body)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  outgoing.on('error', () => undefined)
  return { status: answer.statusCode, nth: answer.headers['x-nth'], body: await text(answer) }
}

const whole = (body = 'one') => JSON.stringify({ done: body })
const suffer = (fault: Fault) => proxy.begin((_, nth) => (nth === 0 ? fault : undefined))

describe('a request', () => {
  test('passes as it is where nothing is chosen for it', async () => {
    expect(await ask()).toEqual({ status: 201, nth: '1', body: whole() })
    expect(received).toEqual(['one'])
    expect(proxy.passed).toMatchObject([
      { line: 'POST /bookings', authorization: 'Bearer t', fault: undefined },
    ])
  })

  test('that is not sent never comes to the backend', async () => {
    suffer({ is: 'unsent' })
    await expect(ask()).rejects.toThrow()
    await proxy.idle()
    expect(received).toEqual([])
  })

  test('that is half sent comes to the backend as one that broke', async () => {
    suffer({ is: 'halfSent' })
    await expect(ask()).rejects.toThrow()
    await expect.poll(() => aborted).toBe(1)
    expect(received).toEqual([])
  })

  test('may be done without an answer', async () => {
    suffer({ is: 'unanswered' })
    await expect(ask()).rejects.toThrow()
    expect(received).toEqual(['one'])
  })

  test.each([true, false])('is sent twice and answered once; at once: %s', async (atOnce) => {
    for (const answer of ['first', 'second'] as const) {
      suffer({ is: 'twice', atOnce, answer })
      received = []
      const { status, nth } = await ask()
      expect(status).toBe(201)
      if (!atOnce) expect(nth).toBe(answer === 'first' ? '1' : '2')
      expect(received).toEqual(['one', 'one'])
    }
  })

  test('that is late is overtaken, or its answer is', async () => {
    let passTime!: () => void
    const stopTime = () => void (late = new Promise((resolve) => (passTime = resolve)))
    stopTime()
    suffer({ is: 'late', request: 100, answer: 0 })
    const overtaken = ask('late')
    await expect.poll(() => proxy.passed).toHaveLength(1)
    await ask('next')
    passTime()
    await overtaken
    expect(received).toEqual(['next', 'late'])

    received = []
    stopTime()
    suffer({ is: 'late', request: 0, answer: 100 })
    const answered: string[] = []
    const asking = ask('late').then(() => answered.push('late'))
    await expect.poll(() => received).toEqual(['late'])
    await ask('next')
    answered.push('next')
    passTime()
    await asking
    expect(answered).toEqual(['next', 'late'])
  })
})

describe('an answer', () => {
  test('that is cut looks whole', async () => {
    suffer({ is: 'cut', share: 0.5 })
    const { status, body } = await ask()
    expect(status).toBe(201)
    expect(body).toBe(whole().slice(0, whole().length / 2))
  })

  test.each([0, 0.5])('breaks off in its body, at %s of it', async (share) => {
    suffer({ is: 'broken', share })
    await expect(ask()).rejects.toThrow()
    expect(received).toEqual(['one'])
  })
})

test('calm waters: nothing goes wrong any more, and idle waits for what is under way', async () => {
  proxy.begin(() => ({ is: 'unsent' }))
  proxy.calm()
  let release!: () => void
  held.set('one', new Promise((resolve) => (release = resolve)))
  const asking = ask()
  await expect.poll(() => received).toEqual(['one'])
  let isIdle = false
  const idle = proxy.idle().then(() => (isIdle = true))
  await ask('next')
  expect(isIdle).toBe(false)
  release()
  await idle
  expect(await asking).toMatchObject({ status: 201 })
})

test('a stream passes in pieces, and ends for the backend when the app leaves', async () => {
  const streaming = createServer((_, response) => {
    response.write('piece')
    response.once('close', () => streaming.close())
  })
  await once(streaming.listen(0, '127.0.0.1'), 'listening')
  const own = await startFaultProxy(`http://127.0.0.1:${(streaming.address() as AddressInfo).port}`)
  const outgoing = request(own.url, { agent: false }).end()
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  expect(String((await once(answer, 'data'))[0])).toBe('piece')
  answer.destroy()
  await once(streaming, 'close')
  await own.close()
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AuthError, HttpError } from '../../../src/auth/errors'
import { flush } from '../../support/clock'
import { isSpokenInCodes, openClient, stateOf, type Client } from '../../support/client'
import { createHost, type PendingCall } from '../../support/host'
import { outcomeOf } from '../../support/outcome'

const EVENTS = { 'Content-Type': 'text/event-stream; charset=utf-8' }
const JSON_TYPE = { 'content-type': 'application/json' }

let client: Client
let heard: string[]

const textOf = (chunk: ArrayBuffer) => new TextDecoder().decode(chunk)

/** Asks the assistant; what comes of it is in `heard`. */
async function ask(onChunk = (chunk: ArrayBuffer) => void heard.push(textOf(chunk))) {
  const task = client.auth.request({ url: '/chat', method: 'POST', data: { q: '你好' }, onChunk })
  const outcome = outcomeOf(task)
  await flush()
  return { task, outcome }
}

const takeChat = () => client.host.take('POST /chat')

async function logIn(): Promise<void> {
  const login = await client.host.take('POST /auth/login')
  await login.answer(200, { tokenState: stateOf('new') })
}

/** Refuses the token as phones report it: the head, then the body in pieces, then the end. */
async function refuse(call: PendingCall, challenge?: string): Promise<void> {
  const headers = { ...JSON_TYPE, ...(challenge && { 'www-authenticate': challenge }) }
  await call.head(401, headers)
  await call.chunk('{"status"')
  await call.chunk(':401}')
  await call.answer(401, isSpokenInCodes ? { status: 401 } : undefined, headers)
}

beforeEach(() => {
  client = openClient({ token: 't' })
  heard = []
})
afterEach(() => {
  client.host.assertIdle()
  expect(client.host.clock.pending).toBe(0)
})

describe('guarantee 31: a streamed answer', () => {
  it('is delivered in its pieces, as they come; the request resolves with nothing', async () => {
    const { outcome } = await ask()
    const chat = await takeChat()
    expect(chat.authorization).toBe('Bearer t')
    await chat.head(200, EVENTS)
    await chat.chunk('data: 一\n\n')
    expect(heard).toEqual(['data: 一\n\n'])
    await chat.chunk('data: 二\n\n')
    expect(heard.length).toBe(2)
    expect(outcome.is).toBe('pending')
    await chat.answer(200, undefined, EVENTS)
    expect(outcome).toEqual({ is: 'resolved', value: undefined })
    expect(heard).toEqual(['data: 一\n\n', 'data: 二\n\n'])
  })

  it('waits for a login before it is asked for, and is not asked for with one of its own', async () => {
    client = openClient()
    const { outcome } = await ask()
    expect(client.host.sent.map(({ line }) => line)).toEqual(['POST /auth/login'])
    await logIn()
    const chat = await takeChat()
    expect(chat.authorization).toBe('Bearer new')
    await chat.head(200, EVENTS)
    await chat.chunk('a')
    await chat.answer(200, undefined, EVENTS)
    expect(outcome.is).toBe('resolved')
    expect(heard).toEqual(['a'])
  })

  it.each([
    ['after its head', true],
    ['before its head, or without one', false],
  ])(
    'is asked for again after a 401, whose own pieces come %s and reach nobody',
    async (_n, isFirst) => {
      const { outcome } = await ask()
      const refused = await takeChat()
      if (isFirst) await refused.head(401, JSON_TYPE)
      await refused.chunk('{"status":401}')
      await refused.answer(401, isSpokenInCodes ? { status: 401 } : undefined, JSON_TYPE)
      await logIn()
      const chat = await takeChat()
      expect(chat.authorization).toBe('Bearer new')
      await chat.head(200, EVENTS)
      await chat.chunk('a')
      await chat.answer(200, undefined, EVENTS)
      expect(outcome.is).toBe('resolved')
      expect(heard).toEqual(['a'])
    },
  )

  it.each([199, 300])('delivers no piece of a %i, which is no success', async (status) => {
    const { outcome } = await ask()
    const chat = await takeChat()
    await chat.head(status, EVENTS)
    await chat.chunk('a')
    await chat.answer(status, undefined, EVENTS)
    expect(outcome.is).toBe('rejected')
    expect(heard).toEqual([])
  })

  it.skipIf(isSpokenInCodes)('nor do the pieces of a 401 that is no JSON', async () => {
    const { outcome } = await ask()
    const refused = await takeChat()
    await refused.head(401, { 'content-type': 'text/plain' })
    await refused.chunk('who are you?')
    await refused.answer(401, undefined, { 'content-type': 'text/plain' })
    await logIn()
    await (await takeChat()).answer(200, undefined, EVENTS)
    expect(outcome.is).toBe('resolved')
    expect(heard).toEqual([])
  })

  it('waits for the user, and is asked for again', async () => {
    const { outcome } = await ask()
    await refuse(await takeChat(), 'getPhoneNumber')
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
    void client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' })
    await (await client.host.take('POST /auth/phone-number')).answer(200, {})
    const chat = await takeChat()
    await chat.head(200, EVENTS)
    await chat.chunk('a')
    await chat.answer(200, undefined, EVENTS)
    expect(outcome.is).toBe('resolved')
    expect(heard).toEqual(['a'])
  })

  it('ends with an abort: no piece comes after it', async () => {
    const { task, outcome } = await ask()
    const chat = await takeChat()
    await chat.head(200, EVENTS)
    await chat.chunk('a')
    task.abort()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
    expect(chat.isAborted).toBe(true)
    await chat.chunk('b')
    expect(heard).toEqual(['a'])
  })

  it('ends with an abort in the midst of pieces that were held back', async () => {
    const { task } = await ask((chunk) => {
      heard.push(textOf(chunk))
      task.abort()
    })
    const chat = await takeChat()
    await chat.chunk('a')
    await chat.chunk('b')
    await chat.head(200, EVENTS)
    expect(heard).toEqual(['a'])
    expect(chat.isAborted).toBe(true)
  })

  it('ends with the logout', async () => {
    const { outcome } = await ask()
    const chat = await takeChat()
    await chat.head(200, EVENTS)
    await chat.chunk('a')
    await client.auth.logout()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(chat.isAborted).toBe(true)
    await (await client.host.take('POST /auth/logout')).answer(204)
  })

  it('is never asked for again after its first piece: a broken connection rejects', async () => {
    const { outcome } = await ask()
    const chat = await takeChat()
    await chat.head(200, EVENTS)
    await chat.chunk('a')
    await chat.fail('network')
    expect(outcome.error).toBeInstanceOf(AuthError)
    expect(outcome).toMatchObject({ error: { code: 'network' } })
    expect(client.host.sent.length).toBe(1)
    expect(heard).toEqual(['a'])
  })

  it.each([isSpokenInCodes ? 403 : 401, 199, 300])(
    'nor does a status that turns out to be %i only at its end lead to a replay',
    async (status) => {
      const { outcome } = await ask()
      const chat = await takeChat()
      // DevTools report no status before the end.
      await chat.head(undefined, EVENTS)
      await chat.chunk('a')
      await chat.answer(status, undefined, EVENTS)
      expect(outcome.error).toBeInstanceOf(HttpError)
      expect(outcome).toMatchObject({ error: { status } })
      expect(client.host.sent.length).toBe(1)
      expect(client.auth.tokenState?.accessToken).toBe('t')
    },
  )

  it.each([
    ['its head', (chat: PendingCall) => chat.head(200, EVENTS)],
    ['a piece', (chat: PendingCall) => chat.chunk('a')],
  ])(
    'may take any time, but not be silent for longer than timeout: %s counts',
    async (_n, report) => {
      const { outcome } = await ask()
      const chat = await takeChat()
      await client.host.clock.advance(59_000)
      await report(chat)
      await client.host.clock.advance(59_000)
      await report(chat)
      await client.host.clock.advance(59_999)
      expect(outcome.is).toBe('pending')
      await client.host.clock.advance(1)
      expect(outcome).toMatchObject({ error: { code: 'timeout' } })
      expect(chat.isAborted).toBe(true)
      expect(client.host.sent.length).toBe(1)
    },
  )

  it('ends if its reader throws', async () => {
    const cause = new Error('no JSON')
    const { outcome } = await ask(() => {
      throw cause
    })
    const chat = await takeChat()
    await chat.head(200, EVENTS)
    await chat.chunk('a')
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
    expect((outcome.error as AuthError).cause).toBe(cause)
    expect(chat.isAborted).toBe(true)
  })

  it('ends if its reader throws at what is delivered at the end', async () => {
    const { outcome } = await ask(() => {
      throw new Error('no JSON')
    })
    const chat = await takeChat()
    await chat.chunk('a')
    await chat.answer(200, undefined, EVENTS)
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
  })
})

describe('a host', () => {
  it.each([
    ['whose head comes late', 200],
    ['that reports no status, as DevTools', undefined],
  ])('%s delivers what it has held back, in order', async (_name, status) => {
    const { outcome } = await ask()
    const chat = await takeChat()
    await chat.chunk('a')
    await chat.chunk('b')
    expect(heard).toEqual([])
    await chat.head(status, EVENTS)
    expect(heard).toEqual(['a', 'b'])
    await chat.chunk('c')
    await chat.answer(200, undefined, EVENTS)
    expect(heard).toEqual(['a', 'b', 'c'])
    expect(outcome.is).toBe('resolved')
  })

  it.each(['text/plain', 'multipart/x; type=text/event-stream'])(
    'that reports no status delivers other types at the end: %s',
    async (type) => {
      const { outcome } = await ask()
      const chat = await takeChat()
      await chat.head(undefined, { 'content-type': type })
      await chat.chunk('a')
      expect(heard).toEqual([])
      await chat.answer(200, undefined, { 'content-type': type })
      expect(heard).toEqual(['a'])
      expect(outcome).toEqual({ is: 'resolved', value: undefined })
    },
  )

  it('that has the whole body at the end, too, delivers it once', async () => {
    await ask()
    const chat = await takeChat()
    await chat.head(200, EVENTS)
    await chat.chunk('a')
    await chat.answer(200, new TextEncoder().encode('a').buffer, EVENTS)
    expect(heard).toEqual(['a'])
  })

  it('without pieces, as WeChat on computers, delivers the body as one', async () => {
    const { outcome } = await ask()
    const body = new TextEncoder().encode('data: 一\n\n').buffer
    await (await takeChat()).answer(200, body, EVENTS)
    expect(heard).toEqual(['data: 一\n\n'])
    expect(outcome).toEqual({ is: 'resolved', value: undefined })
  })

  it('that reports empty pieces delivers none of them', async () => {
    await ask()
    const chat = await takeChat()
    await chat.head(200, EVENTS)
    await chat.chunk('')
    await chat.answer(200, undefined, EVENTS)
    expect(heard).toEqual([])
  })

  it('is asked for bytes, whatever responseType says, with the same headers and body', async () => {
    const { auth, host } = client
    const onChunk = () => {}
    void auth.request({ url: '/chat', header: { 'x-own': '1' }, responseType: 'text', onChunk })
    const { call } = await host.take('GET /chat')
    expect(call).toMatchObject({ responseType: 'arraybuffer', header: { 'x-own': '1' } })
    await host.onWire[0]!.answer(204)
  })
})

describe('an answer that is not streamed though pieces are wanted', () => {
  it.each([
    ['application/json'],
    ['application/json;charset=UTF-8'],
    ['application/problem+json'],
    ['Application/JSON'],
  ])('%s: the request resolves with the data', async (type) => {
    const { outcome } = await ask()
    const chat = await takeChat()
    const headers = { 'content-type': type }
    await chat.head(200, headers)
    const body = new TextEncoder().encode('{"data":{"text":"你好"}}')
    // In the midst of a character.
    await chat.chunk(body.slice(0, 18).buffer)
    await chat.chunk(body.slice(18).buffer)
    const whole = isSpokenInCodes ? { data: { text: '你好' } } : undefined
    await chat.answer(200, whole, headers)
    expect(outcome).toEqual({ is: 'resolved', value: { text: '你好' } })
    expect(heard).toEqual([])
  })

  it.each([
    ...['application/x-ndjson', 'application/json-seq', 'text/plain', 'audio/mpeg'],
    'text/plain; schema=a/json',
  ])('is not one of type %s', async (type) => {
    await ask()
    const chat = await takeChat()
    await chat.head(200, { 'content-type': type })
    await chat.chunk('{}\n')
    expect(heard).toEqual(['{}\n'])
    await chat.answer(200, undefined, { 'content-type': type })
  })

  it('has no content type, or is 204', async () => {
    const first = await ask()
    await (await takeChat()).answer(200, { data: 'x' })
    expect(first.outcome).toEqual({ is: 'resolved', value: 'x' })
    const second = await ask()
    await (await takeChat()).answer(204)
    expect(second.outcome).toEqual({ is: 'resolved', value: undefined })
    expect(heard).toEqual([])
  })

  it.each([500, 422])('is a %i: its problem is read from the pieces', async (status) => {
    const { outcome } = await ask()
    const chat = await takeChat()
    await chat.head(status, JSON_TYPE)
    await chat.chunk('{"detail":"不行"}')
    await chat.answer(status, undefined, JSON_TYPE)
    expect(outcome).toMatchObject({ error: { status, problem: { detail: '不行' } } })
    expect(heard).toEqual([])
  })

  it.skipIf(isSpokenInCodes)('is neither text nor of a known type: it is the bytes', async () => {
    const { outcome } = await ask()
    const chat = await takeChat()
    await chat.chunk(new Uint8Array([0xff, 0xfe]).buffer)
    await chat.answer(200)
    expect([...new Uint8Array(outcome.value as ArrayBuffer)]).toEqual([0xff, 0xfe])
  })
})

it('fifty at once on a dead token lead to one login, and none is delivered a refusal', async () => {
  client = openClient({ token: 'dead', host: createHost() })
  client.host.serve = ({ line, authorization }) => {
    if (line === 'POST /auth/login') return { status: 200, data: { tokenState: stateOf('new') } }
    if (authorization !== 'Bearer new') return { status: 401, headers: JSON_TYPE, data: {} }
    return { status: 200, headers: EVENTS, data: new TextEncoder().encode('a').buffer }
  }
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => ask()))
  await client.host.clock.advance(0)
  expect(outcomes.map(({ outcome }) => outcome.is)).toEqual(Array(50).fill('resolved'))
  expect(heard).toEqual(Array(50).fill('a'))
  const lines = client.host.sent.map(({ line }) => line)
  expect(lines.filter((line) => line === 'POST /auth/login').length).toBe(1)
})

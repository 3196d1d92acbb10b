import { EventEmitter, once } from 'node:events'
import {
  Agent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestBackend, readAnswer, type TestBackend } from './support/backend'
import { listen } from './support/listen'
import { makePerson } from './support/people'
import { formWith, pictures } from './support/pictures'

let backend: TestBackend
let token = ''
beforeAll(async () => {
  backend = await openTestBackend()
  token = (await backend.signIn(makePerson())).accessToken
})
afterAll(() => backend.close())

const mebibyte = 1024 * 1024
const boundary = 'b'
const type = `multipart/form-data; boundary=${boundary}`
const partOf = (content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${content}\r\n`

describe('over a connection that stays open', () => {
  let server: Awaited<ReturnType<typeof listen>>
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  beforeAll(async () => {
    server = await listen(backend)
  })
  afterAll(async () => {
    agent.destroy()
    await server.close()
  })

  function begin(method: string, path: string, headers: Record<string, string | number> = {}) {
    const sending = httpRequest({ port: server.port, agent, method, path, headers })
    sending.flushHeaders()
    return sending
  }

  async function answerTo(sending: ClientRequest) {
    const [response] = (await once(sending, 'response')) as [IncomingMessage]
    return { status: response.statusCode, body: JSON.parse(await text(response)) as unknown }
  }

  /** Sends the rest of a body whose answer is here, and then another request. */
  async function goOn(sending: ClientRequest, rest: string | Buffer) {
    const closed = once(sending, 'close')
    sending.end(rest)
    // A server that hung up would make this reject.
    await closed
    const next = begin('GET', '/services')
    next.end()
    expect((await answerTo(next)).status).toBe(200)
    expect(next.reusedSocket).toBe(true)
  }

  const size = 2 * mebibyte
  it.each([
    ['a guest', '/auth/avatar', undefined, 'login-required'],
    ['a dead token', '/auth/avatar', 'Bearer dead', 'invalid-token'],
    ['another scheme', '/auth/avatar', 'Basic YTpi', 'login-required'],
    ['a guest who books', '/bookings', undefined, 'login-required'],
    ['a dead token that books', '/bookings', 'Bearer dead', 'invalid-token'],
  ])(
    '%s is answered 401 before the body is sent, which is dropped',
    async (_, path, auth, kind) => {
      const sending = begin('POST', path, {
        ...(auth !== undefined && { Authorization: auth }),
        'Content-Type': type,
        'Content-Length': size,
      })
      expect(await answerTo(sending)).toMatchObject({
        status: 401,
        body: { type: `/problems/${kind}` },
      })
      await goOn(sending, Buffer.alloc(size))
    },
  )

  it('a body is dropped however late it is sent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const requested = once(server.server, 'request') as Promise<[unknown, ServerResponse]>
      const ended = requested.then(([, response]) => once(response, 'close'))
      const sending = begin('POST', '/auth/avatar', { 'Content-Length': size })
      expect((await answerTo(sending)).status).toBe(401)
      await ended
      vi.advanceTimersByTime(60_000)
      await goOn(sending, Buffer.alloc(size))
    } finally {
      vi.useRealTimers()
    }
  })

  it('a form is refused at its second file, before the others are sent', async () => {
    const more = partOf('').repeat(30_000)
    const sending = begin('POST', '/auth/avatar', {
      Authorization: `Bearer ${token}`,
      'Content-Type': type,
      'Transfer-Encoding': 'chunked',
    })
    sending.write(partOf('') + partOf('the second'))
    expect(await answerTo(sending)).toMatchObject({
      status: 422,
      body: { type: '/problems/invalid-body', errors: [{ pointer: '#' }] },
    })
    await goOn(sending, more)
  })

  it.each([
    ['other fields', 'Content-Disposition: form-data; name="a"\r\n'],
    ['parts that are neither fields nor files', ''],
  ])('a form of many %s is refused before its end', async (_, headers) => {
    const part = `--${boundary}\r\n${headers}\r\n\r\n`
    const sending = begin('POST', '/auth/avatar', {
      Authorization: `Bearer ${token}`,
      'Content-Type': type,
      'Transfer-Encoding': 'chunked',
    })
    sending.write(part.repeat(67))
    expect((await answerTo(sending)).status).toBe(422)
    await goOn(sending, part.repeat(30_000))
  })

  it('a file is refused at the byte too many, before its end', async () => {
    const sending = begin('POST', '/auth/avatar', {
      Authorization: `Bearer ${token}`,
      'Content-Type': type,
      'Transfer-Encoding': 'chunked',
    })
    sending.write(partOf('').slice(0, -2))
    sending.write(Buffer.alloc(size + 1024))
    expect((await answerTo(sending)).status).toBe(413)
    await goOn(sending, Buffer.alloc(size))
  })
})

describe('many uploads at once', () => {
  /** A body that is sent only when it is read, and held back then. */
  function heldBody(bytes: Uint8Array) {
    const events = new EventEmitter()
    const [read, sent] = [once(events, 'read'), once(events, 'sent')]
    const body = new ReadableStream(
      {
        async pull(controller) {
          events.emit('read')
          await sent
          controller.enqueue(bytes)
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    return { body, read, send: () => void events.emit('sent') }
  }

  async function heldUpload(authorization: string) {
    const form = new Response(formWith({ file: pictures['image/png'] }))
    const held = heldBody(new Uint8Array(await form.clone().arrayBuffer()))
    const request = new Request('http://localhost/auth/avatar', {
      method: 'POST',
      headers: {
        Authorization: authorization,
        'Content-Type': form.headers.get('Content-Type') ?? '',
      },
      body: held.body,
      duplex: 'half' as const,
    })
    return { ...held, answer: Promise.resolve(backend.app.request(request)).then(readAnswer) }
  }

  it('without a session are refused, all of them, with no body read', async () => {
    const uploads = await Promise.all(Array.from({ length: 250 }, () => heldUpload('Bearer dead')))
    const answers = await Promise.all(uploads.map(({ answer }) => answer))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    const read = Promise.race(uploads.map((upload) => upload.read.then(() => 'read')))
    expect(await Promise.race([read, Promise.resolve('not read')])).toBe('not read')
  })

  it('are 32 under way, and a further one is refused for now, its body not read', async () => {
    const people = Array.from({ length: 8 }, () => backend.signIn(makePerson()))
    const tokens = (await Promise.all(people)).map(({ accessToken }) => accessToken)
    // Each has as many as may wait to be used.
    const four = [...tokens, ...tokens, ...tokens, ...tokens]
    const under = await Promise.all(four.map((own) => heldUpload(`Bearer ${own}`)))
    await Promise.all(under.map(({ read }) => read))

    const refused = await (await heldUpload(`Bearer ${token}`)).answer
    expect(refused.status).toBe(503)
    expect(refused.headers.get('Retry-After')).toBe('1')
    expect(refused.body.type).toBe('/problems/overloaded')

    for (const { send } of under) send()
    const answers = await Promise.all(under.map(({ answer }) => answer))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const next = await heldUpload(`Bearer ${token}`)
    next.send()
    expect((await next.answer).status).toBe(200)
  })
})

// Stands between an app and its backend, and does to each request what is chosen for it.
import { once } from 'node:events'
import {
  createServer,
  request as send,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import type { Fault, FaultChoice, FaultKind } from './faults'

/** A request that the app has sent. */
export interface Passed {
  /** When it came, in ms of `performance.now()`. */
  at: number
  /** Method and path, without the query. */
  line: string
  /** Its `Authorization`: never to be printed. */
  authorization: string | undefined
  fault: FaultKind | undefined
}

export interface FaultProxy {
  url: string
  /** Since `begin`. */
  readonly passed: readonly Passed[]
  /** From now on faults are chosen so. */
  begin(choose: FaultChoice): void
  /** No faults from now on. */
  calm(): void
  /** Resolves once nothing is under way, late ones included. */
  idle(): Promise<void>
  close(): Promise<void>
}

const noFault: FaultChoice = () => undefined
const ignore = () => undefined

/** Lets time pass, in ms. */
type Wait = (time: number) => Promise<unknown>

/** Passes everything on to the backend at `target`, as it comes, until faults are chosen. */
export async function startFaultProxy(
  target: string,
  wait: Wait = setTimeout,
): Promise<FaultProxy> {
  let choose = noFault
  let passed: Passed[] = []
  let counts = new Map<string, number>()
  const underWay = new Set<Promise<void>>()

  const server = createServer((incoming, response) => {
    const line = `${incoming.method} ${new URL(incoming.url!, target).pathname}`
    const nth = counts.get(line) ?? 0
    counts.set(line, nth + 1)
    const fault = choose(line, nth)
    const { authorization } = incoming.headers
    // The app may give up at any time.
    response.on('error', ignore)
    passed.push({ at: performance.now(), line, authorization, fault: fault?.is })
    // What ends early ends so for the app, too.
    const handled = handle({ target, incoming, response, wait }, fault).catch(() => reset(response))
    underWay.add(handled)
    void handled.finally(() => underWay.delete(handled))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get passed() {
      return passed
    },
    begin(choice) {
      choose = choice
      passed = []
      counts = new Map()
    },
    calm: () => void (choose = noFault),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    async close() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

interface Exchange {
  target: string
  incoming: IncomingMessage
  response: ServerResponse
  wait: Wait
}

async function handle(exchange: Exchange, fault: Fault | undefined): Promise<void> {
  const { incoming, response, wait } = exchange
  if (fault?.is === 'unsent') return reset(response)
  const body = await buffer(incoming)
  switch (fault?.is) {
    case 'halfSent':
      await forwardHalf(exchange, body)
      return reset(response)
    case 'unanswered':
      await buffer(await forward(exchange, body))
      return reset(response)
    case 'late': {
      await wait(fault.request)
      const answer = await forward(exchange, body)
      await wait(fault.answer)
      return pass(answer, response)
    }
    case 'twice':
      return pass(await forwardTwice(exchange, body, fault), response)
    case 'cut':
    case 'broken':
      return passPart(await forward(exchange, body), response, fault)
    case undefined:
      return pass(await forward(exchange, body), response)
  }
}

/** As a network does where a connection dies: without a goodbye. */
function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}

function open({ target, incoming }: Exchange, body: Buffer) {
  const { host: _, 'transfer-encoding': __, ...headers } = incoming.headers
  const length = body.length > 0 && { 'content-length': body.length }
  const outgoing = send(target + incoming.url!, {
    method: incoming.method,
    headers: { ...headers, ...length, connection: 'close' } as OutgoingHttpHeaders,
    // A connection that is kept would make one request's end the next one's.
    agent: false,
  })
  // Whoever waits for the answer learns of it by that.
  return outgoing.on('error', ignore)
}

async function forward(exchange: Exchange, body: Buffer): Promise<IncomingMessage> {
  const outgoing = open(exchange, body)
  outgoing.end(body)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  return answer
}

async function forwardHalf(exchange: Exchange, body: Buffer): Promise<void> {
  const outgoing = open(exchange, body)
  const half = body.subarray(0, body.length / 2)
  if (half.length === 0) outgoing.flushHeaders()
  else await new Promise((resolve) => outgoing.write(half, resolve))
  outgoing.destroy()
}

/** Both are done before either is answered: nothing comes to the backend after its answer. */
async function forwardTwice(
  exchange: Exchange,
  body: Buffer,
  { atOnce, answer }: Extract<Fault, { is: 'twice' }>,
): Promise<Whole> {
  const sendOne = async () => wholeOf(await forward(exchange, body))
  const first = sendOne()
  if (!atOnce) await first
  const both = await Promise.all([first, sendOne()])
  return both[answer === 'first' ? 0 : 1]
}

/** An answer that has arrived. */
interface Whole extends Pick<IncomingMessage, 'statusCode' | 'rawHeaders'> {
  body: Buffer
}

async function wholeOf(answer: IncomingMessage): Promise<Whole> {
  const { statusCode, rawHeaders } = answer
  return { statusCode, rawHeaders, body: await buffer(answer) }
}

/** Names that the next hop decides on for itself. */
const ofTheHop = ['connection', 'keep-alive', 'transfer-encoding']

function writeHead(
  { statusCode, rawHeaders }: Pick<IncomingMessage, 'statusCode' | 'rawHeaders'>,
  response: ServerResponse,
  without: readonly string[] = [],
): void {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!
    if ([...ofTheHop, ...without].includes(name.toLowerCase())) continue
    response.appendHeader(name, rawHeaders[index + 1]!)
  }
  response.writeHead(statusCode!)
}

async function pass(answer: IncomingMessage | Whole, response: ServerResponse): Promise<void> {
  writeHead(answer, response)
  if ('body' in answer) return void response.end(answer.body)
  response.flushHeaders()
  response.once('close', () => answer.destroy())
  // In pieces as they come, for answers that are streams.
  for await (const piece of answer) response.write(piece)
  response.end()
}

/** Of an answer whose length nobody knows, that much of its first piece. */
async function passPart(
  answer: IncomingMessage,
  response: ServerResponse,
  { is, share }: Extract<Fault, { is: 'cut' | 'broken' }>,
): Promise<void> {
  const length = answer.headers['content-length']
  const body = length === undefined ? await firstPieceOf(answer) : await buffer(answer)
  const part = body.subarray(0, Math.floor(body.length * share))
  if (is === 'cut') {
    // Neither length nor pieces: the end of the connection is the end of the body (RFC 9112 §6.3, point 8).
    response.shouldKeepAlive = false
    response.useChunkedEncodingByDefault = false
    writeHead(answer, response, ['content-length'])
    response.end(part)
    return
  }
  writeHead(answer, response)
  response.flushHeaders()
  if (part.length > 0) await new Promise((resolve) => response.write(part, resolve))
  reset(response)
}

async function firstPieceOf(answer: IncomingMessage): Promise<Buffer> {
  for await (const piece of answer) return piece as Buffer
  return Buffer.alloc(0)
}

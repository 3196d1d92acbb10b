import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request as WeChat's servers got it. */
export interface Call {
  path: string
  query: Record<string, string>
  body: Record<string, unknown>
}

/** JSON, or the bytes of a picture, to answer, perhaps later; `garbage` answers no JSON. */
export type Reply = object | Promise<object> | 'garbage'

/** A request that waits for its reply. */
export interface HeldRequest {
  arrived: Promise<unknown>
  /** The caller has hung up, or has had its reply. */
  ended: Promise<unknown>
  reply(reply: object): void
}

/**
 * WeChat's servers as a script and a record: each reply is given once, in order, to a request of
 * its key. Keys are `login <code>`, `phone <code>`, `oauth <code>`, `token`, `check` and `draw`.
 */
export interface FakeWeChat {
  url: string
  calls: Call[]
  script(key: string, ...replies: Reply[]): void
  /** Scripts one more reply, which waits for `reply`. */
  hold(key: string): HeldRequest
  /** What went wrong with the script: replies nobody asked for, requests without a reply. */
  faults(): string[]
  close(): Promise<void>
}

export async function startFakeWeChat(): Promise<FakeWeChat> {
  const calls: Call[] = []
  const replies = new Map<string, Reply[]>()
  const unscripted: string[] = []
  const held = new Map<Reply, EventEmitter>()

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const call = await readCall(request)
    calls.push(call)
    const next = replies.get(keyOf(call))?.shift()
    const events = next && held.get(next)
    response.once('close', () => events?.emit('ended'))
    events?.emit('arrived')
    const reply = await next
    if (reply === undefined) unscripted.push(`unscripted request: ${call.path}`)
    response.end(bodyOf(reply))
  }

  function script(key: string, ...more: Reply[]) {
    replies.set(key, [...(replies.get(key) ?? []), ...more])
  }

  const server = createServer((request, response) => void serve(request, response))
  // After seconds without a call, a slow machine would send the next one into a connection that is
  // just being closed.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    script,
    hold(key) {
      const events = new EventEmitter()
      const replied = once(events, 'replied').then(([reply]) => reply as object)
      held.set(replied, events)
      script(key, replied)
      return {
        arrived: once(events, 'arrived'),
        ended: once(events, 'ended'),
        reply: (reply) => void events.emit('replied', reply),
      }
    },
    faults() {
      const unasked = [...replies].filter(([, left]) => left.length > 0)
      return [...unscripted, ...unasked.map(([key]) => `reply nobody asked for: ${key}`)]
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function bodyOf(reply: object | string | undefined): string | Uint8Array {
  if (reply === 'garbage') return '<html>'
  return reply instanceof Uint8Array ? reply : JSON.stringify(reply ?? { errcode: -1 })
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://wechat')
  const body = await text(request)
  return {
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: body ? (JSON.parse(body) as Record<string, unknown>) : {},
  }
}

function keyOf({ path, query, body }: Call): string {
  switch (path) {
    case '/sns/jscode2session':
      return `login ${query.js_code}`
    case '/wxa/business/getuserphonenumber':
      return `phone ${String(body.code)}`
    case '/cgi-bin/stable_token':
      return 'token'
    case '/wxa/checksession':
      return 'check'
    case '/wxa/getwxacodeunlimit':
      return 'draw'
    case '/sns/oauth2/access_token':
      return `oauth ${query.code}`
    default:
      return path
  }
}

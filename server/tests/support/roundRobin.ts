import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A balancer: each request goes to the next process, and to the one after where none listens. */
export interface RoundRobin {
  url: string
  add(target: string): void
  remove(target: string): void
  close(): Promise<void>
}

/** 502 where a process dies before it has answered, 503 where none listens. */
export async function startRoundRobin(): Promise<RoundRobin> {
  const targets = new Set<string>()
  let turn = 0

  async function serve(incoming: IncomingMessage, response: ServerResponse) {
    const body = await buffer(incoming)
    const all = [...targets]
    const first = turn++
    for (let tried = 0; tried < all.length; tried++) {
      const target = all[(first + tried) % all.length]!
      const result = await forward(target, incoming, body)
      if (result === 'nobody listens') continue
      if (result === 'cut off') return void response.writeHead(502).end()
      return void response.writeHead(result.status, result.headers).end(result.body)
    }
    response.writeHead(503).end()
  }

  const server = createServer((incoming, response) => void serve(incoming, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (target) => void targets.add(target),
    remove: (target) => void targets.delete(target),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** On a connection of its own: one that is kept may be dead without anybody's knowing. */
async function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const outgoing = request(target + url, { method, headers, agent: false })
  outgoing.end(body)
  try {
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
    const { statusCode: status = 502, headers: own } = answer
    return { status, headers: own, body: await buffer(answer) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ECONNREFUSED' ? 'nobody listens' : 'cut off'
  }
}

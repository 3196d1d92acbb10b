// Requests in a closed loop: each connection sends its next one when the last is answered.
import { Agent, request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** One request of many. */
export interface Sending {
  path: string
  token?: string
  /** The address it comes from, for a backend that trusts its proxy. */
  from?: string
  json?: unknown
}

export interface Loaded {
  perSecond: number
  /** From sending to the end of the answer, in µs, ascending. */
  latencies: number[]
}

/**
 * Sends so many requests over so many connections.
 * @throws when one is not answered with success
 */
export async function load(
  url: string,
  { connections, requests }: { connections: number; requests: number },
  next: (index: number) => Sending,
): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies: number[] = []
  let sent = 0
  async function loop() {
    while (sent < requests) {
      const sending = next(sent++)
      const begin = performance.now()
      await send(url, sending, agent)
      latencies.push((performance.now() - begin) * 1000)
    }
  }
  const begin = performance.now()
  await Promise.all(Array.from({ length: connections }, loop))
  const seconds = (performance.now() - begin) / 1000
  agent.destroy()
  latencies.sort((one, other) => one - other)
  return { perSecond: requests / seconds, latencies }
}

async function send(
  url: string,
  { path, token, from, json }: Sending,
  agent: Agent,
): Promise<void> {
  const body = json === undefined ? undefined : JSON.stringify(json)
  const outgoing = request(url + path, {
    agent,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(from !== undefined && { 'X-Forwarded-For': from }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
  })
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const answer = await text(response)
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${answer}`)
}

/** Logins are counted by address: if all came from one, they would be too many, and wait for its count. */
export function addressOf(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`
}

/** The value below which that share of them is; they are ascending. */
export function quantile(values: number[], share: number): number {
  return values[Math.floor((values.length - 1) * share)]!
}
